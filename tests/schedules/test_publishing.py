"""Releases of what the practice board shows, which names people to ask."""

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from personspec.resources import data_path
from pipelines.masking import mask_contacts
from pipelines.outputs.dataset.publish import Terms, publish_release
from pipelines.outputs.dataset.schema import TABLES
from pipelines.outputs.dataset.verify import verify_release
from schedules.publishing import write_demo_release
from tests.pipelines.outputs.dataset.releases import CLERK, TODAY, crawl
from tests.schedules.commands import run
from tests.schedules.conftest import Installation

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w|mailto:")
TELEPHONE = re.compile(r"(?<![\w.:-])(?:\+44|0)[\s()]?(?:\d[\s()]?){9,10}(?![\w-])")


PAPERS = {".cff", ".json", ".md", ""}
"""Endings of what is written beside the tables, the dictionary and the sums among them."""


def cells(folder: Path) -> list[str]:
    """Return what people wrote: all cells but keys, hashes and record ids."""
    found = []
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found += [
                    value
                    for name, value in row.items()
                    if not name.endswith(("_id", "_key", "_sha256", "archive_record"))
                ]
    return found


def contacts() -> Iterator[str]:
    """Yield name, address and number of whoever the practice adverts say to ask."""
    for path in data_path("practice", "adverts").glob("*.yml"):
        contact = yaml.safe_load(path.read_text("utf-8")).get("contact") or {}
        yield from (contact[part] for part in ("name", "email", "telephone") if contact.get(part))


def test_no_release_holds_contacts_even_with_the_criteria_in_full(
    installation: Installation,
) -> None:
    assert installation.crawl() == 0
    store = installation.opened()
    terms = Terms(text_basis="The adverts are invented.")
    folder = publish_release(store, installation.folder / "full", today=TODAY, terms=terms).folder
    written = cells(folder)
    assert len(written) > 5000
    for cell in written:
        assert not MAIL.search(cell), cell
        assert not TELEPHONE.search(cell), cell
        assert mask_contacts(cell) == cell
    papers = [path.read_text("utf-8") for path in folder.iterdir() if path.suffix in PAPERS]
    assert len(papers) >= 8
    for paper in papers:
        assert not MAIL.search(paper)
        assert not TELEPHONE.search(paper)
    people, text = list(contacts()), "\n".join([*written, *papers])
    assert len(people) > 20
    assert [one for one in people if one in text] == []
    demo = write_demo_release(store, installation.folder / "demo" / "dataset")
    store.close()
    assert verify_release(demo.folder) == []
    assert demo.release.sources[0].attribution


def test_the_commands_publish_check_and_withdraw(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in installation.environment.items():
        monkeypatch.setenv(name, value)
    store = installation.opened()
    crawl(store, CLERK)
    store.close()
    assert run(monkeypatch, "dataset", "publish", "--json") == 0
    folder = Path(json.loads(capsys.readouterr().out)["path"])
    assert run(monkeypatch, "dataset", "verify", folder) == 0
    assert "frictionless and mlcroissant find it valid." in capsys.readouterr().out
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "mlcroissant", None)
        assert run(without, "dataset", "verify", folder) == 0
    said = capsys.readouterr().out
    assert "Not run: mlcroissant (pip install 'personspec[validate]').\n" in said
    assert run(monkeypatch, "dataset", "withdraw", "nhs_jobs:X1") == 0
    assert "still hold it" in capsys.readouterr().out
    assert run(monkeypatch, "dataset", "publish") == 1
    assert "vacancies has 0 rows" in capsys.readouterr().err
    for limit in ("FALL", "DROP"):
        monkeypatch.setenv(f"PERSONSPEC_DATASET_LARGEST_{limit}", "100")
    assert run(monkeypatch, "dataset", "publish") == 1
    assert "There is no vacancy to publish" in capsys.readouterr().err
    assert run(monkeypatch, "dataset", "publish", "--override", "All were withdrawn.") == 0
    (folder / "README.md").write_text("x", "utf-8")
    capsys.readouterr()
    assert run(monkeypatch, "dataset", "verify", folder, "--json") == 1
    assert "README.md has been changed" in json.loads(capsys.readouterr().out)["problems"][0]
    assert run(monkeypatch, "dataset", "publish", "--with-text", " ") == 2


@pytest.mark.parametrize("name", ["nope", "."])
@pytest.mark.parametrize("command", [("verify",), ("publish", "--rebuild")])
def test_a_folder_without_a_release_is_wrong_use(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    name: str,
) -> None:
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "dataset", *command, name) == 2
    assert "There is no release in " in capsys.readouterr().err
