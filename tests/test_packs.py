"""Every pack's own examples and counterexamples, with all packs on and alone: walks `locales/`, so no list is kept."""

from functools import cache
from typing import Any

import pytest
import rasura
from catalogue import PACKS
from marked import unmark


@cache
def engine(pack: str, *, alone: bool) -> rasura.Engine:
    report = PACKS[pack].get("report", "default")
    if report == "never":
        return rasura.Engine()
    if alone:
        return rasura.Engine(entities=[pack])
    # Nothing but the caller's countries tells some numbers from those of others.
    country = PACKS[pack]["country"]
    return rasura.Engine(include=[pack] if report == "asked" else [], locales=[] if country == "global" else [country])


def examples(key: str) -> list[Any]:
    def text(entry: str | dict[str, str]) -> str:
        return entry if isinstance(entry, str) else entry["text"]

    return [
        pytest.param(pack, text(entry), id=f"{pack}-{number}")
        for pack, content in PACKS.items()
        for number, entry in enumerate(content.get(key, []))
    ]


def test_the_built_in_packs_are_the_files() -> None:
    assert {pack.id for pack in rasura.packs()} == set(PACKS)
    for pack in rasura.packs():
        content = PACKS[pack.id]
        assert pack.name == content["name"]
        assert pack.report == content.get("report", "default")
        assert pack.category == content["category"]
        assert list(pack.sources) == content.get("sources", [])


@pytest.mark.parametrize("alone", [False, True], ids=["all", "alone"])
@pytest.mark.parametrize(("pack", "marked"), examples("examples"))
def test_an_example_is_found_as_marked(pack: str, marked: str, alone: bool) -> None:  # noqa: FBT001 - a parameter
    text, spans = unmark(marked)
    assert spans, "an example marks what is to be found"
    found = engine(pack, alone=alone).detect(text)
    if PACKS[pack].get("report") == "never":
        assert not [f for f in found for s in spans if f.start < s.end and s.start < f.end]
    else:
        assert [(f.start, f.end) for f in found if f.entity == pack] == [(s.start, s.end) for s in spans]


@pytest.mark.parametrize("pack", [pack for pack, content in PACKS.items() if "forms" in content])
def test_a_pack_shows_what_it_finds_and_what_it_leaves(pack: str) -> None:
    content = PACKS[pack]
    assert len(content["examples"]) >= 4
    assert len(content["counterexamples"]) >= 3


@pytest.mark.parametrize(
    "pack", [pack for pack, content in PACKS.items() if "check" in content and content.get("report") != "never"]
)
def test_an_example_has_right_check_digits(pack: str) -> None:
    """Beside its label a number with wrong ones is found too, so the others could hide a wrong rule."""
    texts = [unmark(marked)[0] for marked in PACKS[pack]["examples"]]
    found = [finding for text in texts for finding in engine(pack, alone=True).detect(text)]
    assert "valid" in {finding.check for finding in found}


@pytest.mark.parametrize("alone", [False, True], ids=["all", "alone"])
@pytest.mark.parametrize(("pack", "text"), examples("counterexamples"))
def test_a_counterexample_is_not_found(pack: str, text: str, alone: bool) -> None:  # noqa: FBT001 - a parameter
    assert not [f for f in engine(pack, alone=alone).detect(text) if f.entity == pack]
