"""Check digits against python-stdnum: 100,000 numbers of each kind, half of them with right check digits.

Where the two differ on purpose, `INTENDED` says of which numbers and why.
"""

import itertools
import operator
import random
import re
import string
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest
import rasura
from stdnum import iban, imei, luhn, numdb
from stdnum.ar import cuit
from stdnum.br import cnpj, cpf
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.iso7064 import mod_97_10
from stdnum.mx import curp, rfc

COUNT = 100_000
SLIPS = 1_000
DIGITS = string.digits
LETTERS = string.ascii_uppercase
CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ"
STATES = re.findall("..", "ASBCBSCCCHCLCMCSDFDGGRGTHGJCMCMNMSNENLNTOCPLQRQTSLSPSRTCTLTSVZYNZS")


class Kind(NamedTuple):
    """What numbers of an entity are made of and who judges them."""

    label: str
    body: Callable[[random.Random], str]
    check: Callable[[str], str]
    """The right end of a body."""
    ends: str
    """What a wrong end is made of."""
    is_valid: Callable[[str], bool]
    join: Callable[[str, str], str] = operator.add
    """Where the check digits stand: at the end unless said."""


def some(chance: random.Random, symbols: str, count: int) -> str:
    return "".join(chance.choices(symbols, k=count))


def cnpj_body(chance: random.Random) -> str:
    return some(chance, DIGITS if chance.random() < 0.5 else DIGITS + LETTERS, 12)


def date(chance: random.Random) -> str:
    """Mostly a date, sometimes none."""
    return f"{chance.randrange(100):02}{chance.randrange(1, 14):02}{chance.randrange(1, 33):02}"


def curp_body(chance: random.Random) -> str:
    name = some(chance, LETTERS, 1) + some(chance, "AEIOUX", 1) + some(chance, LETTERS, 2)
    state = chance.choice(STATES) if chance.random() < 0.9 else some(chance, LETTERS, 2)
    return (
        name + date(chance) + chance.choice("HM") + state + some(chance, CONSONANTS, 3) + some(chance, DIGITS + "AB", 1)
    )


def rfc_body(chance: random.Random) -> str:
    name = some(chance, LETTERS, chance.choice((3, 4)))
    return (
        name + date(chance) + some(chance, "123456789ABCDEFGHIJKLMNPQRSTUV", 1) + some(chance, DIGITS[1:] + LETTERS, 1)
    )


def cuit_body(chance: random.Random) -> str:
    prefix = chance.choice(
        ("20", "23", "24", "25", "26", "27", "30", "33", "34", "50", "51", "55", some(chance, DIGITS, 2))
    )
    return prefix + some(chance, DIGITS, 8)


def card_body(chance: random.Random) -> str:
    prefix, length = chance.choice(
        (("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15))
    )
    return prefix + some(chance, DIGITS, length - len(prefix) - 1)


def rut_body(chance: random.Random) -> str:
    return chance.choice(DIGITS[1:]) + some(chance, DIGITS, chance.choice((6, 7)))


def nit_body(chance: random.Random) -> str:
    return chance.choice(DIGITS[1:]) + some(chance, DIGITS, chance.choice((8, 9)))


def imei_body(chance: random.Random) -> str:
    return chance.choice(("01", "35", "49", "86", "99")) + some(chance, DIGITS, 12)


def iccid_body(chance: random.Random) -> str:
    return "89" + chance.choice(DIGITS[1:]) + some(chance, DIGITS, chance.choice((15, 16)))


def nss_body(chance: random.Random) -> str:
    return f"{chance.randrange(1, 100):02}" + some(chance, DIGITS, 8)


def cnm_body(chance: random.Random) -> str:
    return f"{chance.randrange(1, 10**6):06}{chance.choice('23')}{chance.randrange(1, 10**7):07}"


def cnj_body(chance: random.Random) -> str:
    """A case in one of the courts: all but its check digits, which stand after seven."""
    year, branch, court = chance.randrange(1988, 2027), chance.choice(DIGITS[1:]), chance.randrange(28)
    return f"{some(chance, DIGITS, 7)}{year}{branch}{court:02}{some(chance, DIGITS, 4)}"


def cnj_join(body: str, check: str) -> str:
    return body[:7] + check + body[7:]


def cnj_is_valid(number: str) -> bool:
    return mod_97_10.is_valid(number[:7] + number[9:] + number[7:9])


def cpf_check(body: str) -> str:
    """As in the law; stdnum keeps its own to itself."""
    for weights in (range(10, 1, -1), range(11, 1, -1)):
        rest = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True)) * 10 % 11
        body += str(rest % 10)
    return body[-2:]


