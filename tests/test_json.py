"""JSON as text and as objects: what is found and replaced, what stays as it was, and that both ways agree."""

import json
import math
import re
import sys
from collections import OrderedDict, namedtuple
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import rasura
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

CPF, WRITTEN, OTHER = 52998224725, "529.982.247-25", "111.444.777-35"
MAIL = "ana@example.com"


LAYOUTS: list[dict[str, Any]] = [{}, {"indent": 2}, {"ensure_ascii": False, "separators": (",", ":")}]


def nested(depth: int) -> list[Any]:
    """A list in a list, so many levels in all."""
    made: list[Any] = []
    for _ in range(depth - 1):
        made = [made]
    return made


def paths(value: object, **options: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - whatever detect_json takes
    return [(found.path, found.entity) for found in rasura.detect_json(value, **options)]


# What keys say.


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"cpf": CPF}, {"cpf": "[CPF]"}),
        ({"cpf": WRITTEN}, {"cpf": "[CPF]"}),
        ({"cpf": 52998224724}, {"cpf": "[CPF]"}),
        ({"cpfDoTitular": 52998224724}, {"cpfDoTitular": "[CPF]"}),
        ({"cpf_titular": 52998224724}, {"cpf_titular": "[CPF]"}),
        ({"titularCpf": 52998224724}, {"titularCpf": "[CPF]"}),
        ({"rg": "123456789"}, {"rg": "[RG]"}),
        ({"telefone": "1155550142"}, {"telefone": "[PHONE]"}),
        ({"phoneNumber": 1155550142}, {"phoneNumber": "[PHONE]"}),
        ({"dataNascimento": "1990-05-12"}, {"dataNascimento": "[BIRTH_DATE]"}),
        ({"fecha_nacimiento": "1990-05-12"}, {"fecha_nacimiento": "[BIRTH_DATE]"}),
        ({"birthDate": "1990-05-12"}, {"birthDate": "[BIRTH_DATE]"}),
        ({"password": "hunter2x", "senha": "abc12345"}, {"password": "[PASSWORD]", "senha": "[PASSWORD]"}),
        ({"orderId": CPF}, {"orderId": CPF}),
        ({"created": 1700000000, "total": 1249.9}, {"created": 1700000000, "total": 1249.9}),
    ],
    ids=str,
)
def test_keys_say_what_their_values_are(value: object, expected: object) -> None:
    assert rasura.redact_json(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        {"tipo": "CPF", "numero": 52998224724},
        {"numero": 52998224724, "tipo": "CPF"},
        {"type": "cpf", "issued": "2020-01-01", "a": [1, {"b": 2}], "value": "52998224724"},
        {"documentNumber": "AB123456", "country": "BR", "documentType": "passport"},
        {"name": "Telefone", "value": 1155550142},
        {"campo": "rg", "valor": "123456789"},
        {"tipoDocumento": "CPF", "numeroDocumento": 1234567890},
    ],
    ids=str,
)
def test_another_member_says_what_a_value_is_before_it_or_after(value: dict[str, Any]) -> None:
    changed = rasura.redact_json(value)
    (key,) = (key for key in value if changed[key] != value[key])
    assert re.search("num|val", key, re.IGNORECASE)
    assert re.fullmatch(r"\[[A-Z]+\]", changed[key])


def test_the_key_around_an_object_or_a_list_says_what_is_in_it() -> None:
    assert rasura.redact_json({"rg": {"numero": "123456789"}}) == {"rg": {"numero": "[RG]"}}
    phones = ["1155550142", "1155550143", 1155550144, "1155550145", "ok", 7]
    assert rasura.redact_json({"phones": phones}) == {"phones": ["[PHONE]"] * 4 + ["ok", 7]}
    assert rasura.redact_json({"pedido": {"numero": str(CPF)}}) == {"pedido": {"numero": str(CPF)}}
    assert rasura.redact_json([[WRITTEN]]) == [["[CPF]"]]


# Numbers.


@pytest.mark.parametrize("number", [CPF, float(CPF), 5.2998224725e10])
def test_a_number_becomes_a_string(number: float) -> None:
    assert rasura.redact_json({"cpf": number, "n": 1}) == {"cpf": "[CPF]", "n": 1}
    assert rasura.redact_json(number) == "[CPF]"


