"""Findings, decisions, packs and results as Python objects: frozen, equal, hashable, picklable, without text."""

import copy
import pickle
from typing import Any

import pytest
import rasura
from samples import CPF, LABELLED


def records() -> list[Any]:
    (finding,) = rasura.detect(LABELLED)
    decision = next(made for made in rasura.explain(LABELLED) if made.labels)
    (in_json,) = rasura.detect_json({"cpf": CPF})
    return [finding, in_json, decision, decision.labels[0], rasura.packs()[0]]


@pytest.mark.parametrize("record", records(), ids=lambda record: type(record).__name__)
class TestRecord:
    def test_it_is_frozen(self, record: Any) -> None:  # noqa: ANN401 - any record
        for name in type(record).__match_args__:
            with pytest.raises(AttributeError):
                setattr(record, name, 1)
        with pytest.raises(AttributeError):
            record.other = 1

    def test_a_pickle_and_a_copy_are_equal(self, record: Any) -> None:  # noqa: ANN401
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            again = pickle.loads(pickle.dumps(record, protocol))
            assert again == record
            assert hash(again) == hash(record)
        assert copy.deepcopy(record) == record

    def test_it_is_made_of_its_fields(self, record: Any) -> None:  # noqa: ANN401
        fields = {name: getattr(record, name) for name in type(record).__match_args__}
        assert type(record)(**fields) == record
        assert type(record)(*fields.values()) == record
        assert record != tuple(fields.values())
        assert repr(record) == f"{type(record).__name__}({', '.join(f'{k}={v!r}' for k, v in fields.items())})"

    def test_it_differs_from_another(self, record: Any) -> None:  # noqa: ANN401
        fields = {name: getattr(record, name) for name in type(record).__match_args__}
        for name, value in fields.items():
            if isinstance(value, bool):
                other: Any = not value
            elif isinstance(value, int | float):
                other = value + 1
            elif isinstance(value, tuple):
                other = (*value, "x")
            else:
                other = "x"
            assert type(record)(**fields | {name: other}) != record


def test_a_finding_can_be_matched() -> None:
    match rasura.detect(LABELLED)[0]:
        case rasura.Finding(start, end, "BR_CPF", check="valid"):
            assert LABELLED[start:end] == CPF
        case _:
            pytest.fail("no match")


def test_a_result_is_equal_by_its_parts_and_shows_no_text() -> None:
    result = rasura.Engine().process(LABELLED)
    assert result == rasura.Engine().process(LABELLED)
    assert result != rasura.Engine().process(LABELLED + " ")
    assert pickle.loads(pickle.dumps(result)) == result
    assert repr(result) == f"Result(text=<9>, findings={result.findings!r}, changed=True)"
    with pytest.raises(TypeError, match="unhashable"):
        hash(result)
    with pytest.raises(AttributeError):
        result.text = "x"  # type: ignore[misc]
    assert rasura.Result[str] is not None
