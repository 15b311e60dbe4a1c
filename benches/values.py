"""Decides what the personal values of the corpora look like: 20 identifiers in the forms that people write.

Nothing here is anybody's. Digits are drawn by a seeded generator, names are put together from lists, mail goes to
`example` domains and addresses come from the documentation ranges; check digits are right, because a value whose check
digit is wrong is another case. A value says whether its form may stand alone or needs its label in front of it.
"""

import string
from collections.abc import Callable
from dataclasses import dataclass

import checks
from chance import Chance, words

CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ"
STATES = words("AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS")
BANKS = words("002 012 014 021 030 036 044 058 062 072 106 127 137 638 646 722")
AREAS = words("11 12 19 21 24 27 31 34 41 43 48 51 54 61 62 65 67 71 79 81 83 85 91 92 98")
GIVEN = words("aline breno cecilia davi eloa fabio giovana henrique iara josue lara mateus noemi otto rita saul")
GIVEN += words("abril benito citlali delfina ezequiel fermin graciela itzel joaquin lucero milagros nahuel ramona")
FAMILY = words("abreu bastos cardoso dantas farias guedes leal macedo novaes pacheco queiroz sales tavares viana")
FAMILY += words("arriaga bustos cuevas dorantes espinoza funes godoy ibanez luna montoya ocampo rueda salinas zarate")
ACCENTED = ["josé.muñoz", "inês.conceição", "andré.simões", "lucía.peña", "begoña.núñez", "joão.assunção"]
LOCAL_EXTRAS = words("loja avisos compras news")
SYMBOLS = "!#$%*_+?"

# Prefix and length of the whole number, by weight.
CARDS = (
    (30, ("4", 16)),
    (22, ("51", 16)),
    (8, ("2223", 16)),
    (10, ("37", 15)),
    (4, ("36", 14)),
    (8, ("636368", 16)),
    (5, ("509040", 16)),
    (5, ("606282", 16)),
    (3, ("506221", 16)),
    (3, ("589562", 16)),
    (2, ("604210", 16)),
)
# Country and the shape of its account: n is a digit, a a capital, anything else itself.
IBANS = (("BR", "n" * 23 + "a1"), ("ES", "n" * 20), ("PT", "n" * 21), ("CR", "0" + "n" * 17), ("DE", "n" * 18))
# A '#' is any digit, '%' one from 2 to 8, '@' an area of Brazil.
FOREIGN_PHONES = (
    (30, "+55 @ 9%###-####"),
    (10, "+55@9%#######"),
    (8, "+55 (@) 9%###-####"),
    (14, "+52 55 %### ####"),
    (8, "+5255%#######"),
    (12, "+54 9 11 %###-####"),
    (10, "+56 9 %### ####"),
    (10, "+57 31# %## ####"),
    (6, "+1 312 555 01##"),
)
NATIONAL_PHONES = {
    "pt": ((50, "(@) 9%###-####"), (25, "@ 9%###-####"), (10, "(@) 3%##-####"), (15, "@9%#######")),
    "es": ((50, "55 %### ####"), (25, "(55) %###-####"), (25, "33%#######")),
}


@dataclass(frozen=True, slots=True)
class Value:
    """One made-up value: what it is, how it is written, and whether it may stand without a label."""

    entity: str
    text: str
    alone: bool = True


def fill(chance: Chance, pattern: str) -> str:
    """Return a phone number of this pattern."""
    choices = {"#": string.digits, "%": "2345678", "@": AREAS}
    return "".join(chance.pick(choices.get(char, char)) for char in pattern)


def cpf(chance: Chance) -> Value:
    """Return a CPF: mostly with its dots, else plain or with the hyphen only."""
    body = f"{chance.between(10, 987_654_321):09d}"
    tail = checks.cpf(body)
    dotted = f"{body[:3]}.{body[3:6]}.{body[6:]}-{tail}"
    return Value("BR_CPF", chance.weigh(((60, dotted), (30, body + tail), (10, f"{body}-{tail}"))))


def cnpj(chance: Chance) -> Value:
    """Return a CNPJ: one in five with letters, as registrations from 2026 have them."""
    branch = f"{chance.between(1, 40):04d}"
    if chance.often(0.2):
        root = chance.text(2, string.digits) + chance.text(3, string.ascii_uppercase) + chance.digits(3)
    else:
        root = f"{chance.between(1_000_000, 98_765_432):08d}"
    whole = root + branch + checks.cnpj(root + branch)
    written = f"{whole[:2]}.{whole[2:5]}.{whole[5:8]}/{whole[8:12]}-{whole[12:]}"
    return Value("BR_CNPJ", written if chance.often(0.75) else whole)


