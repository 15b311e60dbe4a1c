"""Makes chats in which every line has something that makes the engine look closely and is nothing: one kind a text.

Each is `small/chat.txt` with one piece put between two words of every line, at a place that the seed decides.
"""

from pathlib import Path

from chance import Chance
from corpora import SMALL

PIECES = {
    "per cent signs": "%41",
    "entities": "&amp;",
    "backslashes": "\\u0041",
    "quoted-printable": "=C3=A9",
    "encoded words": "=?utf-8?Q?Jo=C3=A3o?=",
    "numbers in words": "um dois três",
    "eight digits in words": "um dois cinco três nove sete oito um",
    "arroba": "arroba",
    "dot": "dot",
    "at and dot": "me at home dot",
    "signs in brackets": "(a)",
    "letters by digits": "l1 S5",
    "letters in numbers": "4O7l23",
    "floats": "1234567.0",
    "whole floats": "12345678.0",
    "circled digits": "①②③",
    "eight circled digits": "⑤②⑨⑨⑧②②④",
    "raised digits": "x²³",
    "keycaps": "1️⃣ 2️⃣",
    "emoji": "😀🎉👍🔥",
    "Cyrillic": "Привет",
    "Cyrillic with digits": "\u041a5",
    "tags": "\U000e0035\U000e0032\U000e0039\U000e0039",
    "marks nobody sees": "\u200b\u200b",
    "overrides": "\u202eabc\u202c",
}


def path(folder: Path, name: str) -> Path:
    """Return where a text is written."""
    return folder / f"{name.replace(' ', '-')}.txt"


def write(folder: Path) -> None:
    """Write every text to a folder."""
    for name in PIECES:
        path(folder, name).write_bytes(text(name).encode())


def text(name: str) -> str:
    """Return the chat of a piece, one message a line."""
    chance = Chance(f"rasura triggers {name}")
    lines = (SMALL / "chat.txt").read_text("utf-8").splitlines()
    return "".join(" ".join(put(chance, line.split(" "), PIECES[name])) + "\n" for line in lines)


def put(chance: Chance, words: list[str], piece: str) -> list[str]:
    """Return words with a piece before one of them, or behind all."""
    place = chance.between(0, len(words))
    return [*words[:place], piece, *words[place:]]
