"""``personspec dataset``: publishes, checks and withdraws."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from personspec.exceptions import UsageError
from personspec.london import LONDON
from personspec.settings import load_settings
from pipelines.database import Store, open_existing
from pipelines.outputs.dataset.gate import Limits
from pipelines.outputs.dataset.judges import Judgement, judge_release
from pipelines.outputs.dataset.publish import Published, Terms, publish_release
from pipelines.outputs.dataset.release import FILE
from pipelines.outputs.dataset.shelf import SUMS
from pipelines.outputs.dataset.verify import verify_release
from pipelines.outputs.dataset.withdraw import withdraw
from schedules.reporting import source_notes
from schedules.terminal import stdout_console


def publish_dataset(
    out: Path | None, *, with_text: str | None, override: str | None, as_json: bool
) -> None:
    """Publish the store of the settings and print where the release is.

    Raises:
        UsageError: A basis or a reason is empty, there is no store, or the folder cannot be
            written.
        DatasetError: The gate stops it.
    """
    for option, given in (("--with-text", with_text), ("--override", override)):
        if given is not None and not given.strip():
            raise UsageError(f"{option} is empty: it is printed on the release, so say why.")
    settings = load_settings()
    store = open_existing(settings.store_url)
    try:
        published = publish_release(
            store,
            out or settings.output_dir / "dataset",
            today=datetime.now(LONDON).date(),
            terms=Terms(
                text_basis=with_text,
                override=override,
                limits=Limits(settings.dataset_largest_fall, settings.dataset_largest_drop),
            ),
            sources=source_notes(store),
        )
    finally:
        store.close()
    _print_published(published, as_json=as_json)


def write_demo_release(store: Store, folder: Path) -> Published:
    """Publish what the demo has stored below ``folder`` and return where it is."""
    return publish_release(
        store, folder, today=datetime.now(LONDON).date(), sources=source_notes(store)
    )


def verify_dataset(folder: Path, *, as_json: bool) -> int:
    """Check a release and print what is wrong; return 1 if anything is.

    Raises:
        UsageError: There is no release in the folder.
        DatasetError: The release has no sums.
    """
    must_be_release(folder)
    problems = verify_release(folder)
    # What is damaged is not worth others' time.
    judged = judge_release(folder) if not problems else Judgement([], [], [])
    problems += judged.problems
    if as_json:
        answer = {
            "release": str(folder),
            "problems": problems,
            "validators": judged.asked,
            "not_installed": judged.not_installed,
        }
        print(json.dumps(answer))  # noqa: T201 the command's answer
        return 1 if problems else 0
    for line in problems or [_praise(folder, judged)]:
        stdout_console().print(line, markup=False, soft_wrap=True)
    return 1 if problems else 0


def must_be_release(folder: Path) -> None:
    """Make sure that a folder holds a release, whole or damaged.

    Raises:
        UsageError: It does not, or is not there.
    """
    if not any((folder / name).is_file() for name in (SUMS, FILE)):
        raise UsageError(
            f"There is no release in {folder}: name the folder of one, which holds {SUMS}."
        )


def _praise(folder: Path, judged: Judgement) -> str:
    by_others = f" {' and '.join(judged.asked)} find it valid." if judged.asked else ""
    missing = " and ".join(judged.not_installed)
    not_run = f" Not run: {missing} (pip install 'personspec[validate]')." if missing else ""
    return f"{folder}: whole, and as its schema says.{by_others}{not_run}"


def _print_published(published: Published, *, as_json: bool) -> None:
    release = published.release
    if as_json:
        answer = {"version": release.version, "path": str(published.folder), "rows": release.rows}
        print(json.dumps(answer))  # noqa: T201 the command's answer
        return
    rows = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in release.rows.items())
    stdout_console().print(f"{published.folder}: {rows}.", markup=False, soft_wrap=True)


def withdraw_vacancies(vacancies: Sequence[str], out: Path | None) -> None:
    """Take vacancies out of all later releases and say what to do about earlier ones.

    Raises:
        UsageError: A key is not of a vacancy, or there is no store.
    """
    settings, console = load_settings(), stdout_console()
    store = open_existing(settings.store_url)
    try:
        for vacancy in vacancies:
            folder, today = out or settings.output_dir / "dataset", datetime.now(LONDON).date()
            held = withdraw(store, folder, vacancy, today=today)
            console.print(f"{vacancy}: in no later release.", markup=False, soft_wrap=True)
            if held:
                console.print(
                    f"Releases {', '.join(held)} still hold it: publish a new one, delete their "
                    "folders, and ask where copies were deposited to withdraw them there.",
                    markup=False,
                    soft_wrap=True,
                )
    finally:
        store.close()
