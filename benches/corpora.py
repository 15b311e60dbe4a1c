"""Makes the four corpora that speed is measured on, from a seed alone: `python benches/corpora.py OUT`.

* clean: support talk in Portuguese, Spanish and English with every ordinary number of a shop and no personal value
* chat: the same, and one message in five holds one to three values
* dense: rows of CSV and JSON with three to five values each
* log: `key=value` and JSON lines of an agent service; some hold an address, an account or a message

The same seed gives the same bytes on every machine, and every personal value is recorded with its place. For each
corpus OUT gets NAME.jsonl (text, language, spans) and NAME.txt (the same stream, longer, one text after the other),
and counts.toml says how many values each text file holds.
"""

import argparse
import itertools
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import prose
import values
from chance import Chance, words
from ordinary import FILLERS, plain, stamp, version
from values import Value, uuid

NAMES = ("clean", "chat", "dense", "log")
LANGUAGES = ((40, "pt"), (42, "es"), (18, "en"))
SHORTEST, LONGEST = 80, 300
SEED, MESSAGES, MIB = 1, 20_000, 16
SMALL = Path(__file__).parent / "small"
SMALL_BYTES = 65_536
WITH_VALUES = 0.2
EVENTS = words("turn.start turn.end tool.invoke tool.reply model.ask model.answer queue.push queue.pop policy.ok")
TOOLS = words("find_order open_case quote_freight pay_link read_profile")
LEVELS = ((82, "info"), (10, "debug"), (6, "warn"), (2, "error"))


@dataclass(slots=True)
class Text:
    """One text and the personal values in it: entity, first and last character."""

    language: str
    text: str = ""
    spans: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, part: "str | Value | Text") -> "Text":
        """Put ``part`` at the end and keep the place of what is personal in it."""
        at = len(self.text)
        if isinstance(part, str):
            self.text += part
            return self
        if isinstance(part, Value):
            self.spans.append((part.entity, at, at + len(part.text)))
        else:
            self.spans += [(entity, at + start, at + end) for entity, start, end in part.spans]
        self.text += part.text
        return self


Said = str | int | Value | Text


def sentence(chance: Chance, language: str) -> Text:
    """Return one ordinary sentence."""
    parts = chance.pick(prose.SAID[language]).split("{")
    out = parts[0]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        out += FILLERS[name](chance, language) + rest
    return Text(language, out)


def introduction(chance: Chance, language: str) -> Text:
    """Return a sentence that hands over one personal value."""
    kind, value = values.sent(chance, language)
    choices = prose.INTRODUCED[language].get(kind, (prose.NEUTRAL[language],))
    if not value.alone:
        choices = tuple(choice for choice in choices if names_its_value(choice))
    before, _, after = chance.pick(choices).partition("{}")
    return Text(language).add(before).add(value).add(after)


def names_its_value(choice: str) -> bool:
    """Say whether an introduction does more than point at the value."""
    pointing = ("Segue", "Le paso", "Here", "Pode emitir", "{}")
    return not choice.startswith(pointing)


def join(chance: Chance, sentences: list[Text], language: str) -> Text:
    """Return a message of these sentences, some with an emoji after them."""
    message = Text(language)
    for number, part in enumerate(sentences):
        if number:
            stop = ". " if message.text[-1].isalnum() and not ends_in_password(message) else " "
            message.add(chance.weigh(((55, stop), (35, " "), (10, "\n"))))
        message.add(part)
        if chance.often(0.2):
            message.add(" " + chance.pick(prose.EMOJI))
    return message


def ends_in_password(message: Text) -> bool:
    """Say whether a full stop here would read as part of the value."""
    return bool(message.spans) and message.spans[-1][::2] == ("SECRET_PASSWORD", len(message.text))


def talk(chance: Chance, share: float) -> Text:
    """Return a message of 80 to 300 bytes; ``share`` of them hold personal values."""
    while True:
        language = chance.weigh(LANGUAGES)
        sentences = []
        if chance.often(share):
            count = chance.weigh(((58, 1), (29, 2), (13, 3)))
            sentences = [introduction(chance, language) for _ in range(count)]
        wanted = chance.between(SHORTEST, LONGEST - 70)
        while sum(len(part.text) for part in sentences) < wanted:
            another = sentence(chance, language)
            if another.text not in {part.text for part in sentences}:
                sentences.insert(chance.below(len(sentences) + 1), another)
        message = join(chance, sentences, language)
        if SHORTEST <= len(message.text.encode()) <= LONGEST:
            return message


