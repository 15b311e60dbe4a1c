"""Telephone numbers of the world: the tables are the package's, and its examples are found as people write them."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import phonenumbers
import pytest
import rasura
from phone_oracle import REGIONS, differences, examples
from phonenumbers import PhoneNumberFormat, PhoneNumberType

PHONES = Path(__file__).parent.parent / "rust" / "rasura-pack" / "src" / "phone"
# The scan looks for seven digits or more.
FEWEST = 7
# What companies have, whoever pays: reported as telephones where the region is named, or not at all.
SERVICES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}
SENTENCES = ["{}", "tenho o {} aqui", "El número ({}) ya no existe."]


def test_the_tables_are_what_the_generator_writes() -> None:
    """New metadata is one command; nobody edits what it wrote."""
    command = [sys.executable, str(PHONES / "generate.py")]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert written == (PHONES / "tables.rs").read_text("utf-8"), "run `make phone-tables`"
    assert f"phonenumbers {phonenumbers.__version__}" in written.split("\n")[0]


@pytest.mark.parametrize("seed", range(2))
def test_the_tables_say_what_the_package_says(seed: int) -> None:
    """Parsing and validity for a region, of random digits and of examples changed in a digit or two."""
    valid, wrong = differences(20_000, seed)
    assert valid > 5000
    assert not wrong


def found(engine: rasura.Engine, text: str) -> list[tuple[int, int]]:
    return [(f.start, f.end) for f in engine.detect(text) if f.entity == "PHONE_NUMBER"]


@pytest.mark.parametrize(
    ("written", "head"),
    [(PhoneNumberFormat.E164, ""), (PhoneNumberFormat.INTERNATIONAL, ""), (PhoneNumberFormat.RFC3966, "tel:")],
)
def test_examples_of_every_kind_and_region_are_found_with_their_country_code(written: int, head: str) -> None:
    engine = rasura.Engine()
    missed = []
    for region, number in examples():
        text = phonenumbers.format_number(number, written).removeprefix(head)
        if sum(map(str.isdigit, text)) < FEWEST:
            continue
        for sentence in SENTENCES:
            place = sentence.index("{}") + len(head)
            whole = sentence.format(head + text)
            if (place, place + len(text)) not in found(engine, whole):
                missed.append((region, whole))
    assert not missed


def test_national_numbers_are_found_where_the_region_is_named() -> None:
    """All 245 regions, packs or not; of services only what no service's pack hides."""
    missed, counts = [], Counter[str]()
    engines = {region: rasura.Engine(locales=[region.lower()]) for region in REGIONS}
    for region, number in examples():
        text = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        if sum(map(str.isdigit, text)) < FEWEST or phonenumbers.number_type(number) in SERVICES:
            continue
        # Without separators a number is a telephone by its label.
        counts["plain" if text.isdigit() else "written"] += 1
        sentences = ["tel. {}"] if text.isdigit() else SENTENCES
        for sentence in sentences:
            place = sentence.index("{}")
            if (place, place + len(text)) not in found(engines[region], sentence.format(text)):
                missed.append((region, sentence.format(text)))
    assert counts["written"] > 5 * counts["plain"]
    assert not missed


def test_canonical_is_e164_whatever_the_writing() -> None:
    """Of every region's examples, written in every way; a national one for a caller from there."""
    wrong = []
    for region, number in examples():
        engine = rasura.Engine(locales=[region.lower()])
        e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        for written in (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL):
            text = phonenumbers.format_number(number, written)
            if engine.canonical("PHONE_NUMBER", text) != e164:
                wrong.append((region, text, engine.canonical("PHONE_NUMBER", text)))
    assert not wrong


@pytest.mark.parametrize(
    ("texts", "canonical"),
    [
        (
            ["(11) 98765-4321", "+55 11 98765 4321", "11987654321", "+55 (0)11 98765-4321", "0 15 11 98765-4321"],
            "+5511987654321",
        ),
        (["(11) 8765-4321", "+55 11 8765-4321", "(0xx11) 8765-4321"], "+5511987654321"),
        (
            ["55 5555 0142", "+52 1 55 5555 0142", "044 55 5555 0142", "01 (55) 5555-0142", "+52 55 5555 0142"],
            "+525555550142",
        ),
        (["011 15-5555-0142", "+54 9 11 5555-0142", "+54 11 15-5555-0142"], "+5491155550142"),
        (["(11) 3555-0142", "(11) 3555-0142 ramal 12", "(11) 3555-0142/0143"], "+551135550142"),
        (["300 555 0142", "+57 300 555 0142"], "+573005550142"),
    ],
)
def test_one_number_has_one_canonical_form(texts: list[str], canonical: str) -> None:
    assert {text: rasura.canonical("PHONE_NUMBER", text) for text in texts} == dict.fromkeys(texts, canonical)


def test_own_numbers_pass_however_they_are_written() -> None:
    engine = rasura.Engine(allow=["+55 11 3555-0142"])
    assert engine.redact("ligue (11) 3555-0142 ou (11) 3555-0143") == "ligue (11) 3555-0142 ou [PHONE]"


def test_a_million_short_numbers_are_all_found() -> None:
    """The reference stops after 65,535 tries and says nothing of it."""
    count = 80_000
    text = "tel 3555-0142; " * count
    assert rasura.redact(text).count("[PHONE]") == count
