"""What a rulebook leaves out, and where it contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sadec_analysis.rulebook.book import Rulebook
from sadec_analysis.rulebook.rules import Criterion, Rule

CRITERIA = ("transparency", "progress", "online_service", "online_payment", "satisfaction", "digitisation")
# A default would be a guess at what holds.
_SAID = {"shape", "nothing_due", "indicator", "name", "numerator", "denominator", "evidence", "source"}
_SAID_OF_SHAPE = {"threshold": {"threshold_percent"}, "unknown": {"why_unknown"}}
_MAY_BE_SAID = {"unknown": {"full_from_percent"}}
_OF_SOME_SHAPE = {"threshold_percent", "why_unknown", "full_from_percent"}
_MOST_DECIMALS = 3

Contradiction = tuple[str, object, object]  # what is wrong, got, expected


def in_file(tables: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Yield what a rule leaves out of its table, or gives without its shape having it."""
    for rule in (rule for criterion in tables["criterion"] for rule in criterion.get("rule", ())):
        shape = rule.get("shape", "")
        wanted = _SAID | _SAID_OF_SHAPE.get(shape, set())
        if missing := sorted(wanted - set(rule)):
            yield f"rule {rule['id']} leaves out {', '.join(missing)}", None, None
        if extra := sorted(_OF_SOME_SHAPE & set(rule) - wanted - _MAY_BE_SAID.get(shape, set())):
            yield f"rule {rule['id']} is {shape} and has {', '.join(extra)}", None, None


def in_book(book: Rulebook, name: str) -> Iterator[Contradiction]:
    """Yield where a rulebook, read from a file of that name, contradicts itself."""
    if book.id != name:
        yield "id is not the name of the file", book.id, name
    if book.compared_with == book.id:
        yield "compared_with is the rulebook itself", book.compared_with, "another one"
    yield from _of_dates(book)
    yield from _of_names(book)
    yield from _of_numbers(book)
    yield from _of_sources(book)
    for criterion in book.criterion:
        for rule in criterion.rule:
            yield from _of_rule(rule, criterion)


def _of_dates(book: Rulebook) -> Iterator[Contradiction]:
    if book.valid_from > book.valid_until:
        yield "valid_until is before valid_from", book.valid_until, f"{book.valid_from} or later"


def _of_names(book: Rulebook) -> Iterator[Contradiction]:
    criteria = [criterion.id for criterion in book.criterion]
    if sorted(criteria) != sorted(CRITERIA):
        yield "criteria are not the six of the index", ", ".join(criteria), ", ".join(CRITERIA)
    rules = [rule for criterion in book.criterion for rule in criterion.rule]
    yield from _repeated("portal_code", (criterion.portal_code for criterion in book.criterion))
    yield from _repeated("id of a rule", (rule.id for rule in rules))
    yield from _repeated("indicator", (rule.indicator for rule in rules))
    yield from _repeated("value of a grade", (grade.value for grade in book.grade))


def _repeated(what: str, values: Iterable[object]) -> Iterator[Contradiction]:
    seen: set[object] = set()
    for value in values:
        if value in seen:
            yield f"{what} given twice", value, "each once"
        seen.add(value)


def _of_numbers(book: Rulebook) -> Iterator[Contradiction]:
    maxima = _sum(criterion.max_points for criterion in book.criterion)
    if maxima != _sum([book.max_points]):
        yield "maxima of the criteria do not add up", maxima, book.max_points
    for criterion in book.criterion:
        parts = _sum(rule.max_points for rule in criterion.rule)
        if criterion.rule and parts != _sum([criterion.max_points]):
            yield f"rules of {criterion.id} do not add up to its maximum", parts, criterion.max_points
    cuts = [grade.from_points for grade in book.grades.values()]
    if cuts[:1] != [0] or not all(low < high for low, high in pairwise([*cuts, book.max_points])):
        yield (
            "grades do not rise from 0",
            cuts,
            f"0, then each higher than the one before, below {book.max_points}",
        )
    if not 0 <= book.rounding.decimals <= _MOST_DECIMALS:
        yield "rounding is to too many decimals or too few", book.rounding.decimals, f"0 to {_MOST_DECIMALS}"
    for target in book.target:
        if not _is_rate(target.percent):
            yield f"target of {target.indicator} is no rate", target.percent, "more than 0, at most 100"


def _sum(values: Iterable[float]) -> Decimal:
    return sum((Decimal(str(value)) for value in values), Decimal(0))


def _is_rate(percent: float) -> bool:
    return 0 < percent <= 100  # noqa: PLR2004 - the whole


def _of_sources(book: Rulebook) -> Iterator[Contradiction]:
    rules = [rule for criterion in book.criterion for rule in criterion.rule]
    sources = {
        "valid_source": book.valid_source, "grade_source": book.grade_source, "rounding": book.rounding.source,
        **{f"target of {each.indicator}": each.source for each in book.target},
        **{each.id: each.source for each in book.criterion}, **{f"rule {each.id}": each.source for each in rules},
    }  # fmt: skip
    for where, source in sources.items():
        if not source.strip():
            yield f"{where} has no source", None, "where it is known from"


def _of_rule(rule: Rule, criterion: Criterion) -> Iterator[Contradiction]:
    where = f"rule {rule.id}"
    if not re.fullmatch(rf"{criterion.id}\.[a-z][a-z0-9_]*", rule.indicator):
        yield f"{where} has an indicator of another criterion", rule.indicator, f"{criterion.id}. and a name"
    if (rule.shape == "shown") != (rule.max_points == 0) or not rule.max_points >= 0:
        yield f"{where}, {rule.shape}, cannot have these points", rule.max_points, "0 where shown, else more"
    if not _is_rate(rule.threshold_percent):
        yield f"{where} has a threshold that is no rate", rule.threshold_percent, "more than 0, at most 100"
    if rule.full_from_percent and not _is_rate(rule.full_from_percent):
        yield (
            f"{where} has a full_from_percent that is no rate",
            rule.full_from_percent,
            "more than 0, at most 100",
        )
    if rule.shape == "unknown" and not (rule.why_unknown.vi.strip() and rule.why_unknown.en.strip()):
        yield f"{where} does not say why it is unknown", None, "why_unknown in vi and en"
    if {rule.none_done_when, rule.none_due_when} & {
        rule.indicator, rule.numerator_indicator, rule.denominator_indicator,
    }:  # fmt: skip
        yield f"{where} depends on itself", rule.indicator, "the count of something else"