@pytest.mark.parametrize("written", ["52998224725", "52998224725.0", "5.2998224725E10", "529982247250e-1"])
def test_a_number_is_replaced_however_it_is_written(written: str) -> None:
    text = f'{{"cpf" : {written} , "n":-0}}'
    assert rasura.redact_json_text(text) == '{"cpf" : "[CPF]" , "n":-0}'
    (found,) = rasura.detect_json(text)
    assert (found.path, found.start, found.end, found.check) == ("/cpf", 0, len(written), "valid")


@pytest.mark.parametrize(
    ("key", "number", "word"),
    [
        ("cpf", 1234567890, "[CPF]"),
        ("cpf", 123456797, "[CPF]"),
        ("cnpj", 1222333000128, "[CNPJ]"),
        ("cep", 1310100, "[CEP]"),
        ("ssn", 12345678, "[SSN]"),
    ],
)
def test_zeros_that_a_number_lost_count_where_its_key_names_it(key: str, number: int, word: str) -> None:
    assert rasura.redact_json({key: number}) == {key: word}
    assert rasura.redact_json({key + "s": [number, 1]}) == {key + "s": [word, 1]}
    assert rasura.redact_json({"code": number, "n": number}) == {"code": number, "n": number}


def test_lost_zeros_need_right_check_digits_where_there_are_any() -> None:
    for value in ({"cpf": 1234567891}, {"cpf": 17}, {"order": 1234567890}, {"cpf": True}):
        assert rasura.redact_json(value) is value


def test_below_zero_is_no_identifier_unless_the_sign_is_part_of_it() -> None:
    value = {"cpf": -CPF, "n": -CPF}
    assert rasura.redact_json(value) is value
    assert rasura.redact_json({"lat": -23.550520, "lng": -46.633308}) == {
        "lat": "[COORDINATES]",
        "lng": "[COORDINATES]",
    }


# Text: every other byte stays.


def test_what_is_not_found_stays_byte_for_byte() -> None:
    text = (
        '\ufeff \r\n{ "a" : 1E+2,"a":-0 ,\t"b":[ NaN,Infinity , -Infinity ], "big": '
        + "9" * 400
        + ', "cpf":"529.982.247-25", "c":"\\u00e9\\/ \\ud83d\\ude00 \\ud800", "d":{} }\n '
    )
    expected = text.replace(WRITTEN, "[CPF]")
    assert rasura.redact_json_text(text) == expected
    assert rasura.redact_json_text(text.encode()) == expected.encode()


@pytest.mark.parametrize("text", ["{}", "[]", "1", '"x"', "null", ' {"a": [1, 2.50, "é", "漢", "👋"]} '])
def test_the_same_object_comes_back_when_nothing_is_found(text: str) -> None:
    assert rasura.redact_json_text(text) is text
    raw = text.encode()
    assert rasura.redact_json_text(raw) is raw


def test_escapes_are_read() -> None:
    escaped = "".join(f"\\u{ord(c):04x}" for c in WRITTEN)
    text = f'{{"\\u0063pf": "n\\u00ba {escaped}\\n", "e": "\\"ana\\u0040example.com\\"", "x": "\\\\"}}'
    assert rasura.redact_json_text(text) == '{"\\u0063pf": "n\\u00ba [CPF]\\n", "e": "\\"[EMAIL]\\"", "x": "\\\\"}'
    (first, second) = rasura.detect_json(text)
    assert (first.path, first.start, first.end) == ("/cpf", 3, 17)
    assert (second.path, second.start, second.end) == ("/e", 1, 16)


def test_a_placeholder_is_written_as_json() -> None:
    engine = rasura.Engine(placeholder='"{name}"')
    text = json.dumps({"cpf": CPF, "t": WRITTEN, "in": json.dumps({"cpf": CPF, "t": WRITTEN})})
    inner = json.dumps({"cpf": '"CPF"', "t": '"CPF"'})
    assert json.loads(engine.redact_json_text(text)) == {"cpf": '"CPF"', "t": '"CPF"', "in": inner}
    assert engine.redact_json(json.loads(text)) == {"cpf": '"CPF"', "t": '"CPF"', "in": inner}
    wide = rasura.Engine(placeholder="«{name}»")
    assert wide.redact_json_text(b'{"cpf":529982247-25}'.replace(b"-25", b"25")) == '{"cpf":"«CPF»"}'.encode()


