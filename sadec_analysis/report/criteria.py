"""Section II of the report: each criterion with its result, tables, chart and causes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sadec_analysis.report.copies import digitisation
from sadec_analysis.report.figures import Figures
from sadec_analysis.report.measures import (
    online_payment,
    online_service,
    progress,
    satisfaction,
    transparency,
)
from sadec_analysis.report.pieces import Line, Piece, line, plain, wording
from sadec_analysis.rulebook import Criterion


def criteria(month: Figures) -> Iterator[Piece]:
    """Section II."""
    yield line("criteria.part", "Heading 1")
    for number, criterion in enumerate(month.view.rulebook.criterion, 1):
        yield line(
            "criteria.heading", "Heading 2", number=str(number), name=criterion.name_vi.replace(",", "")
        )
        yield from _components(criterion)
        yield line("criteria.result", "Heading 3", number=str(number))
        told = list(_RESULTS[criterion.id](month))
        yield from told or [line("criteria.unknown")]
        yield line("criteria.causes", "Heading 3", number=str(number))
        yield from words(month, "causes", criterion.id, "remedies.no_causes")


def _components(criterion: Criterion) -> Iterator[Line]:
    """What a criterion consists of: by the rulebook where it names its parts, else as the office writes it."""
    parts = [rule.name.vi for rule in criterion.rule if rule.is_scored]
    names = parts if len(parts) > 1 else wording(f"components.{criterion.id}")
    if names:
        yield line("components.label")
    for number, name in enumerate(names, 1):
        yield line("components.item", name=name, end="." if number == len(names) else ";")


def words(month: Figures, topic: str, criterion: str, missing: str, lead: str = "") -> Iterator[Line]:
    """The office's own words on a topic, or a place to write them."""
    passages = month.view.documents["passages"]
    found = [each for each in passages if (each["topic"], each["criterion"]) == (topic, criterion)]
    for each in found:
        yield plain(lead + each["text"])
    if not found:
        yield line(missing)


_RESULTS: dict[str, Callable[[Figures], Iterator[Piece]]] = {
    "transparency": transparency, "progress": progress, "online_service": online_service,
    "online_payment": online_payment, "satisfaction": satisfaction, "digitisation": digitisation,
}  # fmt: skip
