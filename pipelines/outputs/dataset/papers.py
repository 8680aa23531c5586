"""Papers for people: README, data dictionary, licence, citation."""

import csv
from collections.abc import Sequence
from pathlib import Path

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from personspec import __version__
from pipelines.outputs.dataset.descriptors import LICENCE
from pipelines.outputs.dataset.fill import SAID_BY
from pipelines.outputs.dataset.release import TITLE, Release, write_json
from pipelines.outputs.dataset.schema import DICTIONARY, QUOTE_LENGTH, TABLES, dictionary_rows

AUTHORS = "The personspec authors"
PROGRAM = f"personspec {__version__}"
_GEONAMES = (
    "Places are known with the help of GeoNames (https://www.geonames.org), licensed under CC BY "
    "4.0 (https://creativecommons.org/licenses/by/4.0/)."
)


def write_papers(folder: Path, release: Release) -> None:
    """Write what explains a release to people beside its tables."""
    (folder / "README.md").write_text(_readme(release), "utf-8")
    (folder / "LICENCE.md").write_text("\n".join(_licence(release)) + "\n", "utf-8")
    (folder / "CITATION.cff").write_text(_citation(release), "utf-8")
    write_json(folder / ".zenodo.json", _zenodo(release))
    _write_dictionary(folder)


def share(value: float | None, interval: Sequence[float] | None) -> str:
    """Return a share from 0 to 1 with its interval; a dash where nothing is known."""
    if value is None or interval is None:
        return "–"
    return f"{value:.2f} ({interval[0]:.2f}–{interval[1]:.2f})"


def _readme(release: Release) -> str:
    environment = Environment(
        loader=PackageLoader("pipelines.outputs"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 Markdown, of our own figures
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    return environment.get_template("dataset-readme.md").render(
        title=TITLE,
        release=release,
        program=PROGRAM,
        tables=TABLES,
        quote=QUOTE_LENGTH,
        said_by=SAID_BY,
        share=share,
        unread=release.quality.get("unread_share"),
    )


def _licence(release: Release) -> list[str]:
    lines = [
        "# Licence and attribution",
        "",
        f"Facts and annotations: {LICENCE['title']}, {LICENCE['path']}",
        "",
        *(
            f"- {one.title} ({one.publisher}): {one.attribution}"
            for one in release.sources
            if one.attribution
        ),
        f"- {_GEONAMES}",
        "",
        "Quoted words of an advert are its employer's; this licence does not cover them.",
    ]
    if release.text_basis:
        lines += ["", f"Criteria stand in full, on this basis: {release.text_basis}"]
    return lines


def _citation(release: Release) -> str:
    cited = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": TITLE,
        "authors": [{"name": AUTHORS}],
        "version": release.version,
        "date-released": release.published_at.date(),
        "license": "OGL-UK-3.0",
        "keywords": ["NHS", "vacancies", "person specification", "health records"],
    }
    return yaml.safe_dump(cited, sort_keys=False, allow_unicode=True)


def _zenodo(release: Release) -> dict[str, object]:
    return {
        "upload_type": "dataset",
        "title": TITLE,
        "version": release.version,
        "publication_date": release.published_at.date().isoformat(),
        "creators": [{"name": AUTHORS}],
        "description": f"{TITLE}: criteria of person specifications tied to documented entry "
        "requirements, with history and measured quality.",
        "license": "ogl-uk-3.0",
        "access_right": "open",
        "keywords": ["NHS", "vacancies", "person specification", "health records"],
    }


def _write_dictionary(folder: Path) -> None:
    rows = list(dictionary_rows())
    with (folder / "data-dictionary.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, DICTIONARY)
        writer.writeheader()
        writer.writerows(rows)
    lines = ["# Data dictionary"]
    columns = DICTIONARY[1:]
    for table in TABLES:
        lines += [
            "",
            f"## {table.name}",
            "",
            table.meaning,
            "",
            f"Key: {', '.join(table.key)}.",
            "",
        ]
        lines += ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
        lines += [
            "| " + " | ".join(row[name].replace("|", "or") for name in columns) + " |"
            for row in rows
            if row["table"] == table.name
        ]
    (folder / "data-dictionary.md").write_text("\n".join(lines) + "\n", "utf-8")
