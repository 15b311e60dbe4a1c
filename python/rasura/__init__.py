"""Finds personal data in text and replaces it, in a fraction of a microsecond a message.

>>> import rasura
>>> rasura.redact("meu cpf é 529.982.247-25")
'meu cpf é [CPF]'
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - pip refuses older ones; a path set by hand does not
    raise ImportError("rasura needs Python 3.11 or newer; this is " + sys.version.split()[0])

from rasura._errors import ConfigError, InputTooLarge, InternalError, PackError, RasuraError
from rasura._rasura import (
    Decision,
    Engine,
    Finding,
    Label,
    Pack,
    Result,
    __version__,
    canonical,
    detect,
    explain,
    packs,
    redact,
)

__all__ = [
    "ConfigError",
    "Decision",
    "Engine",
    "Finding",
    "InputTooLarge",
    "InternalError",
    "Label",
    "Pack",
    "PackError",
    "RasuraError",
    "Result",
    "__version__",
    "canonical",
    "detect",
    "explain",
    "packs",
    "redact",
]
