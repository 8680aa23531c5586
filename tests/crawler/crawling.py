"""Run one real crawl in a child process (a reactor cannot start twice) and hand out its yield."""

import os
import pickle
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.items import Sighting, Vacancy

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Crawl:
    """What a crawl gave."""

    items: list[Any]
    stats: dict[str, Any]
    log: str

    @property
    def sightings(self) -> list[Sighting]:
        return [item for item in self.items if isinstance(item, Sighting)]

    @property
    def vacancies(self) -> list[Vacancy]:
        return [item for item in self.items if isinstance(item, Vacancy)]


def crawl(spider: str, **settings: Any) -> Crawl:
    """Run the spider with crawler/settings.py and these settings, and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        plan, result = Path(folder, "plan"), Path(folder, "result")
        plan.write_bytes(pickle.dumps((spider, settings)))
        child = subprocess.run(
            [sys.executable, "-m", "tests.crawler.crawl_child", str(plan), str(result)],
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning:crawler"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if child.returncode:
            raise RuntimeError(child.stderr[-4000:])
        items, stats = pickle.loads(result.read_bytes())  # noqa: S301 - our own child wrote it
    return Crawl(items, stats, child.stderr)
