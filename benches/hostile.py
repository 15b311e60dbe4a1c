"""Makes the texts that a careless matcher is slow on, each one piece repeated: `hostile.toml` lists the pieces."""

import tomllib
from pathlib import Path


def pieces() -> dict[str, str]:
    """Return every piece by its name."""
    read = tomllib.loads((Path(__file__).parent / "hostile.toml").read_text("utf-8"))
    return {name: str(piece) for name, piece in read.items()}


def text(name: str, size: int) -> str:
    """Return a piece repeated up to ``size`` characters."""
    piece = pieces()[name]
    return (piece * (size // len(piece) + 1))[:size]
