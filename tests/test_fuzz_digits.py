"""One digit changed in a file: the reader reads the changed number or refuses the file, and reads all others as before."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
import zipfile
from decimal import Decimal
from functools import cache

import fuzzed
import mutations as by
import pytest
from fuzzed import BY_NAME, DIGITS, read, unchanged, with_seeds

from sadec_analysis.errors import InputError
from sadec_analysis.places import load_place
from sadec_analysis.reading.documents.markdown import read_markdown


def other_digit(chance, text):
    """A text with one digit changed."""
    at = chance.choice([at for at, char in enumerate(text) if char in "0123456789"])
    return text[:at] + chance.choice([each for each in "0123456789" if each != text[at]]) + text[at + 1 :]


def number(printed, measure):
    """The number a text prints, understood without the package."""
    digits = re.search(r"\d[\d.,]*", printed)[0].rstrip(".,")
    if measure in ("count", "rank", "rank_of") or "," in digits:
        digits = digits.replace(".", "")
    value = Decimal(digits.replace(",", "."))
    return -value if re.match(r"giảm|▼", printed.strip(), re.IGNORECASE) else value


def key(figure):
    return figure.unit, figure.indicator, figure.measure, figure.place


def require_changed(was, now, old, new):
    """Nothing but the changed figure is read as another number, and that as no other than the changed one."""
    before, after = {key(each): each for each in was.figures}, {key(each): each for each in now.figures}
    for name, figure in after.items():
        if name in before and figure.printed == before[name].printed and figure.place != old.place:
            assert figure == before[name]
    told = after.get(key(old))
    if told is None:
        assert [each for each in now.unread if each.place == old.place], "neither read nor left unread"
        return
    assert told.printed == new
    assert told.value in (None, number(new, old.measure))


def numbered(figures):
    """Figures with a number of their own, not derived from words, limits or how many names are listed."""
    return [
        each for each in figures
        if each.value is not None and each.lower is None and each.measure != "grade"
        and re.match(r"\D*\d", each.printed) and not each.indicator.endswith("wards_named")
    ]  # fmt: skip


@cache
def plain_report():
    """The report as one text without marks and repeated spaces, and where each character stood."""
    text = fuzzed.REPORT.read_text(encoding="utf-8")
    kept = [
        at
        for at, char in enumerate(text)
        if char != "*" and not (char.isspace() and text[at - 1 : at].isspace())
    ]
    return text, "".join(" " if text[at].isspace() else text[at] for at in kept), kept


@cache
def told_at():
    """What stands at each place of the report: a line, or the cells of a row."""
    sections = read_markdown(fuzzed.REPORT).sections
    lines = {section.line_place(line): line.text for section in sections for line in section.lines}
    rows = {
        section.table_place(table, at): " | ".join(row)
        for section in sections for table in section.tables for at, row in enumerate(table.grid.rows, 1)
    }  # fmt: skip
    return lines | rows


def where_printed(figure):
    """Where in the text of the report a figure is printed; None where it cannot be told for sure."""
    _, plain, kept = plain_report()
    line = told_at()[figure.place]
    found = list(re.finditer(rf"(?<![\d.,]){re.escape(figure.printed)}(?!\d)", line))
    if len(found) != 1 or plain.count(line) != 1:
        return None
    start = plain.index(line) + found[0].start()
    return kept[start], kept[start + len(figure.printed) - 1] + 1


def test_a_digit_changed_in_a_report(tmp_path):
    was, text = unchanged("report, Markdown"), plain_report()[0]
    spans = [(figure, span) for figure in numbered(was.figures) if (span := where_printed(figure))]
    assert len(spans) > 60

    def act(seed):
        chance = fuzzed.chance_of(seed)
        figure, (start, end) = chance.choice(spans)
        new = other_digit(chance, text[start:end])
        changed = text[:start] + new + text[end:]
        try:
            now = read(BY_NAME["report, Markdown"], changed.encode(), tmp_path)
        except InputError:
            return
        require_changed(was, now, figure, new.replace("*", ""))

    with_seeds(DIGITS["report"], act)


def cell_changed(chance, data, place):
    """A workbook with one digit changed in the cell at a place, and what the cell then holds."""
    title, row, column = re.fullmatch(r"sheet (.+), row (\d+), column ([A-Z]+)", place).groups()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info).decode() for info in archive.infolist()}
    titles = re.findall(r'<sheet [^>]*name="([^"]+)"', parts["xl/workbook.xml"])
    name = f"xl/worksheets/sheet{[*map(html.unescape, titles)].index(title) + 1}.xml"
    cell = re.search(rf'<c r="{column}{row}"[^>]*>(?:<v>|<is><t>)([^<]*)<', parts[name])
    new, (start, end) = other_digit(chance, html.unescape(cell[1])), cell.span(1)
    parts[name] = parts[name][:start] + new + parts[name][end:]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for each, content in parts.items():
            made.writestr(each, content)
    return held.getvalue(), Decimal(new) if "<v>" in cell[0] else new


def test_a_digit_changed_in_a_workbook(tmp_path):
    reader, was = BY_NAME["workbook"], unchanged("workbook")
    data, figures = reader.good(), numbered(was.figures)
    assert len(figures) > 100

    def act(seed):
        chance = fuzzed.chance_of(seed)
        figure = chance.choice(figures)
        changed, new = cell_changed(chance, data, figure.place)
        try:
            now = read(reader, changed, tmp_path)
        except InputError:
            return
        told = {key(each): each.value for each in now.figures}
        expected = {key(each): each.value for each in was.figures}
        expected[key(figure)] = new if isinstance(new, Decimal) else number(new, figure.measure)
        assert told == expected

    with_seeds(DIGITS["workbook"], act)


def leaves(value):
    """Places of the numbers of a response, and of texts that are numbers; not those that are names."""
    return [
        (home, at) for home, at in by.homes(value)
        if not isinstance(home[at], bool) and re.fullmatch(r"-?\d+(\.\d+)?", str(home[at])) and at not in _NAMES
    ]  # fmt: skip


_NAMES = ("code", "ID", "ROW_STT", "LOAI_COQUAN")


def of_leaf(figures, home, at):
    """The figures that may have been read of a leaf, by key."""
    end = f", {home['code']} {at}" if "maxScore" in home and "code" in home else f", {at}"
    value = Decimal(str(home[at]))
    return {key(each) for each in figures if each.place.endswith(end) and each.value == value}


@pytest.mark.parametrize("name", ["response of 2026", "response to 2025"])
def test_a_digit_changed_in_a_response(name, tmp_path):
    reader, was = BY_NAME[name], unchanged(name)
    data, before = reader.good(), {key(each): each.value for each in was.figures}
    met = []

    def act(seed):
        chance, response = fuzzed.chance_of(seed), json.loads(data)
        home, at = chance.choice(leaves(response))
        old, own = home[at], of_leaf(was.figures, home, at)
        new, home[at] = other_digit(chance, str(old)), by.MARK
        shown = json.dumps(new) if isinstance(old, str) else new
        try:
            now = read(reader, json.dumps(response).replace(json.dumps(by.MARK), shown).encode(), tmp_path)
        except InputError:
            return
        after = {key(each): each.value for each in now.figures}
        assert {each: after[each] for each in after if after[each] != before[each]} in (
            {},
            *({one: Decimal(new)} for one in own),
        )
        assert not own or any(after.get(each) != before[each] for each in own)
        met.extend(own)

    with_seeds(DIGITS["response"], act)
    assert len(met) > DIGITS["response"] / 4


# -- lists of dossiers, counted once more ------------------------------------------


FIRST, LAST = dt.date(2022, 11, 1), dt.date(2022, 11, 30)


def day(text):
    return dt.datetime.strptime(text, "%d/%m/%Y").date() if text else None  # noqa: DTZ007 - a day has no zone


def recount(rows):
    """Late, late and due in the month, handled, handled on time, by unit: counted as the method says, row by row."""
    codes, counts = {unit.name: unit.code for unit in load_place("sa_dec").own}, {}
    for row in rows:
        received, due, finished = (
            day(row[name]) for name in ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc")
        )
        own = counts.setdefault(codes[row["Đơn vị"]], [0, 0, 0, 0])
        if received > LAST or due is None:
            continue
        done = finished if finished and finished <= LAST else None
        is_late = due < LAST if done is None else done > due
        is_handled = done is None or done >= FIRST
        for at, is_so in enumerate(
            (is_late, is_late and FIRST <= due <= LAST, is_handled, is_handled and not is_late)
        ):
            own[at] += is_so
    return counts


def counted(reading):
    """The same counts as the reader gives them, of the wards; nothing handled gives no rate."""
    names = (
        "progress.overdue",
        "progress.overdue_in_month",
        "progress.on_time.denominator",
        "progress.on_time.numerator",
    )
    values = {(each.unit, each.indicator): each.value for each in reading.figures}
    wards = {each.unit for each in reading.figures} - {load_place("sa_dec").city.code}
    return {ward: [int(values.get((ward, name), 0)) for name in names] for ward in wards}


def test_a_digit_changed_in_a_list(tmp_path):
    reader = BY_NAME["list, CSV"]
    rows = list(csv.DictReader(io.StringIO(reader.good().decode()), delimiter=";"))
    city = load_place("sa_dec").city.code

    def act(seed):
        chance, changed = fuzzed.chance_of(seed), [dict(row) for row in rows]
        row = chance.choice(changed)
        name = chance.choice(
            [
                each
                for each in ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc", "Đơn vị")
                if re.search(r"\d", row[each])
            ]
        )
        row[name] = other_digit(chance, row[name])
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(changed)
        try:
            now = read(reader, text.getvalue().encode(), tmp_path)
        except InputError:
            return
        expected = {unit: counts for unit, counts in recount(changed).items() if unit != city}
        assert {unit: counts for unit, counts in counted(now).items() if any(counts)} == {
            unit: counts for unit, counts in expected.items() if any(counts)
        }

    with_seeds(DIGITS["list"], act)
