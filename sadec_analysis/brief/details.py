"""What is told about each criterion besides its points: one function per criterion."""

from __future__ import annotations

import re
from collections.abc import Callable

from sadec_analysis.blocks import Spans, spans
from sadec_analysis.brief.sentences import computed, labels, say
from sadec_analysis.charts.digitisation import certifying_wards
from sadec_analysis.charts.online import below_target, target
from sadec_analysis.charts.satisfaction import grade_label, groups, is_points_over_maximum
from sadec_analysis.charts.scores import maximum
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.scoring import decimal


def _transparency(view: MonthView) -> list[Spans]:
    fact = view.fact(view.place.city, "transparency.year_to_date", "points")
    top = view.words.number(view.rulebook.criteria["transparency"].max_points)
    return [say(view, "transparency_year", points=fact, max=top)] if fact.is_known else []


def _progress(view: MonthView) -> list[Spans]:
    city = view.place.city
    rate = view.fact(city, "progress.on_time", "percent")
    total, in_month = (view.fact(city, f"progress.overdue_{name}", "count") for name in ("total", "in_month"))
    sentences = [say(view, "progress_text", rate=rate)] if rate.is_known else []
    if total.is_known and in_month.is_known:
        sentences.append(say(view, "progress_overdue", total=total, in_month=in_month))
    return sentences


def _online_service(view: MonthView) -> list[Spans]:
    rate = view.fact(view.place.city, "online_service.online_submission", "percent")
    goal, below = target(view), below_target(view)
    sentences = []
    if rate.is_known and goal is not None:
        printed = view.fact(view.place.city, "online_service.online_submission_target", "percent")
        shown = printed.num() if printed.is_known else f"{view.words.number(goal)}%"
        sentences.append(say(view, "online_text", rate=rate, target=shown))
    if below:
        count = computed(view, decimal(len(below)), 0, below)
        names = view.words.listed(labels(fact.unit for fact in below))
        sentences.append(say(view, "online_wards", count=count, names=names))
    return sentences


def _online_payment(view: MonthView) -> list[Spans]:
    fact = view.fact(view.place.city, "online_payment.dossiers_paid_online", "count")
    if fact.value is None:
        return []
    return [say(view, "payment_some" if fact.value else "payment_none", count=fact)]


def _satisfaction(view: MonthView) -> list[Spans]:
    city = view.place.city
    rate = view.fact(city, "satisfaction.reported", "percent")
    feedback = view.fact(city, "satisfaction.feedback_on_time", "percent")
    sentences = [say(view, "satisfaction_text", rate=rate)] if rate.is_known else []
    if is_points_over_maximum(view):
        points = view.fact(city, "satisfaction", "points")
        top = view.words.number(maximum(points, view))
        sentences.append(say(view, "satisfaction_ratio", points=points, max=top))
    if feedback.is_known:
        sentences.append(say(view, "satisfaction_feedback", feedback=feedback))
    bands = groups(view)
    if bands:
        sentences.append(say(view, "satisfaction_wards", groups=_groups(view, bands)))
    return sentences


def _groups(view: MonthView, bands: list[tuple[Fact, Fact]]) -> Spans:
    told: list[object] = []
    for count, limits in bands:
        told += [", "] if told else []
        key = "satisfaction_group" if re.search(r"\d", limits.printed) else "satisfaction_group_inferred"
        told += say(view, key, count=count, limits=limits, grade=grade_label(limits, view))
    return spans(*told)


def _digitisation(view: MonthView) -> list[Spans]:
    city = view.place.city
    copies, units = (
        view.fact(city, f"digitisation.{name}", "count") for name in ("certified_copies", "certifying_units")
    )
    did, _ = certifying_wards(view)
    sentences = (
        [say(view, "copies_text", copies=copies, units=units)] if copies.is_known and units.is_known else []
    )
    if did:
        facts = [
            fact
            for fact in view.facts("digitisation.certified_copies", "count", view.place.wards)
            if fact.value
        ]
        count = computed(view, decimal(len(did)), 0, facts)
        wards = view.words.number(len(view.place.wards))
        sentences.append(say(view, "copies_wards", count=count, wards=wards, names=view.words.listed(did)))
    return sentences


DETAILS: dict[str, Callable[[MonthView], list[Spans]]] = {
    "transparency": _transparency,
    "progress": _progress,
    "online_service": _online_service,
    "online_payment": _online_payment,
    "satisfaction": _satisfaction,
    "digitisation": _digitisation,
}
