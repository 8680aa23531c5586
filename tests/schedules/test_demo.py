"""The demo as a stranger meets it."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from filelock import FileLock


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "personspec", "demo"],
        env={**os.environ, "PERSONSPEC_OUTPUT_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_demo_ends_with_reports_whose_evidence_stands_in_the_criteria(tmp_path: Path) -> None:
    with FileLock(tmp_path / "crawl-nhs_jobs.lock"):  # a real crawl, which it need not wait for
        ran = demo(tmp_path)

    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "demo.db").exists()
    for name in ("vacancies.csv", "criteria.csv"):
        assert str(tmp_path / "demo" / name) in ran.stdout.replace("\n", "")
    assert (tmp_path / "demo" / "report.xlsx").exists()
    changes = {row["change"] for row in read(tmp_path / "demo" / "vacancies.csv")}
    assert changes == {"new", "changed", "closed", "unchanged"}, "the second day is told apart"
    rows = read(tmp_path / "demo" / "criteria.csv")
    matched = [row for row in rows if row["match_status"] == "matched"]
    assert len(matched) > 100
    assert len({row["requirement_id"] for row in matched}) >= 14
    for row in matched:
        assert row["evidence_quote"].removeprefix("'") in row["criterion_text"]
        assert 0 <= float(row["match_score"]) <= 100


def test_a_second_demo_leaves_the_first_alone(tmp_path: Path) -> None:
    written = tmp_path / "demo" / "vacancies.csv"
    written.parent.mkdir()
    for file in (written, tmp_path / "demo.db"):
        file.write_text("of the first")
    with FileLock(tmp_path / "demo.lock"):
        ran = demo(tmp_path)

    assert ran.returncode == 3
    assert "The demo runs already" in ran.stderr
    assert written.read_text() == (tmp_path / "demo.db").read_text() == "of the first"
