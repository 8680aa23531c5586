"""The demo as a stranger meets it."""

import csv
import os
import subprocess
import sys
from pathlib import Path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_demo_ends_with_reports_whose_evidence_stands_in_the_criteria(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "personspec", "demo"],
        env={**os.environ, "PERSONSPEC_OUTPUT_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

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
