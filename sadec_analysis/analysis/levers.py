"""What more work would add: the sub-indicators of a unit that can be raised, and by how many points.

Every score is asked of scoring. Where both counts are known a sub-indicator moves by whole dossiers, procedures
or answers, and its points are rounded as the portal rounds them; where only the rate is known it moves by the
portal's hundredths of a percent, and its points are not rounded. What is due stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sadec_analysis.errors import InputError
from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Rule
from sadec_analysis.scoring import Number, decimal, points_of_rate, score

_FULL = Decimal(100)
_PORTAL_DECIMALS = 2
# Differences of quotients are whole in far fewer decimals; this drops what division by 90 leaves in the last ones.
_EXACT_DECIMALS = 12


@dataclass(frozen=True)
class Lever:
    """A sub-indicator of a unit with known points: ``done`` of ``due``, or a ``rate`` in percent where these are unknown.

    ``is_derived`` says that the counts are the only whole numbers that agree with a printed rate and number late.
    ``decimals`` are those its points are rounded to.
    """

    unit: str
    rule: Rule
    done: int | None = None
    due: int | None = None
    rate: Decimal | None = None
    is_derived: bool = False
    decimals: int = 2

    @property
    def left(self) -> int | None:
        """How many of those due are not done; None where counts are not known."""
        return None if self.done is None or self.due is None else self.due - self.done

    @cached_property
    def most(self) -> Decimal:
        """Points gained when all due is done."""
        return self.gain_at(_FULL) if self.left is None else self.gain(self.left)

    def gain(self, extra: int) -> Decimal:
        """Points gained by so many more done; by fewer, a negative number, lost.

        Raises InputError where counts are not known, or more or fewer than all of them would be done.

        >>> Lever("u", Rule("2.1", 20), done=135, due=262).gain(35)
        Decimal('2.67')
        """
        done, due = self.done, self.due
        if done is None or due is None:
            raise self._refused("its counts are not known", extra, "the new rate")
        if not 0 <= done + extra <= due or extra != int(extra):
            raise self._refused("no such change", extra, f"{-done} to {due - done}")
        return (score(done + int(extra), due, self.rule, self.decimals).value or Decimal(0)) - self._now

    @cached_property
    def _now(self) -> Decimal:
        """Points of the counts as they are."""
        return score(self.done or 0, self.due or 0, self.rule, self.decimals).value or Decimal(0)

    def gain_at(self, rate: Number) -> Decimal:
        """Points gained at another rate in percent, not rounded; raises InputError where counts are known or for no rate.

        >>> Lever("u", Rule("2.1", 20), rate=Decimal("51.53")).gain_at(Decimal("64.83"))
        Decimal('2.66')
        """
        if self.rate is None or not 0 <= decimal(rate) <= _FULL:
            what = "its counts are known" if self.rate is None else "no such rate"
            raise self._refused(what, rate, "how many more are done" if self.rate is None else "0 to 100")
        after, now = (points_of_rate(each, self.rule) for each in (rate, self.rate))
        return half_up((after or Decimal(0)) - (now or Decimal(0)), _EXACT_DECIMALS).normalize()

    def _refused(self, what: str, got: object, expected: str) -> InputError:
        where = f"what if, rule {self.rule.id} of {self.unit}"
        return InputError(where, what, got=got, expected=expected, remedy="mend the change")

    def smallest(self, need: Decimal) -> Reach:
        """The least change that gains ``need`` points; where none does, the least that gains all there is to gain.

        Points never fall as more is done, so the first number that is enough is found by halving.

        >>> Lever("u", Rule("2.1", 20), done=135, due=262).smallest(Decimal("2.66")).dossiers
        35
        """
        target = min(need, self.most)
        if self.left is not None:
            dossiers = bisect_left(range(self.left + 1), target, key=self.gain)
            return Reach.of(self, need, self.gain(dossiers), dossiers=dossiers)
        rates = range(int((_FULL - self._rate) / self._step) + 1)
        at = bisect_left(rates, target, key=lambda at: self.gain_at(self._rate + at * self._step))
        rate = self._rate + at * self._step
        return Reach.of(self, need, self.gain_at(rate), rate=rate)

    @property
    def _rate(self) -> Decimal:
        return self.rate or Decimal(0)

    @property
    def _step(self) -> Decimal:
        """How a rate moves: by the portal's two decimals, or finer where it is printed finer."""
        return Decimal(1).scaleb(min(-_PORTAL_DECIMALS, int(self._rate.as_tuple().exponent)))


@dataclass(frozen=True)
class Reach:
    """What a change of one lever does: ``dossiers`` more, or a new ``rate``.

    ``reaches`` says whether its ``gain`` alone is enough, ``missing`` by how many points it is not.
    """

    lever: Lever
    dossiers: int | None
    rate: Decimal | None
    gain: Decimal
    reaches: bool
    missing: Decimal

    @classmethod
    def of(
        cls,
        lever: Lever,
        need: Decimal,
        gain: Decimal,
        *,
        dossiers: int | None = None,
        rate: Decimal | None = None,
    ) -> Reach:
        """Weigh a gain against what is needed."""
        return cls(lever, dossiers, rate, gain, gain >= need, max(Decimal(0), need - gain))

    @property
    def rise(self) -> Decimal | None:
        """Percentage points the rate rises by; None where counts are known."""
        return None if self.rate is None or self.lever.rate is None else self.rate - self.lever.rate
