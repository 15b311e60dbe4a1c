"""What holds no personal data stays as it is: tables of numbers, prices, dates, versions, and random digits."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
import rasura

LINES = 4000
FEW_PER_MEGABYTE = 20


def numbers(most: int, separator: str) -> Callable[[random.Random], str]:
    """Rows of three to eight numbers."""
    return lambda chance: separator.join(str(chance.randint(0, most)) for _ in range(chance.randint(3, 8)))


def date(chance: random.Random) -> str:
    """A date, day first, and a time."""
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1990, 2030)
    return f"{day:02d}/{month:02d}/{year} {chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}"


def price(chance: random.Random) -> str:
    """Prices as three countries write them."""
    reais, dollars, pesos = chance.randint(1, 9999), chance.random() * 99999, chance.randint(1, 999)
    return f"R$ {reais},{chance.randint(0, 99):02d} US$ {dollars:,.2f} $ {pesos}.000"


ROWS: dict[str, Callable[[random.Random], str]] = {
    "spaces": numbers(999, " "),
    "tabs": numbers(9999, "\t"),
    "commas": numbers(99999, ","),
    "bars": numbers(9999, " | "),
    "decimals": lambda chance: " ".join(f"{chance.random() * 1000:.2f}" for _ in range(4)),
    "dates": lambda chance: "; ".join(date(chance) for _ in range(3)),
    "prices": price,
    "versions": lambda chance: f"{chance.randint(0, 20)}.{chance.randint(0, 30)}.{chance.randint(0, 300)}",
    "one number a line": lambda chance: str(chance.randint(0, 10 ** chance.randint(1, 6))),
    "one digit a line": lambda chance: str(chance.randint(0, 9)),
    "rows with ids": lambda chance: f"{chance.randint(10**5, 10**9)} ok {chance.randint(1, 999)}",
}


@pytest.mark.parametrize("kind", ROWS)
def test_tables_are_left_alone(kind: str) -> None:
    """At most twenty findings a megabyte."""
    chance = random.Random(kind)
    text = "\n".join(ROWS[kind](chance) for _ in range(LINES))
    found = Counter(finding.entity for finding in rasura.detect(text))
    assert found.total() <= max(1, FEW_PER_MEGABYTE * len(text) / 1e6), found


@pytest.mark.parametrize("length", [5, 6, 7, 8, 9, 10, 20, 24, 32])
def test_random_digits_without_a_check_of_that_length_are_nothing(length: int) -> None:
    """A bare number is reported only where check digits, or a plan, say what it is."""
    chance = random.Random(length)
    texts = ["".join(chance.choices("0123456789", k=length)) for _ in range(2000)]
    assert not [found for found in rasura.Engine().detect_many(texts) if found]


def test_one_in_fifty_random_numbers_of_twelve_digits_is_a_telephone() -> None:
    """Messengers write telephones so, the country code first: `5511955550142`, `525555550142`."""
    chance = random.Random(12)
    texts = ["".join(chance.choices("0123456789", k=12)) for _ in range(10_000)]
    found = [finding for findings in rasura.Engine().detect_many(texts) for finding in findings]
    assert {finding.entity for finding in found} == {"PHONE_NUMBER"}
    assert len(found) <= len(texts) / 50
