"""A new `str` has the smallest form that its characters allow, or it would equal no other string."""

import itertools
import sys

import pytest
import rasura
from samples import LABELLED

WIDTHS = ["a", "é", "漢", "👋"]
SEPARATORS = [".", "·", "–", "👋"]


@pytest.mark.parametrize(("kept", "removed"), [*itertools.product(WIDTHS, SEPARATORS)])
def test_the_form_is_the_smallest(kept: str, removed: str) -> None:
    text = f"{kept} cpf 529.982.247{removed}25 {kept}"
    redacted = rasura.redact(text)
    expected = f"{kept} cpf [CPF] {kept}"
    assert redacted == expected
    assert expected == redacted
    assert hash(redacted) == hash(expected)
    assert sys.getsizeof(redacted) == sys.getsizeof(expected)
    assert {expected: 1}[redacted] == 1


@pytest.mark.parametrize(("kept", "word"), [*itertools.product(WIDTHS, WIDTHS)])
def test_a_placeholder_has_any_width(kept: str, word: str) -> None:
    engine = rasura.Engine(placeholder=f"[{{name}}{word}]")
    redacted = engine.redact(f"{kept} {LABELLED}")
    expected = f"{kept} cpf [CPF{word}]"
    assert redacted == expected
    assert sys.getsizeof(redacted) == sys.getsizeof(expected)


def test_a_new_string_behaves_like_any_other() -> None:
    redacted = rasura.redact(f"olá {LABELLED}")
    assert redacted.isascii() is False
    assert rasura.redact(LABELLED).isascii() is True
    assert redacted.encode() == "olá cpf [CPF]".encode()
    assert redacted.upper() == "OLÁ CPF [CPF]"
    assert redacted + "👋" == "olá cpf [CPF]👋"