def cns(chance: Chance) -> Value:
    """Return a health card: definitive (first digit 1 or 2) or provisional (7, 8, 9)."""
    last = None
    if chance.often(0.4):
        body = chance.pick("12") + chance.digits(10)
        last = checks.cns_definitive(body)
    while last is None:
        body = chance.pick("789") + chance.digits(13)
        last = checks.cns(body)
    whole = body + last
    grouped = f"{whole[:3]} {whole[3:7]} {whole[7:11]} {whole[11:]}"
    return Value("BR_CNS", grouped if chance.often(0.6) else whole)


def pix_evp(chance: Chance) -> Value:
    """Return a random PIX key; without its label it is any UUID."""
    return Value("BR_PIX_EVP", uuid(chance), alone=False)


def uuid(chance: Chance) -> str:
    """Return a UUID of version 4."""
    digits = chance.text(30, "0123456789abcdef")
    return f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-{chance.pick('89ab')}{digits[15:18]}-{digits[18:]}"


def cep(chance: Chance) -> Value:
    """Return a postal code; without its label it is any number."""
    number = f"{chance.between(1_000, 77_999):05d}"
    return Value("BR_CEP", f"{number}-{chance.digits(3)}", alone=False)


def rg(chance: Chance) -> Value:
    """Return a São Paulo identity card."""
    body = f"{chance.between(10_000_000, 59_999_999)}"
    return Value("BR_RG", f"{body[:2]}.{body[2:5]}.{body[5:]}-{checks.rg_sp(body)}", alone=False)


def birth(chance: Chance) -> str:
    """Return a date as six digits, year first."""
    return f"{chance.between(40, 99):02d}{chance.between(1, 12):02d}{chance.between(1, 28):02d}"


def curp(chance: Chance) -> Value:
    """Return a CURP of somebody born before 2000, whose 17th character is a digit."""
    body = chance.pick(CONSONANTS) + chance.pick("AEIOU") + chance.text(2, CONSONANTS) + birth(chance)
    body += chance.pick("HM") + chance.pick(STATES) + chance.text(3, CONSONANTS) + chance.digits(1)
    return Value("MX_CURP", body + checks.curp(body))


def rfc(chance: Chance) -> Value:
    """Return an RFC: one in four of a company."""
    head = chance.pick(CONSONANTS) + chance.pick("AEIOU") + chance.text(1 if chance.often(0.25) else 2, CONSONANTS)
    body = head + birth(chance) + chance.pick("123456789ABCDEFGHJK") + chance.pick("123456789ABCDEFGHJK")
    return Value("MX_RFC", body + checks.rfc(body))


def clabe(chance: Chance) -> Value:
    """Return a CLABE: plain, or in the groups that banks print."""
    body = chance.pick(BANKS) + f"{chance.between(1, 999):03d}" + chance.digits(11)
    whole = body + checks.clabe(body)
    return Value("MX_CLABE", whole if chance.often(0.8) else f"{whole[:3]} {whole[3:6]} {whole[6:17]} {whole[17]}")


def cuit(chance: Chance) -> Value:
    """Return a CUIT of a person or a company."""
    body = chance.pick(("20", "23", "27", "30", "33")) + f"{chance.between(5_000_000, 71_999_999):08d}"
    last = checks.cuit(body)
    return Value("AR_CUIT", f"{body[:2]}-{body[2:]}-{last}" if chance.often(0.7) else body + last)


def dni(chance: Chance) -> Value:
    """Return a DNI; without its label it is any number."""
    number = f"{chance.between(11_000_000, 48_999_999)}"
    dotted = f"{number[:2]}.{number[2:5]}.{number[5:]}"
    return Value("AR_DNI", dotted if chance.often(0.6) else number, alone=False)


def rut(chance: Chance) -> Value:
    """Return a RUT with its dots or with the hyphen only."""
    body = f"{chance.between(5_000_000, 27_999_999)}"
    written = f"{int(body):,}".replace(",", ".") if chance.often(0.75) else body
    return Value("CL_RUT", f"{written}-{checks.rut(body)}")


def nit(chance: Chance) -> Value:
    """Return a NIT of a company."""
    body = f"{chance.between(800_000_000, 909_999_999)}"
    return Value("CO_NIT", f"{body[:3]}.{body[3:6]}.{body[6:]}-{checks.nit(body)}")


def ssn(chance: Chance) -> Value:
    """Return a social security number."""
    area = chance.between(1, 665)
    return Value("US_SSN", f"{area:03d}-{chance.between(1, 99):02d}-{chance.between(1, 9999):04d}")


