"""Slips of the hand in every format with check digits: the engine sees those that the pack's file says can be seen.

Of each pack 1,000 right numbers are made, dealt out over all its forms, with and without separators, and of each number
every wrong digit and every swap of two digits side by side. `rules.py` reads from the file whether the slip is right,
wrong or no such number; the engine must say the same. Packs are walked: a new one is tried without a line here, a new
algorithm needs its judge there.
"""

import datetime as dt
import re
from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import rasura
from catalogue import PACKS
from rules import WIDTHS, Rules, Table, codes, columns, fits, holds, passes, placed, says
from templates import CHARACTERS, DIGITS, Form, forms, layouts

NUMBERS = 1_000
AT_ONCE = 100
"""Of so many numbers the slips are in memory together."""

NONE, INVALID, VALID, UNCHECKED = range(4)
Verdicts = npt.NDArray[np.int64]

POINTS = np.array([ord(character) for character in CHARACTERS], np.uint32)
FIRST, LAST = dt.date(1900, 1, 1).toordinal(), dt.date(2099, 12, 31).toordinal()

# What the engine does not take for a number of the pack, though the file has a form for it: how it is written, and why.
UNSEEN = {
    "CL_RUT": (r"\d{3}\.?\d{3}-?K", "fewer than seven digits are looked at only where no letter belongs to them"),
    "GB_UTR": (r"[68]00([ -])\d{3}\1\d{4}", "written so it is a service line"),
    "PT_CC": (r"(?:\d{8} \d ?|\d{9} )\d[A-Z0-9]\d", "with spaces it counts beside a label of one word"),
    "IT_CF": (r"\D+", "where no digit stands nothing is looked for"),
    "PA_RUC": (r"(?:\d|[EN])-\d-\d\D.*", "so few digits are looked at only where no letter belongs to them"),
    "MX_RFC": (
        r"(?![A-ZÑ]+&[A-ZÑ]+[-\d]).*&.*",
        "an ampersand is read between two letters, in a name that no space follows",
    ),
    "VIN": (r"[0-9A-F]+", "a long hexadecimal number holds nothing"),
}


class Judge:
    """The engine for one pack, and what it says of numbers behind the pack's own label."""

    def __init__(self, name: str) -> None:
        pack = PACKS[name]
        self.name = name
        self.reported = pack.get("report") != "never"
        labelled = any(form.labelled for form in forms(pack))
        self.drops = labelled or not self.reported or pack.get("suspect") == "never"
        """Whether a wrong check digit makes no suspect."""
        self.words = {"invalid": INVALID, "none": UNCHECKED, "valid": VALID}
        self.engine = rasura.Engine(entities=[name] if self.reported else None)
        strong = [label for labels in pack.get("labels", {}).values() for label in labels.get("strong", [])]
        self.lead = f"{strong[0]}: " if strong else ""

    def found(self, texts: list[str]) -> Verdicts:
        """The check digits of what is found, if that is the whole number."""
        span = (len(self.lead), len(texts[0]))
        return np.array(
            [
                self.words.get(found[0].check, NONE) if found and (found[0].start, found[0].end) == span else NONE
                for found in self.engine.detect_many(texts)
            ]
        )

    def agrees(self, text: str, foretold: int) -> bool:
        """Whether the engine thinks so of the whole number, reported or not: what is wrong gives way to what is right,
        be it a part of it. What another pack writes so, rightly or by its grammar, is read in no other way.
        """
        span = (len(self.lead), len(text))
        whole = [one for one in self.engine.explain(text) if (one.start, one.end) == span]
        # A letter that looks like a digit may be read as one.
        whole = [one for one in whole if "reads otherwise" not in one.reason]
        own = {self.words.get(one.check, NONE) for one in whole if one.entity == self.name}
        anothers = any(one.entity != self.name and (one.check == "valid" or one.form == "grammar") for one in whole)
        dropped = foretold == NONE or (foretold == INVALID and self.drops) or (anothers and self.reported)
        return own == {foretold} or (not own and dropped)


def made(pack: Rules, form: Form, count: int, chance: np.random.Generator) -> Table:
    """So many right numbers of a form."""
    found = np.zeros((0, len(form.places)), np.int32)
    for _ in range(100):
        table = completed(pack, form, drafted(pack, form, 2 * count, chance), chance)
        right = fits(pack, form, table) & passes(pack, table, form.text) & says(pack, table)
        found = np.concatenate([found, table[right]])
        if len(found) >= count:
            return found[:count]
    raise AssertionError(f"100 tries made {len(found)} right numbers of the form {form.text}")


def drafted(pack: Rules, form: Form, count: int, chance: np.random.Generator) -> Table:
    """Numbers of a form, most of which keep to the limits."""
    table = np.stack([chance.choice(codes(place), count) for place in form.places], axis=1).astype(np.int32)
    for limit in pack.get("structure", []):
        if "in" in limit or "date" in limit:
            where = columns([limit["at"]])
            table[:, where] = [codes(standing(limit, len(where), chance)) for _ in range(count)]
    for prefixes in (pack.get("prefixes", {}), dict(form.prefixes)):
        heads = [head for head, lengths in prefixes.items() if not lengths or len(form.places) in lengths]
        for number in table if heads else []:
            head = str(chance.choice(heads))
            width = len(head.partition("-")[0])
            number[:width] = codes(between(head, width, chance))
    if any(check["algorithm"] == "cns" for check in pack["check"]):
        # All that a definitive number may have before its last digit; by chance it would be one of 500.
        table[::2, 11:14] = 0
        table[::4, 13] = 1
    return table


