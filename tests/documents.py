"""Documents of many kinds with identifiers in them, as channels and programs write them, for `test_markup.py`."""

import csv
import io
import re
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

import rasura
from catalogue import PACKS
from hypothesis import strategies as st
from marked import unmark

WORDS = ["casa", "obrigada", "gracias", "mañana", "please", "thanks", "também", "quiero", "verde", "later"]
# Marks of some kind of document, in which a value would have to be escaped.
MARKS = re.compile(r"[<>\"&;,|\n\t*_~`'=?#%^\\@:\[\]]")


def _alone() -> list[str]:
    """The values in the packs' examples that are found with nothing around them, and are no document themselves."""
    engine = rasura.Engine()
    found: set[str] = set()
    for pack in PACKS.values():
        for example in pack.get("examples", []):
            text, spans = unmark(example if isinstance(example, str) else example["text"])
            found.update(text[span.start : span.end] for span in spans)
    whole = [value for value in found if not MARKS.search(value.replace("@", "").replace("::", ""))]
    return sorted(v for v in whole if [(f.start, f.end) for f in engine.detect(v)] == [(0, len(v))])


VALUES = _alone()
# These must be gone wherever they stand: their check digits or their writing tell them, with any words around.
TOLD = (
    """
529.982.247-25|111.444.777-35|11.222.333/0001-81|20-12345678-6|12.345.678-5|10.000.013-K|PEGJ850412HDFRRN06|BOXW310820HNERXN09
ana.silva@example.com|jorge@correo.example.org|4111 1111 1111 1111
5555-5555-5555-4444|+55 11 95555-0142|+52 55 5555 0142
GB29 NWBK 6016 1331 9268 19|DE89 3704 0044 0532 0130 00|032180000118359719
""".strip()
    .replace("\n", "|")
    .split("|")
)

words = st.sampled_from(WORDS)
prose = st.lists(words, min_size=1, max_size=3).map(" ".join)
told = st.sampled_from(TOLD)
values = st.sampled_from(VALUES)
digits = st.from_regex(r"[0-9]{1,12}", fullmatch=True)


@st.composite
def halves(draw: st.DrawFn) -> str:
    """One part of a value, which some neighbour might seem to go on with."""
    value = draw(values)
    at = draw(st.integers(1, len(value) - 1))
    return value[:at] if draw(st.booleans()) else value[at:]


anything = st.one_of(told, values, halves(), digits, prose)


class Dialect(NamedTuple):
    """How rows are written."""

    delimiter: str
    quoting: Any
    end: str


dialects = st.builds(
    Dialect,
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
HEADERS = [
    "cpf",
    "nome",
    "telefone",
    "cartão",
    "clabe",
    "rut",
    "curp",
    "email",
    "lat",
    "lon",
    "ddd",
    "id",
    "nota",
    "teléfono",
    "phone",
    "name",
    "cuit",
]


@st.composite
def cells(draw: st.DrawFn, dialect: Dialect) -> str:
    """A field: some have quotes, delimiters and line breaks inside."""
    content = draw(anything)
    around = draw(
        st.sampled_from(["{}", "{}", "{}", 'verde "{}"', "verde{d} {}", "verde\n{}", "{} gracias", "-23.5505", "11"])
    )
    return around.replace("{d}", dialect.delimiter).replace("{}", content)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, Dialect]:
    """A file of rows with a header."""
    dialect = draw(dialects)
    columns = draw(st.integers(2, 5))
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=columns, max_size=columns))
    row = st.lists(cells(dialect), min_size=columns, max_size=columns)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.delimiter, quoting=dialect.quoting, lineterminator=dialect.end)
    writer.writerows([header, *draw(st.lists(row, min_size=1, max_size=4))])
    return out.getvalue(), dialect


def usual(part: str) -> str:
    """A part of an address with its slashes as they are."""
    return quote(part)


def spaced(part: str) -> str:
    """A part of a query with plus signs for spaces."""
    return quote_plus(part)


