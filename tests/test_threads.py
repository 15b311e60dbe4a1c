"""One engine in eight threads at once gives what it gives in one."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import rasura
from samples import AROUND, LABELLED

TEXTS = [f"{around} {LABELLED} {number}" * (1 + number % 3) for number in range(40) for around in AROUND.values()]
LARGE = " ".join(TEXTS) * 16


def test_eight_threads_give_what_one_gives() -> None:
    engine = rasura.Engine()
    expected = engine.redact_many(TEXTS)
    spans = engine.detect_many(TEXTS)
    large = engine.redact(LARGE)
    assert len(LARGE) > 1 << 18
    barrier = threading.Barrier(8)

    def work(turn: int) -> bool:
        barrier.wait()
        same = engine.redact_many(TEXTS) == expected and engine.detect_many(TEXTS) == spans
        return (
            same and engine.redact(LARGE) == large and [rasura.redact(text) for text in TEXTS[turn:]] == expected[turn:]
        )

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(work, range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert engine.stats()["texts"] == 9 * (2 * len(TEXTS) + 1)


def test_threads_that_build_engines() -> None:
    with ThreadPoolExecutor(8) as pool:
        engines = list(pool.map(lambda _: rasura.Engine(locales=["br"]), range(32)))
    assert len(set(engines)) == 1
