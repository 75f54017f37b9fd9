"""Every word, place and mark of findings, against a file read by eye: tests/golden/findings.txt.

python tests/test_golden_findings.py    # writes the file anew, to be read again
"""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from clean_month import (
    AN_HOA,
    BEFORE,
    CITY,
    PASSAGES,
    changed,
    evidence,
    figure,
    passage,
    report_rows,
    response_rows,
    rows,
)

from sadec_analysis import checks
from sadec_analysis.words import load_words

GOLDEN = Path(__file__).parent / "golden" / "findings.txt"


def edited(given, *changes):
    for change in changes:
        given = changed(given, *change)
    return given


def report(*changes):
    return evidence(edited(report_rows(), *changes))


def response(*changes, more=()):
    return evidence([*edited(response_rows(), *changes), *more], previous=None)


def transparency(first_due, points):
    """The four sub-indicators of transparency; the first has no points, and so many were due."""
    text = f"""
city | transparency                            | points | {points} | response, row 1, CKMB
city | transparency.announced_on_time.numerator   | count | 0 | response, 1.1 numerator
city | transparency.announced_on_time.denominator | count | {first_due} | response, 1.1 denominator
city | transparency.published_on_time          | points | 4,00 | response, 1.2 score
city | transparency.complete_content           | points | 2,00 | response, 1.3 score
city | transparency.synchronised               | points | 5,10 | response, 1.4 score
"""
    return rows(text, "2026-08", "response.json")


def without(given, *places):
    return [row for row in given if row.place not in places]


def falling(least):
    units = ("city", "P1", "P2", "P3", "P4", "P5")
    falls = [f"Giảm {Decimal(least) + Decimal(at) / 5:.2f}".replace(".", ",") for at in range(6)]
    return [(unit, "total", "change", fall) for unit, fall in zip(units, falls, strict=True)]


def peers(*printed):
    return [
        figure(unit, "total", "points", each, "II.7, line 1")
        for unit, each in zip(("HN", "TN", "CL"), printed, strict=True)
    ]


def certifying(*printed):
    units = ("P1", "P2", "P3", "P4", "P5")
    return [
        figure(unit, "digitisation.certifying_units", "count", each, f"II.6.2, table 2, row {at}")
        for at, (unit, each) in enumerate(zip(units, printed, strict=True), 1)
    ]