def whole(part: str) -> str:
    """A part of an address with its slashes encoded too."""
    return quote(part, safe="")


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """A web address with values in its parts, percent-encoded in one of the ways that programs do."""
    ways = st.sampled_from([usual, whole])
    encode = draw(ways)
    user = draw(
        st.sampled_from(["", "", "ana:s3nh4Boa@", "jorge%40example.com:Cl4ve%21@", ":abc123@", "52998224725:x1y2z3@"])
    )
    host = draw(
        st.sampled_from(
            ["example.com", "api.example.org", "localhost", "192.0.2.17", "[2001:db8::1]", "52998224725.example.net"]
        )
    )
    port = draw(st.sampled_from(["", ":8080"]))
    path = "".join("/" + encode(draw(anything)) for _ in range(draw(st.integers(0, 3))))
    form = draw(st.sampled_from([encode, spaced]))
    names = st.sampled_from(["cpf", "id", "q", "tel", "rut", "email", "nome", "phone", "text", "a", "b"])
    query = "&".join(f"{draw(names)}={form(draw(anything))}" for _ in range(draw(st.integers(0, 4))))
    fragment = draw(st.one_of(st.just(""), anything.map(encode)))
    scheme = draw(st.sampled_from(["https", "http", "ftp", "postgres", "redis"]))
    return f"{scheme}://{user}{host}{port}{path}{'?' * bool(query)}{query}{'#' * bool(fragment)}{fragment}"


@st.composite
def broken(draw: st.DrawFn, between: str) -> str:
    """A value, some with something between two of its characters."""
    value = draw(told)
    at = draw(st.integers(1, len(value) - 1))
    if draw(st.booleans()) or "@" in value or ("+" in value[:at] and at < 4):
        return value
    return value[:at] + between + value[at:]


@st.composite
def mails(draw: st.DrawFn) -> str:
    """A quoted mail, values broken over lines among them."""
    prefix = draw(st.sampled_from(["> ", "> > ", ">", "| "]))
    lines = st.lists(st.one_of(prose, told, broken("\n" + prefix), anything), min_size=1, max_size=3).map(" ".join)
    return "".join(f"{prefix}{line}\n" for line in draw(st.lists(lines, min_size=1, max_size=6)))


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A vCard, some of its lines folded."""
    names = [
        "TEL;TYPE=CELL",
        "TEL;VALUE=uri:tel",
        "item1.TEL",
        "EMAIL;TYPE=INTERNET",
        "X-CPF",
        "NOTE",
        "N",
        "UID",
        "BDAY",
        "X-RFC",
    ]
    line = st.tuples(st.sampled_from(names), st.one_of(told, broken("\n "), anything)).map(":".join)
    return "\n".join(["BEGIN:VCARD", "VERSION:3.0", *draw(st.lists(line, min_size=1, max_size=6)), "END:VCARD", ""])


inside_line = [value for value in TOLD if "@" not in value]


@st.composite
def marked(draw: st.DrawFn) -> str:
    """Lines of a chat or of Markdown: each mark in pairs, around values, around words and a part of a value."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        mark = draw(st.sampled_from(["*", "_", "~", "`", "**", "__", "```"]))
        value, word = draw(st.one_of(told, values)), draw(words)
        at = draw(st.integers(1, len(value) - 1))
        label = draw(st.sampled_from(["", "cpf: ", "senha: ", "tel. ", "mi clave es "]))
        secret = draw(st.sampled_from([value, "abc123x", "Gato77!"]))
        ways = [
            f"{mark}{value}{mark}",
            f"{mark}{word} {value}{mark}",
            f"{mark}{value} {word}{mark}",
            f"{mark}{label}{secret}{mark}",
            f"{label}{mark}{secret}{mark}",
            f"{mark}{word} {value[:at]}{mark}{value[at:]}",
            f"{value[:at]}{mark}{value[at:]} {word}{mark}",
            f"[{value}](https://example.com/{quote(word)})",
            f"[{word}](mailto:{value})",
            f"{word} {value}",
        ]
        parts.append(draw(st.sampled_from(ways)))
    return draw(st.sampled_from([" ", ", ", " | "])).join(parts)


