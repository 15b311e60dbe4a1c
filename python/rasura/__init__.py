"""Finds personal data in text and replaces it, in a fraction of a microsecond a message.

>>> import rasura
>>> rasura.redact("meu cpf é 529.982.247-25")
'meu cpf é [CPF]'
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - pip refuses older ones; a path set by hand does not
    raise ImportError("rasura needs Python 3.11 or newer; this is " + sys.version.split()[0])

from rasura._errors import ConfigError, InputTooLarge, InternalError, InvalidJson, PackError, RasuraError
from rasura._rasura import (
    Decision,
    Engine,
    Finding,
    JsonFinding,
    Label,
    Pack,
    Result,
    __version__,
    canonical,
    detect,
    detect_json,
    explain,
    packs,
    redact,
    redact_json,
    redact_json_text,
)

__all__ = [
    "ConfigError",
    "Decision",
    "Engine",
    "Finding",
    "InputTooLarge",
    "InternalError",
    "InvalidJson",
    "JsonFinding",
    "Label",
    "Pack",
    "PackError",
    "RasuraError",
    "Result",
    "__version__",
    "canonical",
    "detect",
    "detect_json",
    "explain",
    "packs",
    "redact",
    "redact_json",
    "redact_json_text",
]
