"""Offsets count code points in `str` and bytes in `bytes`, whatever stands around a value."""

import pytest
import rasura
from samples import AROUND, CPF, LABELLED

ENGINE = rasura.Engine()


@pytest.mark.parametrize("before", AROUND)
@pytest.mark.parametrize("after", AROUND)
def test_what_an_offset_names_is_the_value(before: str, after: str) -> None:
    text = f"{AROUND[before]} {LABELLED} {AROUND[after]}"
    (finding,) = rasura.detect(text)
    assert text[finding.start : finding.end] == CPF
    assert rasura.redact(text) == f"{AROUND[before]} cpf [CPF] {AROUND[after]}"


@pytest.mark.parametrize("before", AROUND)
def test_several_values_keep_their_places(before: str) -> None:
    text = "".join(f"{AROUND[before]} {LABELLED};" for _ in range(50))
    findings = rasura.detect(text)
    assert [text[finding.start : finding.end] for finding in findings] == [CPF] * 50
    assert rasura.redact(text) == text.replace(CPF, "[CPF]")


@pytest.mark.parametrize("before", [name for name in AROUND if name != "lone surrogate"])
def test_bytes_give_the_same_findings_in_bytes(before: str) -> None:
    text = "".join(f"{AROUND[before]} {LABELLED};" for _ in range(3))
    raw = text.encode()
    in_text, in_bytes = rasura.detect(text), rasura.detect(raw)
    assert [raw[finding.start : finding.end].decode() for finding in in_bytes] == [CPF] * 3
    assert [len(text[: finding.start].encode()) for finding in in_text] == [finding.start for finding in in_bytes]
    assert rasura.redact(raw) == rasura.redact(text).encode()
    for made in rasura.explain(raw):
        for label in made.labels:
            assert raw[label.start : label.end] == b"cpf"


@pytest.mark.parametrize("bad", [b"\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf0\x9f\x91", b"\x80\x80\x80"])
def test_bytes_that_are_not_utf8_stay_where_they_are(bad: bytes) -> None:
    for raw in (
        bad + b" " + LABELLED.encode(),
        LABELLED.encode() + b" " + bad,
        b"ol\xc3\xa1 " + bad + b" " + LABELLED.encode(),
    ):
        (finding,) = rasura.detect(raw)
        assert raw[finding.start : finding.end] == CPF.encode()
        assert rasura.redact(raw) == raw.replace(CPF.encode(), b"[CPF]")


def test_a_lone_surrogate_is_kept() -> None:
    text = f"\ud800 {LABELLED} \udfff"
    assert rasura.redact(text) == "\ud800 cpf [CPF] \udfff"


def test_a_value_at_the_very_ends() -> None:
    assert [(f.start, f.end) for f in rasura.detect(CPF)] == [(0, 11)]
    assert rasura.redact(f"{CPF}\n{CPF}") == "[CPF]\n[CPF]"
    for padding in range(130):
        text = " " * padding + CPF
        (finding,) = rasura.detect(text)
        assert (finding.start, finding.end) == (padding, padding + 11)


def test_every_length_around_the_point_where_the_lock_is_released() -> None:
    for length in ((1 << 18) - 17, (1 << 18) - 16, 1 << 18, 300_000):
        for fill in ("a", "é", "漢", "👋"):
            text = fill * length + f" {LABELLED}"
            (finding,) = rasura.detect(text)
            assert text[finding.start : finding.end] == CPF