def kinds_of(chance: Chance, language: str) -> list[str]:
    """Return three to five kinds that a row of this language holds."""
    usual = [kind for _, kind in values.SENT[language] + values.SENT_EVERYWHERE]
    return chance.sample(list(dict.fromkeys(usual)), chance.between(3, 5))


def separate(chance: Chance, language: str, separator: str) -> Text:
    """Return a row without names of fields, so only with values that speak for themselves."""
    row = Text(language, plain(chance, 6) + separator + full_name(chance))
    for kind in kinds_of(chance, language):
        value = values.MAKERS[kind](chance)
        row.add(separator).add(value if value.alone else values.email(chance))
    return row.add(f"{separator}{chance.between(5, 9999)}.{chance.digits(2)}{separator}{stamp(chance)[:10]}")


def dense(chance: Chance) -> Text:
    """Return a row: CSV in two kinds, or JSON with every value under its name."""
    language = chance.weigh(LANGUAGES)
    separator = chance.weigh(((35, ","), (15, ";"), (50, "")))
    if separator:
        return separate(chance, language, separator)
    row = Text(language, f'{{"customer":{plain(chance, 6)},"name":"{full_name(chance)}"')
    for kind in kinds_of(chance, language):
        row.add(f',"{prose.FIELDS[kind]}":"').add(values.MAKERS[kind](chance)).add('"')
    return row.add(f',"balance":{chance.between(5, 9999)}.{chance.digits(2)},"since":"{stamp(chance)[:10]}"}}')


def full_name(chance: Chance) -> str:
    """Return a name put together from the lists."""
    return f"{chance.pick(values.GIVEN)} {chance.pick(values.FAMILY)}".title()


def hexadecimal(chance: Chance, size: int) -> str:
    """Return an id of a trace; it begins with a letter, so that it is never a number by chance."""
    return chance.pick("abcdef") + chance.text(size - 1, "0123456789abcdef")


def fields(chance: Chance) -> list[tuple[str, Said]]:
    """Return what one log line says."""
    return [
        ("time", stamp(chance)),
        ("level", chance.weigh(LEVELS)),
        ("event", chance.pick(EVENTS)),
        ("trace", hexadecimal(chance, 32)),
        ("span", hexadecimal(chance, 16)),
        ("build", version(chance, "en")),
        ("took_ms", chance.between(1, 4000)),
        *chance.weigh(DETAILS)(chance),
    ]


def tool_call(chance: Chance) -> list[tuple[str, Said]]:
    """Return the call of a tool."""
    status = chance.pick((200, 200, 201, 404, 503))
    return [("tool", chance.pick(TOOLS)), ("order", plain(chance, 8)), ("status", status)]


def request(chance: Chance) -> list[tuple[str, Said]]:
    """Return the size of a request."""
    return [("request", uuid(chance)), ("bytes", chance.between(60, 90_000)), ("retry", chance.below(4))]


def model_call(chance: Chance) -> list[tuple[str, Said]]:
    """Return the cost of a model's answer."""
    tokens = chance.between(30, 9000)
    return [("tokens_in", tokens), ("tokens_out", chance.between(5, 1500)), ("micros", chance.below(10**6))]


def visitor(chance: Chance) -> list[tuple[str, Said]]:
    """Return where a session comes from."""
    return [("client_ip", values.address(chance)), ("agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)")]


def account(chance: Chance) -> list[tuple[str, Said]]:
    """Return whose session it is, as careless services log it."""
    return [("email", values.email(chance)), ("cpf", values.cpf(chance))]


def notice(chance: Chance) -> list[tuple[str, Said]]:
    """Return where a message was sent."""
    return [("phone", values.phone(chance)), ("sent_at", FILLERS["epoch"](chance, "en"))]


