"""Decides which check digit belongs to a number: the public rule of each identifier, in as few lines as it takes.

The corpora are measured with these, so they are written apart from the engine and from the libraries that judge it.
Every function takes the characters before the check and returns the check itself.
"""

from collections.abc import Iterable

CURP_ORDER = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
RFC_ORDER = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"


def weighted(body: str, weights: Iterable[int]) -> int:
    """Return the sum of every digit times its weight."""
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))


def luhn(body: str) -> str:
    """Return the last digit of a payment card."""
    doubled = [int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(body))]
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def cpf(body: str) -> str:
    """Return the two check digits of nine digits."""
    first = 11 - weighted(body, range(10, 1, -1)) % 11
    body += str(first % 10 if first < 10 else 0)
    second = 11 - weighted(body, range(11, 1, -1)) % 11
    return body[-1] + str(second if second < 10 else 0)


def cnpj(body: str) -> str:
    """Return the two check digits of twelve digits or capitals; a character counts its ASCII code less 48."""

    def digit(part: str) -> str:
        total = sum((ord(char) - 48) * (2 + place % 8) for place, char in enumerate(reversed(part)))
        return str(0 if total % 11 < 2 else 11 - total % 11)

    first = digit(body)
    return first + digit(body + first)


def cns(body: str) -> str | None:
    """Return the last digit of a provisional health card, or None where fourteen digits have none."""
    last = -weighted(body, range(15, 1, -1)) % 11
    return str(last) if last < 10 else None


def cns_definitive(body: str) -> str:
    """Return the last four digits of a definitive health card, whose first eleven hold a PIS number."""
    total = weighted(body, range(15, 4, -1))
    last = 11 - total % 11
    if last == 10:
        return f"001{(11 - (total + 2) % 11) % 11}"
    return f"000{last % 11}"


def rg_sp(body: str) -> str:
    """Return the check character of a São Paulo identity card."""
    rest = 11 - weighted(body, range(2, 10)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def boleto_field(body: str) -> str:
    """Return the check digit of one field of a typed boleto line."""
    return luhn(body)


def boleto_line(bar: str) -> str:
    """Return the check digit of a boleto's bar code, given without it: 43 digits."""
    rest = 11 - weighted(bar[::-1], (2 + place % 8 for place in range(43))) % 11
    return str(1 if rest > 9 else rest)


def nfe(body: str) -> str:
    """Return the last digit of an invoice's access key."""
    rest = weighted(body[::-1], (2 + place % 8 for place in range(43))) % 11
    return str(0 if rest < 2 else 11 - rest)


def curp(body: str) -> str:
    """Return the last digit of seventeen characters."""
    return str(-sum(CURP_ORDER.index(char) * (18 - place) for place, char in enumerate(body)) % 10)


def rfc(body: str) -> str:
    """Return the last character of eleven or twelve."""
    total = sum(RFC_ORDER.index(char) * (13 - place) for place, char in enumerate(body.rjust(12)))
    return RFC_ORDER[-total % 11]


def clabe(body: str) -> str:
    """Return the last digit of seventeen."""
    return str(-sum(int(digit) * (3, 7, 1)[place % 3] % 10 for place, digit in enumerate(body)) % 10)


def cuit(body: str) -> str:
    """Return the last digit of ten."""
    rest = -weighted(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return str(min(rest, 9))


def rut(body: str) -> str:
    """Return the check character of seven or eight digits."""
    rest = -weighted(body[::-1], (2 + place % 6 for place in range(len(body)))) % 11
    return "K" if rest == 10 else str(rest)


def nit(body: str) -> str:
    """Return the check digit of nine digits."""
    rest = weighted(body[::-1], (3, 7, 13, 17, 19, 23, 29, 37, 41)) % 11
    return str(rest if rest < 2 else 11 - rest)


def parcel(body: str) -> str:
    """Return the check digit of a postal tracking code's eight digits."""
    rest = 11 - weighted(body, (8, 6, 4, 2, 3, 5, 9, 7)) % 11
    return {10: "0", 11: "5"}.get(rest, str(rest))


def iban(country: str, account: str) -> str:
    """Return the two check digits that follow the country."""
    number = "".join(str(int(char, 36)) for char in f"{account}{country}00")
    return f"{98 - int(number) % 97:02d}"
