"""The command line: what it prints, what it keeps to itself, and its exit status."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import rasura
from catalogue import FILES, identifier
from rasura import _cli
from samples import CPF, LABELLED

PAGE = Path(__file__).parent.parent / "docs" / "identifiers.md"
TEXT = f"olá 👋\n{LABELLED}, pedido 48219735\nana@example.com\n"


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Run the command in this process."""

    def call(*arguments: str | Path, stdin: str | bytes = b"") -> Done:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            status = _cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Done(status, out.decode(errors="surrogateescape"), err.decode())

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "chat.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def test_redact_prints_the_redacted_text_and_nothing_else(command: Command, file: Path) -> None:
    expected = rasura.redact(TEXT)
    assert command("redact", file) == (0, expected, "")
    assert command("redact", stdin=TEXT) == (0, expected, "")
    assert command("redact", "-", stdin=TEXT) == (0, expected, "")
    assert command("redact", file, file).out == expected * 2


def test_redact_keeps_line_ends_bad_bytes_and_the_last_line_as_they_are(command: Command) -> None:
    raw = b"\xef\xbb\xbfcpf 52998224725\r\n\xff\xfe \xc3\r\nfim"
    done = command("redact", stdin=raw)
    assert done.out.encode(errors="surrogateescape") == raw.replace(CPF.encode(), b"[CPF]")


def test_options_reach_the_engine(command: Command, tmp_path: Path) -> None:
    def redact(*options: str) -> str:
        return command("redact", *options, stdin=f"{LABELLED} ana@example.com").out

    assert redact("--entities", "BR_CPF") == "cpf [CPF] ana@example.com"
    assert redact("--entities", "br,global") == "cpf [CPF] [EMAIL]"
    assert redact("--exclude", "EMAIL_ADDRESS") == "cpf [CPF] ana@example.com"
    assert redact("--include", "BR_BOLETO", "--locales", "br, es-MX") == "cpf [CPF] [EMAIL]"
    assert redact("--threshold", "1.0") == f"{LABELLED} ana@example.com"
    assert redact("--placeholder", "<{entity}>") == "cpf <BR_CPF> <EMAIL_ADDRESS>"
    assert redact("--allow", "529.982.247-25", "--allow", "ana@example.com") == f"{LABELLED} ana@example.com"
    pack = tmp_path / "acme" / "staff.toml"
    pack.parent.mkdir()
    pack.write_text(
        'name = "Staff"\ncategory = "identity"\nforms = ["AA-000000"]\n'
        "scores = { bare = 0.0, canonical = 0.8, labelled = 0.9 }\n",
        encoding="utf-8",
    )
    assert command("redact", "--extra-pack", str(pack), stdin="QX-482133").out == "[STAFF]"


def test_detect_shows_a_table_without_values(command: Command, file: Path) -> None:
    done = command("detect", file)
    lines = done.out.splitlines()
    assert lines[0].split() == [f"{file}:2:5", "BR_CPF", "0.97", "valid", "11", "characters"]
    assert lines[1].split()[:2] == [f"{file}:3:1", "EMAIL_ADDRESS"]
    assert lines[2] == "findings: 2, BR_CPF 1, EMAIL_ADDRESS 1"
    assert CPF not in done.out
    assert command("detect", stdin="nada").out == "findings: 0\n"


def test_detect_as_json(command: Command) -> None:
    rows = json.loads(command("detect", "--format", "json", stdin=TEXT).out)
    lines = command("detect", "--format", "jsonl", stdin=TEXT).out.splitlines()
    assert [json.loads(line) for line in lines] == rows
    (finding, _) = rasura.detect(TEXT)
    assert rows[0] == {
        "file": "<stdin>",
        "line": 2,
        "column": 5,
        "start": finding.start,
        "end": finding.end,
        "entity": "BR_CPF",
        "score": finding.score,
        "check": "valid",
        "alternatives": [],
    }
    assert json.loads(command("detect", "--format", "json", stdin="nada").out) == []