def card(chance: Chance) -> Value:
    """Return a card of one of eleven brands."""
    prefix, length = chance.weigh(CARDS)
    body = prefix + chance.digits(length - 1 - len(prefix))
    whole = body + checks.luhn(body)
    cuts = (4, 10, length) if length < 16 else (4, 8, 12, 16)
    groups = [whole[start:end] for start, end in zip((0, *cuts), cuts, strict=False)]
    return Value("CREDIT_CARD", chance.weigh(((55, " ".join(groups)), (30, whole), (15, "-".join(groups)))))


def iban(chance: Chance) -> Value:
    """Return an IBAN: plain or in fours."""
    country, shape = chance.pick(IBANS)
    kinds = {"n": string.digits, "a": string.ascii_uppercase}
    account = "".join(chance.pick(kinds.get(char, char)) for char in shape)
    whole = country + checks.iban(country, account) + account
    fours = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return Value("IBAN_CODE", fours if chance.often(0.5) else whole)


def email(chance: Chance) -> Value:
    """Return an address at an `example` domain; one in twelve has an accent."""
    given, family = chance.pick(GIVEN), chance.pick(FAMILY)
    plain = (f"{given}.{family}", f"{given}_{family}", f"{given[0]}{family}{chance.below(90)}")
    local = chance.pick((*plain, f"{family}+{chance.pick(LOCAL_EXTRAS)}"))
    if chance.often(1 / 12):
        local = chance.pick(ACCENTED)
    domain = chance.pick(("example.com", "example.org", "example.net", "mx1.example.com", "correio.sul.example.org"))
    return Value("EMAIL_ADDRESS", f"{local}@{domain}")


def address(chance: Chance) -> Value:
    """Return an IP address of a documentation range; one in seven is of version 6."""
    if chance.often(1 / 7):
        groups = ":".join(f"{chance.between(16, 65_535):x}" for _ in range(chance.between(1, 3)))
        return Value("IP_ADDRESS", f"2001:db8:{groups}::{chance.between(1, 65_535):x}")
    network = chance.pick(("192.0.2", "198.51.100", "203.0.113"))
    return Value("IP_ADDRESS", f"{network}.{chance.between(1, 254)}")


def password(chance: Chance) -> Value:
    """Return a password of letters, digits and one symbol; only its label says what it is."""
    word = chance.pick(GIVEN + FAMILY)
    written = chance.pick((word, word.capitalize())) + chance.pick(SYMBOLS) + chance.digits(chance.between(2, 4))
    return Value("SECRET_PASSWORD", written + chance.text(2, string.ascii_letters), alone=False)


def phone(chance: Chance, language: str = "") -> Value:
    """Return a phone: with its country, or as the language's country writes it, which needs a label."""
    if language in NATIONAL_PHONES and chance.often(0.55):
        written = fill(chance, chance.weigh(NATIONAL_PHONES[language]))
        return Value("PHONE_NUMBER", written, alone=written.startswith("("))
    return Value("PHONE_NUMBER", fill(chance, chance.weigh(FOREIGN_PHONES)))


MAKERS: dict[str, Callable[[Chance], Value]] = {
    "cpf": cpf,
    "cnpj": cnpj,
    "cns": cns,
    "pix": pix_evp,
    "cep": cep,
    "rg": rg,
    "curp": curp,
    "rfc": rfc,
    "clabe": clabe,
    "cuit": cuit,
    "dni": dni,
    "rut": rut,
    "nit": nit,
    "ssn": ssn,
    "card": card,
    "iban": iban,
    "email": email,
    "ip": address,
    "password": password,
    "phone": phone,
}
# What the customers of each language send, by weight.
SENT = {
    "pt": ((24, "cpf"), (7, "cnpj"), (5, "cns"), (5, "pix"), (6, "cep"), (5, "rg"), (20, "phone"), (12, "email")),
    "es": ((10, "curp"), (9, "rfc"), (7, "clabe"), (8, "cuit"), (7, "dni"), (9, "rut"), (7, "nit"), (18, "phone")),
    "en": ((22, "ssn"), (24, "phone"), (24, "email"), (8, "ip")),
}
SENT_EVERYWHERE = ((8, "card"), (3, "iban"), (4, "password"), (3, "ip"), (6, "email"))


def sent(chance: Chance, language: str) -> tuple[str, Value]:
    """Return a value that this language's customers send, under the name of its kind."""
    kind = chance.weigh(SENT[language] + SENT_EVERYWHERE)
    return kind, phone(chance, language) if kind == "phone" else MAKERS[kind](chance)
