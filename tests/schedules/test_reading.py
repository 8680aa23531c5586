"""``personspec read`` as a user meets it: in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.reading import json_line

ADVERT = """<h1>Clinic Clerk</h1><h2>Person Specification</h2>
<h3>Qualifications</h3><h4>Essential</h4>
<ul><li>GCSE English and Maths at grade 4 or above, or equivalent experience</li></ul>
<h3>Skills</h3><h4>Essential</h4><ul><li>Excellent written and verbal communication skills</li></ul>
<h4>Desirable</h4><ul><li>A full driving licence</li></ul>
"""

CRITERION_KEYS = {
    "text",
    "form",
    "importance",
    "importance_source",
    "group",
    "assessed_by",
    "stated_importance",
    "min_level",
    "experience_alternative",
    "matches",
}
MATCH_KEYS = {"requirement", "importance", "score", "rule", "evidence", "start", "end"}


def personspec(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "personspec", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


@pytest.fixture
def advert(tmp_path: Path) -> Path:
    path = tmp_path / "advert.html"
    path.write_text(ADVERT, "utf-8")
    return path


def test_json_is_one_object_a_file_with_the_keys_of_the_contract(advert: Path) -> None:
    ran = personspec("read", "--json", str(advert), str(advert))

    assert ran.returncode == 0, ran.stderr
    first, second = (json.loads(line) for line in ran.stdout.splitlines())
    assert first == second
    assert first["file"] == str(advert)
    assert [one["importance"] for one in first["criteria"]] == [
        "essential",
        "essential",
        "desirable",
    ]
    for criterion in first["criteria"]:
        assert set(criterion) == CRITERION_KEYS
        for match in criterion["matches"]:
            assert set(match) - {"aspect"} == MATCH_KEYS
            assert criterion["text"][match["start"] : match["end"]] == match["evidence"]
            assert 0 <= match["score"] <= 100
    education, communication, driving = first["criteria"]
    assert [match["requirement"] for match in education["matches"]] == ["gcse-or-equivalent"]
    assert education["min_level"] == 2
    assert education["experience_alternative"] is True
    assert [match["requirement"] for match in communication["matches"]] == ["communication"]
    assert driving["matches"] == []


def test_the_table_shows_criteria_importance_and_requirements(advert: Path) -> None:
    ran = personspec("read", str(advert))

    assert ran.returncode == 0, ran.stderr
    for shown in ("GCSE English and Maths", "desirable", "Communication", "not in the document"):
        assert shown in ran.stdout.replace("«", "").replace("»", "")
    assert "«GCSE" in ran.stdout, "where nothing can be underlined, marks show the evidence"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "")],
)
def test_what_cannot_be_read_is_one_sentence_and_exit_2(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "odd.html"
    path.write_bytes(content)

    ran = personspec("read", str(path))

    assert ran.returncode == 2
    assert sentence in ran.stderr
    assert "odd.html" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.strip().splitlines()) <= 2


def test_a_missing_file_does_not_stop_the_others(advert: Path) -> None:
    ran = personspec("read", "--json", str(advert.with_name("none.html")), str(advert))

    assert ran.returncode == 2
    assert "none.html does not exist" in ran.stderr
    assert len(ran.stdout.splitlines()) == 1


def test_a_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    ran = personspec("read", str(tmp_path))

    assert ran.returncode == 2
    assert "is a folder: name the files in it" in ran.stderr


def test_escape_sequences_of_an_advert_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "escape.txt"
    path.write_text("Essential\n- Good \x1b[31mcommunication\x1b[0m skills\n", "utf-8")

    ran = personspec("read", str(path))

    assert "\x1b[31m" not in ran.stdout


@given(st.dictionaries(st.text(), st.text()))
def test_a_json_line_is_one_line_for_any_reader_and_comes_back(value: dict[str, str]) -> None:
    line = json_line(value)

    assert len(line.splitlines()) == 1
    assert json.loads(line) == value


def test_lines_without_a_heading_are_told_how_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "pasted.txt"
    path.write_text("Good communication skills\nAble to work in a team\n")
    assert (
        "put a line 'Essential' or 'Desirable' above them" in personspec("read", str(path)).stdout
    )
    path.write_text("Essential\nGood communication skills\nAble to work in a team\n")
    assert "2 criteria" in personspec("read", str(path)).stdout
