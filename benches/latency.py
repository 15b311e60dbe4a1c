"""Measures what a service notices beside speed: waiting, the first call, memory, the download.

Run as `python benches/latency.py`. Nothing here is asserted, because it belongs to the machine; the limits are printed.
"""

import subprocess
import sys
import threading
import time
from pathlib import Path

import corpora
import numpy as np
import rasura

ROOT = Path(__file__).parent.parent
CHARACTERS = 1_000
CALLS = 20_000
# Printed by the child: seconds from before the import to after the first call, and resident bytes that they added.
FIRST_CALL = """
import resource, sys, time

def resident():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

before, start = resident(), time.perf_counter()
import rasura
rasura.redact("Meu CPF é 529.982.247-25 🙂")
spent = time.perf_counter() - start
with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        rasura.redact(line)
print(spent, resident() - before)
"""


def long_text() -> str:
    """Return 1,000 characters of talk with a value now and then."""
    return "\n".join(item.text for item in corpora.texts("chat", count=40))[:CHARACTERS]


def beside_a_busy_thread() -> tuple[float, float]:
    """Return the median and the 99th percentile of a call, in microseconds, while another thread never rests."""
    raw, stop = long_text().encode(), threading.Event()
    busy = threading.Thread(target=work_until, args=(stop,), daemon=True)
    busy.start()
    spent = []
    for _ in range(CALLS):
        text = raw.decode()
        start = time.perf_counter_ns()
        rasura.redact(text)
        spent.append(time.perf_counter_ns() - start)
    stop.set()
    busy.join()
    half, last = np.percentile(spent, (50, 99)) / 1_000
    return float(half), float(last)


def work_until(stop: threading.Event) -> None:
    """Keep the interpreter busy."""
    number = 0
    while not stop.is_set():
        for _ in range(1_000):
            number = number * 31 % 1_000_003


def first_call(rounds: int = 7) -> tuple[float, float]:
    """Return milliseconds of import and first call, and megabytes they add: best of fresh interpreters."""
    command = [sys.executable, "-c", FIRST_CALL, str(corpora.SMALL / "chat.txt")]
    printed = [subprocess.check_output(command, text=True) for _ in range(rounds)]  # noqa: S603 - our own program
    spent, added = zip(*(map(float, line.split()) for line in printed), strict=True)
    return min(spent) * 1e3, min(added) / 1e6


def wheel() -> tuple[str, float] | None:
    """Return the name and megabytes of the newest wheel that was built here."""
    wheels = [*ROOT.glob("dist/*.whl"), *ROOT.glob("target/wheels/*.whl")]
    if not wheels:
        return None
    newest = max(wheels, key=lambda path: path.stat().st_mtime)
    return newest.name, newest.stat().st_size / 1e6


def lines() -> list[str]:
    """Return what was measured, a line each, with its limit."""
    half, last = beside_a_busy_thread()
    spent, added = first_call()
    built = wheel()
    size = f"{built[1]:8.2f} MB   limit 2   {built[0]}" if built else "  no wheel in dist/ or target/wheels/"
    return [
        f"{CHARACTERS} characters beside a busy thread, median {half:8.2f} µs",
        f"{CHARACTERS} characters beside a busy thread, p99    {last:8.2f} µs   limit 20, aim 1",
        f"import and first call                         {spent:8.2f} ms   limit 10",
        f"resident memory that they add                 {added:8.2f} MB   limit 8",
        f"wheel                                         {size}",
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
