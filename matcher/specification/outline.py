"""The headings in force at a place of a document, nested by level and by what they say."""

from dataclasses import dataclass, replace

from matcher.specification import groups
from matcher.specification.blocks import PSEUDO_HEADING_LEVEL
from matcher.specification.headings import Heading, Verdict
from matcher.specification.lines import strip_bullet
from matcher.types import Importance

LEAD_IN_LEVEL = PSEUDO_HEADING_LEVEL
"""Level of a line that announces a list: as deep as a heading only set in bold."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the headings above a line say of it."""

    verdict: Verdict = "unknown"
    importance: Importance = "unknown"
    group: str | None = None
    kind: str | None = None
    heading: str = ""
    """The nearest heading, as printed."""

    in_specification: bool = False
    """A heading that names the person specification is open."""

    about_work: bool = False
    """The heading that gives the verdict says what the post is about."""

    @property
    def opens(self) -> bool:
        """The nearest heading opens criteria."""
        return self.verdict in ("specification", "asks")


@dataclass(slots=True)
class _Entry:
    level: int
    heading: Heading
    group: str | None
    has_lines: bool = False

    @property
    def weighs(self) -> bool:
        return self.heading.importance != "unknown" or self.heading.names_both

    @property
    def only_weighs(self) -> bool:
        return self.weighs and self.group is None

    @property
    def is_open_title(self) -> bool:
        return self.heading.verdict == "specification" and not self.has_lines

    @property
    def only_groups(self) -> bool:
        return self.group is not None and not self.weighs


class Outline:
    """A stack of headings.

    Real headings nest by level. Those of one level, which is all that plain text and bold
    paragraphs give, nest by sense: ``Essential`` belongs under ``Qualifications`` if it follows it,
    and the other way round if ``Essential`` came first without lines of its own.
    """

    def __init__(self) -> None:
        self._stack: list[_Entry] = []
        self._context: Context | None = None

    def enter(self, heading: Heading, level: int) -> None:
        """Open a heading, closing what it ends."""
        entry = _Entry(level, heading, self._group_of(heading, level))
        beside_group = False
        while self._stack and self._ends(self._stack[-1], entry):
            closed = self._stack.pop()
            beside_group |= closed.level == level and closed.group is not None
        if beside_group and heading.verdict == "unknown" and entry.group is None:
            entry.group = _as_group(heading)
            entry.heading = replace(heading, verdict="leans")
        self._stack.append(entry)
        self._context = None

    def note_line(self) -> None:
        """Remember that a line stands directly under the open heading."""
        if self._stack:
            self._stack[-1].has_lines = True

    def close_items(self, depth: int) -> None:
        """Close the headings that items of this depth or a deeper one were; an item follows."""
        self._close_from(LEAD_IN_LEVEL + depth)

    def close_loose(self) -> None:
        """Close the headings that no markup shows; running text has followed their list.

        Under the title of the specification it only introduces what is to come.
        """
        if self._stack and not self._stack[-1].is_open_title:
            self._close_from(PSEUDO_HEADING_LEVEL)

    def _close_from(self, level: int) -> None:
        while self._stack and self._stack[-1].level >= level:
            self._stack.pop()
            self._context = None

    @property
    def context(self) -> Context:
        """What is in force now."""
        if self._context is None:
            self._context = self._describe() if self._stack else Context()
        return self._context

    def _describe(self) -> Context:
        top = self._stack[-1]
        weights = [e.heading for e in self._stack if e.weighs]
        named = [e for e in self._stack if e.group]
        group = named[-1].group if named else None
        deciding = self._deciding()
        return Context(
            verdict=deciding.verdict if deciding else "unknown",
            importance=weights[-1].importance if weights else "unknown",
            group=group,
            kind=groups.kind_of(group),
            heading=top.heading.text,
            in_specification=self._specification_level() is not None,
            about_work=deciding is not None and deciding.about_work,
        )

    def _deciding(self) -> Heading | None:
        """Return the heading that says what the lines are, or None if none does."""
        for entry in reversed(self._stack):
            if entry.heading.verdict != "unknown":
                return entry.heading
            if not self._is_under_specification(entry.level):
                return None
        return None

    def _specification_level(self) -> int | None:
        levels = [e.level for e in self._stack if e.heading.verdict == "specification"]
        return levels[-1] if levels else None

    def _is_under_specification(self, level: int) -> bool:
        top = self._specification_level()
        return top is not None and level > top

    def _group_of(self, heading: Heading, level: int) -> str | None:
        """Inside a specification every deeper heading names a group, whatever its words."""
        if heading.group or heading.verdict == "specification" or heading.importance != "unknown":
            return heading.group
        if self._is_under_specification(level) or (
            heading.verdict == "unknown" and self._specification_level() is not None
        ):
            return _as_group(heading)
        return None

    def _ends(self, old: _Entry, new: _Entry) -> bool:
        """Say whether the new heading closes the old one, the innermost open."""
        if old.level != new.level:
            return old.level > new.level
        if new.heading.verdict in ("specification", "other"):
            return True
        if old.heading.verdict == "specification":
            return False
        if new.only_weighs and old.only_groups:
            return any(entry.weighs for entry in self._stack[:-1] if entry.level == old.level)
        if new.only_groups and old.only_weighs:
            return old.has_lines
        return not (_is_bare_ask(old) and not _is_bare_ask(new))


def _as_group(heading: Heading) -> str | None:
    """Return a whole heading as the name of a group, without number and closing punctuation."""
    return strip_bullet(heading.text)[0].rstrip(" :;-–") or None


def _is_bare_ask(entry: _Entry) -> bool:
    return entry.heading.verdict == "asks" and not entry.weighs and entry.group is None
