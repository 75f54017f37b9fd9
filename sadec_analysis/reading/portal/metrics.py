"""The overview of a response and its sub-indicators: each with its score, its ratio and the two counts behind it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sadec_analysis.places import Unit
from sadec_analysis.reading.observations import Observer
from sadec_analysis.reading.portal.responses import number, written
from sadec_analysis.rulebook import Rule


def read_overview(
    data: Mapping[str, Any], own_total: Any, observer: Observer, own_scores: Mapping[str, Any]
) -> None:
    """The overview and the sub-indicators beside it: the place's own, unless its row tells another total.

    A response asked for a whole province has the province's overview above the units' rows. Of a unit that is
    only listed it must be sure: two units, or a unit and the province, may have the same total.
    """
    city = observer.place.city
    overview = data.get("overview") or {}
    told = number(overview.get("totalScore"), "points", f"{observer.source}, overview, totalScore")
    is_other = (
        own_total is not None and told is not None and number(own_total, "points", observer.source) != told
    )
    if is_other or (observer.place.is_listed and not _is_sure(data, own_scores, observer.source)):
        observer.leave("response, overview", f"totalScore: {told}")
        return
    given = {**data, **overview}
    for key, indicator, measure in (("totalScore", "total", "points"), ("growthPercent", "total", "growth")):
        if key in given:
            keep(observer, city, indicator, measure, given[key], f"response, {key}")
    read_metrics(
        {key: given for key, given in data.items() if key != "evaluation"}, city, observer, "response"
    )


def _is_sure(data: Mapping[str, Any], own_scores: Mapping[str, Any], source: str) -> bool:
    """Whether the criteria beside an overview are those of the unit's row, each of them."""
    given = data.get("groups")
    groups = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    told = {str(each.get("code")): number(each.get("score"), "points", source) for each in groups}
    own = {code: number(score, "points", source) for code, score in own_scores.items()}
    return bool(told) and told == own


def read_metrics(content: Any, unit: Unit, observer: Observer, place: str, depth: int = 0) -> None:
    """Read every list called ``metrics`` within a part of a response, at any depth a response has."""
    if depth > 8:  # noqa: PLR2004 - the deepest form seen has three levels
        return
    for key, given in content.items() if isinstance(content, dict) else enumerate(content):
        if key == "metrics" and isinstance(given, list):
            for metric in given:
                _read_metric(metric, unit, observer, place)
        elif isinstance(given, (dict, list)):
            read_metrics(given, unit, observer, place, depth + 1)


def _read_metric(metric: Any, unit: Unit, observer: Observer, place: str) -> None:
    """Score, ratio and both counts of one sub-indicator; one the rulebook does not know is left unread."""
    code = str(metric.get("code", "")) if isinstance(metric, dict) else ""
    rule = observer.rulebook.rules.get(code)
    where = f"{place}, {code}"
    top = number(metric.get("maxScore"), "points", where) if rule else None
    if rule is None or top not in (None, Decimal(str(rule.max_points))):
        observer.leave(
            where,
            ", ".join(f"{key}: {metric[key]}" for key in metric) if isinstance(metric, dict) else str(metric),
        )
        return
    for key, indicator, measure in _parts(rule):
        if key in metric:
            keep(observer, unit, indicator, measure, metric[key], f"{where} {key}")


def _parts(rule: Rule) -> list[tuple[str, str, str]]:
    """Where each key of a metric goes; a time taken is no count."""
    above = "days" if rule.measure == "days" else "count"
    return [
        ("score", rule.indicator, "points"), ("ratio", rule.indicator, rule.measure),
        ("numerator", rule.numerator_indicator, above), ("denominator", rule.denominator_indicator, "count"),
    ]  # fmt: skip


def keep(observer: Observer, unit: Unit, indicator: str, measure: str, given: Any, place: str) -> None:
    """Keep one number of a response as a figure of a unit; null is kept as unknown."""
    value = number(given, measure, f"{observer.source}, {place}")
    figure = observer.valued(unit, indicator, measure, value, written(value, measure), place)
    observer.reading.figures.append(figure)