KINDS = {
    "BR_CPF": Kind("cpf", lambda chance: some(chance, DIGITS, 9), cpf_check, "00", cpf.is_valid),
    "BR_CNPJ": Kind("cnpj", cnpj_body, cnpj.calc_check_digits, "00", cnpj.is_valid),
    "MX_CURP": Kind("curp", curp_body, lambda body: curp.calc_check_digit(body + "0"), "0", curp.is_valid),
    "MX_RFC": Kind("rfc", rfc_body, rfc.calc_check_digit, "A", lambda n: rfc.is_valid(n, validate_check_digits=True)),
    "AR_CUIT": Kind("cuit", cuit_body, cuit.calc_check_digit, "0", cuit.is_valid),
    "CL_RUT": Kind("rut", rut_body, rut.calc_check_digit, "K", rut.is_valid),
    "CO_NIT": Kind("nit", nit_body, nit.calc_check_digit, "0", nit.is_valid),
    "CREDIT_CARD": Kind("cartão", card_body, luhn.calc_check_digit, "0", luhn.is_valid),
    "IMEI": Kind("imei", imei_body, luhn.calc_check_digit, "0", imei.is_valid),
    "ICCID": Kind("iccid", iccid_body, luhn.calc_check_digit, "0", luhn.is_valid),
    "MX_NSS": Kind("nss", nss_body, luhn.calc_check_digit, "0", luhn.is_valid),
    "BR_CNM": Kind("cnm", cnm_body, mod_97_10.calc_check_digits, "00", mod_97_10.is_valid),
    "BR_CNJ": Kind("processo", cnj_body, mod_97_10.calc_check_digits, "00", cnj_is_valid, cnj_join),
}


def begins(pattern: str) -> Callable[[str], bool]:
    """Whether a number begins like this."""
    return lambda number: re.match(pattern, number) is not None


def right_without_its_last(number: str) -> bool:
    return rut.calc_check_digit(number[:-2]) == number[-2]


def right_without_its_first(number: str) -> bool:
    return rfc.is_valid(number[1:], validate_check_digits=True)


def right_without_its_beginning(number: str) -> bool:
    return any(iban.is_valid(number[start:], check_country=False) for start in range(1, len(number) - 14))


RUDE = "|".join(sorted(curp._name_blacklist))  # noqa: SLF001 - stdnum says nowhere else which names it refuses
SHORTER = "a part of it is right, and a right reading goes before a suspect, whose characters it covers"

NEVER_MADE = "the 97 possible ends are written 02 to 98; stdnum also takes 00, 01 and 99, which are the same modulo 97"


# What differs on purpose: which numbers, and why.
def right_with_digits_for_letters(number: str) -> bool:
    """Whether some letters that look like digits make it wrong: those that no other letter touches."""
    read = re.sub(
        r"(?<![A-Z])[OISB]+(?![A-Z])", lambda run: run.group().translate(str.maketrans("OISB", "0158")), number
    )
    return bool(iban.is_valid(read, check_country=False))


INTENDED: dict[str, list[tuple[Callable[[str], bool], str]]] = {
    "BR_CPF": [(begins(r"(\d)\1{10}"), "eleven equal digits are never issued; stdnum takes them")],
    "MX_CURP": [
        (begins(RUDE), "stdnum refuses rude names; a refused name is still a person's"),
        (begins(r".{4}000229.{6}\d"), "29 February 1900: only the character before the last tells the century"),
    ],
    "MX_RFC": [
        (begins(rf"({RUDE})\d"), "stdnum refuses rude names; a refused name is still a person's"),
        (begins(r"\D+\d\d(02(29|30|31)|(04|06|09|11)31)"), "a template knows of 31 days, not how long each month is"),
        (right_without_its_first, SHORTER),
    ],
    "CL_RUT": [(right_without_its_last, SHORTER)],
    "IBAN_CODE": [
        (right_without_its_beginning, SHORTER),
        (right_with_digits_for_letters, "letters that look like digits are read as such beside a label"),
    ],
    "CREDIT_CARD": [(begins("272[1-9]"), "the range of Mastercard ends with 2720; stdnum knows no ranges")],
    "IMEI": [(begins("40|90"), "no body gives out numbers that begin so; stdnum takes any")],
    "ICCID": [(begins("890"), "the code of a country follows, and none begins with 0")],
    "BR_CNM": [(begins(r"\d{14}(00|01|99)"), NEVER_MADE)],
    "BR_CNJ": [(begins(r"\d{7}(00|01|99)"), NEVER_MADE)],
    "AR_CUIT": [(begins("2[56]"), "prefixes 25 and 26 are issued; stdnum does not know them")],
}


