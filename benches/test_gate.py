"""Holds the rules of the speed gate, without valgrind: what is compared with what, and that nothing is rewritten."""

import json
from pathlib import Path

import corpora
import gate
import hostile
import pytest
import triggers


def cost(instructions: int, found: int = 1, path: str = "x86_64-avx2") -> gate.Count:
    """Return a count of a text of 100 bytes."""
    return gate.Count(instructions, 100, found, path)


def counts(instructions: int) -> dict[str, gate.Count]:
    """Return a count for every run, ten times as much where the text is."""
    jobs = gate.jobs(Path())
    made = {name: cost(instructions * (10 if name.endswith(" tenfold") else 1)) for name in jobs}
    return {**made, "clean lines": cost(instructions, found=0)}


@pytest.fixture
def baselines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file with one baseline in place of the real one."""
    path = tmp_path / "baselines.json"
    then = dict.fromkeys(corpora.NAMES, 2.0)
    path.write_text(json.dumps({"2-engine": {"path": "x86_64-avx2", **then}}), "utf-8")
    monkeypatch.setattr(gate, "BASELINES", path)
    monkeypatch.setattr(gate, "ALLOWED", {"2-engine": 1.03})
    return path


@pytest.mark.usefixtures("baselines")
def test_all_hold_at_the_cost_of_the_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    """The table says so and has a line a gate."""
    assert gate.report(counts(200))
    gates = 2 * len(corpora.NAMES) + 4 + len(hostile.pieces()) + len(triggers.PIECES)
    assert f"all {gates} gates hold" in capsys.readouterr().out


@pytest.mark.usefixtures("baselines")
def test_a_tenth_more_instructions_are_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    """Every corpus is named."""
    assert not gate.report(counts(220))
    assert capsys.readouterr().out.count("TOO SLOW") == len(corpora.NAMES)


@pytest.mark.usefixtures("baselines")
def test_quadratic_growth_is_found() -> None:
    """Even where the constant is small."""
    grown = {**counts(200), "digits tenfold": cost(2_300)}
    assert not gate.report(grown)


@pytest.mark.usefixtures("baselines")
def test_triggers_that_cost_more_than_three_times_dense_rows_are_too_many(capsys: pytest.CaptureFixture[str]) -> None:
    """However the corpora stand to their baselines."""
    assert not gate.report({**counts(200), "arroba in chat": cost(601)})
    assert capsys.readouterr().out.count("TOO SLOW") == 1


@pytest.mark.parametrize("name", triggers.PIECES)
def test_every_line_of_a_chat_has_its_trigger(name: str) -> None:
    """Once, and all else is the chat as it is."""
    lines = triggers.text(name).splitlines()
    assert lines == [*filter(lambda line: triggers.PIECES[name] in line, lines)]
    chat = (corpora.SMALL / "chat.txt").read_text("utf-8").splitlines()
    assert [len(line) for line in lines] == [len(line) + 1 + len(triggers.PIECES[name]) for line in chat]


@pytest.mark.usefixtures("baselines")
def test_another_vector_path_is_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """Its figures are others, and nothing follows from them."""
    verdicts = gate.against_baselines(
        {**counts(900), **{f"{name} lines": cost(900, path="aarch64") for name in corpora.NAMES}}, gate.load()
    )
    assert not verdicts
    assert "not compared" in capsys.readouterr().out


def test_a_baseline_is_added_and_never_changed(baselines: Path) -> None:
    """Not even to the same figures."""
    before = gate.load()["2-engine"]
    gate.record("3-later", counts(180))
    assert gate.load()["2-engine"] == before
    assert gate.load()["3-later"]["chat"] == 1.8
    written = baselines.read_bytes()
    with pytest.raises(gate.GateError, match="never changed"):
        gate.record("3-later", counts(180))
    assert baselines.read_bytes() == written


def test_results_come_before_their_cost() -> None:
    """Clean text that changes is a wrong answer, however fast."""
    with pytest.raises(gate.GateError, match="clean: 1 lines"):
        gate.check_results({**counts(200), "clean lines": cost(200)})


def test_every_baseline_that_is_checked_in_has_its_limit() -> None:
    """A figure without a limit would be forgotten."""
    assert set(gate.load()) <= set(gate.ALLOWED)
