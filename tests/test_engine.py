"""`Engine`: its options, what it refuses, and that it is a value: equal, hashable, picklable, immutable."""

import copy
import math
import pickle
from pathlib import Path
from typing import Any

import pytest
import rasura
from samples import CPF, LABELLED, REDACTED

MAIL = "ana@example.com"

PACK = """\
name     = "Employee number"
category = "identity"
forms    = ["AA-000000"]
scores   = { bare = 0.0, canonical = 0.8, labelled = 0.9 }
examples = ["empleada <<QX-482133>>"]

[labels.es]
strong = ["empleada"]
"""

OPTIONS: list[dict[str, Any]] = [
    {},
    {"locales": ["br"]},
    {"locales": ["es-MX", "pt_BR"]},
    {"entities": ["BR_*", "EMAIL_ADDRESS"]},
    {"include": ["BR_BOLETO"]},
    {"exclude": ["EMAIL_ADDRESS"]},
    {"allow": ["529.982.247-25"]},
    {"threshold": 0.7},
    {"placeholder": "<{entity}>"},
    {"on_error": "cover"},
    {"max_chars": 100},
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "acme" / "employee.toml"
    path.parent.mkdir()
    path.write_text(PACK, encoding="utf-8")
    return path


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_an_engine_is_its_configuration(options: dict[str, Any]) -> None:
    engine = rasura.Engine(**options)
    assert engine == rasura.Engine(**options)
    assert hash(engine) == hash(rasura.Engine(**options))
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(engine, protocol))
        assert again == engine
        assert hash(again) == hash(engine)
        assert again.redact(LABELLED) == engine.redact(LABELLED)
    assert [engine == rasura.Engine(**other) for other in OPTIONS].count(True) == 1
    assert engine != options


def test_options_take_any_iterable_of_str() -> None:
    names = ["BR_CPF", "EMAIL_ADDRESS"]
    engine = rasura.Engine(entities=names)
    assert engine == rasura.Engine(entities=tuple(names))
    assert engine == rasura.Engine(entities=(name for name in names))
    assert engine == rasura.Engine(entities=dict.fromkeys(names))
    assert engine == rasura.Engine(entities=frozenset(names)) == rasura.Engine(entities=set(names))


def test_the_repr_shows_what_differs_from_the_default_and_no_allowed_value() -> None:
    assert repr(rasura.Engine()) == "Engine()"
    shown = repr(rasura.Engine(locales=["br"], threshold=0.7, allow=["529.982.247-25", MAIL], on_error="cover"))
    assert shown == "Engine(locales=['br'], allow=<2>, threshold=0.7, on_error='cover')"


def test_an_engine_is_immutable_and_its_own_copy() -> None:
    engine = rasura.Engine()
    with pytest.raises(AttributeError):
        engine.threshold = 0.1  # type: ignore[attr-defined]
    assert copy.copy(engine) is engine
    assert copy.deepcopy({"engine": engine})["engine"] is engine


def test_entities_choose_what_is_reported() -> None:
    text = f"{LABELLED} {MAIL}"
    assert rasura.Engine(entities=["BR_CPF"]).redact(text) == f"{REDACTED} {MAIL}"
    assert rasura.Engine(entities=["br"]).redact(text) == f"{REDACTED} {MAIL}"
    assert rasura.Engine(entities=["global"]).redact(text) == f"{LABELLED} [EMAIL]"
    assert rasura.Engine(exclude=["BR_*"]).redact(text) == f"{LABELLED} [EMAIL]"
    assert rasura.Engine(entities=[]).redact(text) == text


def test_allowed_values_pass_however_they_are_written() -> None:
    engine = rasura.Engine(allow=["529.982.247-25"])
    assert engine.redact(f"{LABELLED}, cpf 111.444.777-35") == f"{LABELLED}, cpf [CPF]"


def test_the_threshold_is_the_least_score() -> None:
    (finding,) = rasura.detect(CPF)
    assert rasura.Engine(threshold=finding.score).redact(CPF) == "[CPF]"
    assert rasura.Engine(threshold=min(1.0, finding.score + 0.01)).redact(CPF) == CPF


