"""A line of a few months beside a number, small enough to stand in a card or a row."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, _EDGE = 104, 26, 4
_LEAST_KNOWN = 2  # one month is no trend
Point = tuple[float, float]


@dataclass(frozen=True)
class Trend:
    """A drawn trend, and its values in words."""

    svg: str
    alt: str


def trend(
    values: Sequence[float | None], alt: str, *, least_span: float = 1, is_turned: bool = False
) -> Trend | None:
    """Draw one value per month, oldest first, the last one marked; None where fewer than two are known.

    Months not known are gaps. ``least_span`` is the smallest difference that fills the height, so that noise
    does not look like a fall; ``is_turned`` puts low values, such as first ranks, at the top.

    >>> trend([48.67, None], "") is None
    True
    >>> trend([48.67, 37.5], "").svg.count("<circle")
    2
    """
    known = [value for value in values if value is not None]
    if len(known) < _LEAST_KNOWN:
        return None
    middle, span = (max(known) + min(known)) / 2, max(max(known) - min(known), least_span)
    down = (1 if is_turned else -1) * (HEIGHT - 2 * _EDGE) / span
    step = (WIDTH - 2 * _EDGE) / (len(values) - 1)
    points = [
        None if value is None else (_EDGE + at * step, HEIGHT / 2 + down * (value - middle))
        for at, value in enumerate(values)
    ]
    return Trend(_svg(points), alt)


def _svg(points: Sequence[Point | None]) -> str:
    runs = [list(run) for is_known, run in itertools.groupby(points, bool) if is_known]
    lines = "".join(
        f'<polyline fill="none" stroke="currentColor" stroke-width="1.6" points="{_path(run)}"/>'
        for run in runs
    )
    known = [point for point in points if point]
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3 if at == len(known) else 1.6}" fill="currentColor"/>'
        for at, (x, y) in enumerate(known, 1)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" color="#0b4f7d">{lines}{dots}</svg>'


def _path(run: Sequence[Point | None]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in filter(None, run))
