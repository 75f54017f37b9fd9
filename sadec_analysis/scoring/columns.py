"""Whole columns at once, each equal to its rows one by one."""

from __future__ import annotations

import pandas as pd

from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Rule, Rulebook
from sadec_analysis.scoring.points import decimal, is_full, most_steps, no_count, of_nothing, steps
from sadec_analysis.scoring.totals import total


def points_column(done: pd.Series, due: pd.Series, rule: Rule, decimals: int = 2) -> pd.Series:
    """Points of whole columns of counts, row by row as ``points`` gives them; NaN for its None and for unknown counts.

    Raises InputError for what is no whole number, or below 0.

    >>> points_column(pd.Series([815, 0]), pd.Series([959, 0]), Rule("2.1", 20, nothing_due="zero")).tolist()
    [17.0, 0.0]
    """
    found = pd.Series(float("nan"), index=done.index)
    if not rule.is_scored:
        return found
    all_done, all_due = _whole(done, rule), _whole(due, rule)
    some_due = all_due.clip(lower=1)
    if rule.is_established:
        earned = steps(all_done, some_due, rule, decimals)
        found = earned.clip(upper=most_steps(rule, decimals)).astype("float64") / 10**decimals
    elif rule.full_from_percent:
        found = found.mask(is_full(all_done, some_due, rule), float(rule.max_points))
    nothing = of_nothing(rule).value
    found = found.mask(all_due == 0, float("nan") if nothing is None else float(nothing))
    return found.where(done.notna() & due.notna())


def _whole(counts: pd.Series, rule: Rule) -> pd.Series:
    """Counts as whole numbers of any size, so that no product of theirs overflows; 0 where unknown."""
    filled = counts.fillna(0)
    is_count = (filled >= 0) & (filled % 1 == 0)
    if not is_count.all():
        at = int((~is_count).to_numpy().argmax())
        raise no_count(f"rule {rule.id}, row {filled.index[at]}", filled.iloc[at])
    return filled.map(int).astype(object)


def totals(parts: pd.DataFrame) -> pd.Series:
    """Sums of rows of parts, as ``total`` gives them; NaN where a part is unknown.

    >>> totals(pd.DataFrame({"a": [0.1, 1.0], "b": [0.2, float("nan")]})).tolist()
    [0.3, nan]
    """
    sums = [total(row) for row in parts.itertuples(index=False, name=None)]
    return pd.Series([float("nan") if each is None else float(each) for each in sums], parts.index, "float64")


def grades_column(totals: pd.Series, rulebook: Rulebook) -> pd.Series:
    """Grades of a whole column of totals, by value, as ``grade_of`` gives them one by one; NaN where unknown."""
    cuts = [grade.from_points for grade in rulebook.grades.values()]
    edges = [float("-inf"), *cuts[1:], float("inf")]
    return pd.cut(totals.astype("float64"), edges, right=False, labels=list(rulebook.grades)).astype(
        "float64"
    )


def competition_ranks(totals: pd.Series, decimals: int = 2) -> pd.Series:
    """Rank from the highest total, ties sharing a rank and the next one skipped; unknown stays unknown.

    Totals are tied where they are the same rounded half up to the ``decimals`` published.

    >>> competition_ranks(pd.Series([40.0, 47.3, 40.0, 34.8])).tolist()
    [2.0, 1.0, 2.0, 4.0]
    """
    published = totals.map(lambda each: float(half_up(decimal(each), decimals)), na_action="ignore")
    return published.astype("float64").rank(method="min", ascending=False)
