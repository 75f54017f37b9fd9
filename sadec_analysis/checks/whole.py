"""Rates that no whole number of dossiers can give, and dossiers late that cannot all be the month's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, known, reach, tables_of
from sadec_analysis.checks.telling import Fact, Listed, Phrase
from sadec_analysis.figures import Figure
from sadec_analysis.names import text_key
from sadec_analysis.numerals import show

_FULL = Decimal(100)
_CUMULATIVE = ("cộng dồn", "lũy kế")
_LATE = ("progress.overdue_in_month", "progress.overdue", "progress.overdue_total")


def whole_totals(late: int, rate: Decimal, slack: Decimal) -> range:
    """Numbers of dossiers of which ``late`` late ones leave ``rate`` percent on time, give or take ``slack``.

    Empty where there is none. With none late every number leaves 100%, and the range is of one.

    >>> whole_totals(127, Decimal("51.53"), Decimal("0.005")), len(whole_totals(1064, Decimal("61.54"), Decimal("0.005")))
    (range(262, 263), 0)
    """
    share = _FULL - rate
    if late == 0:
        return range(1, 2) if share <= slack else range(0)
    least = max(late, math.ceil(late * _FULL / (share + slack)))
    # Where the rate may be 100% there is no most; the least is enough to say that there is one.
    most = math.floor(late * _FULL / (share - slack)) if share > slack else least
    return range(least, most + 1)


def rate_whole(evidence: Evidence) -> Iterator[Examined]:
    """Whether any count of late dossiers of the city can go with its rate on time, whatever the number of dossiers."""
    rate = evidence.first(evidence.city, "progress.on_time", "percent")
    counts = [row for name in _LATE for row in evidence.each([evidence.city], name, "count")]
    if rate is None or not counts:
        return
    is_possible = any(_totals(row, rate) for row in counts)
    yield Examined((rate, *counts), None if is_possible else _no_whole(rate, counts, evidence))


def _totals(late: Figure, rate: Figure) -> range:
    return whole_totals(int(known(late)), known(rate), reach(rate))


def _no_whole(rate: Figure, counts: list[Figure], evidence: Evidence) -> Finding:
    return Finding(
        "rate_whole", "warning", (rate, *counts), slack=show(reach(rate)), marked=1,
        facts={
            "unit": evidence.name(rate.unit), "rate": known(rate), "counts": Listed(tuple(known(row) for row in counts)),
        },
    )  # fmt: skip


def rates_whole(evidence: Evidence) -> Iterator[Examined]:
    """Whether each ward's count of late dossiers can go with its rate on time; told once for all of them.

    Wards whose rate a whole number of dossiers does give speak for a count of the same month.
    """
    pairs = [
        (late, rate) for unit in evidence.wards
        for late in evidence.each([unit], "progress.overdue", "count")
        for rate in evidence.each([unit], "progress.on_time", "percent")
    ]  # fmt: skip
    wrong = [(late, rate) for late, rate in pairs if not _totals(late, rate)]
    compared = tuple(row for pair in pairs for row in pair)
    if pairs:
        yield Examined(compared, _told_wards(pairs, wrong, evidence) if wrong else None)


def _told_wards(
    pairs: list[tuple[Figure, Figure]], wrong: list[tuple[Figure, Figure]], evidence: Evidence
) -> Finding:
    right = [pair for pair in pairs if pair not in wrong and pair[0].value]
    fitting = Phrase("finding.rates_none")
    if right:
        fitting = Phrase(
            "finding.rates_most" if len(right) > len(wrong) else "finding.rates_some",
            {
                "count": len(right),
                "all": len(right) + len(wrong),
                "units": Listed(tuple(_fit(*pair, evidence) for pair in right)),
            },
        )
    misses = Listed(tuple(_miss(*pair, evidence) for pair in wrong))
    rows = tuple(row for pair in wrong for row in pair)
    return Finding(
        "rates_whole", "warning", rows, marked=len(rows), shown=len(rows), slack=show(reach(rows[1])),
        facts={"misses": misses, "fitting": fitting}, place=tables_of(rows),
    )  # fmt: skip


def _fit(late: Figure, rate: Figure, evidence: Evidence) -> Phrase:
    """The number of dossiers nearest to what the rate says, of those that fit."""
    totals, share = _totals(late, rate), _FULL - known(rate)
    exact = round(known(late) * _FULL / share) if share else totals[0]
    nearest = min(max(exact, totals[0]), totals[-1])
    return Phrase(
        "finding.rates_fit", {"unit": evidence.label(late.unit), "late": known(late), "total": nearest}
    )


def _miss(late: Figure, rate: Figure, evidence: Evidence) -> Phrase:
    return Phrase(
        "finding.rates_miss", {"unit": evidence.label(late.unit), "late": known(late), "rate": known(rate)}
    )


def overdue_scope(evidence: Evidence) -> Iterator[Examined]:
    """Whether all late dossiers and those of the month are told apart, where the office calls the count cumulative."""
    total = evidence.first(evidence.city, "progress.overdue_total", "count")
    in_month = evidence.first(evidence.city, "progress.overdue_in_month", "count")
    told = next(
        (each for each in evidence.passages if each.topic == "causes" and _is_cumulative(each.text)), None
    )
    if total is None or in_month is None:
        return
    if told is None or known(total) == known(in_month):
        yield Examined((total, in_month))
        return
    facts: dict[str, Fact] = {
        "total": known(total),
        "in_month": known(in_month),
        "unit": evidence.name(evidence.city),
    }
    yield Examined(
        (total, in_month), Finding("overdue_scope", "error", (total, in_month), facts, marked=2, shown=2)
    )


def _is_cumulative(text: str) -> bool:
    return any(text_key(word) in text_key(text) for word in _CUMULATIVE)
