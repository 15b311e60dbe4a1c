"""What the engine promises, case by case: `tests/cases/**/*.toml`, which the Rust tests read too.

A file has `[[case]]` tables: `name`, `text` with a mark `<<ENTITY:value>>` for every finding and no other, `options` of
the engine, and `redacted` where the output matters.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import rasura
from marked import Span, unmark

CASES = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.relative_to(CASES).with_suffix('').as_posix()}: {case['name']}")
        for path in sorted(CASES.rglob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def found(engine: rasura.Engine, text: str) -> list[Span]:
    return [Span(finding.start, finding.end, finding.entity) for finding in engine.detect(text)]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= {"name", "text", "options", "redacted", "why"}, "a key that no test reads"
    engine = rasura.Engine(**case.get("options", {}))
    text, expected = unmark(case["text"])
    assert found(engine, text) == expected
    redacted = engine.redact(text)
    if "redacted" in case:
        assert redacted == case["redacted"]
    assert engine.redact(redacted) == redacted
    # What stands far away, or in what form the string is, changes nothing.
    assert found(engine, text + "\n" * 300 + "👋") == expected
