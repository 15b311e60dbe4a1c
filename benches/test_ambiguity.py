"""Holds how often random digits are reported: never more than the packs' own rules say, and nothing that is short."""

import re

import ambiguity
import pytest

STRINGS = 2_000
ROWS = ambiguity.measure(list(ambiguity.LENGTHS), STRINGS)
# The shortest number without a label or a separator that a check can tell from any other.
SHORTEST = 11


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.length))
def test_all_packs_report_hardly_more_than_their_sum(row: ambiguity.Row) -> None:
    """Packs together find nothing that none of them has a rule for."""
    assert row.holds, f"{row.reported} reported, {row.total} by the packs alone"


def test_some_are_reported() -> None:
    """A comparison of nothing with nothing would hold, too: eleven random digits are a CPF once in a hundred times."""
    eleven = next(row for row in ROWS if row.length == SHORTEST)
    assert eleven.alone["BR_CPF"] > STRINGS / 250
    assert eleven.reported > STRINGS / 50


def test_short_numbers_are_nobodys() -> None:
    """Ten digits and fewer need a label, a separator or a prefix."""
    assert not [row.length for row in ROWS if row.length < SHORTEST and row.reported]


def test_the_page_was_written_by_this_program() -> None:
    """The table in the docs has a row for each length in which anything is found, and the sums hold there."""
    written = ambiguity.PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([\d.]+) % \| ([\d.]+) % \|", written, re.MULTILINE)
    assert {int(length) for length, _, _ in rows} >= {row.length for row in ROWS if row.reported}
    for length, reported, total in rows:
        assert float(reported) <= ambiguity.ALLOWED * float(total) + 0.01, length
