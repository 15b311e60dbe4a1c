"""Makes answers of APIs as agents get them: pages of contacts, orders and conversations as one JSON value, from a seed.

One contact in three has personal values in its fields, one message in five in its text; all else is nobody's. Each
planted value is counted. `python benches/answers.py` writes the one that is checked in.
"""

import json
from typing import Any

import corpora
import ordinary
import values
from chance import Chance

Record = dict[str, Any]
STATES = ("open", "paid", "shipped", "closed", "waiting")


def contact(chance: Chance) -> tuple[Record, int]:
    """Return a contact and how many personal values it has."""
    known = chance.often(1 / 3)
    made: Record = {
        "id": chance.between(10_000, 9_999_999),
        "object": "contact",
        "uuid": values.uuid(chance),
        "name": corpora.full_name(chance),
        "language": chance.pick(("pt-BR", "es-MX", "es-AR", "en-US")),
        "createdAt": ordinary.stamp(chance),
        "tags": [chance.pick(("vip", "new", "blocked", "b2b")) for _ in range(chance.between(0, 3))],
        "marketing": {"optIn": chance.often(0.5), "source": "whatsapp", "score": round(chance.below(10_000) / 100, 2)},
        "email": values.email(chance).text if known else None,
        "cpf": values.cpf(chance).text if known else None,
        "phone": "+55 11 95555-01" + chance.digits(2) if known else None,
    }
    return made, 3 * known


def order(chance: Chance) -> tuple[Record, int]:
    """Return an order, which has no personal value."""
    lines: list[Record] = [
        {
            "sku": "SKU-" + chance.digits(6),
            "quantity": chance.between(1, 5),
            "unitPrice": chance.between(499, 99_999) / 100,
            "taxes": {"icms": chance.between(0, 1800) / 100, "included": True},
        }
        for _ in range(chance.between(1, 4))
    ]
    made: Record = {
        "id": chance.between(10_000, 9_999_999),
        "object": "order",
        "number": ordinary.plain(chance, 8),
        "status": chance.pick(STATES),
        "currency": "BRL",
        "created": chance.between(1_690_000_000, 1_760_000_000),
        "total": sum(line["quantity"] * int(line["unitPrice"] * 100) for line in lines) / 100,
        "lines": lines,
        "shipping": {
            "carrier": "correios",
            "tracking": ordinary.parcel(chance, "pt"),
            "weightGrams": chance.between(90, 9_000),
        },
        "cancelled": False,
        "notes": None,
    }
    return made, 0


def conversation(chance: Chance) -> tuple[Record, int]:
    """Return a conversation and how many personal values its messages have."""
    messages, planted = [], 0
    for _ in range(chance.between(1, 4)):
        said = corpora.talk(chance, corpora.WITH_VALUES)
        planted += len(said.spans)
        messages.append(
            {
                "id": "msg_" + corpora.hexadecimal(chance, 24),
                "role": chance.pick(("user", "assistant")),
                "content": said.text,
                "ts": chance.between(1_690_000_000_000, 1_760_000_000_000),
                "usage": {"input": chance.between(20, 4_000), "output": chance.between(1, 900)},
            }
        )
    made: Record = {
        "id": "conv_" + corpora.hexadecimal(chance, 24),
        "object": "conversation",
        "channel": chance.pick(("whatsapp", "web", "email")),
        "checksum": corpora.hexadecimal(chance, 64),
        "messages": messages,
    }
    return made, planted


def answer(size: int, seed: int = corpora.SEED) -> tuple[Record, int]:
    """Return an answer whose compact JSON has about ``size`` characters, and how many personal values it has."""
    chance = Chance(f"answers {seed}")
    data, planted, length = [], 0, 0
    while length < size:
        made, count = chance.weigh(((2, contact), (2, order), (1, conversation)))(chance)
        data.append(made)
        planted += count
        length += len(text(made)) + 1
    return {"object": "list", "has_more": True, "total_count": len(data), "data": data}, planted


def text(value: object) -> str:
    """Return JSON as web servers write it: compact, without escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def small() -> str:
    """Return the answer that is checked in."""
    return text(answer(corpora.SMALL_BYTES)[0])


if __name__ == "__main__":
    corpora.save(corpora.SMALL, "answers.json", small())
