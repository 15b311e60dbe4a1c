"""Counts how often digits that are nobody's are taken for an identifier: `make bench-ambiguity` writes the page.

Numbers without separators and without a word beside them, of every length, drawn from one seed. Each pack is asked
alone and all of them together. What all report may hardly exceed the sum of what each reports alone: more would mean
that packs find together what none of them has a rule for.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import rasura
from chance import Chance

PAGE = Path(__file__).parent.parent / "docs" / "ambiguity.md"
LENGTHS = range(5, 49)
STRINGS = 100_000
# Of each length so many are tried first: a pack that takes none of them, and none of all beside the other packs,
# counts as one that takes none at all, which makes the sum smaller and the comparison stricter.
SCREEN = 4_000
# So many times the sum of the packs alone may be reported by all.
ALLOWED = 1.1
# Packs with smaller shares are not named.
SHOWN = 0.00005
HEAD = """# How often random digits are taken for an identifier

Written by `make bench-ambiguity`: {strings:,} random numbers of each length from 5 to 48 digits,
without separators and without a word beside them. *Reported* is the share in which anything is found with all packs on;
*sum* adds up what each pack finds when it is the only one; *of it* are the packs with the largest shares, alone.

*Reported* is smaller than *sum* where several packs take the same number. It may not be more than {allowed}
times as much; `pytest benches` holds that on fewer numbers. With a label or with separators it is another matter: see
*One number, several names* in `DESIGN.md`.

| digits | reported | sum | of it |
|---|---|---|---|
"""
QUIET = "\nNothing is reported for numbers of {lengths} digits.\n"


@dataclass(frozen=True)
class Row:
    """What was found in the numbers of one length."""

    length: int
    strings: int
    reported: int
    alone: Counter[str]

    @property
    def total(self) -> int:
        """The findings of all packs, each on its own."""
        return sum(self.alone.values())

    @property
    def holds(self) -> bool:
        """Say whether all packs together report no more than their sum allows."""
        return self.reported <= ALLOWED * self.total


def found(engine: rasura.Engine, numbers: list[str]) -> int:
    """Return in how many of the numbers anything is found."""
    return sum(1 for findings in engine.detect_many(numbers) if findings)


def measure(lengths: list[int], strings: int) -> list[Row]:
    """Return a row for each of the lengths, out of so many numbers."""
    every = rasura.Engine()
    # What is only covered when asked for is not asked for here.
    reported = [pack.id for pack in every.packs() if pack.report == "default"]
    single = {name: rasura.Engine(entities=[name]) for name in reported}
    rows = []
    for length in lengths:
        chance = Chance(f"ambiguity {length}")
        numbers = [chance.digits(length) for _ in range(strings)]
        together = [findings for findings in every.detect_many(numbers) if findings]
        seen = {finding.entity for findings in together for finding in findings}
        alone = Counter(
            {
                name: found(engine, numbers)
                for name, engine in single.items()
                if name in seen or found(engine, numbers[:SCREEN])
            }
        )
        rows.append(Row(length, strings, len(together), alone))
        if sys.stderr.isatty():
            print(f"\r{length} digits", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    return rows


def share(count: int, strings: int) -> str:
    """Write a share in per cent."""
    return f"{100 * count / strings:.2f} %"


def spans(lengths: list[int]) -> str:
    """Write rising numbers shortly: 5-10, 32."""
    parts: list[list[int]] = []
    for length in lengths:
        if parts and parts[-1][1] == length - 1:
            parts[-1][1] = length
        else:
            parts.append([length, length])
    return ", ".join(f"{low}-{high}" if low < high else f"{low}" for low, high in parts)


def page(rows: list[Row]) -> str:
    """Return the page that says what was measured."""
    strings = rows[0].strings
    out = HEAD.format(strings=strings, allowed=ALLOWED)
    for row in rows:
        if row.reported or row.total:
            largest = ", ".join(
                f"`{name}` {share(count, strings)}"
                for name, count in sorted(row.alone.items(), key=lambda item: (-item[1], item[0]))
                if count >= SHOWN * strings
            )
            out += f"| {row.length} | {share(row.reported, strings)} | {share(row.total, strings)} | {largest} |\n"
    quiet = [row.length for row in rows if not row.reported and not row.total]
    return out + (QUIET.format(lengths=spans(quiet)) if quiet else "")


def main() -> int:
    """Measure, write the page, and say which lengths exceed what is allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=STRINGS, help="numbers of each length (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=PAGE, help="where the page goes (default: docs/ambiguity.md)")
    asked = parser.parse_args()
    if asked.strings < 1:
        parser.error("--strings needs at least 1")
    rows = measure(list(LENGTHS), asked.strings)
    asked.out.write_text(page(rows), encoding="utf-8")
    over = [row for row in rows if not row.holds]
    for row in over:
        print(f"{row.length} digits: {row.reported} reported, {row.total} by the packs alone, {ALLOWED} allowed")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
