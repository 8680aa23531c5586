"""``report.html``: the figures of a report on one page, without anything from outside."""

from datetime import date
from pathlib import Path

from pipelines.outputs.about import footer_lines, source_health
from pipelines.outputs.digest.render import environment
from pipelines.outputs.figures import Figures, Share
from pipelines.outputs.files import replacing
from pipelines.outputs.manifest import Manifest
from pipelines.outputs.wording import moment_in_words

FILE = "report.html"


def render_page(figures: Figures, manifest: Manifest) -> str:
    """Return the page as HTML."""
    return (
        environment()
        .get_template("report.html")
        .render(
            figures=figures,
            written=moment_in_words(manifest.written_at),
            since=moment_in_words(manifest.changes_since),
            filters=manifest.filters,
            problems=[source.problem for source in manifest.sources if source.problem],
            sources=[(source, source_health(source)) for source in manifest.sources],
            footer=list(footer_lines(manifest)),
            heat_step=heat_step,
            day=_day,
        )
    )


def write_page(folder: Path, figures: Figures, manifest: Manifest) -> None:
    """Write ``report.html``; raise UsageError if it cannot be written."""
    with replacing(folder / FILE, encoding="utf-8") as file:
        file.write(render_page(figures, manifest))


def heat_step(share: Share) -> int:
    """Return the shade of a cell, 0 for nothing to 5 for 80 % and more."""
    return min(share.percent // 20 + 1, 5) if share.count else 0


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