@pytest.mark.parametrize(
    ("placeholder", "expected"),
    [
        ("[{name}]", "[CPF] [CPF] [CPF]"),
        ("<{entity}>", "<BR_CPF> <BR_CPF> <BR_CPF>"),
        ("[{name}_{n}]", "[CPF_1] [CPF_2] [CPF_1]"),
    ],
)
def test_placeholders(placeholder: str, expected: str) -> None:
    text = "529.982.247-25 111.444.777-35 529.982.247-25"
    assert rasura.Engine(placeholder=placeholder).redact(text) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"entities": ["BR_CFP"]}, "BR_CPF"),
        ({"include": ["BR_BOLETOS"]}, "BR_BOLETO"),
        ({"exclude": ["EMAIL"]}, "EMAIL_ADDRESS"),
        ({"entities": ["ZZ_*"]}, r"ZZ_\*"),
        ({"locales": ["xx"]}, "xx"),
        ({"threshold": 1.5}, "threshold is 1.5; it must be from 0 to 1"),
        ({"threshold": -0.1}, "from 0 to 1"),
        ({"threshold": math.nan}, "from 0 to 1"),
        ({"placeholder": ""}, "delimiters"),
        ({"placeholder": "{name}"}, "delimiters"),
        ({"placeholder": "x{name}x"}, "delimiters"),
        ({"placeholder": "[{name}1]"}, "digit"),
        ({"placeholder": "[{name}@]"}, "digit, an `@`"),
        ({"placeholder": "[{other}]"}, "field"),
        ({"on_error": "ignore"}, '"ignore"; it must be "raise" or "cover"'),
        ({"max_chars": 0}, "max_chars must be from 1 to"),
        ({"max_chars": -1}, "max_chars must be from 1 to"),
        ({"max_chars": 1 << 80}, "max_chars must be from 1 to"),
        ({"entities": ["\ud800"]}, "lone surrogate"),
        ({"allow": ["529.982.247-25\ud800"]}, "^allow holds a lone surrogate; remove it$"),
    ],
    ids=str,
)
def test_what_an_engine_cannot_be_is_a_config_error(options: dict[str, Any], said: str) -> None:
    with pytest.raises(rasura.ConfigError, match=said) as caught:
        rasura.Engine(**options)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"entities": "BR_CPF"}, "entities must be a list of str, not str"),
        ({"entities": b"BR_CPF"}, "entities must be a list of str, not bytes"),
        ({"allow": "529.982.247-25"}, "allow must be a list of str, not str"),
        ({"allow": [52998224725]}, "allow must be str, not int"),
        ({"include": None}, "include must be a list of str, not NoneType"),
        ({"locales": 7}, "locales must be a list of str, not int"),
        ({"threshold": "high"}, "threshold must be a number, not str"),
        ({"placeholder": 7}, "placeholder must be str, not int"),
        ({"max_chars": "7"}, "max_chars must be int, not str"),
        ({"max_chars": True}, "max_chars must be int, not bool"),
        ({"max_chars": 7.0}, "max_chars must be int, not float"),
        ({"on_error": None}, "on_error must be str, not NoneType"),
        ({"extra_packs": "acme/employee.toml"}, "extra_packs must be a list of str, not str"),
        ({"extra_packs": [7]}, "extra_packs must be paths"),
        ({"entity": ["BR_CPF"]}, "unexpected keyword argument 'entity'"),
    ],
    ids=str,
)
def test_an_option_of_the_wrong_type_is_a_type_error(options: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        rasura.Engine(**options)
    with pytest.raises(TypeError):
        rasura.Engine("br")  # type: ignore[call-arg]


def test_an_extra_pack_is_found_like_a_built_in_one(pack: Path) -> None:
    for path in (pack, str(pack)):
        engine = rasura.Engine(extra_packs=[path])
        assert engine.redact("empleada QX-482133") == "empleada [EMPLOYEE]"
        (finding,) = engine.detect("empleada QX-482133")
        assert finding.entity == "ACME_EMPLOYEE"
        assert "ACME_EMPLOYEE" in [pack.id for pack in engine.packs()]
        assert rasura.redact("empleada QX-482133") == "empleada QX-482133"


def test_a_pickle_carries_the_texts_of_extra_packs(pack: Path) -> None:
    engine = rasura.Engine(extra_packs=[pack])
    pickled = pickle.dumps(engine)
    pack.unlink()
    again = pickle.loads(pickled)
    assert again == engine
    assert again.redact("empleada QX-482133") == "empleada [EMPLOYEE]"
    assert repr(again) == f"Engine(extra_packs=[{str(pack)!r}])"


def test_a_pack_that_cannot_be_read_is_a_pack_error(tmp_path: Path) -> None:
    missing = tmp_path / "acme" / "none.toml"
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * ((1 << 20) + 1))
    latin1 = tmp_path / "latin1.toml"
    latin1.write_bytes(b'name = "\xe1"')
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "x"\nunknown = 1\n', encoding="utf-8")
    for path, said in [(missing, "cannot be read"), (tmp_path, "cannot be read"), (large, "larger than 1048576 bytes")]:
        with pytest.raises(rasura.PackError, match=said):
            rasura.Engine(extra_packs=[path])
    with pytest.raises(rasura.PackError, match="not UTF-8 at byte 8; save the file as UTF-8"):
        rasura.Engine(extra_packs=[latin1])
    with pytest.raises(rasura.PackError, match=r"wrong\.toml:\d+") as caught:
        rasura.Engine(extra_packs=[wrong])
    assert isinstance(caught.value, rasura.ConfigError)
