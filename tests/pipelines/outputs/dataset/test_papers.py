"""What is written beside the tables is taken by the programs it is written for."""

import csv
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import mlcroissant
import pandas as pd
import pytest
import yaml

from pipelines.database import Store
from pipelines.outputs.dataset.schema import TABLES
from pipelines.outputs.manifest import SourceNote
from tests.pipelines.outputs.dataset.releases import CLERK, clerk, crawl, publish, rows

BOARD = SourceNote(
    "nhs_jobs", "NHS Jobs", publisher="Invented Authority", attribution="Contains invented data."
)


@pytest.fixture
def release(store: Store, tmp_path: Path) -> Path:
    crawl(store, CLERK, clerk("X2"))
    return publish(store, tmp_path / "dataset", sources=[BOARD]).folder


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_rows_come_out_of_the_croissant(release: Path) -> None:
    dataset = mlcroissant.Dataset(jsonld=release / "croissant.json")
    (first, *_) = dataset.records("criteria")
    assert first["criteria/form"] == b"list"


def test_columns_carry_the_names_of_schema_org(release: Path) -> None:
    package, croissant = (
        json.loads((release / name).read_text("utf-8"))
        for name in ("datapackage.json", "croissant.json")
    )
    vacancies, *_ = package["resources"]
    named = {one["name"]: one.get("rdfType") for one in vacancies["schema"]["fields"]}
    assert named["closing_date"] == "https://schema.org/validThrough"
    assert named["employer"] == "https://schema.org/name"
    assert named["end_reason"] is None
    same = {
        one["name"].partition("/")[2]: one.get("equivalentProperty")
        for one in croissant["recordSet"][0]["field"]
    }
    assert same == named


def test_the_dictionary_has_a_row_for_every_column_of_every_file(release: Path) -> None:
    with (release / "data-dictionary.csv").open(encoding="utf-8", newline="") as file:
        listed = [(row["table"], row["name"]) for row in csv.DictReader(file)]
    held = []
    for table in TABLES:
        with (release / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            held += [(table.name, name) for name in next(csv.reader(file))]
    assert listed == held


def test_citation_and_deposit_name_the_version(release: Path) -> None:
    cited = yaml.safe_load((release / "CITATION.cff").read_text("utf-8"))
    deposit = json.loads((release / ".zenodo.json").read_text("utf-8"))
    assert cited["version"] == deposit["version"] == release.name
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")


def test_the_licence_carries_the_attributions(release: Path) -> None:
    licence = (release / "LICENCE.md").read_text("utf-8")
    assert "NHS Jobs (Invented Authority): Contains invented data." in licence
    assert "Open Government Licence v3.0" in licence
    assert "GeoNames" in licence


def test_the_query_of_the_readme_runs_in_duckdb(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (release / "README.md").read_text("utf-8")
    (query,) = re.findall(r"```sql\n(.*?)```", readme, re.DOTALL)
    monkeypatch.chdir(release)
    answer = duckdb.connect().execute(query).fetchall()
    assert sum(row[2] for row in answer) == len(rows(release, "matches"))


def test_the_line_of_the_readme_makes_a_copy_for_datasette(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (release / "README.md").read_text("utf-8")
    (line,) = re.findall(r'python -c "(.*)"', readme)
    monkeypatch.chdir(release)
    exec(line, {})  # noqa: S102 it is the very line that is tried
    with sqlite3.connect("release.db") as copy:
        for table in TABLES:
            held = pd.read_sql(f"SELECT * FROM {table.name}", copy)  # noqa: S608 our own names
            assert len(held) == len(rows(release, table.name))
    copy.close()
    served = subprocess.run(
        [sys.executable, "-m", "datasette", "release.db", "--get", "/release/criteria.json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(json.loads(served.stdout)["rows"]) == len(rows(release, "criteria"))