def numbers(kind: Kind, name: str) -> Iterable[str]:
    chance = random.Random(name)
    ends = {"0": DIGITS, "A": DIGITS + "A", "K": DIGITS + "K"}
    for turn in range(COUNT):
        body = kind.body(chance)
        end = kind.check(body) if turn % 2 else "".join(chance.choice(ends[end]) for end in kind.ends)
        yield kind.join(body, end)


def verdicts(entity: str, label: str, candidates: list[str]) -> list[bool]:
    """Whether the engine says of each labelled number that its check digit is valid."""
    engine = rasura.Engine(entities=[entity])
    start = len(label) + 1
    return [
        any((f.start, f.end, f.check) == (start, start + len(number), "valid") for f in findings)
        for number, findings in zip(candidates, engine.detect_many([f"{label} {n}" for n in candidates]), strict=True)
    ]


def unexplained(
    entity: str,
    label: str,
    candidates: list[str],
    is_valid: Callable[[str], bool],
    *,
    right: tuple[float, float] = (0.2, 0.8),
) -> list[str]:
    """The numbers on which the two differ without a reason; the share that is right lies between two."""
    ours = verdicts(entity, label, candidates)
    theirs = [is_valid(number) for number in candidates]
    assert right[0] < sum(theirs) / len(theirs) < right[1], "both kinds are tried"
    intended = [applies for applies, _ in INTENDED.get(entity, [])]
    different = (number for number, mine, other in zip(candidates, ours, theirs, strict=True) if mine is not other)
    return [number for number in different if not any(applies(number) for applies in intended)]


@pytest.mark.parametrize("entity", KINDS)
def test_check_digits_are_those_of_stdnum(entity: str) -> None:
    kind = KINDS[entity]
    assert unexplained(entity, kind.label, list(numbers(kind, entity)), kind.is_valid) == []


def mistaken(number: str) -> Iterable[str]:
    """The number with one digit wrong, in every way, and with two neighbours swapped, in every place."""
    for at, written in enumerate(number):
        if written in DIGITS:
            yield from (number[:at] + digit + number[at + 1 :] for digit in DIGITS if digit != written)
    for at, (one, other) in enumerate(itertools.pairwise(number)):
        if one != other and one in DIGITS and other in DIGITS:
            yield number[:at] + other + one + number[at + 2 :]


@pytest.mark.parametrize("entity", KINDS)
def test_slips_of_the_hand_are_seen_where_the_algorithm_sees_them(entity: str) -> None:
    """All wrong digits and swaps of 1,000 right numbers: Luhn misses 09 for 90, modulo 11 where a rest of ten hides."""
    kind = KINDS[entity]
    right = itertools.islice((number for number in numbers(kind, entity) if kind.is_valid(number)), SLIPS)
    candidates = [slip for number in right for slip in (number, *mistaken(number))]
    assert unexplained(entity, kind.label, candidates, kind.is_valid, right=(0.0, 0.2)) == []


def iban_numbers() -> Iterable[str]:
    chance = random.Random("IBAN_CODE")
    symbols = {"n": DIGITS, "a": LETTERS, "c": DIGITS + LETTERS}
    layouts = [(country, layout["bban"]) for _, country, _, layout, _ in numdb.get("iban").prefixes if "bban" in layout]
    for turn in range(COUNT):
        country, layout = chance.choice(layouts)
        parts = re.findall(r"(\d+)!?([nac])", layout)
        bban = "".join(some(chance, symbols[kind], int(count)) for count, kind in parts)
        check = iban.calc_check_digits(f"{country}00{bban}") if turn % 2 else f"{chance.randrange(2, 99):02}"
        yield country + check + bban


def test_ibans_are_those_of_stdnum() -> None:
    candidates = list(iban_numbers())
    assert unexplained("IBAN_CODE", "iban", candidates, lambda n: iban.is_valid(n, check_country=False)) == []


@pytest.mark.parametrize(
    ("entity", "text"),
    [("BR_CPF", f"cpf {digit * 11}") for digit in DIGITS] + [("IBAN_CODE", "iban DE01500105175407324931")],
)
def test_what_stdnum_takes_and_is_never_issued(entity: str, text: str) -> None:
    assert [f for f in rasura.Engine(entities=[entity]).detect(text) if f.check == "valid"] == []


def test_what_stdnum_refuses_and_is_issued() -> None:
    assert [f.check for f in rasura.detect("curp PEGL050412XMCRRSA9")] == ["valid"]
    assert [f.check for f in rasura.detect("cuit 25-12345678-" + cuit.calc_check_digit("2512345678"))] == ["valid"]
