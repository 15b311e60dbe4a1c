"""The values that several tests use. They are nobody's: numbers of tutorials and libraries."""

CPF = "52998224725"
LABELLED = f"cpf {CPF}"
REDACTED = "cpf [CPF]"

# Characters of every kind that offsets, forms and boundaries could stumble on.
AROUND = {
    "ascii": "ola, ",
    "latin1": "olá, ação ñandú ÿ ",
    "ucs2": "—“Łódź” 漢字 ",
    "emoji": "👋🏽 ",
    "zwj family": "👨‍👩‍👧‍👦 ",
    "flag": "🇧🇷🇲🇽 ",
    "combining": "a\u0301e\u0303 ",
    "lone surrogate": "\ud83d \udc4b ",
    "dotted capital i": "\u0130stanbul ",
    "ligature": "\ufb01m ",
    "bidi": "\u202eabc\u202c ",
    "nul": "\0\x01 ",
    "bom": "\ufeffx ",
    "crlf": "a\r\n\r\n",
    "last character": "\U0010ffff ",
}
