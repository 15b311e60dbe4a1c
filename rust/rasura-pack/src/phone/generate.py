"""Writes tables.rs: the numbering plans of all regions, out of the metadata of Google's libphonenumber.

    make phone-tables

The header of the output names the version of the `phonenumbers` package and its licence. New metadata is one raised
version in requirements-dev.txt and this command.

What comes out:

* one minimal automaton over calling code and national number, whose states say what ends there;
* for each region its calling code, the lengths that its numbers have, and two small programs that know the prefixes
  which are dialled before a number inside the country and before one abroad;
* the ways of writing a number inside each country, as templates.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, reduce

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from phonenumbers.phonemetadata import PhoneNumberDesc

# re._parser is where CPython keeps what used to be sre_parse.
parser = re._parser  # type: ignore[attr-defined] # noqa: SLF001

GENERAL, LINE, SERVICE = 1, 2, 4
WORLD = "001"
VERSION = phonenumbers.__version__
DIGITS = "0123456789"
# No number is longer; the package itself allows two more.
MOST = 17
LONGEST_CODE = 3

# In the order in which libphonenumber asks.
KINDS = [
    ("premium_rate", SERVICE),
    ("toll_free", SERVICE),
    ("shared_cost", SERVICE),
    ("voip", LINE),
    ("personal_number", LINE),
    ("pager", LINE),
    ("uan", SERVICE),
    ("voicemail", SERVICE),
    ("fixed_line", LINE),
    ("mobile", LINE),
]

# Operations of the programs. A digit's operation is the set of digits, as bits, that it may be.
SPLIT, JUMP, SAVE, END, MATCH = 0x4000, 0x8000, 0xC000, 0xC100, 0xC200


@dataclass
class Program:
    """A regular expression of digits as operations: what is tried first comes first."""

    code: list[int] = field(default_factory=list)

    def add(self, items: Iterable[tuple[object, object]]) -> None:
        for operation, argument in items:
            name = str(operation)
            if name == "LITERAL":
                self.code.append(1 << int(chr(int(argument))))  # type: ignore[call-overload]
            elif name == "IN":
                self.code.append(reduce(lambda bits, digit: bits | 1 << digit, digits_of(argument), 0))
            elif name == "BRANCH":
                self.branch(argument[1])  # type: ignore[index]
            elif name == "SUBPATTERN":
                group, _, _, inner = argument  # type: ignore[misc]
                if group:
                    self.code.append(SAVE + 2 * group)
                self.add(inner)
                if group:
                    self.code.append(SAVE + 2 * group + 1)
            elif name in ("MAX_REPEAT", "MIN_REPEAT"):
                least, most, inner = argument  # type: ignore[misc]
                self.repeat(int(least), int(most), inner)
            elif name == "AT" and str(argument) == "AT_END":
                self.code.append(END)
            else:
                raise ValueError(f"what is {name} {argument}?")

    def branch(self, choices: list[Iterable[tuple[object, object]]]) -> None:
        jumps = []
        for n, choice in enumerate(choices):
            last = n + 1 == len(choices)
            split = len(self.code)
            if not last:
                self.code.append(0)
            self.add(choice)
            if not last:
                jumps.append(len(self.code))
                self.code.append(0)
                self.code[split] = SPLIT + len(self.code)
        for jump in jumps:
            self.code[jump] = JUMP + len(self.code)

    def repeat(self, least: int, most: int, inner: Iterable[tuple[object, object]]) -> None:
        inner = list(inner)
        for _ in range(least):
            self.add(inner)
        splits = []
        for _ in range(min(most, MOST) - least):
            splits.append(len(self.code))
            self.code.append(0)
            self.add(inner)
        for split in splits:
            self.code[split] = SPLIT + len(self.code)


def digits_of(argument: object) -> Iterator[int]:
    """The digits of a set in brackets."""
    for operation, value in argument:  # type: ignore[attr-defined]
        name = str(operation)
        if name == "LITERAL":
            yield int(chr(value))
        elif name == "RANGE":
            yield from range(int(chr(value[0])), int(chr(value[1])) + 1)
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            yield from range(10)
        else:
            raise ValueError(f"what is {name} {value} in a set?")


@cache
def compiled(pattern: str) -> tuple[int, ...]:
    """The program of a regular expression."""
    program = Program()
    program.add(parser.parse(pattern))
    return (*program.code, MATCH)


State = frozenset[int]


@cache
def closure(pattern: str, places: State) -> State:
    """All places of a program that are reached without a digit."""
    code, seen, todo = compiled(pattern), set(), list(places)
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        operation = code[place]
        if operation == MATCH or operation < SPLIT:
            continue
        if operation >= SAVE:
            todo.append(place + 1)
        elif operation >= JUMP:
            todo.append(operation - JUMP)
        else:
            todo += [place + 1, operation - SPLIT]
    return frozenset(place for place in seen if code[place] < SPLIT or code[place] == MATCH)


@cache
def step(pattern: str, places: State, digit: int) -> State:
    code = compiled(pattern)
    moved = frozenset(place + 1 for place in places if code[place] < SPLIT and code[place] >> digit & 1)
    return closure(pattern, moved)


def matches(pattern: str, places: State) -> bool:
    code = compiled(pattern)
    return any(code[place] == MATCH for place in places)


def known(desc: PhoneNumberDesc | None) -> bool:
    return desc is not None and desc.national_number_pattern is not None


def has_length(desc: PhoneNumberDesc, length: int) -> bool:
    return not desc.possible_length or length in desc.possible_length


class Automaton:
    """Finite languages of digits as one minimal automaton: equal rows are one state."""

    def __init__(self) -> None:
        dead = ((0,) * 10, 0)
        self.rows = [dead]
        self.known = {dead: 0}

    def state(self, row: tuple[int, ...], says: int) -> int:
        key = (row, says)
        if key not in self.known:
            self.known[key] = len(self.rows)
            self.rows.append(key)
        return self.known[key]

    def add(self, patterns: list[str], says: object) -> int:
        """The first state of numbers of which `says(places, length)` tells what they are."""
        memory: dict[tuple[tuple[State, ...], int], int] = {}

        def build(places: tuple[State, ...], length: int) -> int:
            if not any(places) or length > MOST:
                return 0
            key = (places, length)
            if key not in memory:
                row = tuple(
                    build(tuple(step(p, state, digit) for p, state in zip(patterns, places, strict=True)), length + 1)
                    for digit in range(10)
                )
                memory[key] = self.state(row, says(places, length))  # type: ignore[operator]
            return memory[key]

        return build(tuple(closure(pattern, frozenset([0])) for pattern in patterns), 0)


class Plan:
    """All regions of one calling code, as `is_valid_number` reads them."""

    def __init__(self, code: int, regions: list[PhoneMetadata]) -> None:
        self.code = code
        self.regions = regions
        self.patterns: list[str] = []

    def pattern(self, pattern: str) -> int:
        if pattern not in self.patterns:
            self.patterns.append(pattern)
        return self.patterns.index(pattern)

    def start(self, automaton: Automaton) -> int:
        general = [self.pattern(region.general_desc.national_number_pattern) for region in self.regions]
        kinds = [
            [
                (desc, self.pattern(desc.national_number_pattern), says)
                for name, says in KINDS
                if known(desc := getattr(region, name))
            ]
            for region in self.regions
        ]
        leading = [
            self.pattern(f"(?:{region.leading_digits})\\d*") if region.leading_digits else None
            for region in self.regions
        ]

        def kind(n: int, places: tuple[State, ...], length: int) -> int:
            region = self.regions[n]
            if not has_length(region.general_desc, length) or not matches(
                self.patterns[general[n]], places[general[n]]
            ):
                return 0
            for desc, place, says in kinds[n]:
                if has_length(desc, length) and matches(self.patterns[place], places[place]):
                    return says
            return 0

        def says(places: tuple[State, ...], length: int) -> int:
            first = general[0]
            bits = GENERAL if matches(self.patterns[first], places[first]) else 0
            for n in range(len(self.regions)):
                led = leading[n]
                if len(self.regions) > 1 and led is not None:
                    if matches(self.patterns[led], places[led]):
                        return bits | kind(n, places, length)
                elif found := kind(n, places, length):
                    return bits | found
            return bits

        return automaton.add(self.patterns, says)


def general_start(automaton: Automaton, region: PhoneMetadata) -> int:
    """The state from which a region's own numbers begin that may be none of its calling code's first region."""
    pattern = region.general_desc.national_number_pattern

    def says(places: tuple[State, ...], _: int) -> int:
        return GENERAL if matches(pattern, places[0]) else 0

    return automaton.add([pattern], says)


def metadata(code: int, region: str) -> PhoneMetadata:
    if region == WORLD:
        return PhoneMetadata.metadata_for_nongeo_region(code)
    return PhoneMetadata.metadata_for_region(region)


def bits(lengths: Iterable[int]) -> int:
    return reduce(lambda all_bits, length: all_bits | 1 << length, (n for n in lengths if n > 0), 0)


def widths(pattern: str) -> list[range]:
    """How many digits each group of a format's pattern has."""
    parsed = parser.parse(pattern)
    groups = [argument[3] for operation, argument in parsed if str(operation) == "SUBPATTERN" and argument[0]]
    return [range(inner.getwidth()[0], inner.getwidth()[1] + 1) for inner in groups]


