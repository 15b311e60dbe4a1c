"""How a pack writes its numbers: its templates spelled out as `locales/README.md` describes them, slowly."""

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÑ&"
DIGITS = CHARACTERS[:10]
LETTERS = CHARACTERS[10:36]
ALL_WAYS = ("canonical", "plain", "unusual")

Spelling = tuple[str, ...]
"""For each place the characters that may stand there, and each separator."""


class Form(NamedTuple):
    """One spelling of one template."""

    places: tuple[str, ...]
    text: str
    """With a question mark in each place."""
    ways: tuple[str, ...]
    prefixes: tuple[tuple[str, tuple[int, ...]], ...]
    checked: bool = True
    """Whether it has check digits, where its pack has."""
    labelled: bool = False
    """Whether it counts beside its label alone: then it is read as it is written."""

    @property
    def is_plain(self) -> bool:
        return set(self.text) == {"?"}

    @property
    def plain(self) -> "Form":
        return self._replace(text="?" * len(self.places))

    def reads(self, layout: str) -> bool:
        """Whether it takes what is written so, after its label."""
        if layout.count("?") != len(self.places):
            return False
        if set(layout) == {"?"}:
            return "plain" in self.ways or (self.labelled and self.is_plain)
        return ("unusual" in self.ways and not self.labelled) or ("canonical" in self.ways and layout == self.text)


def forms(pack: dict[str, Any]) -> list[Form]:
    """Every spelling of every template."""
    found = []
    for form in pack["forms"]:
        table = form if isinstance(form, dict) else {"form": form}
        if "with_zeros" in table:
            # The same number: what it lacks is no place of its form.
            continue
        ways = tuple(table.get("written", pack.get("written", ALL_WAYS)))
        prefixes = tuple((heads, tuple(lengths)) for heads, lengths in table.get("prefixes", {}).items())
        checked = table.get("check", True)
        labelled = table.get("labelled", False) or pack.get("grammar") == "labelled"
        tokens = re.findall(r"\[[^\]]*\]|'[^']*'|\{[^}]*\}|.", table["form"])
        for spelling in spelled(elements(iter(tokens))):
            is_place = [len(one) > 1 or one in CHARACTERS for one in spelling]
            text = "".join("?" if place else one for one, place in zip(spelling, is_place, strict=True))
            places = tuple(itertools.compress(spelling, is_place))
            found.append(Form(places, text, ways, prefixes, checked, labelled))
    return list(dict.fromkeys(found))


def layouts(pack: dict[str, Any]) -> list[Form]:
    """Every form as it is written: with its separators, and without where that counts."""
    found = forms(pack)
    canonical = [form for form in found if "canonical" in form.ways and not form.is_plain]
    return list(dict.fromkeys([*canonical, *(form.plain for form in found if "plain" in form.ways)]))


def elements(tokens: Iterator[str]) -> list[list[Spelling]]:
    """To the end of the group, for each element the spellings that it can have."""
    found: list[list[Spelling]] = []
    for part in tokens:
        if part == ">":
            break
        if part == "<":
            found.append(spelled(elements(tokens)))
        elif part == "?":
            found[-1] = [(), *found[-1]]
        elif part[0] == "{":
            least, _, most = part[1:-1].partition(",")
            once = found.pop()
            found.append(
                [many for count in range(int(least), int(most or least) + 1) for many in spelled([once] * count)]
            )
        else:
            found.append([element(part)])
    return found


def spelled(parts: list[list[Spelling]]) -> list[Spelling]:
    """Every choice of one spelling of each part, one behind the other."""
    return [tuple(itertools.chain(*chosen)) for chosen in itertools.product(*parts)]


def element(token: str) -> Spelling:
    """A literal text, a set, or one character."""
    if token[0] == "'":
        return tuple(token[1:-1])
    if token[0] == "[":
        return (re.sub("(.)-(.)", between, token[1:-1]),)
    return ({"0": DIGITS, "A": LETTERS, "*": DIGITS + LETTERS}.get(token, token),)


def between(ends: re.Match[str]) -> str:
    """The characters of a range."""
    return CHARACTERS[CHARACTERS.index(ends[1]) : CHARACTERS.index(ends[2]) + 1]
