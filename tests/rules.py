"""Which numbers a pack takes, by its TOML: structure, prefixes and check digits as `locales/README.md` describes them.

The slow, obvious judge of the engine: nothing is compiled, and each rule is said once. A table holds numbers, one a
row; a character is its place in `CHARACTERS`, so a digit is what it is worth.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from templates import CHARACTERS, Form

Table = npt.NDArray[np.int32]
Truths = Any
"""An array of bools, one a row: a comparison is typed as anything."""
Rules = dict[str, Any]

LUHN = {"cycle": [2, 1], "modulus": 10, "product": "digits", "replace": {"10": "0"}}
WIDTHS = {"mod97": 2, "cnh": 2, "caepf": 2}
"""How many check digits an algorithm has, where it has not one."""


def codes(text: str) -> list[int]:
    """Characters as tables have them."""
    return [CHARACTERS.index(character) for character in text]


def columns(places: Iterable[str]) -> list[int]:
    """The columns of places such as `5-10`."""
    ends = [[int(end) for end in place.split("-")] for place in places]
    return [column - 1 for place in ends for column in range(place[0], place[-1] + 1)]


def fits(pack: Rules, form: Form, table: Table) -> Truths:
    """Whether a number is one of the form at all, right or not."""
    stands = [np.isin(table[:, column], codes(place)) for column, place in enumerate(form.places)]
    keep = [keeps(limit, table) for limit in pack.get("structure", [])]
    return np.all([*stands, *keep, begins(pack.get("prefixes", {}), table), begins(dict(form.prefixes), table)], axis=0)


def passes(pack: Rules, table: Table) -> Truths:
    """Whether all check digits are right."""
    return np.all([holds(check, at, table) for check, at in placed(pack["check"], table.shape[1])], axis=0)


def begins(prefixes: dict[str, Iterable[int]], table: Table) -> Truths:
    """Whether a number begins as one of these that have its length."""
    having = [heads for heads, lengths in prefixes.items() if not lengths or table.shape[1] in lengths]
    found = [within([heads], table[:, : len(heads.split("-")[0])]) for heads in having]
    return np.any(found, axis=0) if prefixes else np.ones(len(table), bool)


def keeps(limit: Rules, table: Table) -> Truths:
    """Whether a number keeps to a limit, or is one for which a check holds."""
    kept = np.ones(len(table), bool)
    if limit.get("different"):
        kept &= (table != table[:, :1]).any(axis=1)
    if "at" in limit:
        part = table[:, columns([limit["at"]])]
        kept &= within(limit["in"], part) if "in" in limit else True
        kept &= ~within(limit["not"], part) if "not" in limit else True
        kept &= is_date(limit["date"], part) if "date" in limit else True
    return kept


def within(values: list[str], part: Table) -> Truths:
    """Whether one of the values stands in all columns: numbers and ranges of numbers, or words."""
    if not all(value.replace("-", "").isdecimal() for value in values):
        return np.any([(part == codes(word)).all(axis=1) for word in values], axis=0)
    number = part @ (10 ** np.arange(part.shape[1], dtype=np.int64)[::-1])
    ranges = [[int(end) for end in value.split("-")] for value in values]
    inside = np.any([(ends[0] <= number) & (number <= ends[-1]) for ends in ranges], axis=0)
    return (part < 10).all(axis=1) & inside


def is_date(orders: str, part: Table) -> Truths:
    """Whether a day of the calendar stands there in one of the orders; two digits are a year of either century."""
    known = {row: any(is_day(row, order) for order in orders.split(" or ")) for row in set(map(tuple, part.tolist()))}
    return np.array([known[tuple(row)] for row in part.tolist()])


def is_day(row: tuple[int, ...], order: str) -> bool:
    if max(row) > 9:
        return False
    year, month, day = (
        int("".join(str(digit) for digit, it in zip(row, order, strict=True) if it == of)) for of in "ymd"
    )
    for full in [year] if "yyyy" in order else [1900 + year, 2000 + year]:
        try:
            dt.date(full, month, day)
        except ValueError:
            continue
        return 1900 <= full <= 2099
    return False


def placed(checks: list[Rules], length: int) -> list[tuple[Rules, int]]:
    """Each check with the column of its first digit: those without a place stand at the end, in their order."""
    found = []
    for number, check in enumerate(checks):
        rest = sum(WIDTHS.get(one["algorithm"], 1) for one in checks[number:])
        at = 2 if check["algorithm"] == "mod97" else length - rest
        found.append((check, check["at"] - 1 if "at" in check else at))
    return found


def holds(check: Rules, at: int, table: Table) -> Truths:
    """Whether one check is right, or is not one of this number."""
    right = ALGORITHMS[check["algorithm"]](check, at, table)
    return right | ~keeps(check["when"], table) if "when" in check else right


def weighted(check: Rules, at: int, table: Table) -> Truths:
    body = worth(check.get("values", "alphabet"))[table[:, columns(check["over"]) if "over" in check else slice(at)]]
    if missing := max(check.get("pad", 0) - body.shape[1], 0):
        body = np.pad(body, ((0, 0), (missing, 0)), constant_values=check.get("pad_value", 0))
    weights = check.get("weights") or list(itertools.islice(itertools.cycle(check["cycle"]), body.shape[1]))[::-1]
    products = body * np.array(weights, np.int32)
    if check.get("product") == "digits":
        products = products // 100 + products // 10 % 10 + products % 10
    elif check.get("product") == "units":
        products %= 10
    rest = products.sum(axis=1) % check["modulus"]
    result = check["modulus"] - rest if check.get("complement", True) else rest
    written = [result if result < 10 else -1 for result in range(check["modulus"] + 1)]
    for replaced, character in check.get("replace", {}).items():
        written[int(replaced)] = codes(character)[0]
    return np.array(written)[result] == table[:, at]


def worth(values: str) -> Table:
    """What each character is worth; nothing, where the values do not name it."""
    if values == "alphabet":
        return np.arange(len(CHARACTERS), dtype=np.int32)
    if values == "ascii":
        return np.array([ord(character) - ord("0") for character in CHARACTERS], np.int32)
    return np.array([max(values.find(character), 0) for character in CHARACTERS], np.int32)


def luhn(check: Rules, at: int, table: Table) -> Truths:
    return weighted(LUHN | check, at, table)


def mod97(check: Rules, at: int, table: Table) -> Truths:
    """Read with its pair last it leaves 1; of an IBAN the country goes before the pair, and letters count from 10."""
    body = columns(check["over"]) if "over" in check else [*range(4, table.shape[1]), 0, 1]
    rest = np.zeros(len(table), np.int32)
    for column in [*body, at, at + 1]:
        rest = (rest * np.where(table[:, column] < 10, 10, 100) + table[:, column]) % 97
    return rest == 1


def total(table: Table, weights: Iterable[int]) -> Table:
    """The weighted sum of the first digits."""
    factors = list(weights)
    return table[:, : len(factors)] @ np.array(factors, np.int32)


def cns(_check: Rules, _at: int, table: Table) -> Truths:
    """It adds up to a multiple of 11; a definitive one ends in 000 and a digit, or in 0018 where that would be ten."""
    first, tail = table[:, 0], total(table[:, 11:], [1000, 100, 10, 1])
    definitive = np.isin(first, [1, 2]) & ((tail < 10) | (tail == 18))
    return (total(table, range(15, 0, -1)) % 11 == 0) & (definitive | np.isin(first, [7, 8, 9]))


def cnh(_check: Rules, at: int, table: Table) -> Truths:
    """Two remainders, ten written as 0; after such a first one the second is two less, of ten some programs say 0."""
    first, second = total(table, range(9, 0, -1)) % 11, total(table, range(1, 10)) % 11
    less = np.where(first == 10, (second - 2) % 11, second) % 10
    either = (first == 10) & (second == 10) & (table[:, at + 1] == 0)
    return (table[:, at] == first % 10) & ((table[:, at + 1] == less) | either)


def caepf(_check: Rules, at: int, table: Table) -> Truths:
    """Two remainders as a CNPJ has them, ten written as 0, and twelve more."""
    first = total(table, [6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 % 10
    second = (total(table, [5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8]) + 9 * first) % 11 % 10
    return total(table[:, at:], [10, 1]) == (10 * first + second + 12) % 100


def cei(_check: Rules, at: int, table: Table) -> Truths:
    """With the units and the tens of a sum it makes a multiple of ten."""
    found = total(table, [7, 4, 1, 8, 5, 2, 1, 6, 3, 7, 4])
    return (found % 10 + found // 10 % 10 + table[:, at]) % 10 == 0


ALGORITHMS: dict[str, Callable[[Rules, int, Table], Truths]] = {
    "weighted": weighted,
    "luhn": luhn,
    "mod97": mod97,
    "cns": cns,
    "cnh": cnh,
    "caepf": caepf,
    "cei": cei,
}