def test_layout_does_not_matter() -> None:
    value = {"tipo": "RG", "x": [1] * 9, "numero": "123456789", "a": {"cpf": [CPF, {"tel": "1155550142"}]}}
    layouts: list[dict[str, Any]] = [*LAYOUTS, {"indent": "\t", "separators": (" ,", " : ")}]
    for options in layouts:
        text = json.dumps(value, **options)
        assert json.loads(rasura.redact_json_text(text)) == rasura.redact_json(value)
        assert rasura.detect_json(text) == rasura.detect_json(value)


def test_bytes_that_are_not_utf8_stay() -> None:
    assert rasura.redact_json_text(b'{"a":"\xff 529.982.247-25 \xc3"}') == b'{"a":"\xff [CPF] \xc3"}'


# JSON in strings.


def test_json_in_a_string_stays_json() -> None:
    inner = '{"cpf": 52998224725, "mail": "ana@example.com", "n": 1}'
    redacted = '{"cpf": "[CPF]", "mail": "[EMAIL]", "n": 1}'
    assert rasura.redact_json({"args": inner}) == {"args": redacted}
    assert rasura.redact_json(inner) == redacted
    assert rasura.redact_json({"args": json.dumps({"again": inner})}) == {"args": json.dumps({"again": redacted})}
    text = json.dumps({"é": json.dumps({"again": inner, "é": "é"})})
    assert rasura.redact_json_text(text) == json.dumps({"é": json.dumps({"again": redacted, "é": "é"})})


def test_findings_in_json_in_a_string_have_their_place_in_the_string() -> None:
    args = json.dumps({"a": json.dumps({"é": "é", "cpf": CPF})})
    (found,) = rasura.detect_json({"args": args})
    assert found.path == "/args"
    assert args[found.start : found.end] == str(CPF)
    assert rasura.detect_json(json.dumps({"args": args})) == [found]


def test_what_only_begins_like_json_is_text() -> None:
    for text in (
        "[CPF] " + WRITTEN,
        "{nome} " + WRITTEN,
        f"[{WRITTEN}",
        '{"cpf": ' + WRITTEN + "}",
        "[" * 500 + WRITTEN,
    ):
        assert rasura.redact_json([text]) == [text.replace(WRITTEN, "[CPF]")]
    deep = "[" * 127 + str(CPF) + "]" * 127
    assert rasura.redact_json([deep]) == [deep.replace(str(CPF), '"[CPF]"')]
    deeper = "[" * 128 + str(CPF) + "]" * 128
    assert rasura.redact_json([deeper]) == [deeper.replace(str(CPF), "[CPF]")]


# Keys that are personal.


def test_redacted_keys_stay_apart() -> None:
    value = {WRITTEN: 1, OTHER: {MAIL: 2}, "[CPF]": 3, "x": 4}
    expected = {"[CPF] (2)": 1, "[CPF] (3)": {"[EMAIL]": 2}, "[CPF]": 3, "x": 4}
    changed = rasura.redact_json(value)
    assert changed == expected
    assert list(changed) == list(expected)
    assert json.loads(rasura.redact_json_text(json.dumps(value))) == expected
    assert rasura.redact_json(changed) is changed
    assert rasura.redact_json_text(f'{{"{WRITTEN}":1,"{WRITTEN}":2}}') == '{"[CPF]":1,"[CPF] (2)":2}'
    inner = json.dumps(value)
    assert json.loads(rasura.redact_json([inner])[0]) == expected


def test_keys_of_other_types_stay_or_become_strings() -> None:
    value = {1: MAIL, None: "b", False: "a", 1.5: "c", CPF: "d"}
    assert rasura.redact_json(value) == {1: "[EMAIL]", False: "a", None: "b", 1.5: "c", "[CPF]": "d"}


