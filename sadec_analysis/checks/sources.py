"""The same figure in two sources with different values."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sadec_analysis.checks.finding import Fact, Finding, figure_facts, known, printed_only, record, rounding
from sadec_analysis.checks.printings import Groups, Key, agree, by_source, grouped
from sadec_analysis.figures import Figure
from sadec_analysis.rulebook import Rulebook


def find(figures: pd.DataFrame, rulebook: Rulebook, unit_names: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each figure that two sources give with values rounding cannot reconcile.

    Sources agree where any of their printings do: what one source prints twice is another check's.
    The finding says which value is used and why: a recorded correction, or else the order of sources.
    """
    corrected = figures[figures["status"] == "corrected"]
    groups = grouped([row for row in printed_only(figures) if row.unit in unit_names])
    for key, heads in (*_differing(groups), *_outside(figures, groups)):
        yield _finding(heads, _used(key, corrected), rulebook, unit_names)


def _differing(groups: Groups) -> Iterator[tuple[Key, list[Figure]]]:
    """Yield the first printings of sources that do not agree with the first source."""
    for key, group in groups.items():
        first, *others = by_source(group).values()
        different = [printings[0] for printings in others if not _meet(first, printings)]
        if different:
            yield key, [first[0], *different]


def _outside(figures: pd.DataFrame, groups: Groups) -> Iterator[tuple[Key, list[Figure]]]:
    """Yield each value together with what another source says in words, where it lies outside its limits."""
    bounded = figures[figures["value"].isna() & figures["lower"].notna() & (figures["status"] != "computed")]
    for limits in bounded.to_dict("records"):
        key = (limits["unit"], limits["indicator"], limits["measure"])
        for row in groups.get(key, []):
            is_within = limits["lower"] <= float(known(row)) <= limits["upper"]
            if row.source != limits["source"] and not is_within:
                yield key, [row, record(limits, None)]


def _meet(one: list[Figure], other: list[Figure]) -> bool:
    return any(agree(row, each) for row in one for each in other)


def _used(key: Key, corrected: pd.DataFrame) -> str:
    """What a correction uses instead; "" where none is recorded."""
    unit, indicator, measure = key
    rows = corrected[
        (corrected["unit"] == unit)
        & (corrected["indicator"] == indicator)
        & (corrected["measure"] == measure)
    ]
    return "" if rows.empty else str(rows["printed"].iloc[0])


def _finding(heads: list[Figure], used: str, rulebook: Rulebook, unit_names: dict[str, str]) -> Finding:
    first = heads[0]
    key = "@finding.used_correction" if used else "@finding.used_order"
    told: dict[str, Fact] = {"used": key, "value": used or first.printed, "source": first.source}
    return Finding(
        "sources_differ", "error", first.period, first.unit, first.indicator, first.measure,
        printed=" | ".join(row.printed for row in heads), expected="",
        slack=rounding(first),
        place="; ".join(row.place for row in heads), rank=1,
        facts={
            "unit": unit_names[first.unit],
            **figure_facts(first.indicator, first.measure, rulebook),
            "values": ", ".join(f"{row.printed} ({row.source})" for row in heads),
        } | told,
    )  # fmt: skip
