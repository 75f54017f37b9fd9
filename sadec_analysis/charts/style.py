"""The one look of all charts: size, type, colours, and a drawing turned into clean SVG.

Charts are drawn 400 units wide, where one unit is one pixel: at that width the
smallest type stays readable on a phone of 360 pixels, and it scales up on paper.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sadec_analysis.charts.svg import compact
from sadec_analysis.paths import PACKAGE
from sadec_analysis.rulebook import Rulebook

WIDTH = 400
FAMILY = "Inter Tabular"
# Where a notebook is shown without the page that carries the typeface.
_FALLBACK = "'Segoe UI', Arial, sans-serif"
FONTS = PACKAGE / "fonts"

INK, MUTED, GREY, LIGHT, PAPER = "#1d232b", "#565f6b", "#9aa3ad", "#e4e7eb", "#ffffff"
CITY, ACCENT = "#0b4f7d", "#b93c0a"
# Dark orange through pale to dark blue: told apart without red and green, and in grey print.
BAND = {1: "#f9ddc8", 2: "#fdf0de", 3: "#f4f4ef", 4: "#e1edf7", 5: "#c6dcf0"}
BODY, SMALL = 12.5, 11

_RC: dict[Any, Any] = {
    "font.family": FAMILY,
    "font.size": BODY,
    "text.color": INK,
    "axes.edgecolor": GREY,
    "axes.labelcolor": MUTED,
    "axes.facecolor": "none",
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": BODY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.7,
    "svg.fonttype": "none",
    "text.parse_math": False,  # a name with two dollar signs is a name
}


@functools.cache
def _register_fonts() -> None:
    for face in sorted(Path(FONTS).glob("*.ttf")):
        font_manager.fontManager.addfont(str(face))


@contextmanager
def drawing(name: str) -> Iterator[None]:
    """Draw in the project's style; ids in the picture depend on ``name`` alone."""
    _register_fonts()
    with mpl.rc_context({**_RC, "svg.hashsalt": name}):
        yield


def canvas(
    height: float, left: float, right: float, top: float = 8, bottom: float = 26
) -> tuple[Figure, Axes]:
    """Make a figure of WIDTH x ``height`` units with fixed margins (a layout engine doubles drawing time)."""
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
    FigureCanvasAgg(figure)
    figure.patch.set_visible(False)
    box = (left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, (height - top - bottom) / height)
    return figure, figure.add_axes(box)


def rows(axes: Axes, labels: list[str], bold: set[int] | None = None, colour: str = CITY) -> None:
    """Name horizontal rows from the top down; rows in ``bold`` take the city's colour."""
    axes.set_ylim(max(len(labels), 1) - 0.5, -0.5)
    axes.set_yticks(range(len(labels)), labels)
    for at, label in enumerate(axes.get_yticklabels()):
        label.set_verticalalignment("center")
        if at in (bold or set()):
            label.set(color=colour, fontweight=600)


def grade_bands(axes: Axes, rulebook: Rulebook, lang: str, low: float, high: float) -> None:
    """Shade the grades between ``low`` and ``high`` along x and name them above the plot."""
    grades = list(rulebook.grades.values())
    ends = [grade.from_points for grade in grades[1:]] + [rulebook.max_points]
    for grade, end in zip(grades, ends, strict=True):
        start, stop = max(grade.from_points, low), min(end, high)
        if start < stop:
            axes.axvspan(start, stop, color=BAND[grade.value], linewidth=0, zorder=0)
            axes.text(
                (start + stop) / 2, 1.012, grade.name(lang), transform=axes.get_xaxis_transform(), ha="center",
                va="bottom", fontsize=SMALL, color=MUTED,
            )  # fmt: skip


def unknown(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    is_marked: bool = False,
    hatch: str = "////",
) -> None:
    """Draw a hatched open box: nothing, or only limits, is known here; in the accent colour where it is marked."""
    face, edge = (BAND[1], ACCENT) if is_marked else ("#f3f4f6", GREY)
    axes.add_patch(
        Rectangle((x, y), width, height, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0.8, zorder=2)
    )


def right_of(axes: Axes, units: float) -> float:
    """Position of a column ``units`` right of the plot, as a fraction of its width."""
    return 1 + units / (WIDTH * axes.get_position().width)


def column(axes: Axes, units: float, row: float, text: str, colour: str = INK) -> None:
    """Write a cell of a column of numbers, its right end ``units`` right of the plot."""
    axes.text(
        right_of(axes, units), row, text, transform=axes.get_yaxis_transform(), ha="right", va="center", color=colour,
        fontsize=SMALL,
    )  # fmt: skip


def column_head(axes: Axes, units: float, text: str) -> None:
    """Name a column of numbers above the plot."""
    axes.text(
        right_of(axes, units),
        1.014,
        text,
        transform=axes.transAxes,
        ha="right",
        va="bottom",
        fontsize=SMALL,
        color=MUTED,
    )


def badge(
    axes: Axes, x: float, y: float, numbers: tuple[int, ...], offset: float = 0, *, in_axes: bool = False
) -> None:
    """Mark a value that has a finding with the finding's number in a small disc.

    ``in_axes`` takes ``x`` as a fraction of the plot's width instead of a value.
    """
    for step, number in enumerate(numbers):
        axes.annotate(
            str(number), (x, y), xycoords=axes.get_yaxis_transform() if in_axes else "data", xytext=(offset + 15 * step, 0), textcoords="offset points", ha="center", va="center",
            fontsize=9, fontweight=600, color=PAPER, zorder=6, annotation_clip=False,
            bbox={"boxstyle": "circle,pad=0.22", "facecolor": ACCENT, "edgecolor": "none"},
        )  # fmt: skip


def to_svg(figure: Figure, name: str) -> str:
    """Return the drawing as one SVG element: text as text, ids its own, nothing that leaks into a page."""
    stream = io.StringIO()
    figure.savefig(
        stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    return compact(stream.getvalue(), name, FAMILY, _FALLBACK)
