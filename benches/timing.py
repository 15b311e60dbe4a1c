"""Decides how calls are timed from Python: strings made anew each round, the calls taking turns, the best round kept.

Fresh strings keep anything cached inside a string from helping; taking turns spreads a busy moment of the machine over
all calls alike. What the loop itself costs is measured with an empty call and taken off.
"""

import gc
import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Call = Callable[[str], object]
# What people write by hand before they look for a library.
CPF = re.compile(r"\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b")


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast one call went over all texts."""

    nanoseconds: float
    megabytes: float


def encoded(texts: Sequence[str]) -> list[bytes]:
    """Return the texts in a form out of which fresh strings can be made."""
    return [text.encode() for text in texts]


def fresh(raw: Sequence[bytes]) -> list[str]:
    """Return new strings, in none of which anything is cached."""
    return [text.decode() for text in raw]


def without_accents(text: str) -> str:
    """Return the ASCII characters of the text taken apart, so without accents and emoji."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if char.isascii())


def once(call: Call, raw: Sequence[bytes]) -> float:
    """Return the seconds of one call a text."""
    texts = fresh(raw)
    start = time.perf_counter()
    for text in texts:
        call(text)
    return time.perf_counter() - start


def rates(calls: dict[str, tuple[Call, Sequence[bytes]]], rounds: int) -> dict[str, Rate]:
    """Return the best rate of every call over its own texts."""
    runs = {**calls, **{f"loop of {name}": (empty, raw) for name, (_, raw) in calls.items()}}
    best = dict.fromkeys(runs, float("inf"))
    gc.disable()
    for _ in range(rounds):
        for name, (call, raw) in runs.items():
            best[name] = min(best[name], once(call, raw))
    gc.enable()
    return {name: rate(best[name] - best[f"loop of {name}"], raw) for name, (_, raw) in calls.items()}


def empty(_text: str) -> None:
    """Do nothing, to learn what the loop costs."""


def rate(seconds: float, raw: Sequence[bytes]) -> Rate:
    """Return the rate of one pass over the texts."""
    spent = max(seconds, 1e-9)
    return Rate(spent / len(raw) * 1e9, sum(map(len, raw)) / spent / 1e6)