def standing(limit: Rules, width: int, chance: np.random.Generator) -> str:
    """What may stand in a place of so many characters."""
    if "in" in limit:
        return between(str(chance.choice(limit["in"])), width, chance)
    day = dt.date.fromordinal(int(chance.integers(FIRST, LAST)))
    order = limit["date"].split(" or ")[0]
    return day.strftime(order.replace("yyyy", "%Y").replace("yy", "%y").replace("mm", "%m").replace("dd", "%d"))


def between(value: str, width: int, chance: np.random.Generator) -> str:
    """A word, or a number of a range."""
    first, *last = value.split("-")
    return str(chance.integers(int(first), int(*last or [first]) + 1)).zfill(width) if first.isdecimal() else value


def completed(pack: Rules, form: Form, table: Table, chance: np.random.Generator) -> Table:
    """The same with the check digits that it calls for, found by trying all: a check has one or two places."""
    for check, at in placed(pack["check"], form.text):
        where = slice(at, at + WIDTHS.get(check["algorithm"], 1))
        ends = np.stack(np.meshgrid(*(codes(place) for place in form.places[where])), axis=-1)
        ends = chance.permutation(ends.reshape(-1, ends.shape[-1]))
        tries = np.repeat(table[np.newaxis], len(ends), axis=0)
        tries[:, :, where] = ends[:, np.newaxis]
        right = holds(check, at, tries.reshape(-1, table.shape[1]), form.text).reshape(len(ends), -1)
        mended = right.any(axis=0) & ~holds(check, at, table, form.text)
        table[mended] = tries[right.argmax(axis=0), np.arange(len(table))][mended]
    return table


def mistaken(form: Form, table: Table) -> Table:
    """Each number, with every other digit where the form has digits, and with every two digits side by side swapped."""
    places = range(table.shape[1])
    found = [table]
    for place in places:
        if set(DIGITS) & set(form.places[place]):
            for digit in range(10):
                wrong = table[table[:, place] != digit]
                wrong[:, place] = digit
                found.append(wrong)
    for place in places[1:]:
        left, right = table[:, place - 1], table[:, place]
        swapped = table[(left != right) & (left < 10) & (right < 10)]
        swapped[:, [place - 1, place]] = swapped[:, [place, place - 1]]
        found.append(swapped)
    return np.concatenate(found)


def foretold(pack: Rules, readings: list[Form], table: Table, text: str) -> Verdicts:
    nothing = np.zeros(len(table), bool)
    fit, plain = (
        np.any([nothing, *(fits(pack, form, table) for form in readings if form.checked is checked)], axis=0)
        for checked in (True, False)
    )
    verdict = np.where(passes(pack, table, text), np.where(says(pack, table), VALID, UNCHECKED), INVALID)
    return np.where(plain, UNCHECKED, np.where(fit, verdict, NONE))


def written(lead: str, form: Form, table: Table) -> list[str]:
    """The numbers in the form, each behind its label."""
    text = np.array([ord(character) for character in lead + form.text], np.uint32)
    letters = np.tile(text, (len(table), 1))
    letters[:, [len(lead) + at for at, character in enumerate(form.text) if character == "?"]] = POINTS[table]
    found: list[str] = letters.view(f"U{len(text)}").ravel().tolist()
    return found


@pytest.mark.parametrize("name", [name for name, pack in PACKS.items() if "check" in pack and "forms" in pack])
def test_a_slip_is_what_the_check_digits_say(name: str) -> None:
    pack, judge = PACKS[name], Judge(name)
    chance = np.random.default_rng(list(name.encode()))
    ways, known = [form for form in layouts(pack) if form.checked], forms(pack)
    unseen = re.compile(UNSEEN[name][0] if name in UNSEEN else "(?!)")
    tried: Counter[int] = Counter()
    passed_over = 0
    different: list[Any] = []
    for form in ways:
        right = made(pack, form, -(-NUMBERS // len(ways)), chance)
        readings = [one for one in known if one.reads(form.text)]
        for start in range(0, len(right), AT_ONCE):
            table = mistaken(form, right[start : start + AT_ONCE])
            said = foretold(pack, readings, table, form.text)
            texts = written(judge.lead, form, table)
            hidden = np.array([unseen.fullmatch(text, len(judge.lead)) is not None for text in texts])
            passed_over += int((hidden & (said != NONE)).sum())
            said[hidden] = NONE
            tried.update(said.tolist())
            found = judge.found(texts)
            same = (found == said) | ((found == NONE) & (said == INVALID) & judge.drops)
            doubts = np.flatnonzero(~same) if judge.reported else range(len(texts))
            different += [(texts[at], int(said[at])) for at in doubts if not judge.agrees(texts[at], int(said[at]))]
    assert different == []
    assert tried[INVALID] > tried[VALID] > NUMBERS // 2
    assert (passed_over > 0) == (name in UNSEEN), "an exception is one for something"
