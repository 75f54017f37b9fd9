"""Sections I and II: the results, criterion by criterion, as the report orders them."""

from __future__ import annotations

from collections.abc import Callable

from sadec_analysis import charts
from sadec_analysis.blocks import Block, Chart, Heading, Note, Spans, spans
from sadec_analysis.brief.change import explained
from sadec_analysis.brief.cover import any_criterion, grade_num
from sadec_analysis.brief.details import DETAILS
from sadec_analysis.brief.sentences import city_name, quotes, say, text
from sadec_analysis.brief.tables import key_figures, procedures, sub_indicators, ward_copies, wards
from sadec_analysis.charts.change import extremes
from sadec_analysis.charts.digitisation import districts
from sadec_analysis.charts.making import by_value
from sadec_analysis.charts.scores import maximum
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView


def results(view: MonthView) -> list[Block]:
    """Section I: the place's total, criteria and sub-indicators, its wards, and why the points changed."""
    words = view.words
    blocks: list[Block] = [
        Heading(2, spans(words.text("brief.section_result")), "I."),
        Heading(3, spans(view.place.kind.text(words.lang)), "1."),
        _city(view),
        *([charts.criteria(view)] if any_criterion(view) else []),
        *sub_indicators(view),
    ]
    blocks += _ward_section(view) if view.place.wards else []
    why = explained(view)
    heading = Heading(3, spans(words.text("brief.section_change")), "3." if view.place.wards else "2.")
    return [*blocks, heading, *why] if why else blocks


def _ward_section(view: MonthView) -> list[Block]:
    blocks: list[Block] = [Heading(3, spans(view.words.text("brief.section_wards")), "2."), _wards(view)]
    return [*blocks, *_over_months(view), *wards(view), charts.heat_map(view)]


def _over_months(view: MonthView) -> list[Block]:
    """Totals and ranks of the wards over the months where three are known; the two months' order where not."""
    ranks = charts.bump(view)
    if isinstance(ranks, Chart):
        return [charts.small_multiples(view), ranks]
    return [charts.order(view)] if view.moves else []


def _city(view: MonthView) -> Block:
    city = view.place.city
    total, change, grade, rank, of = (
        view.fact(city, "total", measure) for measure in ("points", "change", "grade", "rank", "rank_of")
    )
    if not total.is_known:
        return Note("missing", view.words.text("brief.missing_label"), say(view, "missing_figures"))
    top = view.words.number(view.rulebook.max_points)
    sentences = [
        say(view, "city_total", city=city_name(view), total=total, max=top, grade=grade_num(view, grade))
    ]
    if change.is_known:
        previous = view.fact(city, "total", "points", view.month.previous())
        sentences.append(say(view, "city_change", change=change, previous=previous))
    if rank.is_known:
        sentences.append(_ranked(view, rank, of))
    return text(*sentences)


def _ranked(view: MonthView, rank: Fact, of: Fact) -> Spans:
    return say(view, "criterion_rank", rank=rank, of=of, peers=view.place.peers.text(view.words.lang))


def _wards(view: MonthView) -> Block:
    totals = [fact for fact in by_value(view.facts("total", "points", view.place.wards)) if fact.is_known]
    if not totals:
        return Note("missing", view.words.text("brief.missing_label"), say(view, "missing_figures"))
    best, worst = totals[0], totals[-1]
    sentences = [
        say(
            view,
            "wards_text",
            best=best.unit.label,
            best_total=best,
            worst=worst.unit.label,
            worst_total=worst,
        )
    ]
    up, up_steps, down, down_steps = extremes(view)
    if up and down:
        words = view.words
        rose = words.text("brief.order_up", names=words.listed(up), steps=words.count(up_steps))
        fell = words.text("brief.order_down", names=words.listed(down), steps=words.count(down_steps))
        sentences.append(say(view, "wards_order", up=rose, down=fell))
    return text(*sentences)


def components(view: MonthView) -> list[Block]:
    """Section II: every criterion with result, chart, causes and what the figures suggest."""
    blocks: list[Block] = [Heading(2, spans(view.words.text("brief.section_criteria")), "II.")]
    for number, criterion in enumerate(view.rulebook.criterion, 1):
        blocks.append(Heading(3, spans(criterion.name(view.words.lang)), f"{number}."))
        blocks += result(view, criterion.id)
        blocks += _charts(view, criterion.id)
        blocks += quotes(view, "causes", criterion.id)
    return blocks


def result(view: MonthView, criterion: str) -> list[Block]:
    """The city's points and rank in one criterion, and what else the figures tell about it."""
    city = view.place.city
    points, rank, of = (view.fact(city, criterion, measure) for measure in ("points", "rank", "rank_of"))
    sentences: list[Spans] = []
    if points.is_known:
        top = view.words.number(maximum(points, view))
        sentences.append(say(view, "criterion_text", city=city_name(view), points=points, max=top))
    if rank.is_known:
        sentences.append(_ranked(view, rank, of))
    sentences += DETAILS[criterion](view)
    if not sentences:
        return [Note("missing", view.words.text("brief.missing_label"), say(view, "missing_figures"))]
    return [text(*sentences)]


def _charts(view: MonthView, criterion: str) -> list[Block]:
    return _CHARTS[criterion](view) if criterion in _CHARTS else []


def _known(view: MonthView, indicator: str, measure: str) -> bool:
    return any(fact.is_known or fact.is_bounded for fact in view.facts(indicator, measure))


def _known_of_wards(view: MonthView, indicator: str, measure: str) -> bool:
    """Whether there is anything for a chart that compares wards."""
    return bool(view.place.wards) and _known(view, indicator, measure)


def _progress_charts(view: MonthView) -> list[Block]:
    blocks: list[Block] = (
        [charts.on_time(view)] if _known_of_wards(view, "progress.on_time", "percent") else []
    )
    blocks += [charts.overdue(view)] if _known_of_wards(view, "progress.overdue", "count") else []
    limits = charts.control(view)
    blocks += [limits] if isinstance(limits, Chart) else []
    listed = [charts.overdue_by_due_month(view), *procedures(view)] if view.has_source("dossiers") else []
    return [*blocks, *listed]


def _online_charts(view: MonthView) -> list[Block]:
    known = _known_of_wards(view, "online_service.online_submission", "percent")
    return [charts.online_submission(view)] if known else []


def _satisfaction_charts(view: MonthView) -> list[Block]:
    return [charts.satisfaction(view)] if _known(view, "satisfaction.reported", "percent") else []


def _digitisation_charts(view: MonthView) -> list[Block]:
    drawn: list[Block] = [charts.certified_copies(view)] if districts(view) else []
    return [*drawn, *ward_copies(view)]


_CHARTS: dict[str, Callable[[MonthView], list[Block]]] = {
    "transparency": lambda view: key_figures(view, "transparency"),
    "online_payment": lambda view: key_figures(view, "online_payment"),
    "progress": _progress_charts,
    "online_service": _online_charts,
    "satisfaction": _satisfaction_charts,
    "digitisation": _digitisation_charts,
}