def quote(chance: Chance) -> list[tuple[str, Said]]:
    """Return what a customer said, on one line."""
    said = talk(chance, WITH_VALUES)
    return [("message", Text(said.language, said.text.replace("\n", " "), said.spans))]


DETAILS = ((24, tool_call), (24, request), (24, model_call), (6, visitor), (3, account), (3, notice), (16, quote))


def log(chance: Chance) -> Text:
    """Return a line of an agent service: JSON, or names and values."""
    line, as_json = Text("en"), chance.often(0.6)
    for number, (name, said) in enumerate(fields(chance)):
        bare = isinstance(said, int) or (not as_json and not isinstance(said, Text))
        mark = "" if bare else '"'
        start = f'{"," if number else "{"}"{name}":' if as_json else f"{' ' if number else ''}{name}="
        line.add(start + mark).add(str(said) if isinstance(said, int) else said).add(mark)
    return line.add("}" if as_json else "")


def stream(name: str, seed: int) -> Iterator[Text]:
    """Yield the texts of a corpus without end."""
    chance = Chance(f"rasura {name} {seed}")
    makers = {
        "clean": lambda: talk(chance, 0),
        "chat": lambda: talk(chance, WITH_VALUES),
        "dense": lambda: dense(chance),
        "log": lambda: log(chance),
    }
    while True:
        yield makers[name]()


def texts(name: str, seed: int = SEED, count: int = MESSAGES) -> list[Text]:
    """Return the first texts of a corpus."""
    return list(itertools.islice(stream(name, seed), count))


def whole(source: Iterator[Text], size: int) -> tuple[str, int]:
    """Return texts one after the other up to ``size`` bytes, and how many values they hold."""
    parts, used, found = [], 0, 0
    for item in source:
        used += len(item.text.encode()) + 1
        if used > size:
            break
        parts.append(item.text + "\n")
        found += len(item.spans)
    return "".join(parts), found


def small(name: str) -> tuple[str, int]:
    """Return the text and the count of a corpus that is checked in."""
    return whole(stream(name, SEED), SMALL_BYTES)


def small_counts() -> dict[str, int]:
    """Return how many values each corpus that is checked in holds."""
    return {name: int(found) for name, found in tomllib.loads((SMALL / "counts.toml").read_text("utf-8")).items()}


def save(out: Path, name: str, text: str) -> None:
    """Write a file with the same bytes on every system."""
    out.mkdir(parents=True, exist_ok=True)
    (out / name).write_bytes(text.encode())


def save_counts(out: Path, counts: dict[str, int]) -> None:
    """Write how many values each text file holds."""
    save(out, "counts.toml", "".join(f"{name} = {found}\n" for name, found in counts.items()))


def write_small() -> None:
    """Write the corpora that are checked in."""
    made = {name: small(name) for name in NAMES}
    for name, (text, _) in made.items():
        save(SMALL, f"{name}.txt", text)
    save_counts(SMALL, {name: found for name, (_, found) in made.items()})


def write(out: Path, seed: int, messages: int, mib: float) -> dict[str, int]:
    """Write the full corpora and return how many values each text file holds."""
    counts = {}
    for name in NAMES:
        lines = (
            json.dumps({"text": item.text, "language": item.language, "spans": item.spans}, ensure_ascii=False)
            for item in texts(name, seed, messages)
        )
        save(out, f"{name}.jsonl", "\n".join(lines) + "\n")
        text, counts[name] = whole(stream(name, seed), int(mib * 2**20))
        save(out, f"{name}.txt", text)
    save_counts(out, counts)
    return counts


def main() -> None:
    """Write the corpora that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, nargs="?", help="folder for the full corpora")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--messages", type=int, default=MESSAGES, help="texts in each NAME.jsonl")
    parser.add_argument("--mib", type=float, default=MIB, help="size of each NAME.txt")
    parser.add_argument("--small", action="store_true", help="write benches/small instead")
    asked = parser.parse_args()
    if asked.small:
        write_small()
    elif asked.out is None:
        parser.error("name a folder, or --small")
    else:
        counts = write(asked.out, asked.seed, asked.messages, asked.mib)
        sys.stdout.write("".join(f"{name}: {found} values\n" for name, found in counts.items()))


if __name__ == "__main__":
    main()
