"""The pages that are made out of other files say what those say."""

import doctest
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("path", ["docs/identifiers.md", "python/rasura/identifiers.md"])
def test_the_page_of_identifiers_is_what_the_packs_say(path: str) -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["page"]()
    assert made == (ROOT / path).read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize(("page", "fewest"), [("json.md", 10), ("markup.md", 3)])
def test_the_examples_of_a_page_give_what_is_shown(page: str, fewest: int) -> None:
    done = doctest.testfile(str(ROOT / "docs" / page), module_relative=False, encoding="utf-8")
    assert done.attempted >= fewest
    assert done.failed == 0
