"""Which numbers a pack takes, by its TOML: structure, prefixes and check digits as `locales/README.md` describes them.

The slow, obvious judge of the engine: nothing is compiled, and each rule is said once. A table holds numbers, one a
row; a character is its place in `CHARACTERS`, so a digit is what it is worth.
"""

import datetime as dt
import itertools
import re
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
WIDTHS = {"mod97": 2, "cnh": 2, "caepf": 2, "nir": 2, "panama-dv": 2}
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


def passes(pack: Rules, table: Table, text: str) -> Truths:
    """Whether all check digits of numbers written so are right: of checks side by side that say `any`, one."""
    found = [(check.get("any", False), holds(check, at, table, text)) for check, at in placed(pack["check"], text)]
    groups = itertools.groupby(enumerate(found), key=lambda one: -1 if one[1][0] else one[0])
    return np.all([np.any([right for _, (_, right) in group], axis=0) for _, group in groups], axis=0)


def says(pack: Rules, table: Table) -> Truths:
    """Whether any check holds for a number at all."""
    return np.any([keeps(one["when"], table) if "when" in one else True for one in pack["check"]], axis=0)


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


def placed(checks: list[Rules], text: str) -> list[tuple[Rules, int]]:
    """Each check with the column of its first digit: those without a place stand at the end, in their order."""
    found = []
    length = text.count("?")
    for number, check in enumerate(checks):
        rest = sum(WIDTHS.get(one["algorithm"], 1) for one in checks[number:])
        at = 2 if check["algorithm"] == "mod97" else length - rest
        found.append((check, check["at"] - 1 if "at" in check else at))
    return found


def holds(check: Rules, at: int, table: Table, text: str) -> Truths:
    """Whether one check is right, or is not one of this number."""
    if check["algorithm"] == "panama-dv":
        return panama(text, table)
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
    if "values" not in check:
        return weighted(LUHN | check, at, table)
    factors = np.array([1 + (at - column) % 2 for column in range(table.shape[1])])
    products = table * factors
    return (products - 9 * ((factors == 2) & (products > 9))).sum(axis=1) % 10 == 0


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


def weighed(check: Rules, _at: int, table: Table) -> Truths:
    return total(table, check["weights"]) % check["modulus"] == check.get("remainder", 0)


def verhoeff(_check: Rules, _at: int, table: Table) -> Truths:
    """The products of a pentagon's symmetries: five turns, five turns of the other side."""
    turned = [[(a + b) % 5 + 5 * (b > 4) for b in range(10)] for a in range(5)]
    product = turned + [[(a - b) % 5 + 5 * (b < 5) for b in range(10)] for a in range(5, 10)]
    moved = [list(range(10))]
    for _ in range(7):
        moved.append([[1, 5, 7, 6, 2, 8, 3, 0, 9, 4][digit] for digit in moved[-1]])
    found = np.zeros(len(table), np.int32)
    for place, column in enumerate(table.T[::-1]):
        found = np.array(product)[found, np.array(moved)[place % 8, column]]
    return found == 0


def idnr(_check: Rules, _at: int, table: Table) -> Truths:
    """ISO 7064 mod 11,10; one digit of the first ten stands two or three times, not three in a row."""
    carry = np.full(len(table), 10)
    for column in table.T[:10]:
        carry = ((column + carry) % 10 + 10 * ((column + carry) % 10 == 0)) * 2 % 11
    counts = np.sort([(table[:, :10] == digit).sum(axis=1) for digit in range(10)], axis=0)
    ten = table[:, :10]
    row = ((ten[:, 2:] == ten[:, 1:-1]) & (ten[:, 1:-1] == ten[:, :-2])).any(axis=1)
    often = np.isin(counts[-1], [2, 3]) & (counts[-2] == 1) & ~row
    return (table[:, 10] == (11 - carry) % 10) & often


