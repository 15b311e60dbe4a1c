"""Times the public calls on each corpus with pytest-benchmark, once their results are right.

With `--benchmark-disable` every call runs once, so this is also a test of the results. `re.search` for a CPF is timed
in the same run, because only ratios travel from one machine to another.
"""

from collections.abc import Callable, Sequence

import corpora
import pytest
import rasura
import timing
from pytest_benchmark.fixture import BenchmarkFixture

MESSAGES = 4_000
ROUNDS = 15


@pytest.fixture(scope="module", params=corpora.NAMES)
def texts(request: pytest.FixtureRequest) -> list[corpora.Text]:
    """Return the first messages of each corpus in turn."""
    return corpora.texts(request.param, count=MESSAGES)


def planted(texts: Sequence[corpora.Text]) -> int:
    """Return how many values the messages hold."""
    return sum(len(item.spans) for item in texts)


def changed(texts: Sequence[corpora.Text]) -> int:
    """Return how many messages hold a value."""
    return sum(bool(item.spans) for item in texts)


def close(found: int, wanted: int) -> bool:
    """Say whether a count is right to one in a hundred: by chance a number is two things at once."""
    return abs(found - wanted) * 100 <= wanted


def timed(benchmark: BenchmarkFixture, call: Callable[[list[str]], int], texts: Sequence[corpora.Text]) -> int:
    """Time a call over fresh strings and return its result."""
    raw = timing.encoded([item.text for item in texts])
    benchmark.extra_info |= {"messages": len(raw), "bytes": sum(map(len, raw))}

    def setup() -> tuple[tuple[list[str]], dict[str, object]]:
        return (timing.fresh(raw),), {}

    result: int = benchmark.pedantic(call, setup=setup, rounds=ROUNDS)  # type: ignore[no-untyped-call]
    return result


def test_redact_message_by_message(benchmark: BenchmarkFixture, texts: list[corpora.Text]) -> None:
    """Every message with a value changes and no other; what did not change is the very same object."""

    def run(strings: list[str]) -> int:
        redact = rasura.redact
        return sum(redact(text) is not text for text in strings)

    assert close(timed(benchmark, run, texts), changed(texts))


def test_detect_message_by_message(benchmark: BenchmarkFixture, texts: list[corpora.Text]) -> None:
    """As many values are found as were planted."""

    def run(strings: list[str]) -> int:
        detect = rasura.detect
        return sum(len(detect(text)) for text in strings)

    assert close(timed(benchmark, run, texts), planted(texts))


def test_redact_many(benchmark: BenchmarkFixture, texts: list[corpora.Text]) -> None:
    """One call for all messages changes the same ones."""
    engine = rasura.Engine()

    def run(strings: list[str]) -> int:
        return sum(after is not before for before, after in zip(strings, engine.redact_many(strings), strict=True))

    assert close(timed(benchmark, run, texts), changed(texts))


def test_reference_search_for_a_cpf(benchmark: BenchmarkFixture, texts: list[corpora.Text]) -> None:
    """One regular expression of the standard library, for one identifier: what the ratios are over."""

    def run(strings: list[str]) -> int:
        search = timing.CPF.search
        return sum(search(text) is not None for text in strings)

    assert timed(benchmark, run, texts) <= len(texts)
