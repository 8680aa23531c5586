"""Run real crawls in a child process (a reactor cannot start twice) and hand out their yield."""

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
    """Of all crawls that ran in the same child."""

    @property
    def sightings(self) -> list[Sighting]:
        return [item for item in self.items if isinstance(item, Sighting)]

    @property
    def vacancies(self) -> list[Vacancy]:
        return [item for item in self.items if isinstance(item, Vacancy)]


def crawl(spider: str, **settings: Any) -> Crawl:
    """Run a spider with crawler/settings.py and these settings, and nothing else."""
    return crawl_all([(spider, settings)])[0]


def crawl_all(plans: list[tuple[str, dict[str, Any]]]) -> list[Crawl]:
    """Run several spiders side by side in one child, as most of a test's time is its start."""
    with tempfile.TemporaryDirectory() as folder:
        plan, result = Path(folder, "plan"), Path(folder, "result")
        plan.write_bytes(pickle.dumps(plans))
        child = subprocess.run(
            [sys.executable, "-m", "tests.crawler.crawl_child", str(plan), str(result)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        if child.returncode:
            raise RuntimeError(child.stderr[-4000:])
        results = pickle.loads(result.read_bytes())  # noqa: S301 - our own child wrote it
    return [Crawl(items, stats, child.stderr) for items, stats in results]
