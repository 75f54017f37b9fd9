"""What can go wrong, in one sentence each: where, what, got, expected, remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from sadec_analysis.plain import escaped

_LONGEST, _REMEDY = 900, 240  # letters of a message, and of its end


def _fitted(message: str) -> str:
    """Leave out the middle of a message that repeats something long: what and where stand first, the remedy last."""
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST - _REMEDY]} … {message[-_REMEDY:]}"


class SadecError(Exception):
    """Base of every error this package raises on purpose.

    >>> str(SadecError("sa_dec.toml", "unknown key", got="colour", remedy="remove it"))
    'sa_dec.toml: unknown key (got colour); remove it'
    """

    exit_code = 1

    def __init__(
        self,
        where: object,
        what: str,
        *,
        got: object = None,
        expected: object = None,
        remedy: str | None = None,
    ) -> None:
        details = [
            f"{label} {value}" for label, value in (("got", got), ("expected", expected)) if value is not None
        ]
        message = f"{where}: {what}"
        if details:
            message += f" ({', '.join(details)})"
        if remedy:
            message += f"; {remedy}"
        super().__init__(_fitted(escaped(message)))

    @classmethod
    def saying(cls, message: str) -> Self:
        """Make an error of this kind from a whole sentence, as another process told it."""
        error = cls.__new__(cls)
        Exception.__init__(error, message)
        return error

    def __reduce__(self) -> tuple[Callable[[str], Self], tuple[str]]:
        return self.saying, (str(self),)


class InputError(SadecError):
    """The input needs mending: the command line prints the sentence and exits 2."""

    exit_code = 2


class RunError(SadecError):
    """A notebook or an exporter failed: our fault until shown otherwise, exit 1."""


class DiedError(RunError):
    """A process was gone before its work was done: worth another try."""
