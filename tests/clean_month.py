"""A small month made up by hand in which everything agrees, and ways to change one thing in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sadec_analysis import checks
from sadec_analysis.figures import Figure, table
from sadec_analysis.months import Month
from sadec_analysis.numerals import kind_of, read
from sadec_analysis.places import load_place
from sadec_analysis.reading.reports.narrative import Passage
from sadec_analysis.rulebook import load_reference, load_rulebook

CITY = "000.00.36.H20"
WARDS = P1, P2, P3, P4, AN_HOA = [f"000.2{number}.36.H20" for number in (1, 2, 3, 4, 5)]
PEERS = HONG_NGU, TAM_NONG, CAO_LANH = ["H20/hong-ngu", "H20/tam-nong", "H20/chau-thanh"]
GRADES = {"Yếu": 1, "Trung bình": 2, "Khá": 3, "Tốt": 4, "Xuất sắc": 5}

# Wards, of which late: 30 of 200, 60 of 240, 45 of 150, 54 of 120, 0 of 75; the office 11 of 15: 200 of 800 in all.
REPORT = """
city | total                                | points  | 66,5/100   | I.1, line 1
city | total                                | change  | Tăng 2,10  | I.1, line 1
city | total                                | grade   | Trung bình | I.1, line 1
city | total                                | rank    | 02         | I.1, line 1
city | total                                | rank_of | 4          | I.1, line 1
city | transparency                         | points  | 14,1/18    | I.1, line 2
city | progress                             | points  | 15,0/20    | I.1, line 3
city | online_service                       | points  | 8,2/12     | I.1, line 4
city | online_payment                       | points  | 3,4/10     | I.1, line 5
city | satisfaction                         | points  | 14,6/18    | I.1, line 6
city | digitisation                         | points  | 11,2/22    | I.1, line 7
city | total.ward_highest                   | points  | 72,50/100  | I.2, line 1
city | total.ward_lowest                    | points  | 48,90/100  | I.2, line 1
city | total.wards_average                  | count   | 2          | I.2, line 2
city | total.wards                          | count   | 5          | I.2, line 2
P1   | total                                | points  | 72,50      | I.2, table 1, row 1
P1   | total                                | change  | Tăng 1,50  | I.2, table 1, row 1
P1   | total                                | grade   | Khá        | I.2, table 1, row 1
P5   | total                                | points  | 70,00      | I.2, table 1, row 2
P5   | total                                | change  | Giảm 0,30  | I.2, table 1, row 2
P5   | total                                | grade   | Khá        | I.2, table 1, row 2
P2   | total                                | points  | 65,20      | I.2, table 1, row 3
P2   | total                                | change  | Giảm 2,10  | I.2, table 1, row 3
P2   | total                                | grade   | Trung bình | I.2, table 1, row 3
P3   | total                                | points  | 60,40      | I.2, table 1, row 4
P3   | total                                | change  | Tăng 0,40  | I.2, table 1, row 4
P3   | total                                | grade   | Trung bình | I.2, table 1, row 4
P4   | total                                | points  | 48,90      | I.2, table 1, row 5
P4   | total                                | change  | Giảm 0,60  | I.2, table 1, row 5
P4   | total                                | grade   | Yếu        | I.2, table 1, row 5
P1   | total                                | rank    | 1          | I.2, table 2, row 1
P1   | total                                | points  | 72,50      | I.2, table 2, row 1
P5   | total                                | rank    | 2          | I.2, table 2, row 2
P5   | total                                | points  | 70,00      | I.2, table 2, row 2
P2   | total                                | rank    | 3          | I.2, table 2, row 3
P2   | total                                | points  | 65,20      | I.2, table 2, row 3
P3   | total                                | rank    | 4          | I.2, table 2, row 4
P3   | total                                | points  | 60,40      | I.2, table 2, row 4
P4   | total                                | rank    | 5          | I.2, table 2, row 5
P4   | total                                | points  | 48,90      | I.2, table 2, row 5
city | transparency                         | points  | 14,1/18    | II.1.1, line 1
city | transparency.announced               | count   | 5          | II.1.2, line 1
city | progress.on_time                     | percent | 75,00%     | II.2.1, line 1
city | progress                             | points  | 15,0/20    | II.2.1, line 1
P1   | progress.on_time                     | percent | 85,00      | II.2.1, table 1, row 1
P1   | progress                             | points  | 17,0/20    | II.2.1, table 1, row 1
P2   | progress.on_time                     | percent | 75,00      | II.2.1, table 1, row 2
P2   | progress                             | points  | 15,0/20    | II.2.1, table 1, row 2
P3   | progress.on_time                     | percent | 70,00      | II.2.1, table 1, row 3
P3   | progress                             | points  | 14,0/20    | II.2.1, table 1, row 3
P4   | progress.on_time                     | percent | 55,00      | II.2.1, table 1, row 4
P4   | progress                             | points  | 11,0/20    | II.2.1, table 1, row 4
P5   | progress.on_time                     | percent | 100,00     | II.2.1, table 1, row 5
P5   | progress                             | points  | 20,0/20    | II.2.1, table 1, row 5
city | progress.overdue_total               | count   | 200        | II.2.1, line 2
city | progress.overdue_in_month            | count   | 44         | II.2.1, line 2
P1   | progress.overdue                     | count   | 30         | II.2.1, table 2, row 1
city | progress.overdue                     | count   | 11         | II.2.1, table 2, row 2
P2   | progress.overdue                     | count   | 60         | II.2.1, table 2, row 3
P3   | progress.overdue                     | count   | 45         | II.2.1, table 2, row 4
P4   | progress.overdue                     | count   | 54         | II.2.1, table 2, row 5
P5   | progress.overdue                     | count   | 0          | II.2.1, table 2, row 6
city | online_service.online_submission     | percent | 62,5%      | II.3.1, line 1
city | online_service                       | points  | 8,2/12     | II.3.1, line 1
city | online_service.online_submission_target | percent | 50%     | II.3.1, line 2
city | online_service.wards_below_target    | count   | 2          | II.3.1, line 2
city | online_service.wards_named           | count   | 2          | II.3.1, line 2
P1   | online_service.online_submission     | percent | 60,0       | II.3.1, table 1, row 1
P2   | online_service.online_submission     | percent | 40,0       | II.3.1, table 1, row 2
P3   | online_service.online_submission     | percent | 70,0       | II.3.1, table 1, row 3
P4   | online_service.online_submission     | percent | 30,0       | II.3.1, table 1, row 4
P5   | online_service.online_submission     | percent | 50,0       | II.3.1, table 1, row 5
city | online_payment.dossiers_paid_online  | count   | 12         | II.4.1, line 1
city | satisfaction.reported                | percent | 79,5%      | II.5.2, line 1
city | satisfaction.wards_excellent         | count   | 1          | II.5.2, line 2
city | satisfaction.wards_good              | count   | 3          | II.5.2, line 2
city | satisfaction.wards_fair              | count   | 1          | II.5.2, line 2
city | digitisation.certified_copies        | count   | 35         | II.6.2, line 1
city | digitisation.certifying_units        | count   | 4          | II.6.2, line 1
city | digitisation                         | rank    | 03         | II.6.2, line 1
city | digitisation                         | rank_of | 4          | II.6.2, line 1
TN   | digitisation.certifying_units        | count   | 11         | II.6.2, table 1, row 1
TN   | digitisation.certifying_units_due    | count   | 13         | II.6.2, table 1, row 1
city | digitisation.certifying_units        | count   | 4          | II.6.2, table 1, row 2
city | digitisation.certifying_units_due    | count   | 6          | II.6.2, table 1, row 2
HN   | digitisation.certifying_units        | count   | 5          | II.6.2, table 1, row 3
HN   | digitisation.certifying_units_due    | count   | 8          | II.6.2, table 1, row 3
CL   | digitisation.certifying_units        | count   | 3          | II.6.2, table 1, row 4
CL   | digitisation.certifying_units_due    | count   | 16         | II.6.2, table 1, row 4
city | digitisation.certifying_wards        | count   | 3          | II.6.2, line 2
city | digitisation.wards                   | count   | 5          | II.6.2, line 2
P1   | digitisation.certified_copies        | count   | 1          | II.6.2, table 2, row 1
P2   | digitisation.certified_copies        | count   | 21         | II.6.2, table 2, row 2
P3   | digitisation.certified_copies        | count   | 2          | II.6.2, table 2, row 3
P4   | digitisation.certified_copies        | count   | 0          | II.6.2, table 2, row 4
P5   | digitisation.certified_copies        | count   | 0          | II.6.2, table 2, row 5
"""

# A response of 2026: progress 720 of 800, payment 0,63 + 1,50 + 1,20, fewer sub-indicators than a real one.
RESPONSE = """
city | total                                | points  | 66,13      | response, totalScore
city | total                                | growth  | ▲ 3,31     | response, growthPercent
city | total                                | change  | ▲ 2,12     | response, row 1, scoreDelta
city | progress                             | points  | 18,00      | response, row 1, TDGQ
city | progress.on_time                     | points  | 18,00      | response, 2.1 score
city | progress.on_time                     | percent | 90,00%     | response, 2.1 ratio
city | progress.on_time.numerator           | count   | 720        | response, 2.1 numerator
city | progress.on_time.denominator         | count   | 800        | response, 2.1 denominator
city | online_payment                       | points  | 3,33       | response, row 1, TTTT
city | online_payment.fees_synchronised     | points  | 0,63       | response, 3.5a score
city | online_payment.fees_synchronised     | percent | 25,00%     | response, 3.5a ratio
city | online_payment.fees_synchronised.numerator   | count | 9    | response, 3.5a numerator
city | online_payment.fees_synchronised.denominator | count | 36   | response, 3.5a denominator
city | online_payment.procedures_paid_online | points | 1,50       | response, 3.5b score
city | online_payment.procedures_paid_online | percent | 60,00%    | response, 3.5b ratio
city | online_payment.paid_online           | points  | 1,20       | response, 3.6 score
city | online_payment.paid_online           | percent | 20,00%     | response, 3.6 ratio
"""
UNITS = {
    "city": CITY, "P1": P1, "P2": P2, "P3": P3, "P4": P4, "P5": AN_HOA, "HN": HONG_NGU, "TN": TAM_NONG, "CL": CAO_LANH,
}  # fmt: skip
BANDS = (("excellent", "90", "100"), ("good", "80", "90"), ("fair", "70", "80"))


def place():
    """The city with five of its wards and three of those it is ranked with."""
    whole = load_place("sa_dec")
    return replace(whole, unit=tuple(whole.by_code[code] for code in (CITY, *WARDS, *PEERS)))


def figure(unit, indicator, measure, printed, place_, period="2022-11", source="r.md"):
    """One printed figure; its value is read as a reader reads it."""
    words = {"không đổi": Decimal(0)} | {name: Decimal(grade) for name, grade in GRADES.items()}
    value = words[printed] if printed in words else read(printed, kind_of(measure)).value
    return Figure(period, UNITS.get(unit, unit), indicator, measure, value, printed, source, place_)


def rows(text=REPORT, period="2022-11", source="r.md"):
    """Figures of a table written as above."""
    lines = [line.split("|") for line in text.strip().splitlines()]
    return [figure(*map(str.strip, cells), period=period, source=source) for cells in lines]


def band(name, lower, upper, printed=None):
    """What a sentence says of a band of wards, unnamed."""
    return Figure(
        "2022-11", CITY, f"satisfaction.wards_{name}", "percent", None, printed or f"{lower}% trở lên", "r.md",
        "II.5.2, line 2", "printed", Decimal(lower), Decimal(upper),
    )  # fmt: skip


def report_rows():
    """The report's figures, with the bands its sentence gives."""
    return [*rows(), *(band(*each) for each in BANDS)]


