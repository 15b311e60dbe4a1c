"""Words that several countries use: `cédula`, `C.I.`, `NIT`, `RUC`, `RUT`, `DNI`, `NIF`, passports and plates.

For each two packs that share such a label and a way of writing, one number that is right for both: what stands near
says whose it is, the other is named among the alternatives, and without any of that the caller's country decides.
"""

import itertools
import re
import tomllib
import unicodedata
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
import rasura
from catalogue import LOCALES, PACKS
from rules import Table, Truths, codes, fits, passes
from templates import CHARACTERS, Form, forms, layouts

WORDS = ["cédula", "c.i.", "nit", "ruc", "rut", "dni", "nif", "pasaporte", "placa", "matrícula", "chapa", "carnet"]
TRIES = 400
COUNTRIES = tomllib.loads((LOCALES / "countries.toml").read_text(encoding="utf-8"))


class Pair(NamedTuple):
    """Two packs, the word, and a number of both."""

    word: str
    one: str
    other: str
    value: str


def folded(label: str) -> str:
    plain = unicodedata.normalize("NFD", label.lower())
    return " ".join(re.findall("[a-z]+", "".join(c for c in plain if not unicodedata.combining(c))))


def labels(name: str) -> list[str]:
    languages = PACKS[name].get("labels", {}).values()
    return [label for language in languages for label in language.get("strong", [])]


@cache
def readings(name: str) -> list[Form]:
    return [form for form in layouts(PACKS[name]) if form.ways]


def shared(one: str, other: str) -> str | None:
    """A number that both packs take, written as both write it."""
    chance = np.random.default_rng(list((one + other).encode()))
    packs = [PACKS[one], PACKS[other]]
    ways = [{form.text: form for form in readings(name)} for name in (one, other)]
    for text in sorted(set(ways[0]) & set(ways[1]), key=len):
        both = [way[text] for way in ways]
        common = ["".join(c for c in a if c in b) for a, b in zip(both[0].places, both[1].places, strict=True)]
        if text.count("?") < 6 or not all(common):
            continue
        table = np.stack([chance.choice(codes(place), TRIES) for place in common], axis=1).astype(np.int32)
        try:
            good = np.all([taken(pack, form, table) for pack, form in zip(packs, both, strict=True)], axis=0)
        except IndexError:
            # A limit or a check of longer forms.
            continue
        # A number that begins with zeros is read as something else.
        rows = table[good & (table[:, 0] != 0)]
        if len(rows):
            characters = iter("".join(CHARACTERS[at] for at in rows[0]))
            return "".join(next(characters) if c == "?" else c for c in text)
    return None


def taken(pack: dict[str, Any], form: Form, table: Table) -> Truths:
    """Whether a pack takes numbers written so: the first form that has one says whether it is checked."""
    known = [way for way in forms(pack) if way.reads(form.text)]
    fit = np.any([fits(pack, way, table) for way in known], axis=0)
    return fit & passes(pack, table, form.text) if "check" in pack and form.checked else fit


@cache
def pairs() -> list[Pair]:
    found = []
    national = [name for name, pack in PACKS.items() if pack["country"] != "global"]
    for word in WORDS:
        names = [name for name in national if folded(word) in map(folded, labels(name))]
        for one, other in itertools.permutations(names, 2):
            if PACKS[one]["country"] != PACKS[other]["country"] and (value := shared(one, other)):
                found.append(Pair(word, one, other, value))
    return found


def sign(name: str) -> str:
    """Words that are said in the pack's country alone."""
    words = [sign for sign in COUNTRIES[PACKS[name]["country"]]["signs"] if sign.replace(" ", "").isalpha()]
    return f"{words[-1]}, {words[-2]}"


def test_there_are_pairs_of_many_countries() -> None:
    assert len(pairs()) > 100
    assert len({PACKS[pair.one]["country"] for pair in pairs()}) > 12


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.word}-{pair.one}-{pair.other}")
def test_what_stands_near_says_whose_a_number_is(pair: Pair) -> None:
    text = f"{pair.word} {pair.value}, {sign(pair.one)}"
    [found] = rasura.Engine().detect(text)
    assert (text[found.start : found.end], found.entity) == (pair.value, pair.one)
    assert pair.other in found.alternatives


def is_checked(name: str, value: str) -> bool:
    """Whether check digits say that the value is the pack's."""
    [found] = rasura.Engine(entities=[name]).detect(f"{labels(name)[0]} {value}")
    return found.check == "valid"


# Check digits come before the caller's countries.
EQUAL = [pair for pair in pairs() if is_checked(pair.one, pair.value) >= is_checked(pair.other, pair.value)]


@pytest.mark.parametrize("pair", EQUAL, ids=lambda pair: f"{pair.word}-{pair.one}-{pair.other}")
def test_without_a_sign_the_callers_country_decides(pair: Pair) -> None:
    text = f"{pair.word} {pair.value}"
    [found] = rasura.Engine(locales=[PACKS[pair.one]["country"]]).detect(text)
    assert (text[found.start : found.end], found.entity) == (pair.value, pair.one)
