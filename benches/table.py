"""Prints how fast rasura is, as one table that people can read: `make bench`.

First the results: on each corpus as many values are found as were planted. Then from Python, message by message, beside
one `re.search` for a CPF over the same messages; then latency, memory and size; then the stages of the engine in Rust.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import corpora
import latency
import rasura
import timing

ROOT = Path(__file__).parent.parent
# Times faster than one `re.search` for a CPF: floor and aim.
WANTED = {"clean": "13 / 20", "chat": "9 / 14", "dense": "4 / 6.4", "log": "6 / -"}
ACCENTS = 1.25


def check(name: str, texts: list[corpora.Text]) -> str:
    """Return what was found and what was planted; stop where they differ by more than one in a hundred."""
    found = sum(len(rasura.detect(item.text)) for item in texts)
    planted = sum(len(item.spans) for item in texts)
    if abs(found - planted) * 100 > planted:
        sys.exit(f"{name}: {found} values found, {planted} planted; times of a wrong answer mean nothing")
    return f"{found:>7,} / {planted:,}"


def row(name: str, messages: int, rounds: int) -> str:
    """Return one corpus as a line of the table."""
    texts = corpora.texts(name, count=messages)
    counts = check(name, texts)
    raw = timing.encoded([item.text for item in texts])
    plain = timing.encoded([timing.without_accents(item.text) for item in texts])
    rates = timing.rates(
        {"ours": (rasura.redact, raw), "search": (timing.CPF.search, raw), "plain": (rasura.redact, plain)}, rounds
    )
    ours, search = rates["ours"], rates["search"]
    accents = ours.nanoseconds / rates["plain"].nanoseconds
    return (
        f"  {name:<7}{counts:>18}{ours.nanoseconds:>10.0f}{ours.megabytes:>8.0f}{search.nanoseconds:>11.0f}"
        f"{search.nanoseconds / ours.nanoseconds:>9.1f}  {WANTED[name]:<10}{accents:>8.2f}  <= {ACCENTS}"
    )


def python_table(messages: int, rounds: int) -> None:
    """Print the speed from Python."""
    say(f"From Python, {messages:,} messages, one call each, every pack on, best of {rounds}\n")
    say("         found / planted   ns each    MB/s  re.search    ratio  wanted     accents")
    for name in corpora.NAMES:
        say(row(name, messages, rounds))
    say("\n  ratio: times faster than one re.search for a CPF (floor / aim); accents: time over the same without them")


def rust_table(full: Path) -> None:
    """Print the stages of the engine; the full corpora are made once."""
    if not (full / "counts.toml").exists():
        say(f"\nmaking the full corpora in {full}")
        corpora.write(full, corpora.SEED, corpora.MESSAGES, corpora.MIB)
    say("\nThe stages in Rust, 16 MB, one core, best of several, beside a scalar FNV-1a pass")
    sys.stdout.flush()
    command = ["cargo", "bench", "--quiet", "-p", "rasura", "--bench", "stages"]
    environment = {**os.environ, "RASURA_CORPORA": str(full.resolve())}
    subprocess.run(command, cwd=ROOT, check=True, env=environment)  # noqa: S603 - our own program


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print the whole table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--messages", type=int, default=8_000)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument(
        "--corpora", type=Path, default=Path(__file__).parent / "out", help="folder of the full corpora"
    )
    parser.add_argument("--python-only", action="store_true", help="leave the stages in Rust out")
    asked = parser.parse_args()
    python_table(asked.messages, asked.rounds)
    say("")
    for line in latency.lines():
        say("  " + line)
    if not asked.python_only:
        rust_table(asked.corpora)


if __name__ == "__main__":
    main()
