"""Writes tables.rs: the view byte of every character from U+0100 on.

Run it in this folder with the Unicode database of your choice:

    pip install unicodedata2==18.0.0
    python generate.py > tables.rs

Without unicodedata2 it takes the database of the Python that runs it, which may be years older. The header of the
output names the version.
"""

import sys
from collections.abc import Iterator

try:
    import unicodedata2 as database
except ImportError:
    import unicodedata as database

FIRST = 0x100
BLOCK = 128
# The planes 4 to 13 are unassigned, 15 and 16 private: all `SYMBOL`. In plane 14, tags and variation selectors are one
# solid range, which `narrow_char` compares with.
END = 0x40000
TAGS = range(0xE0000, 0xE1000)
LAST = 0x10FFFF

INVISIBLE = 0xAD
LETTER = 0xAA
CURRENCY = 0xA4
DOT = 0xB7
SYMBOL = 0xA6


def ranges(text: str) -> set[int]:
    """Reads `200B-200F 2024` as a set of code points."""
    points: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


# Default_Ignorable_Code_Point, from DerivedCoreProperties.txt of Unicode 16.0
# (https://www.unicode.org/Public/16.0.0/ucd/DerivedCoreProperties.txt); unicodedata does not carry the property.
DEFAULT_IGNORABLE = ranges(
    "00AD 034F 061C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8 "
    "1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)

# Dashes that are not of category Pd: modifier letter minus, hyphen bullet, minus sign, heavy minus (an emoji).
DASHES = ranges("02D7 2043 2212 2796")
# What is named a bullet or a middle dot: Greek ano teleia, bullets, hyphenation point, dot operators, word separators,
# katakana middle dots.
DOTS = ranges("0387 2022-2023 2027 204C-204D 2219 22C5 25D8 25E6 2E31 2E33 30FB FF65")
SINGLE_QUOTES = ranges("2018-201B 2032 2035")
DOUBLE_QUOTES = ranges("201C-201F 2033 2036 301D-301F")
FULL_STOPS = ranges("2024 3002 FF61")
SLASHES = ranges("2044 2215")
BLANKS = ranges("2800")
FULL_WIDTH = ranges("FF01-FF5E")

LISTED = (
    (FULL_STOPS, ord(".")),
    (SLASHES, ord("/")),
    (SINGLE_QUOTES, ord("'")),
    (DOUBLE_QUOTES, ord('"')),
    (BLANKS, ord(" ")),
    (DASHES, ord("-")),
    (DOTS, DOT),
)

BY_CATEGORY = {
    "Pd": ord("-"),
    "Zs": ord(" "),
    "Zl": ord("\n"),
    "Zp": ord("\n"),
    "Cf": INVISIBLE,
    "Mn": INVISIBLE,
    "Mc": INVISIBLE,
    "Me": INVISIBLE,
    "Lu": LETTER,
    "Ll": LETTER,
    "Lt": LETTER,
    "Lm": LETTER,
    "Lo": LETTER,
    "Sc": CURRENCY,
}


def narrow(point: int) -> int:
    """The view byte of one character: the first rule that fits."""
    if point in FULL_WIDTH:
        return point - 0xFF01 + ord("!")
    if point in DEFAULT_IGNORABLE:
        return INVISIBLE
    for points, byte in LISTED:
        if point in points:
            return byte
    character = chr(point)
    category = database.category(character)
    if category == "Nd":
        return ord("0") + database.decimal(character)
    return BY_CATEGORY.get(category, SYMBOL)


def rows(data: bytes, width: int) -> Iterator[str]:
    """The data as the lines of a Rust byte string."""
    for start in range(0, len(data), width):
        yield "".join(f"\\x{byte:02x}" for byte in data[start : start + width]) + "\\"


def main() -> None:
    for point in range(END, LAST + 1):
        expected = INVISIBLE if point in TAGS else SYMBOL
        if narrow(point) != expected:
            sys.exit(f"U+{point:04X} has got a meaning: move END")
    blocks: dict[bytes, int] = {}
    index = bytearray()
    for start in range(0, END, BLOCK):
        block = bytes(narrow(point) if point >= FIRST else point for point in range(start, start + BLOCK))
        index.append(blocks.setdefault(block, len(blocks)))
    print("//! The view byte of every character: data, written by generate.py, not by hand.")
    print("//!")
    print("//! `pip install unicodedata2==18.0.0 && python generate.py > tables.rs`, in this folder.")
    print(f"//! Unicode {database.unidata_version}.")
    print()
    print("/// Characters in a block.")
    print(f"pub(super) const BLOCK: usize = {BLOCK};")
    print()
    print("/// The first character beyond the index.")
    print(f"pub(super) const END: u32 = 0x{END:x};")
    print()
    print("/// Which block of `BLOCKS` a block of characters has.")
    write("INDEX", bytes(index), f"[u8; {len(index)}]")
    print()
    print("/// The distinct blocks.")
    write("BLOCKS", b"".join(blocks), f"[u8; {len(blocks) * BLOCK}]")


def write(name: str, data: bytes, kind: str) -> None:
    print("#[rustfmt::skip]")
    print(f'pub(super) static {name}: {kind} = *b"\\')
    for row in rows(data, 256):
        print(row)
    print('";')


if __name__ == "__main__":
    main()