def test_no_path_holds_a_personal_key() -> None:
    found = rasura.detect_json({WRITTEN: [MAIL], OTHER: {"a/b~": MAIL}})
    assert [(one.path, one.in_key) for one in found] == [
        ("/[CPF]", True),
        ("/[CPF]/0", False),
        ("/[CPF] (2)", True),
        ("/[CPF] (2)/a~1b~0", False),
    ]
    assert [one.path for one in rasura.detect_json({WRITTEN: MAIL}, skip=["/x"])] == ["/[CPF]", "/[CPF]"]
    (long,) = rasura.detect_json({"k" * 1000: MAIL})
    assert long.path == "/" + "k" * 256 + "…"


# Objects.


def test_what_did_not_change_is_the_same_object() -> None:
    clean = {"b": [1, "x"]}
    value: list[Any] = [1, 2.5, None, True, "x", (), {}]
    for same in (*value, value, clean):
        assert rasura.redact_json(same) is same
    given = {"a": clean, "cpf": WRITTEN, "list": [clean, [WRITTEN]], "tuple": (clean, CPF)}
    copy = json.dumps(given)
    changed = rasura.redact_json(given)
    assert json.dumps(given) == copy
    assert changed["a"] is changed["list"][0] is changed["tuple"][0] is clean
    assert changed == {"a": clean, "cpf": "[CPF]", "list": [clean, ["[CPF]"]], "tuple": (clean, "[CPF]")}


def test_subclasses_are_read_and_become_plain_where_they_change() -> None:
    point = namedtuple("point", "x y")  # noqa: PYI024 - a tuple of a class of its own
    ordered = OrderedDict(cpf=CPF, a=1)
    ordered.move_to_end("cpf")
    value: list[Any] = [ordered, point(1, WRITTEN), point(1, 2)]
    changed = rasura.redact_json(value)
    assert [type(one) for one in changed] == [dict, tuple, point]
    assert changed == [{"a": 1, "cpf": "[CPF]"}, (1, "[CPF]"), (1, 2)]
    assert list(changed[0]) == ["a", "cpf"]


def test_strings_of_every_form_and_lone_surrogates_survive() -> None:
    for extra in ("", "é", "漢", "👋", "\ud800", "\x00\n"):
        value = {"k" + extra: [f"{extra} cpf {WRITTEN} {extra}"]}
        expected = {"k" + extra: [f"{extra} cpf [CPF] {extra}"]}
        assert rasura.redact_json(value) == expected
        assert json.loads(rasura.redact_json_text(json.dumps(value))) == expected


@pytest.mark.parametrize("wrong", [date(2020, 1, 1), b"x", {1}, object(), 1j, bytearray()], ids=type)
def test_another_type_is_a_type_error_that_says_where(wrong: object) -> None:
    name = type(wrong).__name__
    for engine in (rasura.Engine(), rasura.Engine(on_error="cover")):
        with pytest.raises(TypeError, match=rf"^obj\[1\]\[0\] must be dict, list, .* not {name}$"):
            engine.redact_json({"a": 1, "b": [wrong]})
    with pytest.raises(TypeError, match=r"^obj\[0\] must have keys that are str, .*, not tuple$"):
        rasura.redact_json([{(1, 2): 3}])


# Limits.


def test_128_levels_are_read_and_one_more_is_an_error() -> None:
    deep = nested(128)
    assert rasura.redact_json(deep) is deep
    text = "[" * 128 + "]" * 128
    assert rasura.redact_json_text(text) is text
    calls: list[Callable[[rasura.Engine], object]] = [
        lambda engine: engine.redact_json([deep]),
        lambda engine: engine.detect_json([deep]),
        lambda engine: engine.redact_json_text(f"[{text}]"),
        lambda engine: engine.redact_json_text(f"[{text}]", invalid="text"),
        lambda engine: engine.redact_json_text("[" * 10_000_000 + "]"),
        lambda engine: engine.redact_json_text('{"a":' * 1_000_000),
        lambda engine: engine.detect_json(f"[{text}]"),
    ]
    for call in calls:
        with pytest.raises(rasura.InputTooLarge):
            call(rasura.Engine(max_chars=1 << 30))


