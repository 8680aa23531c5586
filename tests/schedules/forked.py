"""Crawls as the service starts them, in processes forked from one that has the imports behind it.

The same code as ``python -m schedules.crawl SOURCE``, without three seconds of imports each: the
tests of recovery and of faults need dozens.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["schedules.crawl", "pipelines.store", "pipelines.annotate", "crawler.spiders.nhs_jobs"]
)


def start_crawl(
    source: str, environment: Mapping[str, str], log: Path, *options: str
) -> BaseProcess:
    """Start the crawl of a source; what it writes goes to the end of ``log``."""
    arguments = [source, *options]
    process = CONTEXT.Process(target=_crawl, args=(arguments, dict(environment), str(log)))
    process.start()
    return process


def crawl(source: str, environment: Mapping[str, str], log: Path, *options: str) -> int:
    """Crawl a source to its end and return the exit code."""
    process = start_crawl(source, environment, log, *options)
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _crawl(arguments: list[str], environment: dict[str, str], log: str) -> None:
    os.environ.update(environment)
    with Path(log).open("a", buffering=1) as output:
        os.dup2(output.fileno(), sys.stdout.fileno())
        os.dup2(output.fileno(), sys.stderr.fileno())
        from schedules.crawl import main

        sys.exit(main(arguments))
