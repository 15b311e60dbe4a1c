"""`rasura.canonical`: every written form of a value compares alike, and what it cannot do it says without the text."""

import re

import pytest
import rasura
from catalogue import PACKS
from marked import unmark


def values() -> list[tuple[str, str]]:
    """The values that the examples of each pack mark."""
    marked = ((entity, unmark(example)) for entity, content in PACKS.items() for example in content.get("examples", []))
    return [(entity, text[span.start : span.end]) for entity, (text, spans) in marked for span in spans]


@pytest.mark.parametrize(("entity", "value"), values())
def test_no_way_of_writing_changes_the_canonical_form(entity: str, value: str) -> None:
    canonical = rasura.canonical(entity, value)
    assert canonical == rasura.canonical(entity, canonical)
    assert canonical == rasura.canonical(entity.lower(), f"{value}\u200b")
    if entity != "EMAIL_ADDRESS" and not entity.startswith(("SECRET", "IP_")):
        spread = "-".join(re.findall(r"\w|\+", canonical))
        assert rasura.canonical(entity, spread) in {canonical, spread.lower()}


def test_published_forms() -> None:
    assert rasura.canonical("BR_CPF", "529.982.247-25") == "52998224725"
    assert rasura.canonical("IBAN_CODE", "gb29 nwbk 6016 1331 9268 19") == "GB29NWBK60161331926819"
    assert rasura.canonical("EMAIL_ADDRESS", "Ana@Example.com") == "ana@example.com"


def test_every_form_of_a_value_passes_where_one_is_allowed() -> None:
    engine = rasura.Engine(allow=["52998224725"])
    assert engine.redact("CPF 529.982.247-25 e 111.444.777-35") == "CPF 529.982.247-25 e [CPF]"
    assert engine.canonical("BR_CPF", "529 982 247 25") == "52998224725"


def test_mistakes_name_the_argument_and_no_text() -> None:
    with pytest.raises(rasura.ConfigError, match="did you mean `BR_CPF`"):
        rasura.canonical("BR_CFP", "529.982.247-25")
    with pytest.raises(TypeError, match="text must be str, not int"):
        rasura.canonical("BR_CPF", 52998224725)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="entity must be str, not bytes"):
        rasura.canonical(b"BR_CPF", "52998224725")  # type: ignore[arg-type]
    assert rasura.canonical("BR_CPF", "529.982.247-25\ud800") == "52998224725"