@st.composite
def chats(draw: st.DrawFn) -> str:
    """Lines with marks, lists, rows of tables and blocks of code."""
    row = st.lists(anything, min_size=2, max_size=4).map(lambda row: "| " + " | ".join(row) + " |")
    block = anything.map(lambda code: f"```\n{code}\n```")
    line = st.one_of(marked(), row, block, prose, anything.map("- {}".format))
    return "\n".join(draw(st.lists(line, min_size=1, max_size=5)))


@st.composite
def torn(draw: st.DrawFn, tags: list[tuple[str, str]], inner: list[tuple[str, str]]) -> str:
    """A value in text with tags: around it, in it, and with one half in it; those wholly in it are `inner`."""
    value, word = draw(told), draw(words)
    at = draw(st.integers(1, len(value) - 1))
    to = draw(st.integers(at, len(value)))
    (opens, closes), (opens_in, closes_in) = draw(st.sampled_from(tags)), draw(st.sampled_from(inner))
    if "@" in value:
        return f"{opens}{value}{closes}"
    ways = [
        f"{opens}{value}{closes}",
        f"{word}{opens}{value}{closes}{word}" if tags[0][0] == "<p>" else f"{opens}{word} {value}{closes}",
        f"{value[:at]}{opens_in}{value[at:to]}{closes_in}{value[to:]}",
        f"{opens}{word} {value[:at]}{closes}{value[at:]}",
        f"{value[:at]}{opens}{value[at:]} {word}{closes}",
    ]
    return draw(st.sampled_from(ways))


def entities(value: str) -> str:
    """A value whose marks are entities."""
    return "".join(c if c.isalnum() or c == " " else f"&#{ord(c)};" for c in value)


INLINE = [("<b>", "</b>"), ("<i>", "</i>"), ('<span class="x">', "</span>"), ('<em title="verde">', "</em>")]
IN_VALUES = [("<u>", "</u>"), ("<s>", "</s>"), ("<wbr>", ""), ("<u>", "</u><u></u>")]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """An HTML document without a mistake."""
    plain = anything.map(lambda text: text.replace("&", "&amp;"))
    text = st.one_of(
        plain,
        torn(INLINE, IN_VALUES),
        told.map(entities),
        told.map("&nbsp;{}&nbsp;".format),
        told.map("<!-- {} -->".format),
        told.map(lambda value: f'<a href="mailto:{value}">{value}</a>'),
        told.map(lambda value: f"<a href='tel:{value}' class='verde'>{value}</a><br>"),
        told.map(lambda value: f'<input name="cpf" value="{value}" data-id="{value}">'),
    )
    texts = st.lists(text, min_size=1, max_size=4).map(" ".join)
    block = st.one_of(
        texts.map("<p>{}</p>".format),
        texts.map('<div class="gracias">{}</div>'.format),
        st.lists(plain, min_size=1, max_size=4).map(
            lambda row: "<table><tbody><tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr></tbody></table>"
        ),
        st.lists(texts, min_size=1, max_size=3).map(
            lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        ),
        told.map('<script type="application/json">{{"cpf": "{0}", "tel": ["{0}"]}}</script>'.format),
    )
    body = "\n".join(draw(st.lists(block, min_size=1, max_size=4)))
    return f"<!doctype html><html><head><title>casa</title></head><body>{body}</body></html>"


SPOKEN = [
    ("<prosody rate='slow'>", "</prosody>"),
    ('<emphasis level="strong">', "</emphasis>"),
    ("<emphasis>", "</emphasis>"),
]
SPOKEN_IN_VALUES = [("<say-as interpret-as='digits'>", "</say-as>"), ("<break/>", ""), ('<break strength="weak"/>', "")]


@st.composite
def speeches(draw: st.DrawFn) -> str:
    """An SSML document."""
    text = st.one_of(
        anything,
        torn(SPOKEN, SPOKEN_IN_VALUES),
        told.map('<say-as interpret-as="digits">{}</say-as>'.format),
        told.map('{}<break strength="weak" time="200ms"/>'.format),
        told.map('<sub alias="{0}">verde</sub>'.format),
    )
    sentences = st.lists(text, min_size=1, max_size=3).map(" ".join).map("<s>{}</s>".format)
    body = "".join(draw(st.lists(sentences, min_size=1, max_size=4)))
    return f'<speak version="1.1" xml:lang="pt-BR"><p>{body}</p></speak>'