def test_an_object_that_holds_itself_is_too_deep() -> None:
    round_: list[Any] = []
    round_.append({"a": round_})
    with pytest.raises(rasura.InputTooLarge, match="holds itself"):
        rasura.redact_json(round_)


def test_a_million_values_are_read_and_one_more_is_an_error() -> None:
    many = [0] * 999_999
    assert rasura.redact_json(many) is many
    text = "[" + "0," * 999_998 + "0]"
    assert rasura.redact_json_text(text) is text
    calls: list[tuple[Callable[..., object], object]] = [
        (rasura.redact_json, [0] * 1_000_000),
        (rasura.redact_json_text, "[" + "0," * 999_999 + "0]"),
        (rasura.detect_json, [0] * 1_000_000),
    ]
    for call, value in calls:
        with pytest.raises(rasura.InputTooLarge, match="1000000"):
            call(value)


def test_max_chars_counts_the_text_or_the_keys_and_values() -> None:
    engine = rasura.Engine(max_chars=20)
    assert engine.redact_json_text('{"a":"' + "x" * 12 + '"}')
    with pytest.raises(rasura.InputTooLarge, match="21 characters"):
        engine.redact_json_text('{"a":"' + "x" * 13 + '"}')
    assert engine.redact_json(["x" * 15])
    with pytest.raises(rasura.InputTooLarge, match="more than 20 characters"):
        engine.redact_json(["x" * 15, "y" * 15])


def test_under_cover_the_whole_is_one_placeholder() -> None:
    engine = rasura.Engine(on_error="cover", max_chars=30)
    assert engine.redact_json(nested(129)) == "[REDACTED]"
    assert engine.redact_json_text("{" + " " * 30 + "}") == '"[REDACTED]"'
    assert engine.redact_json_text(b"{" + b" " * 30 + b"}") == b'"[REDACTED]"'
    assert engine.redact_json_text("nope") == '"[REDACTED]"'
    cover = rasura.JsonFinding("", 0, 4, "REDACTED", 1.0, "none", (), in_key=False)
    assert engine.detect_json("nope") == [cover]
    assert engine.stats()["errors"] == 5


# What is no JSON.

