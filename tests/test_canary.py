"""No value leaves by a side door: no exception, traceback, repr, count or log line of any public call holds one."""

import logging
import pickle
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import rasura
from rasura import _rasura

CANARY = "52998224725"
WRITTEN = ("52998224725", "529.982.247-25", "529982247")
FAULT: str = getattr(_rasura, "_fault", "")


def shows(thing: object) -> bool:
    return any(form in str(thing) for form in WRITTEN)


def failures() -> list[Callable[[], object]]:
    """Calls that fail with the canary in reach."""
    engine = rasura.Engine(max_chars=5, allow=[CANARY])
    text = f"cpf {CANARY}"
    wrong: list[Any] = [[f"{CANARY}\ud800"], [52998224725], [CANARY.encode()]]
    calls: list[Callable[[], object]] = [
        partial(rasura.Engine, **{option: value})
        for option in ("allow", "placeholder", "threshold", "on_error", "max_chars")
        for value in wrong
    ]
    wrong = [text, text.encode(), [text], {CANARY: 1}, 52998224725]
    for call in (engine.redact, engine.detect, engine.explain, engine.process):
        calls += [partial(call, value) for value in wrong]
    in_json: list[Any] = [[text], {CANARY: b"x"}, {(CANARY,): 1}, [[{CANARY}]], f'{{"{CANARY}": 1, ]', f"{CANARY} x"]
    calls += [partial(rasura.detect_json, value) for value in in_json[1:4]]
    calls += [partial(engine.redact_json, value) for value in in_json[:4]]
    for value in in_json[4:]:
        calls += [partial(rasura.redact_json_text, value), partial(rasura.detect_json, value.encode())]
    calls += [partial(rasura.redact_json, {}, skip=[CANARY]), partial(rasura.redact_json, {}, only=[f"/~{CANARY}"])]
    batches: tuple[Callable[..., object], ...] = (engine.redact_many, engine.detect_many)
    for many in batches:
        calls += [partial(many, value) for value in (text, [text], [52998224725], 52998224725)]
    if FAULT:
        calls += [partial(rasura.redact, f"{FAULT} {text}"), partial(rasura.explain, f"{FAULT} {text} 👋")]
    return calls


@pytest.mark.parametrize("call", failures())
def test_no_exception_holds_the_text(call: Callable[[], object]) -> None:
    with pytest.raises((TypeError, rasura.RasuraError)) as caught:
        call()
    error: BaseException | None = caught.value
    while error is not None:
        assert not shows(error)
        assert not shows(repr(error))
        assert not shows(error.args)
        assert not shows(vars(error))
        # Without the source lines of this file, which hold the canary themselves.
        assert not shows("".join(traceback.format_exception_only(error)))
        error = error.__cause__ or error.__context__


def test_no_answer_shows_the_text() -> None:
    engine = rasura.Engine(allow=["111.444.777-35"])
    for text in (f"cpf {CANARY}", f"olá, cpf {CANARY}".encode(), f"👋 cpf 529.982.247-25 e {CANARY}"):
        result = engine.process(text)
        for thing in (result, engine, engine.stats(), *engine.detect(text), *engine.explain(text)):
            assert not shows(repr(thing))
            assert not shows(pickle.dumps(thing))
    value = {CANARY: [f"cpf {CANARY}", {"cpf": int(CANARY)}], "in": f'{{"{CANARY}": {CANARY}}}'}
    for found in (*engine.detect_json(value), *engine.detect_json(value, only=["/in"])):
        assert not shows(repr(found))
        assert not shows(pickle.dumps(found))
    kept = engine.process(f"pedido {CANARY}")
    assert CANARY in kept.text
    assert not shows(repr(kept))
    assert "111.444.777-35" not in repr(engine)


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        rasura.redact(f"cpf {CANARY}")
        rasura.explain(f"cpf {CANARY}")
        with pytest.raises(rasura.InputTooLarge):
            rasura.Engine(max_chars=3).redact(CANARY)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
