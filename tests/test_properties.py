"""What holds for every text: redacting twice is redacting once, what is outside stays, and the kind does not matter."""

import itertools
import re
import sys

import rasura
from hypothesis import given
from hypothesis import strategies as st

ENGINE = rasura.Engine()
NUMBERED = rasura.Engine(placeholder="[{name}_{n}]")
NAMED = rasura.Engine(placeholder="<{entity}>")

VALUES = """
529.982.247-25|52998224725|111 444 777 35|11.222.333/0001-81|4111 1111 1111 1111|+55 11 5555-0123|(11) 5555-0123
ana@example.com|BOXW310820HNERXN09|032180000118359719|12.345.678-5|20-12345678-6|PEGJ8504121A1|192.0.2.17|2001:db8::1
BR1500000000000010932840814P2|700 0000 0000 0005|52998224724
"""
LABELS = """
cpf|CPF:|RFC|meu cpf é|tel.|cartão|pedido|código de verificação|senha:|clave|RUT|mi curp es|protocolo nº|cep|rg|e-mail
iban|clabe|whatsapp|nit|dni
"""
OTHERS = """
R$ 1.249,90|12/03/2026|10:45|v1.2.3|48219735|1700000000|000.000.000-00|[CPF]|[CPF_1]|[EMAIL]|<BR_CPF>|{0}|$1|\\1|%s
[CPF_52998224725]|olá|ÑANDÚ|漢字|👨‍👩‍👧|🇧🇷|e\u0301|\u200b|\xad|５２９
"""
BETWEEN = [
    "",
    " ",
    "  ",
    ", ",
    ". ",
    "\n",
    "\r\n> ",
    "-",
    "–",
    "/",
    "=",
    '"',
    "*",
    "_",
    "\u00a0",
    "\u200b",
    ";",
    "|",
    "\t",
    "@",
]

fragments = st.one_of(
    *(st.sampled_from(re.split(r"[|\n]", group.strip())) for group in (VALUES, LABELS, OTHERS)),
    st.from_regex(r"[0-9]{1,20}", fullmatch=True),
    st.text(max_size=6),
)
texts = st.lists(st.tuples(fragments, st.sampled_from(BETWEEN)), max_size=12).map(
    lambda parts: "".join(itertools.chain.from_iterable(parts))
)


@given(texts)
def test_redacting_twice_is_redacting_once(text: str) -> None:
    for engine in (ENGINE, NUMBERED, NAMED):
        once = engine.redact(text)
        assert engine.redact(once) == once


@given(texts)
def test_the_answer_is_the_text_with_words_in_the_places_of_findings(text: str) -> None:
    """What Python's own slices make of it: every character outside stays, and the string has its smallest form."""
    result = NAMED.process(text)
    expected, last = "", 0
    for finding in result.findings:
        assert last <= finding.start < finding.end <= len(text)
        expected += text[last : finding.start] + f"<{finding.entity}>"
        last = finding.end
    expected += text[last:]
    assert result.text == expected
    assert result.changed is bool(result.findings)
    if result.changed:
        assert sys.getsizeof(result.text) == sys.getsizeof("".join([*expected]))
    else:
        assert result.text is text


@given(texts)
def test_bytes_and_text_have_the_same_findings(text: str) -> None:
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return
    ends = list(itertools.accumulate((len(c.encode()) for c in text), initial=0))
    expected = [
        rasura.Finding(ends[f.start], ends[f.end], f.entity, f.score, f.check, f.alternatives)
        for f in ENGINE.detect(text)
    ]
    assert ENGINE.detect(raw) == expected
    assert ENGINE.redact(raw) == ENGINE.redact(text).encode()


@given(texts)
def test_the_form_of_the_string_does_not_matter(text: str) -> None:
    """A character at the far end widens the string; beyond the window it changes nothing else."""
    far = " " + "." * 600 + " "
    narrow = ENGINE.detect(text + far)
    for wide in ("é", "漢", "👋"):
        assert ENGINE.detect(text + far + wide) == narrow


@given(texts)
def test_explain_takes_what_detect_finds(text: str) -> None:
    taken = [(made.start, made.end, made.entity) for made in ENGINE.explain(text) if made.taken]
    for finding in ENGINE.detect(text):
        assert any(
            finding.start <= start and end <= finding.end and entity == finding.entity for start, end, entity in taken
        )


@given(st.lists(texts, max_size=8))
def test_many_is_each(batch: list[str]) -> None:
    assert ENGINE.redact_many(batch) == [ENGINE.redact(text) for text in batch]
    assert ENGINE.detect_many(batch) == [ENGINE.detect(text) for text in batch]