@pytest.mark.parametrize("shape", ["table", "json", "jsonl"])
def test_values_are_shown_only_when_asked_for(command: Command, shape: str) -> None:
    assert CPF not in command("detect", "--format", shape, stdin=TEXT).out
    assert CPF in command("detect", "--format", shape, "--show-values", stdin=TEXT).out


@pytest.mark.parametrize(
    ("fail_on", "status"),
    [("any", 1), ("BR_CPF", 1), ("CREDIT_CARD", 0), ("CREDIT_CARD,EMAIL_ADDRESS", 1), ("BR_*", 1), ("MX_*", 0)],
)
def test_fail_on(command: Command, fail_on: str, status: int) -> None:
    assert command("detect", "--fail-on", fail_on, stdin=TEXT).status == status
    assert command("detect", "--fail-on", fail_on, stdin="nada").status == 0


def test_a_fail_on_that_can_never_match_is_refused(command: Command) -> None:
    done = command("detect", "--fail-on", "BR_CPFF", stdin=TEXT)
    assert done.status == 2
    assert done.err == "rasura: --fail-on: no entity is called BR_CPFF; did you mean BR_CPF?\n"


def test_json_lines_are_read_field_by_field(command: Command) -> None:
    lines = [{"id": 1, "text": LABELLED}, {"id": 2, "text": "olá"}, {"id": 3, "text": f"á {LABELLED}", "x": [None]}]
    stdin = "\n".join(json.dumps(line) for line in lines) + "\n\n"
    done = command("redact", "--field", "text", stdin=stdin)
    assert [json.loads(line) for line in done.out.splitlines()] == [
        {"id": 1, "text": "cpf [CPF]"},
        {"id": 2, "text": "olá"},
        {"id": 3, "text": "á cpf [CPF]", "x": [None]},
    ]
    rows = [
        json.loads(row)
        for row in command("detect", "--field", "text", "--format", "jsonl", stdin=stdin).out.splitlines()
    ]
    assert [(row["line"], row["column"], row["start"]) for row in rows] == [(1, 5, 4), (3, 7, 6)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f'{{"text": {CPF}', "not JSON"),
        (f'{{"txt": "{CPF}"}}', "no string at 'text'"),
        (f'{{"text": {CPF}}}', "no string at 'text'"),
        (f'"{CPF}"', "no string at 'text'"),
        (b'{"text": "\xff52998224725"}', "not JSON: not UTF-8"),
    ],
)
def test_a_record_without_the_field_stops_the_command(command: Command, line: str | bytes, said: str) -> None:
    done = command(
        "redact", "--field", "text", stdin=b'{"text": "ok"}\n' + (line.encode() if isinstance(line, str) else line)
    )
    assert done.status == 3
    assert done.err.startswith("rasura: <stdin>:2: ")
    assert said in done.err
    assert CPF not in done.err
    assert done.out == '{"text": "ok"}\n'


def test_explain_says_why_without_the_value(command: Command) -> None:
    done = command("explain", stdin=f"pedido {CPF}, {LABELLED}")
    assert done.status == 0
    assert CPF not in done.out
    assert "<stdin>:1:8  11 characters  99999999999\n" in done.out
    assert "BR_CPF               0.97  taken" in done.out
    assert "label 'cpf' 1 before" in done.out
    assert "negative word 'pedido' 1 before, of ORDER_NUMBER" in done.out
    assert CPF in command("explain", "--show-values", stdin=LABELLED).out
    assert command("explain", stdin="nada").out == "<stdin>:1:1  nothing here is written like a known identifier\n"


def test_packs_of_a_country_are_described_as_on_the_page(command: Command) -> None:
    _, *sections = PAGE.read_text(encoding="utf-8").split("\n## ")
    countries = sorted({path.parent.name for path in FILES})
    printed = {country: command("packs", country).out for country in countries}
    assert sorted(printed.values()) == sorted(f"## {section.rstrip()}\n" for section in sections)
    for country, out in printed.items():
        names = [identifier(path) for path in FILES if path.parent.name == country]
        assert re.findall(r"^### (\w+)$", out, re.MULTILINE) == names
    assert command("packs", "MX", "br").out == f"{printed['mx']}\n{printed['br']}"
    assert command("packs", "BR_CPF", "br").out == f"{command('packs', 'BR_CPF').out}\n{printed['br']}"