OTHER = figure("city", "online_service", "points", "8,5", "row 1", source="s.json")
CASES = {
    "a clean report": report(),
    "a clean response": response(),
    "total off": report(("city", "total", "points", "67,2/100")),
    "total at the edge of its slack": report(("city", "total", "points", "66,85/100"), ("city", "total", "change", "Tăng 2,45")),
    "total past the edge": report(("city", "total", "points", "66,82/100"), ("city", "total", "change", "Tăng 2,42")),
    "one other value fits": evidence([*edited(report_rows(), ("city", "total", "points", "67,3/100"), ("city", "total", "change", "Tăng 2,90")), figure("city", "digitisation", "points", "12,0/22", "II.6.2, line 9")]),
    "two other values fit": evidence([*edited(report_rows(), ("city", "total", "points", "67,3/100"), ("city", "total", "change", "Tăng 2,90")), figure("city", "digitisation", "points", "12,0/22", "II.6.2, line 9"), figure("city", "satisfaction", "points", "15,4/18", "II.5.2, line 9")]),
    "a ward of less than its one criterion": report(("P4", "total", "points", "10,94", "I.2, table 1, row 5")),
    "a ward of just its one criterion": report(("P4", "total", "points", "10,95", "I.2, table 1, row 5")),
    "a ward of more than all criteria": report(("P4", "total", "points", "91,06", "I.2, table 1, row 5")),
    "a ward of just all criteria": report(("P4", "total", "points", "91,05", "I.2, table 1, row 5")),
    "printed twice, the rate decides": report(("city", "progress", "points", "15,2/20", "II.2.1, line 1")),
    "printed twice, the total decides": evidence([*report_rows(), figure("city", "digitisation", "points", "13,9/22", "II.6.2, line 9")]),
    "printed twice, nothing decides": report(("city", "transparency", "points", "14,3/18", "II.1.1, line 1")),
    "printed three times": evidence([*report_rows(), figure("city", "transparency", "points", "13,0/18", "II.1.1, line 8"), figure("city", "transparency", "points", "14,14/18", "II.1.1, line 9")]),
    "a grade printed twice": evidence([*report_rows(), figure("P5", "total", "grade", "Tốt", "I.2, table 1, row 2")]),
    "two sources": evidence([*report_rows(), OTHER]),
    "two sources, one corrected": evidence([*report_rows(), replace(OTHER, source="r.md", printed="8,5/12", status="corrected"), OTHER]),
    "two sources of which one prints both": evidence([*report_rows(), OTHER, replace(OTHER, printed="8,2", value=Decimal("8.2"), place="row 2")]),
    "table and total": report(("city", "progress.overdue_total", "count", "201")),
    "copies of wards": report(("city", "digitisation.certified_copies", "count", "23")),
    "a rank of one, and of the last": report(("city", "digitisation", "rank", "01"), ("city", "total", "rank", "04")),
    "a rank beyond those ranked": report(("city", "digitisation", "rank", "05")),
    "wards of a grade beyond all wards": report(("city", "total.wards_average", "count", "6")),
    "nothing on time, nothing asked": response(("city", "progress.on_time.numerator", "count", "0"), ("city", "progress.on_time.denominator", "count", "0")),
    "cumulative": evidence(report_rows(), passages=(*PASSAGES, passage("causes", "", "Thống kê luỹ kế từ năm 2021."))),
    "stored month differs": report(("city", "total", "change", "Tăng 2,30")),
    "stored month differs for two": report(("city", "total", "change", "Tăng 2,30"), ("P1", "total", "change", "Tăng 1,80")),
    "growth just below": response(("city", "total", "growth", "▲ 3,30")),
    "growth too low": response(("city", "total", "growth", "▲ 3,29")),
    "growth just above": response(("city", "total", "growth", "▲ 3,32")),
    "growth too high": response(("city", "total", "growth", "▲ 3,33")),
    "growth from nothing": response(("city", "total", "change", "▲ 66,13")),
    "growth of a fall": response(("city", "total", "change", "▼ 2,12"), ("city", "total", "growth", "▼ 3,11")),
    "text and table": report(("city", "total.ward_highest", "points", "72,60/100"), ("city", "digitisation.wards", "count", "9")),
    "text of fewer decimals": report(("city", "total.ward_highest", "points", "72,5/100"), ("city", "total.ward_lowest", "points", "49/100")),
    "below the target by name and by rate": report(("city", "online_service.wards_below_target", "count", "1")),
    "bands of too many": report(("city", "satisfaction.wards_good", "count", "4")),
    "bands of too few": report(("city", "satisfaction.wards_good", "count", "2")),
    "ranks exchanged": report(("P2", "total", "rank", "4", "I.2, table 2, row 3"), ("P3", "total", "rank", "3", "I.2, table 2, row 4")),
    "ranks of a tie": report(("P5", "total", "points", "72,50", "I.2, table 1, row 2"), ("P5", "total", "points", "72,50", "I.2, table 2, row 2"), ("P5", "total", "change", "Tăng 0,30")),
    "ranks of a tie shared": report(("P5", "total", "points", "72,50", "I.2, table 1, row 2"), ("P5", "total", "points", "72,50", "I.2, table 2, row 2"), ("P5", "total", "change", "Tăng 0,30"), ("P5", "total", "rank", "1", "I.2, table 2, row 2")),
    "page two of a ranking": evidence(without(report_rows(), "I.2, table 2, row 1")),
    "a unit twice": evidence([*report_rows(), figure("P2", "progress.overdue", "count", "60", "II.2.1, table 2, row 7")]),
    "points and counts": response(("city", "progress.on_time", "points", "18,02")),
    "one count": response(("city", "progress.on_time.numerator", "count", "719")),
    "a rate of one decimal": response(("city", "progress.on_time", "percent", "90,1%")),
    "a rate of one decimal within reach": response(("city", "progress.on_time.numerator", "count", "7205"), ("city", "progress.on_time.denominator", "count", "8000"), ("city", "progress.on_time", "percent", "90,1%"), ("city", "progress.on_time", "points", "18,01"), ("city", "progress", "points", "18,01")),
    "grades": report(("P5", "total", "grade", "Tốt"), ("P4", "total", "grade", "Trung bình")),
    "nothing announced": report(("city", "transparency.announced", "count", "0"), ("city", "transparency", "points", "0,0/18"), ("city", "transparency", "points", "0,0/18", "II.1.1, line 1"), ("city", "total", "points", "52,4/100"), ("city", "total", "change", "Giảm 12,00")),
    "nothing paid": report(("city", "online_payment.dossiers_paid_online", "count", "0")),
    "nothing paid, just allowed": report(("city", "online_payment.dossiers_paid_online", "count", "0"), ("city", "online_payment", "points", "2,0/10"), ("city", "total", "points", "65,1/100"), ("city", "total", "change", "Tăng 0,70")),
    "a rate that is points": report(("city", "satisfaction.reported", "percent", "81,1%")),
    "a rate that is points, to the whole": report(("city", "satisfaction.reported", "percent", "81%")),
    "a rate of nothing beside no points": report(("city", "satisfaction.reported", "percent", "0,0%"), ("city", "satisfaction", "points", "0,0/18"), ("city", "total", "points", "51,9/100"), ("city", "total", "change", "Giảm 12,50")),
    "a rate of all beside all points": report(("city", "satisfaction.reported", "percent", "100%"), ("city", "satisfaction", "points", "18,0/18"), ("city", "total", "points", "69,9/100"), ("city", "total", "change", "Tăng 5,50")),
    "no whole number for the city": report(("city", "progress.on_time", "percent", "75,01%")),
    "no whole number for one ward": report(("P3", "progress.on_time", "percent", "70,01")),
    "no whole number for most wards": report(("P1", "progress.on_time", "percent", "85,01"), ("P2", "progress.on_time", "percent", "75,01"), ("P3", "progress.on_time", "percent", "70,01")),
    "no whole number for any ward": report(("P1", "progress.on_time", "percent", "85,01"), ("P2", "progress.on_time", "percent", "75,01"), ("P3", "progress.on_time", "percent", "70,01"), ("P4", "progress.on_time", "percent", "55,01"), ("P5", "progress.on_time", "percent", "99,99")),
    "many whole numbers for a ward": report(("P3", "progress.on_time", "percent", "70"), ("P1", "progress.on_time", "percent", "85,01")),
    "worked out backwards": report(("city", "progress", "points", "12,5/20"), ("city", "progress", "points", "12,5/20", "II.2.1, line 1"), ("city", "total", "points", "64,0/100"), ("city", "total", "change", "Giảm 0,40")),
    "a sub-indicator worked out backwards": response(("city", "online_payment.procedures_paid_online", "points", "1,70"), ("city", "online_payment", "points", "3,53")),
    "no remedy": evidence(report_rows(), passages=PASSAGES[:2]),
    "a rank that is a row, on a page": evidence(edited(without(report_rows(), "II.6.2, table 1, row 4"), ("city", "digitisation", "rank", "02"))),
    "a ward left out": evidence(without(report_rows(), "II.2.1, table 1, row 2", "II.2.1, table 1, row 4")),
    "a stranger": evidence([*report_rows(), figure("TN", "total", "points", "50,00", "I.2, table 1, row 6")]),
    "points and rate": report(("P1", "progress", "points", "17,2/20"), ("P3", "progress", "points", "14,9/20")),
    "points and rate at the edge": report(("P1", "progress", "points", "17,05/20"), ("P3", "progress", "points", "14,01/20")),
    "grades crossed": report(("P4", "total", "change", "Giảm 3,60"), ("P1", "total", "change", "Tăng 3,00"), ("P3", "total", "change", "Giảm 7,00")),
    "grades crossed in the same order": report(("P4", "total", "change", "Giảm 3,60")),
    "all fall by five": evidence(edited(report_rows(), *falling("5.00")), previous=None),
    "all fall by less": evidence(edited(report_rows(), *falling("4.99")), previous=None),
    "all fall, the month before stored": evidence(edited(report_rows(), *falling("6.00")), previous=replace(BEFORE, figures=())),
    "all fall under other rules": evidence(edited(report_rows(), *falling("6.00")), previous=replace(BEFORE, figures=(), rulebook_id="qd766-2021")),
    "decimal marks": report(("P2", "progress.on_time", "percent", "75.00")),
    "decimal marks, mostly dots": report(*((unit, "progress.on_time", "percent", printed) for unit, printed in (("P1", "85.00"), ("P2", "75.00"), ("P3", "70.00")))),
    "nothing due adds nothing": response(more=transparency(0, "11,10")),
    "nothing due adds nothing, and the rest is off": response(more=transparency(0, "11,15")),
    "something due has no points": response(more=transparency(3, "11,15")),
    "peers typed with fewer decimals, before": evidence([*edited(report_rows(), ("city", "total", "points", "66,52/100"), ("city", "total", "rank", "01")), *peers("66,5", "40,00", "30,00")]),
    "peers typed with fewer decimals, behind": evidence([*edited(report_rows(), ("city", "total", "points", "66,52/100")), *peers("66,5", "40,00", "30,00")]),
    "peers of two decimals": evidence([*edited(report_rows(), ("city", "total", "points", "66,52/100"), ("city", "total", "rank", "01")), *peers("66,53", "40,00", "30,00")]),
    "peers of the same points": evidence([*edited(report_rows(), ("city", "total", "points", "66,52/100")), *peers("66,52", "40,00", "30,00")]),
    "more are ranked than are known": evidence([*edited(report_rows(), ("city", "total", "rank", "09"), ("city", "total", "rank_of", "12")), *peers("66,53", "40,00", "30,00")]),
    "five fall together": evidence([row for row in edited(report_rows(), *falling("6.00")) if (row.unit, row.measure) != (AN_HOA, "change")], previous=None),
    "four fall together": evidence([row for row in edited(report_rows(), *falling("6.00")) if (row.unit, row.measure) not in ((AN_HOA, "change"), (CITY, "change"))], previous=None),
    "all rise": evidence(edited(report_rows(), *((unit, "total", "change", change.replace("Giảm", "Tăng")) for unit, _, _, change in falling("6.00"))), previous=None),
    "all fall, one by as much more as the least": evidence(edited(report_rows(), *falling("6.00"), ("P4", "total", "change", "Giảm 12,00")), previous=None),
    "all rise but one that stays": evidence(edited(report_rows(), *((unit, "total", "change", change.replace("Giảm", "Tăng")) for unit, _, _, change in falling("6.00")), ("P4", "total", "change", "không đổi")), previous=None),
    "a criterion shifts against the month before": evidence(report_rows(), previous=replace(BEFORE, figures=tuple(figure(unit, "progress", "points", printed, "I.1", "2022-10") for unit, printed in (("city", "13,0/20"), ("P1", "15,0/20"), ("P2", "13,0/20"), ("P3", "12,0/20"), ("P4", "9,0/20"), ("P5", "18,0/20"))))),
    "just at the target, two below": report(("P5", "online_service.online_submission", "percent", "50,00")),
    "just at the target, three said": report(("P5", "online_service.online_submission", "percent", "50,00"), ("city", "online_service.wards_below_target", "count", "3")),
    "a rate of the wards not known": evidence([row for row in report_rows() if (row.unit, row.indicator) != (AN_HOA, "online_service.online_submission")]),
    "units of wards and the office": evidence([*report_rows(), *certifying("1", "1", "1", "0", "0")]),
    "units of wards and more than the office": evidence([*report_rows(), *certifying("1", "1", "0", "0", "0")]),
    "units of some wards": evidence([*report_rows(), *certifying("1", "1", "1", "0", "0")[:4]]),
    "a table of one peer": evidence(without(report_rows(), "II.6.2, table 1, row 3", "II.6.2, table 1, row 4")),
    "no count of the month": evidence([row for row in report_rows() if row.indicator != "progress.overdue_in_month"], passages=(*PASSAGES, passage("causes", "", "Số liệu cộng dồn."))),
    "a total of one decimal at a cut": report(("P5", "total", "points", "70,0", "I.2, table 1, row 2"), ("P5", "total", "points", "70,0", "I.2, table 2, row 2"), ("P5", "total", "change", "Tăng 0,03"), ("P5", "total", "grade", "Trung bình"), ("city", "total.wards_average", "count", "3")),
    "a total of one decimal below a cut": report(("P5", "total", "points", "69,9", "I.2, table 1, row 2"), ("P5", "total", "points", "69,9", "I.2, table 2, row 2"), ("P5", "total", "change", "Tăng 0,03")),
    "nothing on time, some points": report(("P4", "progress.on_time", "percent", "0,00"), ("P4", "progress.overdue", "count", "54")),
    "one count alone": evidence([row for row in response_rows() if not row.indicator.endswith("on_time.numerator")], previous=None),
    "a rate half a hundredth off": response(("city", "progress.on_time.numerator", "count", "18001"), ("city", "progress.on_time.denominator", "count", "20000")),
    "points half a tenth off": response(("city", "progress.on_time.numerator", "count", "722"), ("city", "progress.on_time", "percent", "90,25%"), ("city", "progress.on_time", "points", "18,0"), ("city", "progress", "points", "18,0")),
    "half of the wards fit": report(("P1", "progress.on_time", "percent", "85,01"), ("P2", "progress.on_time", "percent", "75,01")),
    "late dossiers beside all on time": report(("P1", "progress.on_time", "percent", "100,00"), ("P2", "progress.on_time", "percent", "75,01")),
    "above the maximum": evidence([*(row for row in report_rows() if (row.unit, row.indicator) != (CITY, "progress")), replace(figure("city", "progress", "points", "12,0/20", "I.1, line 3"), value=None, printed="25,0/20"), replace(figure("P1", "online_service.online_submission", "percent", "60", "II.3"), value=None, printed="101%")]),
}  # fmt: skip


def told(given):
    """What the checks say of a month, a line for each thing: counts of comparisons, then each finding in full."""
    checked = checks.find_all(given)
    yield "compared: " + ", ".join(f"{name} {count}" for name, count in checked.compared.items() if count)
    for each in checked.findings:
        row = each.row([load_words("vi"), load_words("en")])
        yield f"{row['severity']} {row['id']} (weight {each.weight:.3f})"
        yield f"    printed {row['printed']!r}, expected {row['expected']!r}, slack {row['slack']!r}, place {row['place']!r}"
        yield "    marks " + (", ".join(row["marks"].split("\n")) or "none")
        yield f"    {row['message_vi']}"
        yield f"    {row['message_en']}"


def as_text(name):
    return "\n".join([f"== {name}", *told(CASES[name])]) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_findings_are_told_as_the_file_has_them(name):
    parts = GOLDEN.read_text(encoding="utf-8").split("\n== ")
    kept = {part.removeprefix("== ").partition("\n")[0]: part.removeprefix("== ").rstrip() for part in parts}
    assert as_text(name).removeprefix("== ").rstrip() == kept[name]


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text("\n".join(map(as_text, CASES)), encoding="utf-8")
    sys.exit()
