"""Reporting periods: one calendar month."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sadec_analysis.errors import InputError

_FORM = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """One reporting period.

    >>> Month.parse("2022-11").previous()
    Month(year=2022, number=10)
    >>> str(Month(2023, 1).previous())
    '2022-12'
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: object) -> Month:
        """Read ``2022-11``; anything else, numbers included, is refused.

        >>> Month.parse("2022-13")
        Traceback (most recent call last):
        sadec_analysis.errors.InputError: month: not a month (got '2022-13', expected YYYY-MM); write 2022-11
        """
        if not isinstance(text, str) or not cls.is_written(text):
            raise InputError(
                "month", "not a month", got=repr(text), expected="YYYY-MM", remedy="write 2022-11"
            )
        return cls(*map(int, text.split("-")))

    @staticmethod
    def is_written(text: str) -> bool:
        """Whether a text is a month as ``parse`` reads it."""
        found = _FORM.fullmatch(text)
        return found is not None and 1 <= int(found[2]) <= 12  # noqa: PLR2004 - twelve months in a year

    def previous(self) -> Month:
        """Return the month before."""
        return self.plus(-1)

    def plus(self, months: int) -> Month:
        """Return the month so many months later.

        >>> str(Month(2022, 11).plus(2)), str(Month(2022, 11).plus(-12))
        ('2023-01', '2021-11')
        """
        year, number = divmod(12 * self.year + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def since(self, other: Month) -> int:
        """Return how many months later than ``other`` it is.

        >>> Month(2023, 1).since(Month(2022, 11))
        2
        """
        return 12 * (self.year - other.year) + self.number - other.number

    @classmethod
    def span(cls, text: str) -> list[Month]:
        """Read one month, or all from one to another: ``2022-01..2022-12``.

        >>> [str(month) for month in Month.span("2022-12..2023-01")]
        ['2022-12', '2023-01']
        """
        first, dots, last = text.partition("..")
        start, end = cls.parse(first), cls.parse(last if dots else first)
        if end < start:
            raise InputError("month", "the last month comes before the first", got=repr(text))
        return [start.plus(step) for step in range(end.since(start) + 1)]

    @property
    def in_digits(self) -> str:
        """The month as an axis or a table has it, without a word: "11/2022"."""
        return f"{self.number}/{self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
