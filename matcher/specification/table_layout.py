"""What the columns of a specification table mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matcher.specification import groups, marks
from matcher.specification.blocks import Block, Cell
from matcher.specification.headings import normalise
from matcher.specification.lines import clean, has_bullet, word_set, words

ColumnRole = Literal["essential", "desirable", "letter", "assessed", "ignored", "text"]

# 'ü' and 'P' are what Wingdings and Wingdings 2 call their ticks.
_TICKS = re.compile(
    r"^(?:[✓✔√☑☒■●•*✗✘xynüûpþ\uf0fc\uf0fe\uf050\uf052]|yes|no|tick)+$", re.IGNORECASE
)
# Marks that are ticks where they stand alone, but say no beside a real tick.
_CROSSES = re.compile(r"^(?:[✗✘x☒û]+|n|no)$", re.IGNORECASE)
_LETTER = re.compile(
    r"^\(?(?:[ED](?:[ .]?\d{1,2})?|ess(?:ential)?|des(?:irable)?)\)?$", re.IGNORECASE
)
"""What says the importance in a column of its own; ``E3`` also numbers the criterion."""
_ESSENTIAL = re.compile(r"^(?:minimum/?\s*)?\(?(?:essentials?|required|mandatory|e)\b")
_DESIRABLE = re.compile(r"^\(?(?:desirables?|desired|preferred|d)\b")
_BOTH = re.compile(
    r"\bessential\b.*\bdesirable\b|^\(?e(?:ss)? ?[/&,] ?d(?:es)?\)?$|^e or d$"
    r"|^(?:importance|status|rating|priority|level of importance)$"
)
_ASSESSED = re.compile(
    r"\bassess(?:ed|ment)?\b|\bmeasured?\b|\bevidenced\b|^evidence$|\bidentified\b|\btested\b"
    r"|\bevidence (?:source|required)\b|\bverified\b|^verification$"
    r"|\bmethods?\b|\bsource\b|^how\b|^where\b|^when\b|^stage\b|^a ?/ ?i(?: ?/ ?[a-z])*$"
)
# A head that explains its codes as well: ``Method of assessment: A = application form …``.
_ASSESSED_WITH_LEGEND = re.compile(
    r"^(?:how |when |where )?(?:\w+ ){0,2}(?:assess(?:ed|ment)|measured|identified|tested)\b"
)
_IGNORED = re.compile(
    r"^(?:weight\w*|scor(?:e|ing)|points?|rank\w*|no|number|ref|item|met|comments?|#)\b"
)
_GENERIC = word_set(
    "person personal specification spec criteria criterion requirement requirements attribute"
    " attributes factor factors area areas category categories heading headings detail details"
    " description element elements subject job post role the of for and key selection competence"
    " competences competency competencies"
)
_MAX_HEADER_WORDS = 45


@dataclass(frozen=True, slots=True)
class Layout:
    """The meaning of the columns of a table, and the group its head names."""

    width: int
    roles: tuple[ColumnRole, ...]
    group: str | None = None
    codes: tuple[tuple[str, ...], ...] = ()
    """For each column the ways of assessing its head names: a tick under ``I`` is an interview."""

    def codes_of(self, column: int) -> tuple[str, ...]:
        """Return the ways of assessing a tick in this column stands for."""
        return self.codes[column] if column < len(self.codes) else ()

    def role(self, column: int) -> ColumnRole:
        """Return the meaning of a grid column; columns beyond the head are text."""
        return self.roles[column] if column < len(self.roles) else "text"

    def weighs_like(self, other: "Layout") -> bool:
        """Say whether the columns of letters stand in the same places."""
        mine = [column for column, role in enumerate(self.roles) if role == "letter"]
        theirs = [column for column, role in enumerate(other.roles) if role == "letter"]
        return self.width == other.width and mine == theirs


def place(cells: Sequence[Cell]) -> list[tuple[int, Cell]]:
    """Return the cells with the grid column each starts in."""
    placed, column = [], 0
    for cell in cells:
        placed.append((column, cell))
        column += cell.span
    return placed


def width_of(row: Block) -> int:
    """Return the number of grid columns of a row."""
    return sum(cell.span for cell in row.cells)


def is_tick(text: str) -> bool:
    """Say whether a cell holds nothing but a tick, in any of the glyphs in use."""
    return bool(_TICKS.match(clean(text).replace(" ", "")))


def is_cross(text: str) -> bool:
    """Say whether a tick is a cross, which means no where the row has a real tick as well."""
    return bool(_CROSSES.match(clean(text)))


def is_letter(text: str) -> bool:
    """Say whether a cell holds nothing but ``E``, ``D`` or the words."""
    return bool(_LETTER.match(clean(text)))


def head_layout(row: Block) -> Layout | None:
    """Return the layout that a row gives if it is the head of a specification table, else None."""
    placed = [(start, cell) for start, cell in place(row.cells) if cell.lines]
    roles: dict[int, ColumnRole] = {}
    group = None
    for start, cell in placed:
        role = _head_role(cell)
        if role is None:
            return None
        for column in range(start, start + cell.span):
            roles[column] = role
        if role == "text" and not _is_generic(cell):
            group = cell.text.strip(" :")
    if not _is_weighed(roles, placed):
        return None
    width = width_of(row)
    return Layout(
        width=width,
        roles=tuple(roles.get(column, "text") for column in range(width)),
        group=group,
        codes=_codes(placed, width),
    )


def _codes(placed: Sequence[tuple[int, Cell]], width: int) -> tuple[tuple[str, ...], ...]:
    named = {start: marks.of_codes(cell.text) for start, cell in placed}
    return tuple(named.get(column, ()) for column in range(width))


def _is_weighed(roles: dict[int, ColumnRole], placed: Sequence[tuple[int, Cell]]) -> bool:
    """Say whether the columns weigh: by both words, or by one beside nothing but words of heads.

    ``Essential`` beside a criterion is no head but a row that says its own importance.
    """
    weights = {"essential", "desirable"} & set(roles.values())
    if len(weights) == 2:
        return True
    if "letter" in roles.values():
        return len(placed) > 1
    if not weights:
        return False
    texts = [cell for start, cell in placed if roles[start] == "text"]
    by_letter = any(is_letter(cell.text) and len(clean(cell.text)) < 4 for _, cell in placed)
    return len(placed) > 1 and not by_letter and all(_is_generic(c) for c in texts)


def is_generic(row: Block) -> bool:
    """Say whether every cell holds nothing but words of heads: ``Ref | Criteria | Assessed by``."""
    named = [_is_generic(cell) for cell in row.cells]
    return all(
        plain or _head_role(cell) in ("assessed", "ignored")
        for plain, cell in zip(named, row.cells, strict=True)
    ) and any(
        plain and cell.lines and not groups.kinds_in(cell.text)
        for plain, cell in zip(named, row.cells, strict=True)
    )


def is_head_of_assessing(cell: Cell) -> bool:
    """Say whether a cell heads a column of ways of assessing."""
    return _head_role(cell) == "assessed" and not marks.of_codes(cell.text)


def _is_generic(cell: Cell) -> bool:
    return words(normalise(cell.text)) <= _GENERIC


def _head_role(cell: Cell) -> ColumnRole | None:
    """Return what a head cell says of its column; None if the cell is none of a head."""
    plain = normalise(cell.text)
    size = len(plain.split())
    if size > _MAX_HEADER_WORDS or any(has_bullet(line) for line in cell.lines[1:]):
        return None
    weighing = _weighing_role(plain, size)
    if weighing:
        return weighing
    if size > 8 or len(cell.lines) > 3:
        return "assessed" if _ASSESSED_WITH_LEGEND.match(plain) else None
    if _IGNORED.match(plain):
        return "ignored"
    return "assessed" if _ASSESSED.search(plain) or marks.of_codes(plain) else "text"


def _weighing_role(plain: str, size: int) -> ColumnRole | None:
    if size <= 8 and _BOTH.search(plain):
        return "letter"
    if not _explains(plain):
        return None
    if _ESSENTIAL.match(plain):
        return "essential"
    return "desirable" if _DESIRABLE.match(plain) else None


def _explains(plain: str) -> bool:
    """A head cell is the word alone, or the word and what it means, not a criterion."""
    words = plain.split()
    return len(words) <= 4 or bool(
        re.match(r"^\W*\w+(?: (?:criteria|requirements?|attributes?|qualities))?\s*[-–:(.]", plain)
        or re.search(
            r"\b(?:without which|qualities|criteria|attributes|requirements?|would be|needed)\b",
            plain,
        )
    )


def guess_layout(rows: Sequence[Block]) -> Layout | None:
    """Return the layout of a table without a head whose cells tell: a column of E and D."""
    width = max(width_of(row) for row in rows)
    roles: list[ColumnRole] = []
    placed = [
        {start: clean(cell.text) for start, cell in place(row.cells)}
        for row in rows
        if not is_generic(row) and sum(bool(cell.lines) for cell in row.cells) > 1
    ]
    for column in range(width):
        texts = [text for row in placed if (text := row.get(column))]
        if len(texts) >= 2 and all(is_letter(text) for text in texts):
            roles.append("letter")
        elif len(texts) >= 2 and all(marks.of_codes(text) for text in texts):
            roles.append("assessed")
        else:
            roles.append("text")
    return Layout(width, tuple(roles)) if "letter" in roles else None
