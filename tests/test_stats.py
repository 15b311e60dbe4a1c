"""What `stats()` counts."""

import pickle

import pytest
import rasura
from samples import LABELLED


def test_it_counts_texts_changes_findings_and_errors() -> None:
    engine = rasura.Engine(max_chars=100)
    assert engine.stats() == {
        "texts": 0,
        "changed": 0,
        "errors": 0,
        "findings": {},
        "latency_ns": {"samples": 0, "mean": 0, "max": 0},
    }
    engine.redact(LABELLED)
    engine.redact("nada")
    engine.process(f"{LABELLED} e ana@example.com")
    engine.detect(LABELLED)
    engine.redact_many([LABELLED, ""])
    with pytest.raises(rasura.InputTooLarge):
        engine.redact("x" * 101)
    with pytest.raises(TypeError):
        engine.redact(None)  # type: ignore[call-overload]
    stats = engine.stats()
    assert (stats["texts"], stats["changed"], stats["errors"]) == (7, 3, 1)
    assert stats["findings"] == {"BR_CPF": 4, "EMAIL_ADDRESS": 1}


def test_one_call_in_64_is_timed() -> None:
    engine = rasura.Engine()
    engine.redact_many(["x"] * 129)
    latency = engine.stats()["latency_ns"]
    assert latency["samples"] == 3
    assert 0 < latency["mean"] <= latency["max"]


def test_counts_are_no_part_of_the_configuration() -> None:
    engine = rasura.Engine()
    before = pickle.dumps(engine)
    engine.redact(LABELLED)
    assert pickle.dumps(engine) == before
    assert engine == rasura.Engine()
    assert hash(engine) == hash(rasura.Engine())
    assert pickle.loads(before).stats()["texts"] == 0


def test_the_answer_is_a_snapshot() -> None:
    engine = rasura.Engine()
    stats = engine.stats()
    stats["findings"]["BR_CPF"] = 7
    engine.redact(LABELLED)
    assert stats["texts"] == 0
    assert engine.stats()["findings"] == {"BR_CPF": 1}
