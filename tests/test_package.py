"""The package as a whole: its version, what importing it costs and brings in, what is inside."""

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import rasura

ROOT = Path(__file__).parent.parent


def test_the_version_stands_in_cargo_toml_alone() -> None:
    cargo = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))
    assert rasura.__version__ == cargo["workspace"]["package"]["version"]
    assert importlib.metadata.version("rasura") == rasura.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dynamic"] == ["version"]
    assert "version" not in project


def test_there_is_no_run_time_dependency() -> None:
    assert importlib.metadata.requires("rasura") is None


def test_importing_and_the_first_call_bring_in_no_other_module() -> None:
    code = "import sys; before = set(sys.modules); import rasura; rasura.redact('cpf 52998224725'); rasura.Engine();"
    code += "print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['rasura', 'rasura._errors', 'rasura._rasura']\n"


def test_older_pythons_get_a_plain_refusal() -> None:
    code = "import sys; sys.version_info = (3, 10, 13); sys.version = '3.10.13 (main)'; import rasura"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.endswith("ImportError: rasura needs Python 3.11 or newer; this is 3.10.13\n")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"


def test_types_are_marked_and_the_command_is_there() -> None:
    assert Path(rasura.__file__).with_name("py.typed").exists()
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="rasura")
    assert script.value == "rasura._cli:main"


def test_the_gil_stays_off_where_it_is_off() -> None:
    enabled = getattr(sys, "_is_gil_enabled", None)
    if enabled is not None and sys.flags.gil == 0:  # type: ignore[attr-defined, unused-ignore]
        assert not enabled()
