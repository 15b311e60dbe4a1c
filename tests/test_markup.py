"""Redaction breaks no markup: what a real parser reads of a document is the same as before, but for the values."""

import csv
import email
import email.policy
import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import rasura
from documents import TOLD, WORDS, Dialect, addresses, cards, chats, mails, pages, speeches, tables
from hypothesis import given, settings
from tinyhtml5.parser import HTMLParser

ENGINE = rasura.Engine()
NUMBERED = rasura.Engine(placeholder="[{name}_{n}]")
BRACES = rasura.Engine(placeholder="{{{name}}}")
ANGLES = rasura.Engine(placeholder="<{entity}>")
STARS = rasura.Engine(placeholder="***{name}***")
ALL = (ENGINE, NUMBERED, BRACES, ANGLES)
# A placeholder in angle brackets is a tag to a parser of HTML.
IN_TAGS = (ENGINE, NUMBERED, BRACES)

many = settings(max_examples=300)
PLACEHOLDER = re.compile(r"[\[{<][A-Z][A-Z_]*(_\d+)?[\]}>]|%5B[A-Z_]+(_\d+)?%5D")


def known_words(text: str | None) -> list[str]:
    """The words of documents that are nothing personal, in order."""
    return [word for word in re.findall(r"[^\W\d_]+", text or "") if word in WORDS]


def gone(text: str) -> bool:
    """Whether no value stands there. Groups with spaces may be rows of numbers, where other numbers stand near."""
    return not any(value in text for value in TOLD if " " not in value)


# HTML and SSML.


def shape(element: ET.Element, unwrapped: tuple[str, ...]) -> Iterator[object]:
    """A tree's tags, the names of their attributes and the words in it, without elements that stand within values."""
    name = str(element.tag).rpartition("}")[2]
    left_out = name in unwrapped
    if not left_out:
        words = {key: known_words(value) for key, value in element.attrib.items()}
        yield ("<", name, words)
    yield from known_words(element.text)
    for child in element:
        yield from shape(child, unwrapped)
        yield from known_words(child.tail)
    if not left_out:
        yield (">", name)


def xml(text: str) -> list[object]:
    tree = ET.fromstring(text)  # noqa: S314 - the document is our own
    return list(shape(tree, ("say-as", "break")))


def html(text: str) -> list[object]:
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(text)
    assert not parser.errors, parser.errors
    return list(shape(tree, ("u", "s", "wbr")))


@many
@given(pages())
def test_html_without_mistakes_keeps_its_tree(page: str) -> None:
    before = html(page)
    for engine in IN_TAGS:
        redacted = engine.redact(page)
        assert html(redacted) == before
        assert gone(redacted)


@many
@given(speeches())
def test_ssml_keeps_its_tree(speech: str) -> None:
    before = xml(speech)
    for engine in IN_TAGS:
        redacted = engine.redact(speech)
        assert xml(redacted) == before
        assert gone(redacted)


# Rows.


def rows(text: str, dialect: Dialect) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True))


@many
@given(tables())
def test_csv_keeps_its_rows_fields_and_quotes(table: tuple[str, Dialect]) -> None:
    text, dialect = table
    before = rows(text, dialect)
    for engine in ALL:
        redacted = engine.redact(text)
        after = rows(redacted, dialect)
        assert [len(row) for row in after] == [len(row) for row in before]
        assert redacted.count('"') == text.count('"')
        assert redacted.count(dialect.end) == text.count(dialect.end)
        for row, other in zip(before, after, strict=True):
            for field, now in zip(row, other, strict=True):
                assert known_words(now) == known_words(field)
                if field == " ".join(known_words(field)):
                    assert now == field
        assert gone(redacted)


# Web addresses.


@many
@given(addresses())
def test_web_addresses_are_parsed_into_the_same_parts(address: str) -> None:
    before = urlsplit(address)
    pairs = parse_qsl(before.query, keep_blank_values=True, strict_parsing=bool(before.query))
    for engine in ALL:
        after = urlsplit(engine.redact(address))
        assert after.scheme == before.scheme
        assert after.port == before.port
        assert ("@" in after.netloc) == ("@" in before.netloc)
        if before.hostname in {"example.com", "api.example.org", "localhost"}:
            assert after.hostname == before.hostname
        assert known_words(after.path) == known_words(before.path)
        assert known_words(after.fragment) == known_words(before.fragment)
        now = parse_qsl(after.query, keep_blank_values=True, strict_parsing=bool(after.query))
        assert [name for name, _ in now] == [name for name, _ in pairs]
        assert [known_words(value) for _, value in now] == [known_words(value) for _, value in pairs]