def test_packs_lists_all_or_one(command: Command) -> None:
    everything = command("packs").out.splitlines()
    assert everything[0].split() == ["ID", "COUNTRY", "CATEGORY", "REPORT", "NAME"]
    assert [line.split()[0] for line in everything[1:]] == [pack.id for pack in rasura.packs()]
    for name in ("BR_CPF", "br_cpf"):
        one = dict(line.split(maxsplit=1) for line in command("packs", name).out.splitlines())
        assert (one["id"], one["name"], one["placeholder"]) == ("BR_CPF", "CPF", "CPF")
        assert "cpf" in one["labels"]
        assert one["source"].startswith("https://")
    for wrong, near in (
        ("BR_CFP", "did you mean BR_CPF?"),
        ("bra", "did you mean br?"),
        ("zz", "`rasura packs` lists them"),
    ):
        done = command("packs", "br", wrong)
        assert (done.status, done.out) == (2, "")
        named = ", ".join([*sorted({path.parent.name for path in FILES} - {"global"}), "global"])
        assert done.err == f"rasura: no pack and no country is called {wrong}; {near} (countries: {named})\n"


def test_the_demo_leaves_alone_what_it_says_and_nothing_else(command: Command) -> None:
    done = command("demo")
    assert (done.status, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if line.isupper() and not line.startswith(" ")] == [
        "BEFORE",
        "AFTER",
        "FOUND",
        "LEFT ALONE",
        "SPEED",
    ]
    before, after = done.out.split("AFTER\n")
    after, rest = after.split("FOUND\n")
    found, left = rest.split("LEFT ALONE\n")
    for value in (
        "529.982.247-25",
        "ana@example.com",
        "4111 1111 1111 1111",
        "BOXW310820HNERXN09",
        "032180000118359719",
    ):
        assert value in before
        assert value not in after
        assert value in found
    for value in ("48219735", "R$ 1.249,90", "482913", "12/03/2026", "20264471", "$2,350.00"):
        assert value in after
        assert value in left


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["redact", "--threshold", "high"],
        ["redact", "--threshold", "2"],
        ["redact", "--entities", "BR_CFP"],
    ],
    ids=str,
)
def test_wrong_usage_is_2(command: Command, arguments: list[str]) -> None:
    done = command(*arguments, stdin=TEXT)
    assert done.status == 2
    assert done.err
    assert done.out == ""


def test_a_file_that_cannot_be_read_is_3(command: Command, tmp_path: Path) -> None:
    done = command("redact", tmp_path / "none.txt")
    assert done == (3, "", f"rasura: {tmp_path / 'none.txt'}: No such file or directory\n")
    assert command("redact", tmp_path).status == 3
    assert command("redact", "--extra-pack", tmp_path / "none.toml", stdin="x").status == 2


def test_help_has_examples_and_exit_statuses(command: Command) -> None:
    done = command("--help")
    assert done.status == 0
    for name in ("redact", "detect", "explain", "packs", "demo", "examples:", "exit status:", "--fail-on any"):
        assert name in done.out
    for name in ("redact", "detect", "explain", "packs", "demo"):
        assert command(name, "--help").status == 0
    assert command("--version").out == f"rasura {rasura.__version__}\n"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "rasura", *arguments], input=stdin, capture_output=True, check=False)


def test_python_m_rasura_is_the_command() -> None:
    done = run("redact", stdin=TEXT.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, rasura.redact(TEXT).encode(), b"")
    assert run("detect", "--fail-on", "any", stdin=TEXT.encode()).returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_who_has_seen_enough_is_no_error_message() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "rasura", "redact"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stdin.write(b"x" * 1_000_000)
    process.stdin.close()
    assert process.wait() == 3
    assert process.stderr.read() == b""
    process.stderr.close()
