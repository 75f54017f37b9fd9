"""The same figure with different values: within one source, and between two."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.checks import parts
from sadec_analysis.checks.evidence import Evidence, key_of
from sadec_analysis.checks.finding import Examined, Finding, half_step, known, rounding
from sadec_analysis.checks.rates import supported_by_rate
from sadec_analysis.checks.telling import Phrase, Printings, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show


def printed_twice(evidence: Evidence) -> Iterator[Examined]:
    """Whether what one source prints for a figure can be one number, at the precision of each printing.

    The value that the rate times the maximum supports is named, or else the one
    that alone lets the parts give the total.
    """
    for group in evidence.groups.values():
        for printings in by_source(group).values():
            if len(printings) > 1:
                different = [row for row in printings if not agree(printings[0], row)]
                finding = _told_twice(printings[0], different, evidence) if different else None
                yield Examined(tuple(printings), finding)


def by_source(rows: list[Figure]) -> dict[str, list[Figure]]:
    """Rows by the file they stand in, files in the order of sources."""
    sources: dict[str, list[Figure]] = {}
    for row in rows:
        sources.setdefault(row.source, []).append(row)
    return sources


def agree(one: Figure, other: Figure) -> bool:
    """Whether two printings can be the same number at their own precision.

    >>> from dataclasses import replace
    >>> from decimal import Decimal
    >>> row = Figure("2022-11", "u", "progress", "points", Decimal("12.3"), "12,3/20", "r.md", "I.1")
    >>> agree(row, replace(row, value=Decimal("12.31"), printed="12,31")), agree(row, replace(row, value=Decimal("12.4")))
    (True, False)
    """
    if one.value == other.value or one.measure == "grade":
        return one.value == other.value
    return abs(known(one) - known(other)) < half_step(one) + half_step(other)


def _told_twice(first: Figure, different: list[Figure], evidence: Evidence) -> Finding:
    printed = (first, *different)
    expected, support = _support(printed, evidence)
    return Finding(
        "printed_twice", "error", printed, expected=expected, slack=rounding(first), shown=len(printed),
        facts={
            "unit": evidence.name(first.unit), "figure": named(first.indicator, first.measure, evidence.rulebook),
            "values": Printings(printed), "support": support,
        },
    )  # fmt: skip


def _support(printed: tuple[Figure, ...], evidence: Evidence) -> tuple[str, Phrase]:
    """Return the value the rest supports ("" where nothing decides) and how to tell it."""
    by_rate = supported_by_rate(printed, evidence)
    if by_rate:
        return by_rate
    key = key_of(printed[0])
    values = {row.value for choice in parts.fitting(key[0], evidence) for row in choice if key_of(row) == key}
    value = values.pop() if len(values) == 1 else None
    if value is None:
        return "", Phrase("finding.support_none")
    return show(value), Phrase("finding.support_total", {"value": value})


def sources_differ(evidence: Evidence) -> Iterator[Examined]:
    """Whether two sources give a figure values that rounding can reconcile.

    Sources agree where any of their printings do: what one source prints twice is another check's.
    The finding says which value is used and why: a recorded correction, or else the order of sources.
    """
    yield from _values_differ(evidence)
    yield from _limits_differ(evidence)


def _values_differ(evidence: Evidence) -> Iterator[Examined]:
    for group in evidence.groups.values():
        first, *others = by_source(group).values()
        if others:
            different = [rows[0] for rows in others if not any(agree(a, b) for a in first for b in rows)]
            finding = _sources((first[0], *different), evidence) if different else None
            yield Examined(tuple(group), finding)


def _limits_differ(evidence: Evidence) -> Iterator[Examined]:
    """A value against what another source says in words."""
    for limits in evidence.bounds:
        for row in evidence.printings(*key_of(limits)):
            if row.source != limits.source and limits.lower is not None and limits.upper is not None:
                is_within = limits.lower <= known(row) <= limits.upper
                yield Examined((row, limits), None if is_within else _sources((row, limits), evidence))


def _sources(heads: tuple[Figure, ...], evidence: Evidence) -> Finding:
    first, used = heads[0], evidence.corrected.get(key_of(heads[0]))
    why = "finding.used_correction" if used else "finding.used_order"
    told = Phrase(why, {"value": used.printed if used else first.printed, "source": first.source})
    return Finding(
        "sources_differ", "error", heads, slack=rounding(first), shown=len(heads),
        facts={
            "unit": evidence.name(first.unit), "figure": named(first.indicator, first.measure, evidence.rulebook),
            "values": Printings(heads, by_file=True), "used": told,
        },
    )  # fmt: skip
