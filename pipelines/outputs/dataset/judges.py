"""Other people's programs that say whether a release is what its descriptors say.

They are an extra (``personspec[validate]``): heavy, and a release is checked without them too.
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Judgement:
    """What those that are installed say."""

    problems: list[str]
    asked: list[str]
    not_installed: list[str]


def judge_release(folder: Path) -> Judgement:
    """Ask frictionless for the Data Package with its CSV files and mlcroissant for the other one.

    Every row of the CSV files is looked at, some 30,000 a second.
    """
    asked = [name for name in JUDGES if find_spec(name)]
    with warnings.catch_warnings():  # what they use of others in old ways is theirs to mend
        warnings.simplefilter("ignore", DeprecationWarning)
        problems = [f"{name}: {words}" for name in asked for words in JUDGES[name](folder)]
    return Judgement(problems, asked, [name for name in JUDGES if name not in asked])


def _ask_frictionless(folder: Path) -> Iterator[str]:
    import frictionless

    report = frictionless.validate(str(folder / "datapackage.json"))
    yield from (str(error) for (error,) in report.flatten(["message"]))


def _ask_mlcroissant(folder: Path) -> Iterator[str]:
    import mlcroissant

    try:
        dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    except mlcroissant.ValidationError as error:
        yield str(error)
        return
    issues = dataset.metadata.ctx.issues
    yield from sorted(map(str, {*issues.errors, *issues.warnings}))
    for table in ("requirements", "runs"):  # small ones: a file is read whole
        if not any(True for _ in dataset.records(table)):
            yield f"{table} has no record that can be read."


JUDGES: dict[str, Callable[[Path], Iterator[str]]] = {
    "frictionless": _ask_frictionless,
    "mlcroissant": _ask_mlcroissant,
}
"""Name of the module → what asks it."""
