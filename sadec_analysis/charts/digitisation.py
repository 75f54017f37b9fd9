"""Certified copies: how wide the service is offered against how much it is used."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from sadec_analysis.blocks import Chart
from sadec_analysis.charts import style
from sadec_analysis.charts.making import finish, name_of
from sadec_analysis.facts import Fact
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit

_COPIES = "digitisation.certified_copies"
_UNITS = "digitisation.certifying_units"
_DUE = "digitisation.certifying_units_due"
Trio = tuple[Fact, Fact, Fact]


def certified_copies(view: MonthView) -> Chart:
    """Districts by share of units offering copies (x) and number of copies (y, logarithmic), the city named."""
    trios = districts(view)
    with style.drawing(f"certified_copies-{view.month}"):
        figure, axes = style.canvas(300, left=44, right=20, top=24, bottom=40)
        _scales(axes, trios, view)
        axes.grid(color=style.LIGHT, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(view.words.text("chart.certified_copies.x"), fontsize=style.SMALL)
        axes.text(
            -0.09,
            1.03,
            view.words.text("chart.certified_copies.y"),
            transform=axes.transAxes,
            fontsize=style.SMALL,
            color=style.MUTED,
        )
        _dots(axes, trios)
        return _chart(view, figure, trios)


def districts(view: MonthView) -> list[Trio]:
    """Units offering copies, units due and copies of each district whose three counts are known, most copies first."""
    units: list[Unit] = [unit for unit in view.place.unit if unit.level in ("city", "peer")]
    trios = [
        (view.fact(unit, _UNITS, "count"), view.fact(unit, _DUE, "count"), view.fact(unit, _COPIES, "count"))
        for unit in units
    ]
    known = [trio for trio in trios if all(fact.is_known for fact in trio)]
    return sorted(known, key=lambda trio: -(trio[2].value or 0))


def _scales(axes: Axes, trios: list[Trio], view: MonthView) -> None:
    """Logarithmic copies; where a district has none, a short linear stretch down to zero."""
    counts = [float(copies.value or 0) for *_, copies in trios] or [1.0]
    axes.set_xlim(0, 112)
    axes.set_yscale("symlog", linthresh=10, linscale=0.3)
    low = 0.0 if min(counts) == 0 else min(counts) / 2
    axes.set_ylim(low, max(*counts, 100) * 1.8)
    axes.set_xticks(range(0, 101, 25), [f"{tick}%" for tick in range(0, 101, 25)])
    ticks = [tick for tick in (0, 3, 10, 30, 100, 300, 1000, 3000) if low <= tick <= axes.get_ylim()[1]]
    axes.set_yticks(ticks, [view.words.number(tick) for tick in ticks])
    axes.minorticks_off()


def _dots(axes: Axes, trios: list[Trio]) -> None:
    """One dot per district; each label takes the first side where it covers no other dot or label."""
    places = [
        (100 * float(units.value or 0) / float(due.value or 1), float(copies.value or 0))
        for units, due, copies in trios
    ]
    centres = [axes.transData.transform(place) for place in places]
    taken = [Bbox.from_bounds(x - 6, y - 6, 12, 12) for x, y in centres]
    for trio, place in zip(trios, places, strict=True):
        is_city = trio[0].unit.level == "city"
        colour = style.CITY if is_city else style.GREY
        axes.plot(*place, "o", color=colour, markersize=11 if is_city else 8, zorder=5 if is_city else 4)
        label = axes.annotate(
            name_of(trio[0]), place, xytext=(0, 12), textcoords="offset points", fontsize=style.SMALL, va="center", zorder=6,
            fontweight=600 if is_city else 400, color=style.CITY if is_city else style.MUTED,
        )  # fmt: skip
        taken.append(_settled(label, axes, taken))


_SIDES = (((0, 12), "center"), ((9, 0), "left"), ((0, -13), "center"), ((-9, 0), "right"))


def _settled(label: Annotation, axes: Axes, taken: list[Bbox]) -> Bbox:
    """Put a label on its first free side (the last one when none is) and return the space it takes."""
    for offset, side in _SIDES:
        label.set(position=offset, horizontalalignment=side)
        box = label.get_window_extent()
        if (
            axes.figure.bbox.contains(*box.min)
            and axes.figure.bbox.contains(*box.max)
            and not any(box.overlaps(other) for other in taken)
        ):
            break
    return box


def _chart(view: MonthView, figure: Figure, trios: list[Trio]) -> Chart:
    words = view.words
    own = next((trio for trio in trios if trio[0].unit.level == "city"), None)
    title = words.text("chart.certified_copies.title_unknown")
    if own:
        title = words.text(
            "chart.certified_copies.title",
            units=own[0].text(),
            due=own[1].text(),
            copies=own[2].text(),
            city=view.place.city.label,
        )
    header = [
        words.text("chart.unit"),
        *(words.text(f"chart.certified_copies.column_{c}") for c in ("units", "due", "copies")),
    ]
    told = [
        words.text(
            "chart.certified_copies.row",
            name=name_of(copies),
            units=units.text(),
            due=due.text(),
            copies=copies.text(),
        )
        for units, due, copies in trios
    ]
    rows = [(name_of(trio[0]), *trio) for trio in trios]
    facts = [fact for trio in trios for fact in trio]
    return finish(
        view,
        "certified_copies",
        figure,
        facts=facts,
        header=header,
        rows=rows,
        told=told,
        title=title,
        peers=view.place.peers.text(words.lang),
    )


def certifying_wards(view: MonthView) -> tuple[list[str], list[str]]:
    """Names of the wards that certified copies, and of those that did not."""
    facts = view.facts(_COPIES, "count", view.place.wards)
    did = [name_of(fact) for fact in facts if fact.value is not None and fact.value > 0]
    return did, [name_of(fact) for fact in facts if fact.value is not None and fact.value == 0]