def nir(_check: Rules, _at: int, table: Table) -> Truths:
    """With its key a multiple of 97; Corsica's departments count as 19 and 18."""
    plain = table.astype(np.int64)
    for letter, number in ("A", 9), ("B", 8):
        corsican = (table[:, 5] == 2) & (table[:, 6] == codes(letter)[0])
        plain[corsican, 5:7] = [1, number]
    body, key = plain[:, :13] @ 10 ** np.arange(13)[::-1], plain[:, 13] * 10 + plain[:, 14]
    return (plain < 10).all(axis=1) & ((body + key) % 97 == 0) & (key >= 1) & (key <= 97)


def codice_fiscale(_check: Rules, _at: int, table: Table) -> Truths:
    """In odd places a table of values of its own; a digit is worth what the letter of its number is."""
    odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    place = np.where(table < 10, table, table - 10)
    found = np.array(odd)[place[:, 0:15:2]].sum(axis=1) + place[:, 1:15:2].sum(axis=1)
    return table[:, 15] == 10 + found % 26


def panama(text: str, table: Table) -> Truths:
    """Two digits behind `DV`, of twenty that each group of the number gives its own."""
    characters = np.array(list(CHARACTERS))
    return np.array([is_panama("".join(characters[row]), text) for row in table])


def is_panama(number: str, text: str) -> bool:
    written = iter(number)
    whole = re.fullmatch(r"(.*?)[- ]?D\.?V[-. ]*(\d\d)", "".join(next(written) if c == "?" else c for c in text))
    body = panama_body(whole[1]) if whole else None
    if whole is None or body is None:
        return False
    digits, old = body
    for _ in range(2):
        weights = [n + 2 - (old and n > 9) for n in range(len(digits))]
        rest = sum(int(digit) * weight for digit, weight in zip(digits[::-1], weights, strict=True)) % 11
        digits += str(11 - rest) if rest > 1 else "0"
    return digits[-2:] == whole[2]


def panama_body(number: str) -> tuple[str, bool] | None:
    kind = re.fullmatch(r"(\d{1,9}|\d{1,2}AV|\d{1,2}PI|PE|E|N|\d{1,2}-NT)-(\d{1,4})-(\d{1,6})", number)
    if kind is None:
        return None
    first, tome, seat = kind.groups()
    short, province = seat[:5].zfill(5), (re.match(r"\d*", first) or [""])[0].zfill(2)
    found, old = "", False
    if first.endswith("NT"):
        found = f"5{province}43{tome.zfill(3)}{seat.zfill(5)}" if len(tome) < 4 else ""
    elif first.endswith(("AV", "PI")):
        code = "15" if first.endswith("AV") else "79"
        found = f"5{province}{code}{tome.zfill(3)}{short}" if len(tome) < 4 else f"59595{tome}{short}"
    elif first.isalpha():
        code, long, alone = {"E": ("50", "66", "5"), "N": ("40", "92", "4"), "PE": ("75", "82", "75")}[first]
        six = len(seat) == 6 and first != "PE"
        last = seat if six else short
        found = f"500{code}{tome.zfill(3)}{last}" if len(tome) < 4 else f"5{long}{code if six else alone}{tome}{last}"
    elif len(first) < 3 and 1 <= int(first) <= 13:
        found = f"5{province}00{tome.zfill(3)}{short}"
    else:
        found = first.zfill(10) + tome.zfill(4) + seat.zfill(6)
        old = found[3:5] == "00" and found[5] < "5"
        pair = int(found[5:7])
        for low, high, less in (10, 18, 9), (19, 22, 18), (23, 25, 16), (26, 33, 24), (34, 42, 33), (43, 49, 42):
            if old and low <= pair <= high:
                found = f"{found[:5]}{pair - less:02}{found[7:]}"
                break
    return (found.zfill(20)[-20:], old) if found else None


ALGORITHMS: dict[str, Callable[[Rules, int, Table], Truths]] = {
    "weighted": weighted,
    "luhn": luhn,
    "mod97": mod97,
    "cns": cns,
    "cnh": cnh,
    "caepf": caepf,
    "cei": cei,
    "sum": weighed,
    "verhoeff": verhoeff,
    "idnr": idnr,
    "nir": nir,
    "codice-fiscale": codice_fiscale,
}
