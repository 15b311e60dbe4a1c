"""Texts with marks: `<<value>>` and `<<ENTITY:value>>` say what must be found, so that nobody counts offsets."""

import re
from typing import NamedTuple

_MARK = re.compile(r"<<(?:([A-Z][A-Z0-9_]*):)?(.*?)>>", re.DOTALL)


class Span(NamedTuple):
    """What must be found: `entity` is None where the mark does not name it."""

    start: int
    end: int
    entity: str | None


def unmark(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and what they mark."""
    plain = ""
    spans = []
    last = 0
    for mark in _MARK.finditer(marked):
        plain += marked[last : mark.start()]
        entity, value = mark.groups()
        spans.append(Span(len(plain), len(plain) + len(value), entity))
        plain += value
        last = mark.end()
    return plain + marked[last:], spans
