"""Decides what the numbers look like that are nobody's: all that must be left alone, in the forms that shops write.

Long ones never satisfy the check digits of an identifier by chance: a text that cannot tell an order from a CPF has
no right answer and cannot be counted.
"""

import string
from collections.abc import Callable

import checks
from chance import Chance, words
from values import uuid

YEARS = (2024, 2025, 2026)
PARCEL_ENDS = {"pt": "BR", "es": "MX", "en": "US"}
PRODUCTS = {
    "pt": words("chaleira torradeira mochila cafeteira luminária impressora câmera batedeira estante"),
    "es": words("licuadora impresora mochila cafetera lámpara sartén cámara batidora silla"),
    "en": words("kettle fan headset backpack percolator sneakers mattress lamp blender"),
}


def looks_personal(number: str) -> bool:
    """Say whether the check digits of some identifier hold for these digits."""
    body, size = number[:-1], len(number)
    if size == 11:
        return number[9:] == checks.cpf(number[:9]) or number[10] == checks.cuit(number[:10])
    if size == 14 and number[12:] == checks.cnpj(number[:12]):
        return True
    if size == 15 and (number[14] == checks.cns(body[:14]) or number[11:] == checks.cns_definitive(number[:11])):
        return True
    if size == 18 and number[17] == checks.clabe(body):
        return True
    return 13 <= size <= 19 and number[-1] == checks.luhn(body)


def plain(chance: Chance, size: int) -> str:
    """Return a number of this many digits that is nobody's."""
    while True:
        number = chance.pick("123456789") + chance.digits(size - 1)
        if not looks_personal(number):
            return number


def price(chance: Chance, language: str) -> str:
    """Return an amount with its currency."""
    if language == "pt":
        whole = f"{chance.between(4, 8999):,}".replace(",", ".")
        return f"R$ {whole},{chance.pick(('00', '49', '90', '99'))}"
    if language == "en":
        return f"${chance.between(4, 2499):,}.{chance.pick(('00', '50', '95', '99'))}"
    return chance.pick((f"${chance.between(60, 24_999):,}.{chance.pick(('00', '50'))} MXN", thousands_of_pesos(chance)))


def thousands_of_pesos(chance: Chance) -> str:
    """Return an amount as Argentina, Chile and Colombia write it."""
    return "$ " + f"{chance.between(8, 3200) * 500:,}".replace(",", ".")


def date(chance: Chance, language: str) -> str:
    """Return a day as the language writes it."""
    day, month, year = chance.between(1, 28), chance.between(1, 12), chance.pick(YEARS)
    if language == "en":
        return chance.pick((f"{month:02d}/{day:02d}/{year}", f"{year}-{month:02d}-{day:02d}"))
    return chance.pick((f"{day:02d}/{month:02d}", f"{day:02d}/{month:02d}/{year}", f"{day:02d}-{month:02d}-{year}"))


def clock(chance: Chance, _language: str) -> str:
    """Return a time of the day."""
    return f"{chance.between(7, 22):02d}:{chance.between(0, 59):02d}"


def stamp(chance: Chance) -> str:
    """Return the moment of a log line."""
    day = f"{chance.pick(YEARS)}-{chance.between(1, 12):02d}-{chance.between(1, 28):02d}"
    second = f"{chance.between(0, 59):02d}.{chance.digits(3)}"
    return f"{day}T{chance.between(0, 23):02d}:{chance.between(0, 59):02d}:{second}Z"


def order(chance: Chance, _language: str) -> str:
    """Return an order number in one of five shapes."""
    return chance.pick(
        (
            plain(chance, chance.between(5, 12)),
            f"#{plain(chance, chance.between(4, 9))}",
            f"{chance.text(3, string.ascii_uppercase)}-{plain(chance, 6)}",
            f"{chance.pick(YEARS)}-{plain(chance, 7)}",
            f"{plain(chance, 3)}-{plain(chance, 7)}",
        )
    )


def protocol(chance: Chance, _language: str) -> str:
    """Return the number of a case: the day, then a counter."""
    while True:
        day = f"{chance.pick(YEARS)}{chance.between(1, 12):02d}{chance.between(1, 28):02d}"
        number = day + chance.digits(chance.between(4, 7))
        if not looks_personal(number):
            return number


def parcel(chance: Chance, language: str) -> str:
    """Return a tracking code: of the post, or of a carrier."""
    serial = chance.digits(8)
    post = f"{chance.text(2, string.ascii_uppercase)}{serial}{checks.parcel(serial)}{PARCEL_ENDS[language]}"
    return chance.pick((post, plain(chance, 12), f"JX{plain(chance, 10)}"))


def version(chance: Chance, _language: str) -> str:
    """Return the version of an app."""
    return f"{chance.between(1, 14)}.{chance.between(0, 30)}.{chance.between(0, 12)}"


def epoch(chance: Chance, _language: str) -> str:
    """Return a moment as seconds or milliseconds since 1970."""
    while True:
        seconds = str(chance.between(1_700_000_000, 1_790_000_000))
        number = seconds + chance.digits(3) if chance.often(0.5) else seconds
        if not looks_personal(number):
            return number


def once(chance: Chance, _language: str) -> str:
    """Return a one-time code."""
    return chance.digits(chance.pick((4, 6, 6, 6, 8)))


def boleto(chance: Chance, _language: str) -> str:
    """Return the typed line of a bank slip: a payment code that the customer has to be able to read."""
    head, free = "0019", chance.digits(25)
    due = f"{chance.between(1_000, 9_999)}{chance.between(1_000, 99_999):010d}"
    first, second, third = head + free[:5], free[5:15], free[15:25]
    general = checks.boleto_line(head + due + free)
    parts = [field + checks.boleto_field(field) for field in (first, second, third)]
    return " ".join([*(f"{part[:5]}.{part[5:]}" for part in parts), general, due])


def invoice_key(chance: Chance, _language: str) -> str:
    """Return the access key of a Brazilian invoice."""
    body = f"35{chance.between(24, 26)}{chance.between(1, 12):02d}{chance.digits(14)}55{chance.digits(21)}"
    return body + checks.nfe(body)


FILLERS: dict[str, Callable[[Chance, str], str]] = {
    "price": price,
    "date": date,
    "time": clock,
    "order": order,
    "protocol": protocol,
    "parcel": parcel,
    "version": version,
    "epoch": epoch,
    "once": once,
    "boleto": boleto,
    "key": invoice_key,
    "uuid": lambda chance, _language: uuid(chance),
    "few": lambda chance, _language: str(chance.between(2, 12)),
    "days": lambda chance, _language: str(chance.pick((2, 3, 5, 7, 10, 15, 20, 30))),
    "share": lambda chance, _language: f"{chance.between(2, 70)}%",
    "thing": lambda chance, language: chance.pick(PRODUCTS[language]),
    "ean": lambda chance, _language: "789" + plain(chance, 10),
}
