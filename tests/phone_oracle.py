"""Holds the numbering plans against the package that they come from: python tests/phone_oracle.py [COUNT [SEED]]."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

ROOT = Path(__file__).parent.parent
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
# What `make phone-oracle` compares: as many random digits as numbers that were changed in a digit or two, and more.
ALL = 2_500_000


def examples() -> Iterator[tuple[str, phonenumbers.PhoneNumber]]:
    """The package's example of every kind of number of every region."""
    for region in REGIONS:
        for kind in PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, kind)
            if number is not None:
                yield region, number


def mutated(number: str, source: random.Random) -> str:
    """Change up to two digits, or put one in, or leave one out."""
    digits = list(number)
    for _ in range(source.randint(0, 2)):
        place = source.randrange(len(digits))
        match source.randrange(4):
            case 0 | 1:
                digits[place] = source.choice("0123456789")
            case 2:
                digits.insert(place, source.choice("0123456789"))
            case _ if len(digits) > 3:
                del digits[place]
            case _:
                pass
    return "".join(digits)


def asked(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Regions with digits as somebody there might dial them, with and without prefixes."""
    source = random.Random(seed)
    known = [
        (region, number.country_code, phonenumbers.national_significant_number(number)) for region, number in examples()
    ]
    prefixes = ["00", "011", "0", "1", "8", "0015", "01", "015", "+0"]
    for _ in range(count):
        if source.random() < 0.5:
            digits = "".join(source.choice("0123456789") for _ in range(source.randint(4, 15)))
            yield source.choice(REGIONS), source.choice(["", "", "", "", "+"]) + digits
            continue
        region, code, national = source.choice(known)
        number = mutated(national, source)
        heads = ["", "", "", "", f"+{code}", f"+{code}", f"{code}", f"00{code}", f"+{code}0", source.choice(prefixes)]
        yield region, source.choice(heads) + number


def wanted(region: str, number: str) -> str:
    """What the package says: the number in E.164 if it is valid, else a hyphen."""
    try:
        parsed = phonenumbers.parse(number, region)
    except NumberParseException:
        return "-"
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164) if phonenumbers.is_valid_number(parsed) else "-"


def given(questions: list[tuple[str, str]]) -> list[str]:
    """What the tables say, from the example program of the crate."""
    command = ["cargo", "run", "--quiet", "--release", "--locked", "-p", "rasura-pack", "--example", "phone_oracle"]
    lines = "\n".join(f"{region.lower()} {number}" for region, number in questions)
    done = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True)
    return done.stdout.split()


def differences(count: int, seed: int) -> tuple[int, list[str]]:
    """How many of so many numbers are valid, and where the two disagree."""
    questions = list(asked(count, seed))
    valid, wrong = 0, []
    for (region, number), ours in zip(questions, given(questions), strict=True):
        theirs = wanted(region, number)
        valid += theirs != "-"
        if ours != theirs:
            wrong.append(f"{region} {number}: {theirs} says the package, {ours} the tables")
    return valid, wrong


if __name__ == "__main__":
    count, seed = (int(text) for text in (sys.argv[1:] + [str(ALL), "1"][len(sys.argv) - 1 :])[:2])
    valid, wrong = differences(count, seed)
    told = [*wrong[:50], f"{count} numbers, {valid} of them valid, {len(wrong)} read otherwise"]
    sys.stdout.write("\n".join(told) + "\n")
    sys.exit(bool(wrong))
