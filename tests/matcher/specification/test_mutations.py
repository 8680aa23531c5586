"""Damaged input: every page gives a result, every document a result or one clear sentence."""

import io
import os
import random
import re
import zipfile
from pathlib import Path

import pytest

from matcher.specification import DocumentError, Limits, read_html
from matcher.specification.worker import DocumentWorker
from matcher.types import Specification
from tests.matcher.specification.corpus import pdf, word
from tests.matcher.specification.corpus.content import POSTS
from tests.matcher.specification.test_adverts import ADVERTS
from tests.matcher.specification.test_nhs_jobs import MOBILE, PAGE

OWN_PAGES = [PAGE + MOBILE, *(html for html, _ in ADVERTS.values())]
LIMITS = Limits(cpu_s=15, wall_s=45.0)


def _real_pages():
    folder = os.environ.get("PERSONSPEC_REFERENCE_DIR")
    if not folder:
        return []
    saved = (Path(folder) / "fixtures").glob("*.html")
    return [path.read_text(encoding="utf-8", errors="replace")[:20_000] for path in sorted(saved)]


def _cut(text, chance):
    return text[: chance.randrange(len(text) + 1)]


def _cut_out(text, chance):
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(200) :]


def _drop_tags(text, chance):
    return re.sub(r"<[^>]*>", lambda tag: "" if chance.random() < 0.3 else tag.group(), text)


def _shuffle_lines(text, chance):
    parts = re.split(r"(?=<)", text)
    chance.shuffle(parts)
    return "".join(parts)


def _double_entities(text, chance):
    return text.replace("&", "&amp;").replace("<", "&lt;", chance.randrange(20))


def _swap_characters(text, chance):
    letters = list(text)
    for _ in range(min(len(letters), 30)):
        letters[chance.randrange(len(letters))] = chance.choice(
            "<>&\"'\x00\ufeff\u202e•✓(E)\ud800\n=/"
        )
    return "".join(letters)


def _repeat(text, chance):
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start : start + 60] * chance.randrange(40) + text[start:]


CHANGES = (_cut, _cut_out, _drop_tags, _shuffle_lines, _double_entities, _swap_characters, _repeat)


def _check_pages(pages, number):
    chance = random.Random(20_260)  # noqa: S311 - repeatable, guards nothing
    for index in range(number):
        html = pages[index % len(pages)]
        for _ in range(chance.randrange(1, 4)):
            html = chance.choice(CHANGES)(html, chance) or "<"
        found = read_html(html)
        assert isinstance(found, Specification)
        assert (found.reason is None) == bool(found.criteria)
        for criterion in found.criteria:
            assert criterion.text == criterion.text.strip() != ""
            assert (criterion.importance == "unknown") == (criterion.importance_source is None)


def test_damaged_pages_give_a_result():
    _check_pages(OWN_PAGES, 300)


@pytest.mark.soak
def test_damaged_pages_give_a_result_in_any_number():
    _check_pages(OWN_PAGES + _real_pages(), 20_000)


def _flip_bytes(data, chance):
    damaged = bytearray(data)
    for _ in range(chance.randrange(1, 40)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def _cut_bytes(data, chance):
    return data[: chance.randrange(len(data))]


def _change_document_xml(data, chance):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = _damage_xml(content.decode(), chance).encode()
            new.writestr(entry, content)
    return stream.getvalue()


def _damage_xml(xml, chance):
    kind = chance.randrange(3)
    if kind == 0:  # numbers become odd
        odd = ("", "-3", "99999999", "x", "0")
        return re.sub(
            r'w:val="\d+"',
            lambda old: f'w:val="{chance.choice(odd)}"' if chance.random() < 0.3 else old.group(),
            xml,
        )
    if kind == 1:  # elements with their content vanish
        names = ("w:tcPr", "w:pPr", "w:r", "w:t", "w:tc", "w:tr", "w:rPr", "w:tblGrid")
        name = chance.choice(names)
        return re.sub(
            rf"<{name}(?: [^>]*)?>.*?</{name}>",
            lambda old: "" if chance.random() < 0.3 else old.group(),
            xml,
            flags=re.DOTALL,
        )
    start = chance.randrange(len(xml))
    return xml[:start] + xml[start + chance.randrange(30) :]


def _change_pdf_text(data, chance):
    """Change numbers only: positions, sizes and lengths, so that the file still opens."""
    return re.sub(
        rb"\d+(?= )",
        lambda old: b"%d" % chance.randrange(2000) if chance.random() < 0.02 else old.group(),
        data,
    )


def _check_documents(number):
    chance = random.Random(20_261)  # noqa: S311 - repeatable, guards nothing
    originals = [(made(POSTS[0])[0], "docx") for made in word.TEMPLATES]
    originals += [(made(POSTS[2])[0], "pdf") for made in pdf.TEMPLATES]
    failures = []
    with DocumentWorker() as worker:
        for index in range(number):
            data, kind = originals[index % len(originals)]
            changes = [_flip_bytes, _cut_bytes]
            changes += [_change_document_xml] * 4 if kind == "docx" else [_change_pdf_text] * 4
            damaged = chance.choice(changes)(data, chance)
            try:
                found = worker.read(damaged, f"damaged.{kind}", LIMITS)
            except DocumentError as error:
                failures.append(str(error))
            else:
                assert (found.reason is None) == bool(found.criteria)
    return failures


def test_damaged_documents_give_a_result_or_a_sentence():
    for message in _check_documents(108):
        assert "made the reading process fail" not in message
        assert message.endswith(".")


@pytest.mark.soak
def test_damaged_documents_give_a_result_or_a_sentence_in_any_number():
    for message in _check_documents(2_000):
        assert "made the reading process fail" not in message
        assert message.endswith(".")
