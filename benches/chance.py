"""Decides what "at random" means in the corpora: one seed, one sequence of choices, on every Python.

Only ``random()`` is drawn from the standard generator, because its values for a seed are the only ones that Python
promises never to change; ``choice``, ``sample`` and ``shuffle`` may differ between versions.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def words(line: str) -> list[str]:
    """Return the words of a line: how a list of choices is written here."""
    return line.split()


class Chance:
    """A reproducible source of choices."""

    def __init__(self, seed: str) -> None:
        """Start the sequence that belongs to ``seed``."""
        self._draw = random.Random(seed).random

    def below(self, limit: int) -> int:
        """Return a number from 0 up to, not including, ``limit``."""
        return int(self._draw() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def often(self, share: float) -> bool:
        """Say yes in ``share`` of the cases."""
        return self._draw() < share

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options, each as likely as the others."""
        return options[self.below(len(options))]

    def weigh(self, options: Sequence[tuple[int, T]]) -> T:
        """Return one of the options by its weight."""
        at = self.below(sum(weight for weight, _ in options))
        for weight, option in options:
            at -= weight
            if at < 0:
                return option
        raise AssertionError

    def sample(self, options: Sequence[T], size: int) -> list[T]:
        """Return ``size`` different options in any order."""
        rest = list(options)
        return [rest.pop(self.below(len(rest))) for _ in range(min(size, len(rest)))]

    def digits(self, count: int) -> str:
        """Return ``count`` digits; the first may be zero."""
        out = ""
        while count > 0:
            part = min(count, 12)
            out += f"{self.below(10**part):0{part}d}"
            count -= part
        return out

    def text(self, count: int, alphabet: str) -> str:
        """Return ``count`` characters of ``alphabet``."""
        return "".join(self.pick(alphabet) for _ in range(count))
