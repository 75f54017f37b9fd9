"""Rows of rates of which some are known and some only bounded."""

from __future__ import annotations

from matplotlib.axes import Axes

from sadec_analysis.charts import style
from sadec_analysis.facts import Fact

ROW = 27
_ROOM_FOR_LABEL = 0.35
_ROOM_FOR_NUMBER = 0.2


def rate_row(axes: Axes, at: int, fact: Fact, *, is_city: bool) -> None:
    """Draw one rate: a dot where it is known, an open box from limit to limit where it is not."""
    colour = style.CITY if is_city else style.INK
    if fact.value is not None:
        left, right = axes.get_xlim()
        side = -1 if float(fact.value) > right - _ROOM_FOR_NUMBER * (right - left) else 1
        axes.plot(float(fact.value), at, "o", color=colour, markersize=9, zorder=5)
        axes.annotate(
            fact.text(), (float(fact.value), at), xytext=(10 * side, 0), textcoords="offset points", ha="left" if side > 0 else "right", va="center",
            fontweight=600, color=colour, zorder=6,
        )  # fmt: skip
        return
    if fact.lower is None:
        axes.text(axes.get_xlim()[0], at, f" {fact.text()}", va="center", color=style.MUTED, zorder=6)
        return
    low, high = float(fact.lower), float(fact.upper if fact.upper is not None else 100)
    style.unknown(axes, low, at - 0.27, high - low, 0.54)
    left, right = axes.get_xlim()
    if high - low < _ROOM_FOR_LABEL * (right - left):
        axes.annotate(
            fact.text(), (low, at), xytext=(-5, 0), textcoords="offset points", ha="right", va="center",
            fontsize=style.SMALL, zorder=6, bbox={"boxstyle": "round,pad=0.18", "facecolor": style.PAPER, "edgecolor": "none"},
        )  # fmt: skip
        return
    axes.text(
        (low + high) / 2, at, fact.text(), ha="center", va="center", fontsize=style.SMALL, zorder=6,
        bbox={"boxstyle": "round,pad=0.18", "facecolor": style.PAPER, "edgecolor": "none"},
    )  # fmt: skip