def response_rows():
    """The response's figures."""
    return rows(RESPONSE, "2026-08", "response.json")


def passage(topic, criterion, text):
    """One paragraph of the office's own words."""
    return Passage(topic, criterion, text, "r.md", "III.1, line 1")


PASSAGES = (
    passage("causes", "progress", "Một số hồ sơ còn trễ hạn."),
    passage("remedies", "progress", "Theo dõi tiến độ."),
    passage("remedies", "online_payment", "Tuyên truyền thanh toán trực tuyến."),
)
BEFORE = checks.Previous(
    (
        figure("city", "total", "points", "64,4/100", "I.1, line 1", "2022-10", "before.md"),
        figure("P1", "total", "points", "71,00", "I.2, table 1, row 2", "2022-10", "before.md"),
    ),
    "qd766-2022",
)


def evidence(given, passages=PASSAGES, previous=BEFORE):
    """What the checks see of some figures, under the rules of their month."""
    book = load_rulebook(Month.parse(given[0].period))
    return checks.Evidence(table(given), book, place(), load_reference(book), passages, previous)


def changed(given, unit, indicator, measure, printed, place_=None):
    """The figures with one printed differently: the one of that place, or else the first."""
    key = (UNITS[unit], indicator, measure)
    fits = [
        at for at, row in enumerate(given)
        if (row.unit, row.indicator, row.measure) == key and place_ in (None, row.place)
    ]  # fmt: skip
    new = figure(unit, indicator, measure, printed, given[fits[0]].place, given[0].period, given[0].source)
    return [*given[: fits[0]], new, *given[fits[0] + 1 :]]
