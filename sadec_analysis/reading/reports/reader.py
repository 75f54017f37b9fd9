"""A report in the office's form, from its sections to figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sadec_analysis.errors import InputError
from sadec_analysis.figures import Figure
from sadec_analysis.months import Month
from sadec_analysis.names import text_key
from sadec_analysis.places import Place, Unit
from sadec_analysis.reading.documents.outline import Document, Line, Section, Table
from sadec_analysis.reading.observations import Observer, Reading
from sadec_analysis.reading.reports import bounds, sentences, tables
from sadec_analysis.reading.reports.narrative import topic_of
from sadec_analysis.reading.reports.opening import stated_months
from sadec_analysis.reading.reports.patterns import Pattern
from sadec_analysis.rulebook import Criterion, Rulebook

_LABELLED = re.compile(r"[-+•*–][^:]*:")
_LONGEST_NUMBER = 40
_TOO_LONG = re.compile(rf"(?:\d[.,]?){{{_LONGEST_NUMBER + 1}}}")
_BEARS_VALUE = re.compile(r"\d|không (?:thay )?đổi", re.IGNORECASE)


@dataclass
class ReportReader:
    """Reads one report of ``month`` about ``place`` under ``rulebook``."""

    document: Document
    month: Month
    place: Place
    rulebook: Rulebook
    observer: Observer = field(init=False)

    def __post_init__(self) -> None:
        self.observer = Observer(
            self.document.source, self.month, self.place, self.rulebook, keeps_impossible=True
        )

    @property
    def reading(self) -> Reading:
        """What was read so far."""
        return self.observer.reading

    def read(self) -> Reading:
        """Read every section; raises InputError for another month's report or one without figures."""
        self._require_month()
        for section in self.document.sections:
            for line in section.lines:
                self._read_line(section, line)
            for table in section.tables:
                self._read_table(section, table)
        if not self.reading.figures:
            raise InputError(
                self.document.source,
                "no figure of the index was recognised",
                expected="a monthly report with sections I and II",
                remedy="check that this is the right file",
            )
        return self.reading

    def _require_month(self) -> None:
        stated = stated_months(self.document)
        if self.month not in stated:
            raise InputError(
                self.document.source,
                "the report is about another month" if stated else "the report does not say its month",
                got=", ".join(map(str, sorted(stated))) or None,
                expected=self.month,
                remedy="put it into the folder of its month",
            )

    def _criterion_of(self, section: Section) -> Criterion | None:
        return self.rulebook.criterion_named(" ".join(section.titles[1:2]))

    # -- sentences ---------------------------------------------------------

    def _read_line(self, section: Section, line: Line) -> None:
        self._require_short_numbers(section, line)
        place, scope = section.line_place(line), sentences.scope_of(line.text, " ".join(section.titles))
        spans: list[tuple[int, int]] = []
        is_result = topic_of(section) in (None, "causes")
        criterion = self._criterion_of(section)
        if scope == "wards" or not self._names_another_unit(line.text):
            for said in sentences.sentences(line.text):
                if not is_result or sentences.is_elsewhere(said.text, self.month, self.place.city.name):
                    continue
                for pattern, found in sentences.matches(said, scope, criterion.id if criterion else ""):
                    rows = list(self._said(pattern, found, section, place))
                    self.reading.figures.extend(rows)
                    if rows:
                        spans += [(said.start + a, said.start + b) for a, b in _group_spans(found)]
        if sentences.numbers_left(line.text, line.paragraph.bold, spans):
            self.observer.leave(place, line.text)

    def _require_short_numbers(self, section: Section, line: Line) -> None:
        """Raise InputError for a number no figure can be: the patterns would take very long over it."""
        if _TOO_LONG.search(line.text):
            raise InputError(
                f"{self.document.source}, {section.line_place(line)}", "holds a number that is too long",
                expected=f"at most {_LONGEST_NUMBER} digits", remedy="mend it, or put the received report back",
            )  # fmt: skip

    def _names_another_unit(self, text: str) -> bool:
        key = text_key(text)
        others = (
            name for unit in self.place.unit if unit.level != "city" for name in (unit.name, unit.label)
        )
        return any(re.search(rf"(?<!\w)(?<!thị ){re.escape(text_key(name))}(?!\w)", key) for name in others)

    def _said(self, pattern: Pattern, found: re.Match[str], section: Section, place: str) -> Iterator[Figure]:
        criterion = self._criterion_of(section)
        if _LABELLED.match(found[0]):
            criterion = self.rulebook.criterion_named(found[0].partition(":")[0])
        if pattern.needs_criterion and criterion is None:
            return
        if self._is_impossible(pattern, found, criterion.max_points if criterion else None):
            return
        grade = self.rulebook.grade_named(found["_grade"]) if "_grade" in pattern.form.groupindex else None
        for group, (indicator, measure) in pattern.groups.items():
            if found[group] is None:
                continue
            name = indicator.format(
                criterion=criterion.id if criterion else "",
                criterion_or_total=criterion.id if criterion else "total",
                grade=(grade.name_en if grade else "").lower(),
            )
            yield self.observer.figure(self.place.city, name, measure, found[group], place)
        yield from bounds.implied(
            self._figure_row(self.place.city, place), pattern, found, self.place, self.rulebook
        )

    def _is_impossible(self, pattern: Pattern, found: re.Match[str], top: float | None) -> bool:
        """Whether a score is out of another maximum than the criterion's, or a rank beyond the number ranked."""
        groups = found.groupdict()
        if groups.get("rank") and groups.get("of") and int(groups["rank"]) > int(groups["of"]):
            return True
        return pattern.needs_criterion and _printed_maximum(groups.get("points") or "") not in (None, top)

    # -- tables ------------------------------------------------------------

    def _read_table(self, section: Section, table: Table) -> None:
        criterion = self._criterion_of(section)
        owner = criterion.id if criterion else "total" if section.numbers[:1] == ("I",) else None
        layout = tables.layout(table.grid.header, owner)
        place = section.table_place(table)
        if layout is None:
            self.observer.leave(place, " | ".join(table.grid.header))
            return
        for heading in layout.unread:
            self.observer.leave(place, heading)
        for number, row in enumerate(table.grid.rows, 1):
            self._read_row(layout, row, section.table_place(table, number), table, owner or "total")

    def _read_row(
        self, layout: tables.Layout, row: tuple[str, ...], place: str, table: Table, criterion: str
    ) -> None:
        if tables.SUMMARY_ROW.match(text_key(row[layout.unit])):
            self.observer.leave(place, " | ".join(row))
            return
        unit = self.place.match(row[layout.unit], f"{self.document.source}, {place}")
        self.observer.require_code(unit, row[layout.code] if layout.code is not None else "", place)
        rank = tables.printed_rank(row[layout.unit])
        if rank and tables.RANKING_CAPTION.search(text_key(table.caption)):
            self.observer.observe(unit, criterion, "rank", rank, place)
        for at, column in layout.columns.items():
            for (indicator, measure), printed in tables.parts(column, row[at]):
                name = criterion if indicator == "total" else indicator.format(criterion=criterion)
                if not self._has_value(name, measure, printed):
                    self.observer.leave(place, f"{table.grid.header[at]}: {printed}")
                    continue
                self.observer.observe(unit, name, measure, printed, place)

    def _has_value(self, indicator: str, measure: str, printed: str) -> bool:
        """Whether a cell holds a value of its figure: not a dash, nor a score out of another maximum."""
        if measure == "grade":
            return indicator == "total" and any(char.isalpha() for char in printed)
        criterion = self.rulebook.criteria.get(indicator)
        is_own = criterion is None or _printed_maximum(printed) in (None, criterion.max_points)
        return is_own and bool(_BEARS_VALUE.search(printed))

    # -- figures -----------------------------------------------------------

    def _figure_row(self, unit: Unit, place: str) -> Figure:
        return Figure(str(self.month), unit.code, "", "", None, "", self.document.source, place)


def _group_spans(found: re.Match[str]) -> list[tuple[int, int]]:
    return [found.span(group) for group in found.groupdict() if found[group] is not None]


def _printed_maximum(printed: str) -> int | None:
    """The maximum printed after a score's slash: 20 for "12,3/20"; None where there is none."""
    found = re.search(r"/\s*(\d+)", printed)
    return int(found[1]) if found else None
