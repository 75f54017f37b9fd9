"""Open bars from limit to limit: what each part may explain where the month before is not known by part."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sadec_analysis.analysis.decomposition import Decomposition, Part
from sadec_analysis.charts import style
from sadec_analysis.charts.signed import name_of, signed
from sadec_analysis.monthly import MonthView

_ROW = 40
_ROOM = 5.5  # points beside the longest bar, for its numbers


def draw(found: Decomposition, view: MonthView) -> Figure:
    """Draw what each part may explain; those that reach the line of the whole change are coloured."""
    sign = -1 if found.change < 0 else 1
    parts = sorted(found.parts, key=lambda part: -max(sign * part.change.lower, sign * part.change.upper))
    figure, axes = style.canvas(_ROW * len(parts) + 30, left=4, right=4, top=26, bottom=4)
    ends = [float(end) for part in parts for end in (part.change.lower, part.change.upper)]
    axes.set(xlim=(min(ends) - _ROOM, max(ends) + _ROOM), ylim=(len(parts) - 0.5, -0.5), xticks=[], yticks=[])
    whole = view.words.text("chart.change.whole", change=view.words.change(found.change, 2))
    _line(axes, 0.0, view.words.text("chart.change.zero"), style.MUTED)
    _line(axes, float(found.change), whole, style.ACCENT)
    for at, part in enumerate(parts):
        _bar(axes, at, part, part in found.alone, view)
    return figure


def _line(axes: Axes, at: float, label: str, colour: str) -> None:
    axes.axvline(at, color=colour, linewidth=1, zorder=1)
    axes.text(
        at, 1.01, label, transform=axes.get_xaxis_transform(), ha="center", va="bottom", fontsize=style.SMALL, color=colour
    )  # fmt: skip


def _bar(axes: Axes, at: int, part: Part, is_enough: bool, view: MonthView) -> None:  # noqa: FBT001 - one call
    low, high = float(part.change.lower), float(part.change.upper)
    name = name_of(part, view)
    axes.text(
        axes.get_xlim()[0], at - 0.22, name, va="center", fontweight=600 if is_enough else 400, zorder=6,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": style.PAPER, "edgecolor": "none"},
    )  # fmt: skip
    if part.change.value is not None:
        axes.plot(low, at + 0.18, "o", color=style.INK, markersize=8, zorder=5)
    else:
        style.unknown(axes, low, at + 0.02, high - low, 0.32, is_marked=is_enough, hatch="//")
        _number(axes, at, high, signed(part.change.upper, view), 1)
    _number(axes, at, low, signed(part.change.lower, view), -1)


def _number(axes: Axes, at: int, x: float, text: str, side: int) -> None:
    axes.annotate(
        text, (x, at + 0.18), xytext=(6 * side, 0), textcoords="offset points", ha="left" if side > 0 else "right",
        va="center", fontsize=style.SMALL, zorder=6,
        bbox={"boxstyle": "square,pad=0.08", "facecolor": style.PAPER, "edgecolor": "none"},
    )  # fmt: skip
