"""The pages that are made out of other files say what those say."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_identifiers_is_what_the_packs_say() -> None:
    made = runpy.run_path(str(DOCS / "generate.py"))["page"]()
    assert made == (DOCS / "identifiers.md").read_text(encoding="utf-8"), "run `make docs`"