def templates(region: PhoneMetadata) -> Iterator[str]:
    """The ways of writing a number of a region inside it, which are those of its calling code's first region."""
    main_region = COUNTRY_CODE_TO_REGION_CODE[region.country_code][0]
    for written in metadata(0, main_region).number_format:
        first = [r"\1"]
        rule = written.national_prefix_formatting_rule
        if rule:
            first = [rule] + ([r"\1"] if written.national_prefix_optional_when_formatting else [])
        groups = widths(written.pattern)
        for lead in first:
            for counts in product(groups):
                text = written.format.replace(r"\1", lead, 1)
                for n, count in enumerate(counts, 1):
                    text = text.replace(f"\\{n}", "#" * count)
                yield re.sub(r"\d|#", "0", text)


def product(groups: list[range]) -> Iterator[tuple[int, ...]]:
    if not groups:
        yield ()
        return
    for count in groups[0]:
        for rest in product(groups[1:]):
            yield count, *rest


def main() -> None:
    automaton = Automaton()
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    numbers = {region: n for n, region in enumerate(regions)}
    programs: list[int] = []
    starts: dict[str, int] = {}

    def program(pattern: str | None) -> int:
        if not pattern:
            return 0
        if pattern not in starts:
            starts[pattern] = len(programs)
            moved = [op + len(programs) if SPLIT <= op < SAVE else op for op in compiled(pattern)]
            programs.extend(moved)
        return starts[pattern]

    programs.append(MATCH)
    plans = {
        code: Plan(code, [metadata(code, region) for region in names]).start(automaton)
        for code, names in sorted(COUNTRY_CODE_TO_REGION_CODE.items())
    }
    root = by_code(automaton, plans)
    generals = {
        region: general_start(automaton, data)
        for region in regions
        if COUNTRY_CODE_TO_REGION_CODE[(data := metadata(0, region)).country_code][0] != region
    }
    rows, wide, new = narrowed(automaton)
    records, written = [], {}
    for region in regions:
        data = metadata(0, region)
        code = data.country_code
        main_region = COUNTRY_CODE_TO_REGION_CODE[code][0]
        general = new[generals[region]] if region in generals else 0
        transform = data.national_prefix_transform_rule or ""
        records.append(
            f'    Region {{ id: *b"{region.lower()}", code: {code}, start: {new[plans[code]]}, general: {general}, '
            f"lengths: {bits(data.general_desc.possible_length):#x}, "
            f"local: {bits(data.general_desc.possible_length_local_only):#x}, "
            f"inside: {program(data.national_prefix_for_parsing)}, abroad: {program(data.international_prefix)}, "
            f'transform: "{transform.replace(chr(92), "$")}", main: {numbers.get(main_region, 0)} }},'
        )
        for template in templates(data):
            written.setdefault(template, set()).add(region)
    write(rows, wide, new[root], programs, records, written)


