"""The functions of the module: what they take, what they return, and that they agree with each other."""

import inspect
from typing import Any

import pytest
import rasura
from samples import CPF, LABELLED, REDACTED


class Text(str):
    __slots__ = ()


def test_a_value_is_replaced_by_the_word_of_its_pack() -> None:
    assert rasura.redact(LABELLED) == REDACTED


def test_bytes_give_bytes() -> None:
    assert rasura.redact(LABELLED.encode()) == REDACTED.encode()


@pytest.mark.parametrize("text", ["", "x", "olá, tudo bem?", "— 漢字 👋", b"", b"hello", "olá".encode(), b"\xff\xfe"])
def test_the_same_object_comes_back_when_nothing_is_found(text: str | bytes) -> None:
    assert rasura.redact(text) is text
    assert rasura.Engine().process(text).text is text
    assert rasura.detect(text) == []


def test_a_subclass_of_str_is_read_and_gives_str_when_it_changes() -> None:
    assert type(rasura.redact(Text(LABELLED))) is str
    clean = Text("nada")
    assert rasura.redact(clean) is clean


def test_a_finding_says_where_what_and_how_sure() -> None:
    (finding,) = rasura.detect(LABELLED)
    assert (finding.start, finding.end) == (4, 15)
    assert finding.entity == "BR_CPF"
    assert 0.5 <= finding.score <= 1.0
    assert finding.check == "valid"
    assert isinstance(finding.alternatives, tuple)


def test_process_is_redact_and_detect_at_once() -> None:
    engine = rasura.Engine()
    for text in (LABELLED, "nada", ""):
        result = engine.process(text)
        assert result.text == rasura.redact(text)
        assert result.findings == rasura.detect(text)
        assert result.changed is (text == LABELLED)


def test_many_is_one_after_the_other() -> None:
    engine = rasura.Engine()
    texts = [LABELLED, "nada", "", "olá 👋 " + LABELLED]
    assert engine.redact_many(texts) == [rasura.redact(text) for text in texts]
    assert engine.detect_many(texts) == [rasura.detect(text) for text in texts]
    assert engine.redact_many(iter(texts)) == engine.redact_many(tuple(texts))
    assert engine.redact_many([]) == []
    mixed: list[str | bytes] = [LABELLED, LABELLED.encode()]
    assert engine.redact_many(mixed) == [REDACTED, REDACTED.encode()]


def test_explain_names_every_candidate_and_why() -> None:
    decisions = rasura.explain(f"pedido {CPF}, {LABELLED}")
    taken = [decision for decision in decisions if decision.taken]
    left = [decision for decision in decisions if not decision.taken]
    assert [(made.start, made.end, made.entity) for made in taken] == [(24, 35, "BR_CPF")]
    assert left
    assert all(made.reason for made in decisions)
    (label,) = (label for label in taken[0].labels if label.phrase == "cpf")
    assert (label.start, label.end, label.strong, label.before) == (20, 23, True, True)


def test_explain_and_detect_agree() -> None:
    text = f"{LABELLED}, mail ana@example.com, total R$ 10,00, pedido 48219735"
    found = {(finding.start, finding.end, finding.entity) for finding in rasura.detect(text)}
    assert {(made.start, made.end, made.entity) for made in rasura.explain(text) if made.taken} >= found
    assert len(found) == 2


def test_packs_are_sorted_by_id_and_say_where_they_come_from() -> None:
    packs = rasura.packs()
    ids = [pack.id for pack in packs]
    assert ids == sorted(set(ids))
    assert {pack.report for pack in packs} <= {"default", "asked", "never"}
    for pack in packs:
        assert pack.country is None or pack.id.startswith(pack.country.upper() + "_")
        assert pack.name
        assert pack.category
        assert pack.placeholder


@pytest.mark.parametrize("call", ["redact", "detect", "explain"])
@pytest.mark.parametrize(
    "wrong", [None, 7, 1.5, [LABELLED], {"a": LABELLED}, bytearray(b"x"), memoryview(b"x"), object]
)
def test_a_wrong_type_is_a_type_error_that_names_the_type(call: str, wrong: Any) -> None:  # noqa: ANN401 - that is it
    message = f"^text must be str or bytes, not {type(wrong).__name__}$"
    for owner in (rasura, rasura.Engine(), rasura.Engine(on_error="cover")):
        with pytest.raises(TypeError, match=message):
            getattr(owner, call)(wrong)
    with pytest.raises(TypeError, match=message):
        rasura.Engine(on_error="cover").process(wrong)


@pytest.mark.parametrize("call", ["redact_many", "detect_many"])
def test_many_takes_texts_and_nothing_else(call: str) -> None:
    for on_error in ("raise", "cover"):
        many = getattr(rasura.Engine(on_error=on_error), call)
        for wrong in (LABELLED, LABELLED.encode(), None, 7):
            with pytest.raises(TypeError, match=f"iterable of str or bytes, not {type(wrong).__name__}$"):
                many(wrong)
        with pytest.raises(TypeError, match=r"^texts\[1\] must be str or bytes, not NoneType$"):
            many([LABELLED, None])


def test_an_error_of_the_callers_iterator_is_the_callers() -> None:
    def broken() -> Any:  # noqa: ANN401 - a generator that fails
        yield LABELLED
        raise LookupError

    with pytest.raises(LookupError):
        rasura.Engine().redact_many(broken())


def test_texts_are_positional_and_options_are_keywords() -> None:
    for call in (rasura.redact, rasura.detect, rasura.explain, rasura.Engine().process, rasura.Engine().redact_many):
        (parameter,) = inspect.signature(call).parameters.values()
        assert parameter.kind is inspect.Parameter.POSITIONAL_ONLY
    signature = inspect.signature(rasura.Engine)
    assert {parameter.kind for parameter in signature.parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert str(signature) == (
        "(*, locales=None, entities=None, include=(), exclude=(), allow=(), threshold=0.5, placeholder='[{name}]', "
        "extra_packs=(), on_error='raise', max_chars=8388608)"
    )


def test_json_takes_its_options_as_keywords() -> None:
    signatures = {
        "redact_json": "(obj, /, *, skip=(), only=None)",
        "redact_json_text": "(text, /, *, skip=(), only=None, invalid='raise')",
        "detect_json": "(obj, /, *, skip=(), only=None, invalid='raise')",
    }
    for name, signature in signatures.items():
        for owner in (rasura, rasura.Engine()):
            assert str(inspect.signature(getattr(owner, name))) == signature


def test_everything_public_is_documented_and_named_for_its_place() -> None:
    for name in rasura.__all__:
        thing = getattr(rasura, name)
        if name != "__version__":
            assert inspect.getdoc(thing), name
        if isinstance(thing, type):
            assert thing.__module__ == "rasura", name
