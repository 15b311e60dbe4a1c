"""Holds the corpora themselves: the same bytes from the same seed, values where they are said to be, promised sizes."""

import hashlib
import tomllib
from pathlib import Path

import checks
import corpora
import hostile
import ordinary
import pytest
from chance import Chance

# The first 1,000 texts of each corpus. A change of the generators is a change of what is measured: say so.
DIGESTS = {
    "clean": "009bc4f856d0ac9dcba1481c001d64bccc9bf605ff03dc0e9531507f66799988",
    "chat": "35cc22f3ccb5fc541e1c6cea56adb9bdcf1a36b221353f50b03aa76374db2ea9",
    "dense": "291878551c910d8890ad7838dcb1a1e68c1a321e6934d1dcb81f11c288f2e440",
    "log": "559d2670475fae320bb975792d41cb32cf6543357096aa37c8facf3c224bfaa7",
}


@pytest.mark.parametrize("name", corpora.NAMES)
def test_the_same_seed_gives_the_same_bytes(name: str) -> None:
    """On every version of Python and every system."""
    joined = "\n".join(f"{item.text}{item.spans}" for item in corpora.texts(name, count=1_000))
    assert hashlib.sha256(joined.encode()).hexdigest() == DIGESTS[name]


@pytest.mark.parametrize("name", corpora.NAMES)
def test_the_checked_in_corpora_are_what_the_generators_make(name: str) -> None:
    """`python benches/corpora.py --small` writes them."""
    text, found = corpora.small(name)
    assert (corpora.SMALL / f"{name}.txt").read_bytes() == text.encode()
    assert corpora.small_counts()[name] == found


@pytest.mark.parametrize("name", corpora.NAMES)
def test_texts_are_as_long_and_as_full_as_promised(name: str) -> None:
    """`clean` holds nothing, one `chat` message in five one to three values, a `dense` row three to five."""
    texts = corpora.texts(name, count=5_000)
    numbers = [len(item.spans) for item in texts]
    share = sum(map(bool, numbers)) / len(texts)
    least, most = {"clean": (0, 0), "chat": (0.18, 0.22), "dense": (1, 1), "log": (0.1, 0.2)}[name]
    assert least <= share <= most
    assert max(numbers) <= {"clean": 0, "chat": 3, "dense": 5, "log": 3}[name]
    if name in ("clean", "chat"):
        assert all(80 <= len(item.text.encode()) <= 300 for item in texts)
        assert sum(not item.text.isascii() for item in texts) / len(texts) > 0.85


def test_a_span_is_the_value_and_nothing_around_it() -> None:
    """Every span has characters of its own, in order, without a space or a quote at its ends."""
    for name in ("chat", "dense", "log"):
        for item in corpora.texts(name, count=2_000):
            last = 0
            for _, start, end in item.spans:
                value = item.text[start:end]
                assert last <= start < end <= len(item.text)
                assert value == value.strip(" \"',;")
                last = end


def test_ordinary_numbers_pass_no_check_by_chance() -> None:
    """A number that is an order and a CPF at once has no right answer."""
    chance = Chance("ordinary")
    for size in (11, 14, 15, 16, 18):
        assert not any(ordinary.looks_personal(ordinary.plain(chance, size)) for _ in range(500))


def test_check_digits_are_those_of_published_examples() -> None:
    """One number a rule, out of the standards and public test numbers."""
    assert checks.cpf("529982247") == "25"
    assert checks.cnpj("112223330001") == "81"
    assert checks.cnpj("12ABC34501DE") == "35"
    assert checks.cns("70000000000000") == "5"
    assert checks.curp("PEGJ850412HDFRRN0") == "6"
    assert checks.clabe("01218000123456789") == "9"
    assert checks.cuit("2012345678") == "6"
    assert checks.rut("12345678") == "5"
    assert checks.nit("900123456") == "8"
    assert checks.luhn("411111111111111") == "1"
    assert checks.rg_sp("12345678") == "2"
    assert checks.parcel("47312482") == "9"
    assert checks.iban("BR", "00000000000010932840814P2") == "15"


def test_the_full_corpora_can_be_written(tmp_path: Path) -> None:
    """Text files of the asked size, and the count of what each holds."""
    counts = corpora.write(tmp_path, seed=5, messages=50, mib=0.05)
    assert tomllib.loads((tmp_path / "counts.toml").read_text("utf-8")) == counts
    for name in corpora.NAMES:
        assert len((tmp_path / f"{name}.jsonl").read_text("utf-8").splitlines()) == 50
        assert 0.04 * 2**20 < (tmp_path / f"{name}.txt").stat().st_size <= 0.05 * 2**20


@pytest.mark.parametrize("name", hostile.pieces())
def test_hostile_texts_are_as_long_as_asked(name: str) -> None:
    """To the character, whatever the piece."""
    assert len(hostile.text(name, 1_001)) == 1_001
