"""The pack files of `locales/`, read as they are, so that no test keeps a list of them."""

import tomllib
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parent.parent / "locales"
FILES = sorted(LOCALES.glob("*/*.toml"))


def identifier(path: Path) -> str:
    """The id, which is the path in capitals."""
    country = path.parent.name
    return (path.stem if country == "global" else f"{country}_{path.stem}").upper()


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) | {"country": path.parent.name}


PACKS: dict[str, dict[str, Any]] = {identifier(path): _read(path) for path in FILES}