def narrowed(automaton: Automaton) -> tuple[list[tuple[tuple[int, ...], int]], int, dict[int, int]]:
    """The states in another order, those last that go one way whatever the digit; how many do not; the new numbers."""
    old = sorted(range(len(automaton.rows)), key=lambda n: len(set(automaton.rows[n][0])) == 1 and n != 0)
    new = {state: n for n, state in enumerate(old)}
    rows = [(tuple(new[to] for to in automaton.rows[n][0]), automaton.rows[n][1]) for n in old]
    return rows, sum(len(set(row)) > 1 for row, _ in rows) + 1, new


def by_code(automaton: Automaton, plans: dict[int, int]) -> int:
    """The state before any calling code."""

    def build(head: str) -> int:
        if head and int(head) in plans:
            return plans[int(head)]
        if len(head) == LONGEST_CODE:
            return 0
        row = tuple(0 if head + digit == "0" else build(head + digit) for digit in DIGITS)
        return automaton.state(row, 0) if any(row) else 0

    return build("")


def write(  # noqa: PLR0913, PLR0917 - all that is written
    rows: list[tuple[tuple[int, ...], int]],
    wide: int,
    root: int,
    programs: list[int],
    records: list[str],
    written: dict[str, set[str]],
) -> None:
    print(f"// Written by generate.py (`make phone-tables`) from phonenumbers {VERSION}, a port of Google's")
    print("// libphonenumber. Its metadata is under the Apache License 2.0, copyright The Libphonenumber Authors.")
    print()
    print("use super::Region;")
    print()
    print("/// The version of the package whose metadata this is.")
    print(f'pub const VERSION: &str = "{phonenumbers.__version__}";')
    print("/// The state before any digit of a calling code.")
    print(f"pub(super) const ROOT: u16 = {root};")
    print("/// Where the first states go by the next digit; 0 leads nowhere.")
    print(f"pub(super) static NEXT: [[u16; 10]; {wide}] = [")
    for row, _ in rows[:wide]:
        print(f"    [{', '.join(map(str, row))}],")
    print("];")
    print("/// Where the others go, whatever the digit.")
    print(f"pub(super) static ALWAYS: [u16; {len(rows) - wide}] = [")
    numbers(row[0] for row, _ in rows[wide:])
    print("];")
    print("/// What ends in each state: 1 may be a number of the calling code's first region, 2 a line, 4 a service.")
    print(f"pub(super) static SAYS: [u8; {len(rows)}] = [")
    numbers(says for _, says in rows)
    print("];")
    print("/// The programs that know what is dialled before a number.")
    print(f"pub(super) static PROGRAMS: [u16; {len(programs)}] = [")
    numbers(programs)
    print("];")
    print("/// All regions, by id.")
    print(f"pub(super) static REGIONS: [Region; {len(records)}] = [")
    print("\n".join(records))
    print("];")
    print("/// The ways of writing a number inside a country, and the regions that have each.")
    print(f"pub(super) static WRITTEN: [(&str, &str); {len(written)}] = [")
    for template, regions in sorted(written.items()):
        print(f'    ("{template}", "{" ".join(sorted(region.lower() for region in regions))}"),')
    print("];")


def numbers(values: Iterable[int]) -> None:
    """Print numbers, some twenty a line."""
    values = list(values)
    for n in range(0, len(values), 20):
        print(f"    {', '.join(map(str, values[n : n + 20]))},")


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    main()
