"""The tables of a release: declared once, for the files, the descriptors and the dictionary."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

SCHEMA_VERSION = "1"

QUOTE_LENGTH = 120
"""Most characters of an advert's words that stand in one cell of a release."""

Kind = Literal["text", "choice", "boolean", "integer", "number", "date", "time", "url"]

ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "choice": pa.string(),
    "url": pa.string(),
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "time": pa.timestamp("ms", "UTC"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table. No cell holds an empty text: what is not there is null."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    values: tuple[str, ...] = ()
    """All values there may be, beside null where ``nullable``; empty if they are not listed."""

    nullable: bool = True
    schema_org: str = ""
    """Name of the same thing in schema.org, under ``JobPosting`` where it has no prefix."""

    since: str = SCHEMA_VERSION
    """Version of the schema that brought it."""

    moves: bool = False
    """It says when we looked, not what was found: a delta passes over it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values are a row of another table."""

    fields: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a release."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def arrow(self) -> pa.Schema:
        """The schema of its Parquet file, with the dictionary in its metadata."""
        return pa.schema([_arrow_field(field) for field in self.fields], {"meaning": self.meaning})


def _arrow_field(field: Field) -> pa.Field:
    told = {"meaning": field.meaning, "unit": field.unit, "schema_org": field.schema_org}
    metadata = {name: value for name, value in told.items() if value}
    return pa.field(field.name, ARROW[field.kind], field.nullable, metadata)


_IMPORTANCE = ("essential", "desirable", "unknown")
_LIST = "values separated by '; '"

_VACANCY_ID = Field(
    "vacancy_id", "text", "Key of the vacancy: source and reference.", nullable=False,
    schema_org="identifier",
)  # fmt: skip
_VERSION_ID = Field(
    "version_id", "text", "Key of one content of an advert.", nullable=False
)  # fmt: skip
_SOURCE = Field("source", "text", "The board it was found on.", nullable=False)
_REFERENCE = Field("reference", "text", "The board's reference.", nullable=False)

_FACTS = (
    Field("title", "text", "Title as printed.", schema_org="title"),
    Field("employer", "text", "Employer as printed.", schema_org="hiringOrganization.name"),
    Field("closing_date", "date", "Last day to apply, as printed.", schema_org="validThrough"),
    Field("posted_date", "date", "Day the advert gives as its first.", schema_org="datePosted"),
    Field("band", "text", "Agenda for Change band: 2 to 9, or 8a to 8d."),
    Field(
        "band_basis", "choice",
        "printed: on the advert; inferred: none is printed, the salary is that of one band only.",
        values=("printed", "inferred"),
    ),
    Field("pay_table", "text", "The dated pay table that holds the printed salary."),
    Field("salary_minimum", "number", "Lowest pay as printed.", "pounds a salary_period",
          schema_org="baseSalary.value.minValue"),
    Field("salary_maximum", "number", "Highest pay as printed.", "pounds a salary_period",
          schema_org="baseSalary.value.maxValue"),
    Field("salary_period", "choice", "What the printed pay is for.",
          values=("year", "month", "week", "day", "session", "hour"),
          schema_org="baseSalary.value.unitText"),
    Field("salary_annual_minimum", "number", "Lowest pay for full-time work.", "pounds a year"),
    Field("salary_annual_maximum", "number", "Highest pay for full-time work.", "pounds a year"),
    Field("contract_type", "text", "In normal words, e.g. permanent or fixed-term.",
          schema_org="employmentType"),
    Field("fixed_term_months", "integer", "Length of a fixed-term contract.", "months"),
    Field("working_patterns", "text", "In normal words, e.g. full-time.", _LIST,
          schema_org="workHours"),
    Field("staff_group", "text", "As the board gives it.", schema_org="occupationalCategory"),
    Field("town", "text", "Town of the first place.",
          schema_org="jobLocation.address.addressLocality"),
    Field("postcode", "text", "Of the first place that has one.",
          schema_org="jobLocation.address.postalCode"),
    Field("region", "text", "Main region of the postcode area; an area may straddle regions.",
          schema_org="jobLocation.address.addressRegion"),
    Field("region_basis", "choice", "What the region was taken from.", values=("postcode area",)),
    Field("driving", "boolean", "A driving licence is asked for; null if the advert is silent."),
)  # fmt: skip

VACANCIES = Table(
    "vacancies",
    "A row a vacancy: what its advert says now, and since when and until when it was seen.",
    (
        _VACANCY_ID,
        _SOURCE,
        _REFERENCE,
        Field("url", "url", "Address of the advert.", schema_org="url"),
        Field("first_seen", "time", "Start of the first run that met it.", "UTC", nullable=False),
        Field("last_seen", "time", "Start of the last run that met it.", "UTC", nullable=False,
              moves=True),
        Field("closed_at", "time", "Start of the run that found it closed, or the moment between "
              "two runs when its date had passed: it closed between last_seen and then.", "UTC"),
        Field("end_reason", "choice", "withdrawn: no longer listed before its closing date; "
              "expired: past it.", values=("withdrawn", "expired")),
        Field("is_right_censored", "boolean", "Not yet closed: it stays open for longer than was "
              "seen.", nullable=False),
        Field("is_left_truncated", "boolean", "Met by the first run of its source: it may have "
              "been open for long before first_seen.", nullable=False),
        Field("times_reopened", "integer", "How often it was seen again after it had closed.",
              nullable=False),
        Field("current_version_id", "text", "The content in force; null if its page was never "
              "read."),
        *_FACTS,
    ),
    ("vacancy_id",),
)  # fmt: skip

VERSIONS = Table(
    "vacancy_versions",
    "A row a content of an advert, with its provenance: what was read, when, by what.",
    (
        _VERSION_ID,
        _VACANCY_ID,
        _SOURCE,
        Field("url", "url", "Address of the advert.", schema_org="url"),
        Field("fetched_at", "time", "First fetch of this content.", "UTC", nullable=False),
        Field("checked_at", "time", "Last fetch of this content.", "UTC", nullable=False,
              moves=True),
        Field("is_current", "boolean", "Whether it is in force.", nullable=False),
        Field("changed_fields", "text", "Names of the facts that differ from the version before.",
              _LIST),
        Field("content_sha256", "text", "SHA-256 of everything the page said, without the time of "
              "the fetch.", nullable=False),
        Field("archive_record", "text", "Id of the raw page, as fetched last, in the page archive "
              "of the publisher; null once that is deleted.", moves=True),
        Field("raw_sha256", "text", "SHA-256 of the raw page as received, the payload of that "
              "record; null where none was archived, as of imports: then content_sha256 is the "
              "fingerprint there is.", moves=True),
        Field("reader_version", "text", "What read its criteria.", nullable=False),
        Field("matcher_version", "text", "What matched them.", nullable=False),
        Field("catalogue_version", "text", "The documented requirements.", nullable=False),
        Field("facts_version", "text", "What made the facts.", nullable=False),
        Field("criteria", "integer", "How many criteria were read.", nullable=False),
        Field("no_criteria_reason", "text", "Why none was read."),
        *_FACTS,
    ),
    ("version_id",),
    (Reference(("vacancy_id",), "vacancies"),),
)  # fmt: skip

_POSITION = Field("position", "integer", "Order in the specification, from 1.", nullable=False)

CRITERIA = Table(
    "criteria",
    "A row a criterion of a person specification, with reviewers' decisions in force.",
    (
        _VERSION_ID,
        _POSITION,
        Field("criterion_key", "text", "Made of its words: the same after another reading.",
              nullable=False),
        Field("text", "text", "As printed; null unless the release states the basis on which it "
              "is published."),
        Field("characters", "integer", "Length of the text.", "characters", nullable=False),
        Field("form", "choice", "How it stood in the advert.", values=("list", "table", "prose"),
              nullable=False),
        Field("importance", "choice", "As the heading, column or mark says.", values=_IMPORTANCE,
              nullable=False),
        Field("importance_source", "choice", "Where it was read.",
              values=("heading", "column", "suffix", "inline")),
        Field("stated_importance", "choice", "What the line says of itself.",
              values=("essential", "desirable", "mixed")),
        Field("group_kind", "text", "The employer's heading above it, normalised."),
        Field("assessed_by", "text", "How the employer checks it.", _LIST),
        Field("min_level", "integer", "Lowest level that satisfies a stated qualification.",
              "RQF level, 1-8"),
        Field("experience_alternative", "boolean", "Experience is offered in place of a "
              "qualification.", nullable=False),
        Field("matches", "integer", "How many documented requirements it asks for.",
              nullable=False),
        Field("is_reviewed", "boolean", "A reviewer stands behind all matches, or behind there "
              "being none.", nullable=False),
        Field("source_url", "url", "The linked document it stood in; null for the page itself."),
    ),
    ("version_id", "position"),
    (Reference(("version_id",), "vacancy_versions"),),
)  # fmt: skip

MATCHES = Table(
    "matches",
    "A row a documented requirement that words of a criterion ask for, with the words.",
    (
        _VERSION_ID,
        _POSITION,
        Field("match", "integer", "Order in the criterion, from 1.", nullable=False),
        Field("requirement_id", "text", "Which requirement.", nullable=False,
              schema_org="qualifications"),
        Field("aspect", "text", "Which side of a two-sided requirement."),
        Field("importance", "choice", "The one that governs these words.", values=_IMPORTANCE,
              nullable=False),
        Field("score", "number", "How sure the match is.", "0-100", nullable=False),
        Field("rule", "text", "What found it.", nullable=False),
        Field("is_reviewed", "boolean", "A reviewer said so.", nullable=False),
        Field("evidence", "text", f"The words that prove it, at most {QUOTE_LENGTH} characters."),
        Field("is_evidence_cut", "boolean", "The words go on.", nullable=False),
        Field("start", "integer", "Where they begin in the criterion.", "characters, from 0",
              nullable=False),
        Field("end", "integer", "Where they end, exclusive.", "characters", nullable=False),
    ),
    ("version_id", "position", "match"),
    (
        Reference(("version_id", "position"), "criteria"),
        Reference(("requirement_id",), "requirements"),
    ),
)  # fmt: skip

REQUIREMENTS = Table(
    "requirements",
    "A row a documented entry requirement, with its source.",
    (
        Field("requirement_id", "text", "Key.", nullable=False),
        Field("label", "text", "Name for people.", nullable=False),
        Field("kind", "choice", "What it is.",
              values=("qualification", "route", "skill", "characteristic"), nullable=False),
        Field("stage", "choice", "Posts it is documented for.", values=("entry", "senior", "any"),
              nullable=False),
        Field("statement", "text", "What the source says, in our words.", nullable=False),
        Field("source_url", "url", "The source.", nullable=False),
        Field("checked_on", "date", "When the source was last read.", nullable=False),
        Field("catalogue_version", "text", "The documented requirements.", nullable=False),
    ),
    ("requirement_id",),
)  # fmt: skip

_RUN_ID = Field("run_id", "text", "Key: source and start.", nullable=False)

RUNS = Table(
    "runs",
    "A row a crawl or import: what it met, whether it may be believed.",
    (
        _RUN_ID,
        _SOURCE,
        Field("started_at", "time", "Start.", "UTC", nullable=False),
        Field("finished_at", "time", "End.", "UTC"),
        Field("status", "choice", "finished: its check found no problem; failed: it did, nothing "
              "was closed from it; interrupted: it never ended.",
              values=("finished", "failed", "interrupted"), nullable=False),
        Field("problems", "text", "What its check found.", "sentences"),
        Field("listed", "integer", "Adverts listed.", "adverts"),
        Field("pages_read", "integer", "Advert pages read.", "adverts"),
        Field("pages_failed", "integer", "Advert pages that could not be read.", "adverts"),
        Field("without_criteria", "integer", "Adverts read in which no criterion was found.",
              "adverts"),
    ),
    ("run_id",),
)  # fmt: skip

BOARD_TOTALS = Table(
    "board_totals",
    "A row a query and run: how many adverts the board said it had, as a denominator.",
    (
        _RUN_ID,
        Field("query", "text", "What was searched for.", nullable=False),
        Field("total", "integer", "Adverts the board counted.", "adverts", nullable=False),
    ),
    ("run_id", "query"),
    (Reference(("run_id",), "runs"),),
)

DEMANDS = Table(
    "undocumented_demands",
    "A row a group of criteria alike that ask nothing documented, said by several adverts.",
    (
        Field("group", "integer", "Order by count, from 1.", nullable=False),
        Field("wording", "text", f"Its commonest words, at most {QUOTE_LENGTH} characters.",
              nullable=False),
        Field("count", "integer", "Criteria of current adverts that say it, among those looked "
              "at.", nullable=False),
        Field("looked_at", "integer", "Criteria of current adverts that ask nothing documented "
              "and were grouped: a fixed sample where there are very many.", nullable=False),
    ),
    ("group",),
)  # fmt: skip

TABLES = (
    VACANCIES, VERSIONS, CRITERIA, MATCHES, REQUIREMENTS, RUNS, BOARD_TOTALS, DEMANDS,
)  # fmt: skip

BY_NAME = {table.name: table for table in TABLES}

DICTIONARY = (
    "table", "name", "type", "unit", "values", "nullable", "meaning", "schema_org", "since",
)  # fmt: skip


def dictionary_rows() -> Iterator[dict[str, Any]]:
    """Yield the data dictionary: a row a column of a table."""
    for table in TABLES:
        for field in table.fields:
            yield {
                "table": table.name,
                "name": field.name,
                "type": field.kind,
                "unit": field.unit,
                "values": " | ".join(field.values),
                "nullable": "yes" if field.nullable else "no",
                "meaning": field.meaning,
                "schema_org": field.schema_org,
                "since": field.since,
            }
