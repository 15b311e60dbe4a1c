"""The byte that matching reads for each character agrees with Python's own Unicode database."""

import sys
import unicodedata
from collections.abc import Iterator

import pytest
from rasura._rasura import _view

INVISIBLE, LETTER, CURRENCY, SYMBOL, BARRIER = 0xAD, 0xAA, 0xA4, 0xA6, 0x1A
SURROGATES = range(0xD800, 0xE000)


def characters(*categories: str) -> Iterator[str]:
    """The characters beyond Latin-1 of some categories, as this Python knows them."""
    for point in range(0x100, sys.maxunicode + 1):
        if unicodedata.category(chr(point)) in categories:
            yield chr(point)


def odd(expected: int, *categories: str) -> dict[str, int]:
    """The characters of some categories that have another byte."""
    text = "".join(characters(*categories))
    return {c: byte for c, byte in zip(text, _view(text), strict=True) if byte != expected}


def test_a_view_has_one_byte_a_character() -> None:
    text = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(_view(text)) == len(text)


def test_latin1_is_read_as_it_is() -> None:
    narrow = "".join(map(chr, range(0x100)))
    assert _view(narrow) == narrow.encode("latin-1")
    for wide in ("漢", "👋"):
        assert _view(narrow + wide)[:-1] == narrow.encode("latin-1")


def test_every_decimal_digit_is_its_digit() -> None:
    text = "".join(characters("Nd"))
    assert _view(text).decode("ascii") == "".join(str(unicodedata.decimal(c)) for c in text)


def test_every_space_is_a_space_and_every_separator_a_line_break() -> None:
    assert odd(ord(" "), "Zs") == {}
    assert odd(ord("\n"), "Zl", "Zp") == {}


def test_every_dash_is_a_hyphen() -> None:
    assert odd(ord("-"), "Pd") == {}
    assert set(_view("\u2212\u2043\u02d7\u2796")) == {ord("-")}


def test_marks_and_formats_are_invisible() -> None:
    assert odd(INVISIBLE, "Mn", "Mc", "Me", "Cf") == {}
    assert set(_view("\u115f\u3164\uffa0\ufe0f\U000e0041\U000e0100")) == {INVISIBLE}


def test_letters_are_letters() -> None:
    exceptions = set(odd(LETTER, "Lu", "Ll", "Lt", "Lm", "Lo"))
    full_width = {chr(0xFEE0 + ord(c)) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
    fillers = set("\u115f\u1160\u3164\uffa0")
    assert exceptions == full_width | fillers


def test_full_width_ascii_is_ascii() -> None:
    assert _view("".join(map(chr, range(0xFF01, 0xFF5F)))) == bytes(range(0x21, 0x7F))


def test_currency_signs_stay_currency_signs() -> None:
    assert odd(CURRENCY, "Sc") == {"＄": ord("$")}


def test_symbols_emoji_and_what_is_nothing_are_symbols() -> None:
    assert set(_view("👋🇧🇷½№ﷺ①²"[0])) == {SYMBOL}
    assert set(_view("".join(map(chr, range(0xE000, 0xE100))))) == {SYMBOL}
    assert set(_view("".join(map(chr, SURROGATES)))) == {SYMBOL}


@pytest.mark.parametrize("start", range(0, sys.maxunicode + 1, 0x11000))
def test_bytes_have_the_same_view(start: int) -> None:
    text = "".join(chr(point) for point in range(start, start + 0x11000) if point not in SURROGATES)
    assert _view(text.encode()) == _view(text)


def test_the_form_of_the_string_does_not_matter() -> None:
    points = [point for point in range(0x10000) if point not in SURROGATES]
    text = "".join(map(chr, points))
    assert _view(text + "👋")[:-1] == _view(text)


def test_bytes_that_are_no_text_are_barriers() -> None:
    assert _view(b"a\xffb\xe2\x82c\xed\xa0\x80") == bytes(
        [97, BARRIER, 98, BARRIER, BARRIER, 99, BARRIER, BARRIER, BARRIER]
    )
