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


def test_the_examples_of_the_page_on_json_give_what_is_shown() -> None:
    done = doctest.testfile(str(ROOT / "docs" / "json.md"), module_relative=False, encoding="utf-8")
    assert done.attempted >= 10
    assert done.failed == 0