INVALID = """
|{|}|[|]|{"a"}|{"a":}|{"a":1,}|[1,]|[,1]|[1 2]|{"a":1 "b":2}|{a:1}|{'a':1}|nul|truE|1.|.5|01|-|+1|1e|1e+|0x1|--1|-NaN|"
"\\x"|"\\u12g4"|"a|{"a":1}}|[]]|{]|[}|1 2|//|[1]x|\ufeff\ufeff1|"\t"|"\x00"|NaNN|Infinit|-Infinit|{"a":1,,"b":2}|{1:2}
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_json_is_an_error_or_text(text: str) -> None:
    for given_text in (text, text.encode(), text + "\u2028" if text else text):
        with pytest.raises(rasura.InvalidJson, match=r"line \d+, column \d+ \(offset \d+\)"):
            rasura.redact_json_text(given_text)
        with pytest.raises(rasura.InvalidJson):
            rasura.detect_json(given_text)
        assert rasura.redact_json_text(given_text, invalid="text") == rasura.redact(given_text)


def test_the_error_says_where_and_not_what() -> None:
    with pytest.raises(rasura.InvalidJson) as caught:
        rasura.redact_json_text('{\n  "é": 1,\n  "cpf": 529.982.247-25\n}')
    assert "line 3, column 17 (offset 28)" in str(caught.value)
    assert "982" not in str(caught.value).replace("offset", "")
    assert isinstance(caught.value, ValueError)
    broken = '{"cpf": 529.982.247-25}'
    assert rasura.redact_json_text(broken, invalid="text") == '{"cpf": [CPF]}'
    (found,) = rasura.detect_json(broken, invalid="text")
    assert (found.path, broken[found.start : found.end]) == ("", WRITTEN)


# Scope.


def test_skip_and_only_say_what_is_looked_after() -> None:
    value = {"id": WRITTEN, "a": [{"id": WRITTEN, "sha256": str(CPF), "text": MAIL}], WRITTEN: 1}
    assert rasura.redact_json(value, skip=["/id"]) == rasura.redact_json(value) | {"id": WRITTEN}
    assert paths(value, skip=["/**/sha256", "/**/id"]) == [("/a/0/text", "EMAIL_ADDRESS"), ("/[CPF]", "BR_CPF")]
    assert paths(value, only=["/a/*/id"]) == [("/a/0/id", "BR_CPF")]
    assert paths(value, only=["/a"]) == [
        ("/a/0/id", "BR_CPF"),
        ("/a/0/sha256", "BR_CPF"),
        ("/a/0/text", "EMAIL_ADDRESS"),
    ]
    assert paths(value, only=["/a"], skip=["/a/0"]) == []
    assert paths(value, only=[]) == paths(value, skip=[""]) == []
    text = json.dumps(value)
    assert rasura.redact_json_text(text, skip=["/**"]) is text
    assert rasura.redact_json_text(text, only=["/id"]) == text.replace(WRITTEN, "[CPF]", 1)


def test_what_is_left_out_still_says_what_its_neighbours_are() -> None:
    value = {"tipo": "CPF", "numero": 52998224724}
    assert rasura.redact_json(value, skip=["/tipo"]) == {"tipo": "CPF", "numero": "[CPF]"}
    assert rasura.redact_json({"args": json.dumps({"cpf": CPF})}, skip=["/args"]) == {"args": json.dumps({"cpf": CPF})}


@pytest.mark.parametrize("option", ["skip", "only"])
def test_a_wrong_pattern_is_a_config_error_that_says_what_to_write(option: str) -> None:
    for wrong, said in (("id", "begins with a slash"), ("/a~b", '"~0" for a tilde'), ("/a" * 64, "63 parts")):
        with pytest.raises(rasura.ConfigError, match=rf"^{option}\[1\] .*{said}"):
            rasura.redact_json({}, **{option: ["/ok", wrong]})
    wrong_types: list[Any] = ["/id", 7, [7]]
    for value in wrong_types:
        with pytest.raises(TypeError, match=f"^{option} must be"):
            rasura.redact_json({}, **{option: value})
    with pytest.raises(rasura.ConfigError, match='it must be "raise" or "text"'):
        rasura.redact_json_text("{}", invalid="ignore")  # type: ignore[call-overload]


# Other promises.


def test_findings_have_pointers_and_places() -> None:
    value = {"a": [{"b": f"é {WRITTEN}"}], "": {"x/y": CPF}}
    found = rasura.detect_json(value)
    assert [(one.path, one.start, one.end, one.entity, one.check) for one in found] == [
        ("/a/0/b", 2, 16, "BR_CPF", "valid"),
        ("//x~1y", 0, 11, "BR_CPF", "valid"),
    ]
    assert rasura.detect_json(json.dumps(value)) == rasura.detect_json(json.dumps(value).encode()) == found


def test_options_of_the_engine_hold() -> None:
    value = {"a": WRITTEN, "b": [OTHER, CPF], "e": MAIL}
    assert rasura.Engine(entities=["EMAIL_ADDRESS"]).redact_json(value) == value | {"e": "[EMAIL]"}
    assert rasura.Engine(allow=[WRITTEN]).redact_json(value) == {"a": WRITTEN, "b": ["[CPF]", CPF], "e": "[EMAIL]"}
    numbered = rasura.Engine(placeholder="[{name}_{n}]")
    assert numbered.redact_json(value) == {"a": "[CPF_1]", "b": ["[CPF_2]", "[CPF_1]"], "e": "[EMAIL_1]"}


def test_each_call_counts_as_a_text() -> None:
    engine = rasura.Engine()
    engine.redact_json({"cpf": CPF, "e": MAIL})
    engine.redact_json_text('{"a":1}')
    engine.detect_json([MAIL])
    stats = engine.stats()
    assert (stats["texts"], stats["changed"], stats["errors"]) == (3, 1, 0)
    assert stats["findings"] == {"BR_CPF": 1, "EMAIL_ADDRESS": 2}


def test_a_large_value_is_read_without_the_interpreter_lock() -> None:
    value = [{"cpf": CPF, WRITTEN: [MAIL, "x" * 100]}] * 4_000
    expected = [{"cpf": "[CPF]", "[CPF]": ["[EMAIL]", "x" * 100]}] * 4_000
    assert rasura.redact_json(value) == expected
    assert rasura.redact_json(value, skip=["/0"]) == value[:1] + expected[1:]
    assert (
        json.loads(rasura.redact_json_text(json.dumps(value), only=["/*/cpf"]))
        == [{"cpf": "[CPF]", WRITTEN: [MAIL, "x" * 100]}] * 4_000
    )
    assert len(rasura.detect_json(value)) == 12_000


# Laws.

VALUES = ["529.982.247-25", "52998224725", "(11) 95555-0142", MAIL, "4111 1111 1111 1111", "x", "", "cpf", "CPF", "RG"]
KEYS = ["cpf", "tipo", "numero", "value", "type", "id", "phones", "a/b~", "é", "漢", WRITTEN, "[CPF]", "created"]
strings = st.one_of(st.sampled_from(VALUES), st.text(max_size=8), st.sampled_from(VALUES).map(lambda v: f"é {v} 👋"))
numbers = st.one_of(
    st.sampled_from([CPF, float(CPF), -CPF, 1234567890, 1310100, 1155550142, 4111111111111111, 0, -0.0, 1e22, 5e-324]),
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from([10**64, 10**63, 10**400, math.inf, -math.inf]),
)
leaves = st.one_of(st.none(), st.booleans(), numbers, strings)


def containers(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = st.one_of(st.sampled_from(KEYS), st.text(max_size=4))
    objects = st.dictionaries(keys, children, max_size=5)
    return st.one_of(st.lists(children, max_size=5), objects, objects.map(json.dumps))


objects = st.recursive(leaves, containers, max_leaves=20)


@given(objects, st.sampled_from(LAYOUTS))
def test_text_and_objects_agree(value: object, layout: dict[str, Any]) -> None:
    text = json.dumps(value, **layout)
    expected = rasura.redact_json(value)
    redacted = rasura.redact_json_text(text)
    assert json.loads(redacted) == expected
    assert rasura.detect_json(text) == (
        rasura.detect_json(value) if not isinstance(value, str) else rasura.detect_json(text)
    )
    if expected is value:
        assert redacted is text
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return
    assert rasura.redact_json_text(raw) == redacted.encode()
    assert rasura.detect_json(raw) == rasura.detect_json(text)


@given(objects)
def test_findings_say_what_is_replaced(value: object) -> None:
    """Keys aside, an answer is the value with words in the places of the findings."""
    if isinstance(value, str):
        return
    for found in rasura.detect_json(value):
        at: Any = value
        for part in found.path.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if isinstance(at, dict):
                if key not in at:
                    return
                at = at[key]
            else:
                at = at[int(key)]
        if not found.in_key:
            length = len(at) if isinstance(at, str) else len(json.dumps(at))
            assert 0 <= found.start < found.end <= length


@given(objects)
def test_redacting_twice_is_redacting_once(value: object) -> None:
    once = rasura.redact_json(value)
    assert rasura.redact_json(once) == once


PIECES = [
    '{"',
    '":',
    '"',
    ",",
    "[",
    "]",
    "{",
    "}",
    " ",
    "1",
    "-",
    ".5",
    "e3",
    "true",
    "null",
    "NaN",
    "\\",
    "\\u00",
    "\n",
    "é",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_python_reads_is_what_is_read(text: str) -> None:
    """Or refused: the same grammar, on texts that are mostly not JSON."""
    try:
        json.loads(text)
    except ValueError:
        with pytest.raises(rasura.InvalidJson):
            rasura.redact_json_text(text)
    else:
        assert rasura.redact_json_text(text) is text


def test_nothing_recurses_on_the_stack() -> None:
    """128 levels in a thread with the smallest stack that there is."""
    import threading  # noqa: PLC0415 - here alone

    before = threading.stack_size(64 << 10) if sys.platform != "win32" else 0
    done = []
    deep: Any = {"cpf": CPF}
    for _ in range(127):
        deep = [deep]
    thread = threading.Thread(target=lambda: done.append(rasura.redact_json(deep)))
    thread.start()
    thread.join()
    threading.stack_size(before)
    assert "[CPF]" in str(done)
