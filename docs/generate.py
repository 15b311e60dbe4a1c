"""Writes `identifiers.md` out of the pack files: `make docs`. A test compares; nobody edits the page by hand.

It is written twice: an installed package has no pack files, and `rasura packs br` prints a section of its own copy.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
PAGES = [ROOT / "docs" / "identifiers.md", ROOT / "python" / "rasura" / "identifiers.md"]
REPORTED = 0.5
# So many forms are shown of each.
SHOWN = 8
HEAD = """# What rasura finds

Made from the pack files in `locales/` by `make docs`. `rasura packs br` prints the section of a
country, `rasura packs BR_CPF` the labels of one.

*Alone* is a value without separators and without a label; *as written* one of the forms below; *labelled* one
by which its own label stands. `yes` is reported, `no` is not, at the default threshold; the number is the score
of the finding. A wrong check digit makes `no` of all three, but for suspects: see DESIGN.md, rule 14.
"""


def packs() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Yield country, id, what the file says it is, and its content, in the order of the page."""
    folders = sorted(
        (path for path in LOCALES.iterdir() if path.is_dir()), key=lambda path: (path.name == "global", path.name)
    )
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            text = path.read_text(encoding="utf-8")
            header = " ".join(line.lstrip("# ") for line in re.match(r"(?:#.*\n)*", text)[0].splitlines())  # type: ignore[index]
            name = path.stem if folder.name == "global" else f"{folder.name}_{path.stem}"
            content = tomllib.loads(text) | {"country": folder.name}
            yield folder.name, name.upper(), header.partition("-- ")[2], content


def forms(content: dict[str, Any]) -> list[str]:
    """Return how it is written, each way once."""
    found = [form if isinstance(form, str) else form["form"] for form in content.get("forms", [])]
    return list(dict.fromkeys(found))


def check(content: dict[str, Any]) -> str:
    """Return what its check digits are, in words."""
    checks = content.get("check", [])
    names = {
        "weighted": "weighted sum",
        "luhn": "Luhn",
        "mod97": "modulo 97",
        "cns": "health card",
        "cnh": "driving licence",
        "caepf": "CAEPF",
        "cei": "CEI",
        "sum": "weighted sum",
        "verhoeff": "Verhoeff",
        "idnr": "modulo 11, 10",
        "nir": "modulo 97",
        "codice-fiscale": "codice fiscale",
        "panama-dv": "DV",
    }
    kinds = list(dict.fromkeys(names.get(one["algorithm"], one["algorithm"]) for one in checks))
    return ", ".join(kinds) if kinds else "none"


def score(value: float) -> str:
    """Return whether a score is reported, and the score."""
    return f"{'yes' if value >= REPORTED else 'no'} ({value:.2f})"


def example(content: dict[str, Any]) -> str:
    """Return a value that is nobody's."""
    for sentence in content.get("examples", []):
        if marked := re.search(r"<<(.*?)>>", sentence, re.DOTALL):
            return f"`{marked[1]}`".replace("\n", " ")
    return "none: it is words alone"


def section(name: str, what: str, content: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of one identifier."""
    stem = name.partition("_")[2] if content["country"] != "global" else name
    placeholder = content.get("placeholder", stem)
    yield f"### {name}"
    yield ""
    yield f"**{content['name']}.** {what[:1].upper()}{what[1:]}"
    yield ""
    if content.get("report") == "never":
        yield "- a look-alike: never reported; what lies in it is not taken for something else"
    elif content.get("report") == "asked":
        yield f'- reported only when asked for: `Engine(include=["{name}"])`'
    written = [f"`{form}`" for form in forms(content)]
    shown = ", ".join(written[:SHOWN]) + (f" and {len(written) - SHOWN} more" if len(written) > SHOWN else "")
    if grammar := content.get("grammar"):
        shown = ", ".join(filter(None, [shown, f"grammar `{grammar}`"]))
    if shown:
        yield f"- written: {shown}"
    yield f"- example: {example(content)}"
    yield f"- check digits: {check(content)}"
    scores = content["scores"]
    alone, canonical, labelled = (score(scores[way]) for way in ("bare", "canonical", "labelled"))
    yield f"- alone {alone}, as written {canonical}, labelled {labelled}; placeholder `[{placeholder}]`"
    if sources := content.get("sources"):
        yield f"- source: {', '.join(f'<{source}>' for source in sources)}"
    yield ""


def page() -> str:
    """Return the whole page."""
    lines = [HEAD]
    countries = tomllib.loads((LOCALES / "countries.toml").read_text(encoding="utf-8"))
    names = {"global": "The world"} | {code: country["name"] for code, country in countries.items()}
    last = None
    for country, name, what, content in packs():
        if country != last:
            lines += [f"## {names.get(country, country.upper())}", ""]
            last = country
        lines += section(name, what, content)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    text = page()
    for path in PAGES:
        path.write_text(text, encoding="utf-8")
