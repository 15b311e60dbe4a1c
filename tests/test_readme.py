"""The examples of the README run as it says."""

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_examples_give_what_is_shown() -> None:
    done = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert done.attempted >= 6
    assert done.failed == 0


def test_every_file_that_it_names_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\]\(([^)#]+)\)|`((?:tests|benches|rust|locales)/[^`]+)`", text))
    assert named
    for link, quoted in named:
        assert (ROOT / (link or quoted)).exists(), link or quoted
