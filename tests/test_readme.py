"""The examples of the README run as it says."""

import doctest
import re
from pathlib import Path

import rasura

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


def test_every_pack_on_the_page_of_the_format_compiles(tmp_path: Path) -> None:
    page = (ROOT / "locales" / "README.md").read_text(encoding="utf-8")
    snippets = re.findall(r"```toml\n(# locales/(\S+\.toml).*?)```", page, re.DOTALL)
    built_in = {pack.id for pack in rasura.packs()}
    tried = 0
    for text, path in snippets:
        folder, name = Path(path).parts
        identity = Path(name).stem.upper() if folder == "global" else f"{folder}_{Path(name).stem}".upper()
        # Some are packs by now, and ids are unique.
        if identity not in built_in:
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            rasura.Engine(extra_packs=[str(file)])
            tried += 1
    assert tried >= 5
