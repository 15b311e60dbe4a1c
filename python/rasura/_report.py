"""How findings, decisions and packs are shown in a terminal: by place and shape, without the values themselves."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import rasura

_CHECKS = {"valid": "check digit valid", "invalid": "check digit wrong", "none": "no check digit"}


def table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Lines of left-aligned columns."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def sections() -> dict[str, str]:
    """What the page of identifiers says of each country, by the country's code."""
    page = Path(__file__).with_name("identifiers.md").read_text(encoding="utf-8")
    countries = {pack.id: pack.country or "global" for pack in rasura.packs()}
    _, *found = re.split(r"\n(?=## )", page)
    return {countries[section.split("### ")[1].split()[0]]: section.rstrip() for section in found}


def shape(value: str) -> str:
    """The value with each digit as `9` and each letter as `a`, on one line."""
    return "".join("9" if c.isdecimal() else "a" if c.isalpha() else c if c.isprintable() else "?" for c in value)


def explanation(
    text: str, decisions: Iterable[rasura.Decision], place: Callable[[int], str], *, values: bool
) -> Iterator[str]:
    """For each candidate: where it is, what it could be, and why that was taken or left."""
    look_alikes = {pack.id for pack in rasura.packs() if pack.report == "never"}
    spans = sorted(decisions, key=lambda made: (made.start, made.end, not made.taken, -made.score))
    if not spans:
        yield f"{place(0)}  nothing here is written like a known identifier"
    for (start, end), tried in groupby(spans, key=lambda made: (made.start, made.end)):
        value = text[start:end]
        yield f"{place(start)}  {end - start} characters  {value if values else shape(value)}"
        for made in tried:
            yield f"  {made.entity:<20} {made.score:.2f}  {'taken' if made.taken else 'left '}  {made.reason}"
            yield f"{' ' * 36}{made.form}, {_CHECKS.get(made.check, made.check)}"
            yield from (f"{' ' * 36}{_label(made, label, look_alikes)}" for label in made.labels)


def _label(made: rasura.Decision, label: rasura.Label, look_alikes: set[str]) -> str:
    kind = "negative word" if label.entity in look_alikes else "label" if label.strong else "weak label"
    side = "before" if label.before else "after"
    owner = "" if label.entity == made.entity else f", of {label.entity}"
    return f"{kind} {label.phrase!r} {label.distance} {side}{owner}"