def test_addresses_without_a_host_keep_their_parts() -> None:
    for address, redacted in {
        "mailto:ana@example.com?subject=oi&cc=jorge@example.org": "mailto:[EMAIL]?subject=oi&cc=[EMAIL]",
        "tel:+55-11-95555-0142;ext=12": "tel:[PHONE];ext=12",
        "https://wa.me/5511955550142?text=oi": "https://wa.me/[PHONE]?text=oi",
        "https://ana:s3nh4@192.0.2.17:8080/x": "https://%5BCREDENTIALS%5D@%5BIP%5D:8080/x",
        "http://[2001:db8::1]/x": "http://%5BIP%5D/x",
    }.items():
        assert ENGINE.redact(address) == redacted
        assert urlsplit(redacted).scheme == urlsplit(address).scheme


# Mail.


@many
@given(mails())
def test_quoted_mail_keeps_its_prefixes(mail: str) -> None:
    prefix = mail[: len(mail) - len(mail.lstrip("> |"))].strip()
    for engine in ALL:
        result = engine.process(mail)
        lines = result.text.splitlines()
        assert result.text.endswith("\n")
        assert all(line.startswith(prefix) for line in lines)
        breaks = sum(mail[finding.start : finding.end].count("\n") for finding in result.findings)
        assert len(lines) >= mail.count("\n") - breaks
        assert known_words(result.text) == known_words(mail)
        assert gone(result.text)


MESSAGE = """\
From: Ana Souza <{0}>
To: "Silva, Jorge" <jorge@example.org>, {0}
Cc: =?UTF-8?Q?Jo=C3=A3o?= <joao@example.com>
Subject: =?UTF-8?Q?CPF_529=2E982=2E247-25_=C3=A9_meu?=
 =?UTF-8?B?Q1BGIDUyOS45ODIuMjQ3LTI1?=
Date: Mon, 2 Nov 2026 10:00:00 -0300
Message-ID: <4f1c2d.20261102@mail.example.com>
X-Originating-IP: [192.0.2.17]
Received: from mx.example.com ([198.51.100.7]) by mail.example.org
\twith ESMTP id x1y2; Mon, 2 Nov 2026 10:00:01 -0300
X-Cpf: 529.982.247-25
Content-Type: text/plain; charset=utf-8; boundary="=_52998224725_x"

obrigada
"""


def test_headers_of_mail_keep_their_names_and_addresses() -> None:
    for address in ("ana@example.com", "ana.b_c@mail.example.com", "jorge+app@correo.example.org"):
        text = MESSAGE.format(address)
        before = email.message_from_string(text, policy=email.policy.compat32)
        for engine in IN_TAGS:
            redacted = engine.redact(text)
            after = email.message_from_string(redacted, policy=email.policy.compat32)
            assert after.keys() == before.keys()
            assert not after.defects
            assert after.get_payload() == "obrigada\n"
            assert after.get_content_type() == "text/plain"
            assert after["Date"] == before["Date"]
            assert "example.com>" not in redacted
            assert "529" not in redacted.replace("_52998224725_", "")
            assert redacted.count("<") == text.count("<")


# vCard.


def properties(card: str) -> list[str]:
    """The names of a card's properties and of their parameters, lines unfolded."""
    unfolded = re.sub(r"\n[ \t]", "", card)
    lines = unfolded.splitlines()
    assert all(re.match(r"[A-Za-z0-9.-]+[;:]", line) for line in lines)
    return [re.split(r"[:=]", line)[0] for line in lines]


@many
@given(cards())
def test_a_vcard_keeps_its_properties(card: str) -> None:
    for engine in ALL:
        redacted = engine.redact(card)
        assert properties(redacted) == properties(card)
        assert gone(redacted)


# Chats and Markdown.


@many
@given(chats())
def test_marks_are_as_even_as_they_were(chat: str) -> None:
    for engine in ALL:
        redacted = PLACEHOLDER.sub("X", engine.redact(chat))
        before, after = chat.split("\n"), redacted.split("\n")
        assert len(after) == len(before)
        for line, now in zip(before, after, strict=True):
            for mark in "*_~`":
                assert now.count(mark) % 2 == line.count(mark) % 2
            assert now.count("|") == line.count("|")
            assert now.count("](") == line.count("](")
            assert now.count("[") == now.count("]")
            assert (now == "```") == (line == "```")
            assert known_words(now) == known_words(line)
        assert gone(redacted)
