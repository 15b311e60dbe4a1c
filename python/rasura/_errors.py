"""The exceptions of rasura. None holds the text that it is about."""


class RasuraError(Exception):
    """Anything that rasura raises, save `TypeError` for an argument of the wrong type."""


class ConfigError(RasuraError, ValueError):
    """An engine was asked for with options that it cannot have."""


class PackError(ConfigError):
    """A pack file cannot be read or says something that it may not."""


class InputTooLarge(RasuraError, ValueError):  # noqa: N818 - the name says what is wrong
    """A text is longer than `max_chars`, or a JSON value deeper or larger than is read."""


class InvalidJson(RasuraError, ValueError):  # noqa: N818 - the name says what is wrong
    """A text that should be JSON is none. It says where, and not what stands there."""


class InternalError(RasuraError):
    """A fault inside rasura. Nothing was returned."""


for _class in (RasuraError, ConfigError, PackError, InputTooLarge, InvalidJson, InternalError):
    _class.__module__ = "rasura"
del _class
