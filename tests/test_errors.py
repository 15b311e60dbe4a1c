"""What happens when a text cannot be redacted: an error and no text, or one cover for the whole; nothing else."""

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rasura
from rasura import _rasura
from samples import CPF, LABELLED

FAULT: str = getattr(_rasura, "_fault", "")
with_fault = pytest.mark.skipif(not FAULT, reason="built without the feature `fault`: `make dev` has it")


def test_the_exceptions_are_what_they_are_said_to_be() -> None:
    assert issubclass(rasura.RasuraError, Exception)
    assert issubclass(rasura.ConfigError, (rasura.RasuraError, ValueError))
    assert issubclass(rasura.PackError, rasura.ConfigError)
    assert issubclass(rasura.InputTooLarge, rasura.RasuraError)
    assert issubclass(rasura.InputTooLarge, ValueError)
    assert issubclass(rasura.InvalidJson, (rasura.RasuraError, ValueError))
    assert issubclass(rasura.InternalError, rasura.RasuraError)
    assert not issubclass(rasura.InternalError, ValueError)
    for error in (rasura.RasuraError, rasura.PackError, rasura.InputTooLarge, rasura.InvalidJson, rasura.InternalError):
        again = pickle.loads(pickle.dumps(error("why")))
        assert type(again) is error
        assert str(again) == "why"
        assert error.__module__ == "rasura"


def calls(engine: rasura.Engine) -> list[Any]:
    return [
        engine.redact,
        engine.detect,
        engine.explain,
        engine.process,
        lambda text: engine.redact_many([text]),
        lambda text: engine.detect_many([text]),
    ]


@pytest.mark.parametrize("call", range(6))
def test_a_text_beyond_the_limit_is_too_large(call: int) -> None:
    limited = calls(rasura.Engine(max_chars=len(LABELLED)))[call]
    limited(LABELLED)
    limited("é" * len(LABELLED))
    with pytest.raises(rasura.InputTooLarge, match=r"^the text has 16 characters and max_chars is 15: ") as caught:
        limited(LABELLED + "!")
    assert CPF not in str(caught.value)
    limited(LABELLED.encode())
    with pytest.raises(rasura.InputTooLarge, match=r"^the text has 30 bytes and max_chars is 15: "):
        limited(("é" * len(LABELLED)).encode())


def test_the_module_stops_at_eight_mebi() -> None:
    limit = 8 << 20
    assert rasura.redact("a" * limit) == "a" * limit
    with pytest.raises(rasura.InputTooLarge, match=f"has {limit + 1} characters and max_chars is {limit}"):
        rasura.redact("a" * (limit + 1))


def test_under_cover_a_failure_is_one_placeholder() -> None:
    engine = rasura.Engine(on_error="cover", max_chars=20)
    large = LABELLED + " e mais"
    cover = rasura.Finding(0, len(large), "REDACTED", 1.0, "none", ())
    assert engine.redact(large) == "[REDACTED]"
    assert engine.redact(large.encode()) == b"[REDACTED]"
    assert engine.detect(large) == [cover]
    assert engine.process(large) == rasura.Result("[REDACTED]", [cover], changed=True)
    assert engine.redact_many([LABELLED, large, "ok", ""]) == ["cpf [CPF]", "[REDACTED]", "ok", ""]
    assert engine.detect_many(["ok", large]) == [[], [cover]]
    (decision,) = engine.explain(large)
    assert (decision.start, decision.end, decision.entity, decision.taken) == (0, len(large), "REDACTED", True)
    assert "max_chars is 20" in decision.reason
    assert engine.stats()["errors"] == 6


def test_the_cover_is_written_like_the_placeholders_and_is_inert() -> None:
    engine = rasura.Engine(on_error="cover", max_chars=12, placeholder="<{entity}>")
    assert engine.redact("x" * 13) == "<REDACTED>"
    for cover in ("<REDACTED>", "[REDACTED]"):
        assert rasura.redact(cover) == cover


@with_fault
@pytest.mark.parametrize("call", range(6))
def test_a_panic_is_an_internal_error_without_text(call: int) -> None:
    for text in (
        f"{FAULT} {CPF}",
        f"{FAULT} {CPF} é",
        f"{FAULT} {CPF} 漢",
        f"{FAULT} {CPF} 👋",
        f"{FAULT} {CPF} é".encode(),
    ):
        with pytest.raises(rasura.InternalError, match=r"^a fault inside \(.*redactor\.rs:\d+\); no text") as caught:
            calls(rasura.Engine())[call](text)
        assert FAULT not in str(caught.value)
        assert CPF not in str(caught.value)
        assert caught.value.__cause__ is caught.value.__context__ is None
    assert rasura.redact(LABELLED) == "cpf [CPF]"


@with_fault
def test_a_panic_under_cover_is_the_cover() -> None:
    engine = rasura.Engine(on_error="cover")
    text = f"{FAULT} {CPF}"
    assert engine.redact(text) == "[REDACTED]"
    assert [(finding.start, finding.end) for finding in engine.detect(text)] == [(0, len(text))]
    assert engine.redact_many([LABELLED, text, LABELLED]) == ["cpf [CPF]", "[REDACTED]", "cpf [CPF]"]
    assert engine.process(text).changed
    with pytest.raises(TypeError):
        engine.redact(None)  # type: ignore[call-overload]


@with_fault
def test_a_panic_in_a_large_text_takes_the_interpreter_back() -> None:
    large = FAULT + "x" * (1 << 20)
    with pytest.raises(rasura.InternalError):
        rasura.redact(large)
    assert rasura.Engine(on_error="cover").redact(large) == "[REDACTED]"


@with_fault
def test_a_panic_prints_nothing() -> None:
    code = f"""
import rasura
try:
    rasura.redact({FAULT + " " + CPF!r})
except rasura.InternalError as error:
    print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("InternalError\n", "")


OTHER = """
#[unsafe(no_mangle)]
pub extern "C" fn trip() -> i32 {
    i32::from(std::panic::catch_unwind(|| panic!("another extension")).is_err())
}
"""


@pytest.mark.skipif(shutil.which("rustc") is None, reason="needs rustc for a second extension")
def test_the_panic_hook_of_another_extension_stays(tmp_path: Path) -> None:
    library = tmp_path / "other.so"
    subprocess.run(
        ["rustc", "--edition=2024", "--crate-type=cdylib", "-o", library, "-"], input=OTHER, text=True, check=True
    )
    code = f"import ctypes, rasura; print(ctypes.CDLL({str(library)!r}).trip())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    assert "another extension" in done.stderr


@with_fault
def test_a_panic_in_json_is_an_internal_error_or_the_cover() -> None:
    value = [f"{FAULT} {CPF}"]
    text = json.dumps(value)
    for call, given in (
        ("redact_json", value),
        ("redact_json_text", text),
        ("detect_json", value),
        ("detect_json", text),
    ):
        with pytest.raises(rasura.InternalError, match=r"^a fault inside \(.*redactor\.rs:\d+\)") as caught:
            getattr(rasura, call)(given)
        assert CPF not in str(caught.value)
    engine = rasura.Engine(on_error="cover")
    assert engine.redact_json(value) == json.loads(engine.redact_json_text(text)) == "[REDACTED]"
    assert [one.entity for one in engine.detect_json(value)] == ["REDACTED"]
