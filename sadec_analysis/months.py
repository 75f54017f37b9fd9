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
        found = _FORM.fullmatch(text) if isinstance(text, str) else None
        if found is None or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 - twelve months in a year
            raise InputError(
                "month", "not a month", got=repr(text), expected="YYYY-MM", remedy="write 2022-11"
            )
        return cls(int(found[1]), int(found[2]))

    def previous(self) -> Month:
        """Return the month before."""
        return Month(self.year, self.number - 1) if self.number > 1 else Month(self.year - 1, 12)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
