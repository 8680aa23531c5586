"""The one parser: blocks of any source to criteria."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from matcher.specification import asks, importance, marks, prose, tables
from matcher.specification.blocks import Block
from matcher.specification.headings import Heading, is_lead_in, is_short, read_heading
from matcher.specification.lines import (
    number_depth,
    sentences,
    split_inline_bullets,
    strip_bullet,
    word_set,
    words,
)
from matcher.specification.outline import LEAD_IN_LEVEL, Context, Outline
from matcher.types import Criterion, Specification

NOTHING_READ = "The document holds no text."
NO_CRITERIA = "The text holds no line that asks something of the candidate."

_MAX_PLAIN_LINE_WORDS = 60
_MAX_BARE_WORDS = 8
"""A heading that no markup shows and that opens something else is no longer."""
_SERIES = re.compile(r";(?: and| or)?$")
_ADDING = word_set("also additionally addition further furthermore")


@dataclass(slots=True)
class _Run:
    """Consecutive lines under the same headings."""

    context: Context
    blocks: list[Block] = field(default_factory=list)


def read_blocks(blocks: Sequence[Block]) -> Specification:
    """Return the criteria that the blocks hold, in reading order."""
    if not blocks:
        return Specification((), NOTHING_READ)
    found: list[Criterion] = []
    for part in _Parser(_lines(blocks)).parts():
        found += part
    unique = tuple(_without_repeated_prose(found))
    return Specification(unique, None if unique else NO_CRITERIA)


def _lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """Split what one paragraph holds into its lines and tell the bulleted ones."""
    for block in blocks:
        if block.kind in ("row", "heading"):
            yield block
            continue
        for line in split_inline_bullets(block.text):
            text, bulleted = strip_bullet(line)
            if not text:
                continue
            if bulleted and block.kind == "paragraph":
                yield replace(block, kind="item", text=text, level=number_depth(line))
            else:
                kept = text if bulleted else line
                yield block if kept == block.text else replace(block, text=kept)


class _Parser:
    def __init__(self, blocks: Iterable[Block]) -> None:
        self._waiting = deque(blocks)
        self._outline = Outline()
        self._tables = tables.TableReader()
        self._run: _Run | None = None

    def parts(self) -> Iterator[list[Criterion]]:
        """Yield the criteria part by part: a list, a table, a paragraph."""
        while self._waiting:
            block = self._waiting.popleft()
            if block.kind == "row":
                yield self._close_run()
                yield self._read_table(block)
            else:
                yield from self._step(block, self._waiting[0] if self._waiting else None)
        yield self._close_run()

    def _read_table(self, first: Block) -> list[Criterion]:
        """Return the criteria of a table; one that only lays out text is read on as text."""
        rows = [first]
        while self._waiting and self._waiting[0].table == first.table:
            rows.append(self._waiting.popleft())
        found = self._tables.read(rows, self._outline.context)
        if found is None:
            self._waiting.extendleft(reversed(list(_lines(tables.flatten(rows)))))
            return []
        return found

    def _step(self, block: Block, following: Block | None) -> Iterator[list[Criterion]]:
        heading = _as_heading(block, following, self._outline.context)
        if heading:
            yield self._close_run()
            self._outline.enter(heading, _level_of(block, following))
            yield self._run_in_line(block, heading)
        elif block.kind == "item" or self._is_plain_line(block, following):
            if self._run and self._run.blocks[-1].level > block.level:
                yield self._close_run()
            if block.kind == "item":
                self._outline.close_items(block.level)
            self._add(block)
        else:
            continued = self._continues_list(block)
            yield self._close_run()
            if continued:
                yield [_criterion(block, Context())]
                return
            context = self._outline.context
            verdict = "unknown" if context.about_work else context.verdict
            if block.kind == "paragraph":
                self._outline.close_loose()
            yield prose.read_paragraph(block.text, verdict)

    def _add(self, block: Block) -> None:
        if self._run is None:
            self._run = _Run(self._outline.context)
        self._outline.note_line()
        self._run.blocks.append(block)

    def _close_run(self) -> list[Criterion]:
        run, self._run = self._run, None
        return _judge(run) if run else []

    def _run_in_line(self, block: Block, heading: Heading) -> list[Criterion]:
        """Return the criterion that shares its line with a heading: ``Desirable: Excel``."""
        rest = marks.after_run_in_heading(block.text)
        if not rest or heading.importance == "unknown":
            return []
        self._outline.note_line()
        return [_criterion(replace(block, text=rest), self._outline.context)]

    def _is_plain_line(self, block: Block, following: Block | None) -> bool:
        """Say whether a paragraph without bullet stands as a line of the open list."""
        context = self._outline.context
        return (
            block.kind == "paragraph"
            and (context.opens or _is_marked(block.text, context))
            and not (self._run and self._run.blocks[-1].kind == "item")
            and len(block.text.split()) <= _MAX_PLAIN_LINE_WORDS
            and not prose.is_narrative(block.text)
            and not _is_fact(block.text)
            and not (self._run is None and _introduces_table(block.text, following))
            and (self._run is not None or len(sentences(block.text)) == 1)
            and self._reads_as_line(block.text, context)
        )

    def _reads_as_line(self, text: str, context: Context) -> bool:
        if marks.has_weight_mark(text) or self._is_in_series(text):
            return True
        role = asks.role_of(text)
        if role in ("asks", "boilerplate"):
            return role == "asks"
        weighed = context.importance != "unknown"
        if not is_short(text):
            return weighed and role != "offer" and not text.endswith(".")
        if weighed:
            return True
        return role == "none" and self._run is not None and not text.endswith(".")

    def _is_in_series(self, text: str) -> bool:
        """Say whether semicolons make a line one of several under an open heading."""
        before = self._run.blocks[-1].text if self._run else ""
        return _SERIES.search(text) is not None or _SERIES.search(before) is not None

    def _continues_list(self, block: Block) -> bool:
        """Say whether a sentence after a list of criteria adds one: 'It would also help if …'."""
        run = self._run
        if run is None or run.blocks[-1].kind != "item" or not _judge(run):
            return False
        statement = importance.of_line(block.text)
        return (
            statement is not None
            and not _ADDING.isdisjoint(words(block.text))
            and len(sentences(block.text)) == 1
            and asks.role_of(block.text) == "asks"
        )


def _is_marked(text: str, context: Context) -> bool:
    """Say whether a mark such as ``(E)`` makes a line a criterion where no heading opens any."""
    return context.verdict != "other" and marks.has_weight_mark(text)


def _introduces_table(text: str, following: Block | None) -> bool:
    """Say whether a sentence only stands above a table, to say what it is about."""
    return following is not None and following.kind == "row" and text.endswith(".")


def _level_of(block: Block, following: Block | None) -> int:
    """A heading goes as deep as its markup says; an item heads only the deeper items under it."""
    if block.kind == "heading":
        return block.level
    deeper = block.kind == "item" and following is not None and following.level > block.level
    return LEAD_IN_LEVEL + block.level if deeper else LEAD_IN_LEVEL


def _as_heading(block: Block, following: Block | None, context: Context) -> Heading | None:
    """Return the block read as a heading if it stands as one, else None."""
    if block.kind == "heading":
        return read_heading(block.text)
    if block.kind == "item":
        return _item_as_heading(block, following)
    if marks.after_run_in_heading(block.text):
        return read_heading(marks.run_in_heading(block.text))
    if is_lead_in(block.text) and not _is_one_of_several(block.text, following):
        return _lead_in(read_heading(block.text), block, following, context)
    if not is_short(block.text) or block.text.endswith((".", "!")):
        return None
    return _bare_heading(block.text, following, context)


def _titles_labels(text: str, following: Block | None, context: Context) -> bool:
    """Say whether a short line stands above ``Essential`` or ``Desirable`` as the name of a group.

    Under ``Essential`` the line above ``Desirable`` is the last criterion, not a name.
    """
    if following is None or not context.opens or ":" in text.rstrip(": "):
        return False
    label = marks.run_in_heading(following.text) or following.text
    if len(text.split()) > _MAX_BARE_WORDS or not marks.is_importance_label(label):
        return False
    weight = read_heading(label).importance
    return not (context.importance == "essential" and weight == "desirable")


def _title(text: str) -> Heading:
    """Return a line read as the name of a group, whatever its words."""
    heading = read_heading(text)
    return heading if heading.group else replace(heading, verdict="asks", group=text.strip(" :"))


def _bare_heading(text: str, following: Block | None, context: Context) -> Heading | None:
    """A short line without any mark of a heading is one if its words or its place say so."""
    if context.in_specification and _is_fact(text):
        return None
    if _titles_labels(text, following, context):
        return _title(text)
    heading = read_heading(text)
    if marks.is_label(text):
        return heading
    before_item = following is not None and following.kind == "item"
    if heading.opens and before_item:
        return heading
    if heading.verdict == "other" and not asks.asks_something(text):
        return heading if len(text.split()) <= _MAX_BARE_WORDS else None
    return None


def _is_one_of_several(text: str, following: Block | None) -> bool:
    """Say whether a line ends in a semicolon as one of a list, not to announce one."""
    listed = following is not None and following.kind == "item"
    return text.rstrip().endswith(";") and not listed


def _is_fact(text: str) -> bool:
    """Say whether a line gives a fact of the post: ``Job title: Clerk   Band: 3``."""
    label, colon, value = text.partition(":")
    return bool(colon and value.strip()) and read_heading(label).verdict == "other"


def _lead_in(
    heading: Heading, block: Block, following: Block | None, context: Context
) -> Heading | None:
    """A line that ends in a colon heads the list after it; of a duty it heads duties."""
    if following is None or following.kind == "heading":
        return None
    if heading.opens:
        return heading
    if asks.role_of(block.text) == "duty" or heading.verdict == "other":
        return replace(heading, verdict="other", group=None)
    under = context.in_specification or context.opens
    if following.kind == "item" and heading.verdict == "unknown" and under:
        return replace(heading, verdict="leans")
    return heading


def _item_as_heading(block: Block, following: Block | None) -> Heading | None:
    """An item is a heading if it only introduces the deeper list under it, or is a bare label."""
    if marks.is_importance_label(block.text):
        return read_heading(block.text)
    deeper = following is not None and following.kind == "item" and following.level > block.level
    if following is not None and following.kind == "row" and marks.is_label(block.text):
        return read_heading(block.text)
    if deeper and (is_lead_in(block.text) or marks.is_label(block.text)):
        return read_heading(block.text)
    if deeper and len(block.text.split()) <= _MAX_BARE_WORDS and asks.role_of(block.text) == "none":
        return _title(block.text)
    return None


def _judge(run: _Run) -> list[Criterion]:
    """Return the criteria of a run of lines, weighing its heading against its lines."""
    lines = [b for b in run.blocks if not asks.is_never_a_criterion(b.text)]
    if not lines or not _accepts(run.context, lines):
        return []
    strict = not run.context.opens
    return [
        _criterion(block, run.context)
        for block in lines
        if block.importance != "unknown" or not _is_stray(block.text, strict=strict)
    ]


def _is_stray(text: str, *, strict: bool) -> bool:
    role = asks.role_of(text)
    if strict:
        return role in ("boilerplate", "offer", "duty")
    return role == "boilerplate" and not asks.asks_something(text)


def _accepts(context: Context, lines: Sequence[Block]) -> bool:
    """Say whether the lines are criteria: heading and lines vote.

    The clearer the heading, the less the lines must say.
    """
    if _are_marked(lines):
        return True
    roles = [asks.role_of(block.text) for block in lines]
    share = {role: roles.count(role) / len(roles) for role in ("asks", "duty", "offer")}
    if context.verdict == "other":
        return False
    if context.opens:
        if context.importance != "unknown":
            return context.in_specification or len(lines) < 3 or share["offer"] < 0.7
        return share["offer"] < 0.5 and not (share["duty"] >= 0.8 and share["asks"] < 0.2)
    if context.verdict == "leans":
        return share["asks"] >= 0.5 and share["offer"] < 0.3
    return share["asks"] >= 0.7 and share["duty"] + share["offer"] <= 0.2 and len(lines) >= 2


def _are_marked(lines: Sequence[Block]) -> bool:
    """Say whether the markup weighs a line, or marks such as ``(E)`` weigh most of them."""
    if any(block.importance != "unknown" for block in lines):
        return True
    return sum(marks.has_weight_mark(block.text) for block in lines) * 2 > len(lines)


def _criterion(block: Block, context: Context) -> Criterion:
    if block.importance != "unknown":
        context = replace(context, importance=block.importance)
    place = marks.Place("list", context.importance, "heading", context.group, context.kind)
    return marks.to_criterion(block.text, place)


def _without_repeated_prose(found: Iterable[Criterion]) -> Iterator[Criterion]:
    seen: set[str] = set()
    for criterion in found:
        key = criterion.text.casefold()
        if not key or (criterion.form == "prose" and key in seen):
            continue
        seen.add(key)
        yield criterion
