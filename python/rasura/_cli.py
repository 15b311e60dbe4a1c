"""The command `rasura`: files or standard input through the public API.

It prints no value that was found unless `--show-values` asks for it.
"""

import argparse
import difflib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

import rasura
from rasura import _demo, _report

CLEAN, FOUND, USAGE, UNREADABLE = range(4)
INTERRUPTED = 130

_EXAMPLES = """\
examples:
  rasura redact chat.txt > safe.txt
  rasura redact --field text --locales br,mx < log.jsonl
  rasura detect --format jsonl --fail-on any fixtures/*.json
  rasura detect --fail-on 'BR_*,CREDIT_CARD' < dump.csv
  rasura explain --show-values message.txt
  rasura packs br
  rasura demo

exit status:
  0  clean, or findings that --fail-on does not name
  1  findings that --fail-on names
  2  wrong usage
  3  something cannot be read or written
"""


class _UsageError(Exception):
    """The command cannot do what it was asked for."""


class _UnreadableError(Exception):
    """The input is not what it was said to be."""


class _Text(NamedTuple):
    """One text of the input: a file, or the field of one line of JSON."""

    file: str
    line: int
    text: str
    record: dict[str, Any] | None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, from 1; in a record the column counts in the field."""
        if self.record is not None:
            return self.line, offset + 1
        return self.line + self.text.count("\n", 0, offset), offset - self.text.rfind("\n", 0, offset)

    def place(self, offset: int) -> str:
        """The position as editors and compilers write it."""
        line, column = self.position(offset)
        return f"{self.file}:{line}:{column}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except (_UsageError, rasura.ConfigError) as error:
        return _complain(str(error), USAGE)
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter must not fail when it flushes again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREADABLE
    except OSError as error:
        return _complain(f"{error.filename or 'input or output'}: {error.strerror}", UNREADABLE)
    except (_UnreadableError, rasura.RasuraError) as error:
        return _complain(str(error), UNREADABLE)
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _complain(message: str, status: int) -> int:
    print(f"rasura: {message}", file=sys.stderr)
    return status


def _redact(options: argparse.Namespace) -> int:
    engine = _engine(options)
    for text in _texts(options):
        redacted = engine.redact(text.text)
        if text.record is not None:
            redacted = json.dumps(text.record | {options.field: redacted}, ensure_ascii=False) + "\n"
        sys.stdout.buffer.write(redacted.encode(errors="surrogateescape"))
    return CLEAN


def _detect(options: argparse.Namespace) -> int:
    engine = _engine(options)
    named = _named(options.fail_on, engine)
    found: Counter[str] = Counter()
    rows = _rows(options, engine, found)
    if options.format == "jsonl":
        for row in rows:
            print(json.dumps(row))
    elif options.format == "json":
        print(json.dumps(list(rows), indent=2))
    else:
        for line in _report.table(_cells(row) for row in rows):
            print(line)
        kinds = "".join(f", {entity} {count}" for entity, count in found.most_common())
        print(f"findings: {found.total()}{kinds}")
    return FOUND if any(fnmatchcase(entity, name) for entity in found for name in named) else CLEAN


def _rows(options: argparse.Namespace, engine: rasura.Engine, found: Counter[str]) -> Iterator[dict[str, Any]]:
    for text in _texts(options):
        for finding in engine.detect(text.text):
            found[finding.entity] += 1
            line, column = text.position(finding.start)
            row = {"file": text.file, "line": line, "column": column, "start": finding.start, "end": finding.end}
            row |= {"entity": finding.entity, "score": finding.score, "check": finding.check}
            row |= {"alternatives": finding.alternatives}
            if options.show_values:
                row |= {"value": text.text[finding.start : finding.end]}
            yield row


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    place = f"{row['file']}:{row['line']}:{row['column']}"
    length = f"{row['end'] - row['start']} characters"
    return (place, row["entity"], f"{row['score']:.2f}", row["check"], row.get("value", length))


def _explain(options: argparse.Namespace) -> int:
    engine = _engine(options)
    for text in _texts(options):
        decisions = engine.explain(text.text)
        print(*_report.explanation(text.text, decisions, text.place, values=options.show_values), sep="\n")
    return CLEAN


def _packs(options: argparse.Namespace) -> int:
    if options.which:
        print(*_described(options.which), sep="\n\n")
    else:
        print(*_report.table(_packs_rows()), sep="\n")
    return CLEAN


def _described(names: list[str]) -> list[str]:
    """The section of each country, and a table for each pack."""
    countries = _report.sections()
    packs = {pack.id: pack for pack in rasura.packs()}
    for name in names:
        if name.lower() not in countries and name.upper() not in packs:
            near = _nearest(name, [*countries, *packs])
            raise _UsageError(f"no pack and no country is called {name}{near} (countries: {', '.join(countries)})")
    return [countries.get(name.lower()) or "\n".join(_report.table(_pack_rows(packs[name.upper()]))) for name in names]


def _packs_rows() -> Iterator[tuple[str, ...]]:
    yield ("ID", "COUNTRY", "CATEGORY", "REPORT", "NAME")
    for pack in rasura.packs():
        yield (pack.id, pack.country or "global", pack.category, pack.report, pack.name)


def _pack_rows(pack: rasura.Pack) -> Iterator[tuple[str, ...]]:
    for name in ("id", "name", "country", "category", "report", "placeholder"):
        yield (name, getattr(pack, name) or "global")
    yield ("labels", ", ".join(pack.labels))
    for source in pack.sources:
        yield ("source", source)


def _show_demo(_options: argparse.Namespace) -> int:
    _demo.show()
    return CLEAN


def _engine(options: argparse.Namespace) -> rasura.Engine:
    names = ("locales", "entities", "include", "exclude", "threshold", "placeholder", "extra_packs", "allow")
    given = {name: value for name in names if (value := getattr(options, name)) is not None}
    # A file is read as a whole, so memory is its limit already.
    return rasura.Engine(max_chars=sys.maxsize, **given)


def _named(names: list[str], engine: rasura.Engine) -> list[str]:
    """The globs of `--fail-on`; one that can never match would be a check that never fails."""
    known = [pack.id for pack in engine.packs()]
    globs = ["*" if name == "any" else name for name in names]
    for glob in globs:
        if not any(fnmatchcase(entity, glob) for entity in known):
            raise _UsageError(f"--fail-on: no entity is called {glob}{_nearest(glob, known)}")
    return globs


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name.upper(), known, 1) or difflib.get_close_matches(name.lower(), known, 1)
    return f"; did you mean {near[0]}?" if near else "; `rasura packs` lists them"


def _texts(options: argparse.Namespace) -> Iterator[_Text]:
    for name in options.files or ["-"]:
        file = "<stdin>" if name == "-" else name
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        if options.field is None:
            yield _Text(file, 1, content.decode(errors="surrogateescape"), None)
        else:
            yield from _records(file, content, options.field)


def _records(file: str, content: bytes, field: str) -> Iterator[_Text]:
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            message = getattr(error, "msg", "not UTF-8")
            raise _UnreadableError(f"{file}:{number}: not JSON: {message}") from None
        text = record.get(field) if isinstance(record, dict) else None
        if not isinstance(text, str):
            raise _UnreadableError(f"{file}:{number}: no string at {field!r}; nothing after this line was done")
        yield _Text(file, number, text, record)


def _list(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rasura",
        description="Find and replace personal data in text. No network, no model, every country at once.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"rasura {rasura.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    engine = _engine_options()

    redact = commands.add_parser("redact", parents=[engine], help="print the text with placeholders")
    redact.set_defaults(run=_redact)

    detect = commands.add_parser("detect", parents=[engine], help="list what is personal, and where")
    detect.add_argument("--format", choices=("table", "json", "jsonl"), default="table", help="default: table")
    named = "exit with 1 if one of these is found; any for all"
    detect.add_argument("--fail-on", type=_list, default=[], metavar="ID,…", help=named)
    detect.set_defaults(run=_detect)

    explain = commands.add_parser("explain", parents=[engine], help="say of each candidate why it was taken or left")
    explain.set_defaults(run=_explain)
    for command in (detect, explain):
        command.add_argument("--show-values", action="store_true", help="print the values themselves")

    packs = commands.add_parser("packs", help="list the kinds of identifiers, or describe those of a country")
    packs.add_argument("which", nargs="*", metavar="COUNTRY|ID", help="such as br, global or BR_CPF; none lists all")
    packs.set_defaults(run=_packs)

    demo = commands.add_parser("demo", help="redact a sample conversation in Portuguese and Spanish")
    demo.set_defaults(run=_show_demo)
    return parser


def _engine_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("files", nargs="*", metavar="FILE", help="files in UTF-8; none or - for standard input")
    parser.add_argument("--field", metavar="NAME", help="the files are JSON lines: read the string of this name")
    option = parser.add_argument_group("engine").add_argument
    option("--locales", type=_list, metavar="CC,…", help="whom you mostly serve: br,es-MX")
    option("--entities", type=_list, metavar="ID,…", help="report only these: ids, globs, countries")
    option("--include", type=_list, metavar="ID,…", help="also report these, which are left out unless asked for")
    option("--exclude", type=_list, metavar="ID,…", help="do not report these")
    option("--threshold", type=float, metavar="0..1", help="the score from which a candidate counts; default 0.5")
    option("--placeholder", metavar="FORM", help="what is written; default [{name}]")
    option("--allow", action="append", metavar="VALUE", help="a value that passes; may be repeated")
    own = "a pack of your own; may be repeated"
    option("--extra-pack", action="append", dest="extra_packs", metavar="FILE", help=own)
    return parser
