"""The command `rasura demo`: a sample conversation before and after, what was found, what was left and why."""

import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rasura
from rasura import _report

_CPF = re.compile(r"\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b")


def show() -> None:
    """Print the demo."""
    demo = tomllib.loads(Path(__file__).with_name("_demo.toml").read_text(encoding="utf-8"))
    texts = [message["text"] for message in demo["message"]]
    _conversation("before", demo["message"], texts)
    _conversation("after", demo["message"], [rasura.redact(text) for text in texts])
    _found(texts)
    _left(demo["left"], texts)
    _speed(texts)


def _section(title: str, rows: list[tuple[str, ...]]) -> None:
    print(title.upper())
    print(*(f"  {line}" for line in _report.table(rows)), "", sep="\n")


def _conversation(title: str, messages: list[dict[str, str]], texts: list[str]) -> None:
    _section(title, [(message["from"], text) for message, text in zip(messages, texts, strict=True)])


def _found(texts: list[str]) -> None:
    rows: list[tuple[str, ...]] = []
    for text in texts:
        for finding in rasura.detect(text):
            value = text[finding.start : finding.end]
            rows.append((finding.entity, value, f"score {finding.score:.2f}", f"check digit: {finding.check}"))
    _section("found", rows)
    kinds = Counter(row[0] for row in rows)
    print(f"  {len(rows)} values of {len(kinds)} kinds in {len(texts)} messages", end="\n\n")


def _left(left: list[dict[str, str]], texts: list[str]) -> None:
    _section("left alone", [(item["what"], item["text"], _why(item["text"], texts)) for item in left])


def _why(value: str, texts: list[str]) -> str:
    """What `explain` says of the value where it first stands."""
    text = next(text for text in texts if value in text)
    start = text.index(value)
    end = start + len(value)
    near = [made for made in rasura.explain(text) if made.start < end and start < made.end]
    if not near:
        return "nothing personal is written like this"
    best = max(near, key=lambda made: (made.taken, made.score))
    look_alikes = {pack.id for pack in rasura.packs() if pack.report == "never"}
    return f"{best.entity if best.entity in look_alikes else f'not {best.entity}'}: {best.reason}"


def _speed(texts: list[str]) -> None:
    size = sum(len(text.encode()) for text in texts)
    spent = _best(rasura.redact, texts)
    search = _best(_CPF.search, texts)
    count = len(texts)
    rows: list[tuple[str, ...]] = [
        ("redact, every pack on", f"{spent / count * 1e9:,.0f} ns a message", f"{size / spent / 1e6:,.0f} MB/s"),
        ("one re.search for a CPF", f"{search / count * 1e9:,.0f} ns a message", f"{size / search / 1e6:,.0f} MB/s"),
    ]
    _section("speed", rows)


def _best(call: Callable[[str], Any], texts: list[str], rounds: int = 200) -> float:
    """Seconds for a pass over the texts, the best of some."""
    low = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        for text in texts:
            call(text)
        low = min(low, time.perf_counter() - began)
    return low
