"""Rulebooks: what they say, which one holds in a month, and which are refused."""

from __future__ import annotations

import datetime as dt

import pytest

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.rulebook import FOLDER, Rule, load_reference, load_rulebook, read_rulebook
from sadec_analysis.words import load_words

BOOK_2022, BOOK_2026 = load_rulebook(Month(2022, 11)), load_rulebook(Month(2026, 8))


def text_of(name):
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def mended(text, *edits):
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def write(folder, name, text):
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


# -- what the shipped ones say --------------------------------------------------

RULES_OF_2026 = """
1.1  |  6 | linear         | null    | -        | announced_on_time
1.2  |  4 | linear         | null    | -        | published_on_time
1.3  |  2 | linear         | unknown | -        | complete_content
1.4  |  6 | linear         | zero    | -        | synchronised
2.1  | 20 | linear         | zero    | adds up  | on_time
2.2  |  0 | shown          | unknown | adds up  | processing_time
3.1  |  2 | threshold 80   | unknown | -        | procedures_online
3.2  |  4 | linear         | unknown | -        | services_used
3.3  |  6 | unknown 50     | unknown | adds up  | online_submission
3.5a |  2 | threshold 80   | unknown | -        | fees_synchronised
3.5b |  2 | threshold 80   | unknown | -        | procedures_paid_online
3.6  |  6 | linear         | zero    | adds up  | paid_online
5.1  |  0 | shown          | unknown | adds up  | feedback_by_kind
5.2  |  6 | linear         | full    | adds up  | feedback_on_time
5.3  |  6 | linear         | full    | adds up  | feedback_satisfied
5.4  |  6 | threshold 90   | zero    | adds up  | handling
4.1  |  6 | linear         | unknown | adds up  | electronic_results
4.2  |  4 | linear         | unknown | adds up  | digitised
4.3  |  2 | threshold 80   | unknown | adds up  | reused
4.4  |  4 | linear         | unknown | adds up  | from_storage
4.5a |  2 | linear         | unknown | -        | population_procedures
4.5b |  2 | linear         | unknown | adds up  | population_dossiers
cert |  2 | unknown 100    | unknown | -        | certifying_share
"""


def row_of(rule):
    percent = {"threshold": rule.threshold_percent, "unknown": rule.full_from_percent}.get(rule.shape, "")
    return [
        rule.id, str(rule.max_points), f"{rule.shape} {percent}".strip(), rule.nothing_due,
        "adds up" if rule.is_additive else "-", rule.indicator.partition(".")[2],
    ]  # fmt: skip


def test_the_rules_of_2026_are_those_its_published_rows_show():
    rows = [[cell.strip() for cell in line.split("|")] for line in RULES_OF_2026.strip().splitlines()]
    assert [row_of(rule) for rule in BOOK_2026.rules.values()] == rows


def test_the_one_rule_known_of_2022_is_that_of_timeliness():
    assert [row_of(rule) for rule in BOOK_2022.rules.values()] == [
        ["2.1", "20", "linear", "unknown", "adds up", "on_time"]
    ]
    assert BOOK_2022.rules["2.1"].evidence == "S"


@pytest.mark.parametrize("book", [BOOK_2022, BOOK_2026], ids=lambda book: book.id)
def test_the_six_criteria_have_their_codes_and_maxima(book):
    assert {each.portal_code: (each.id, each.max_points) for each in book.criterion} == {
        "CKMB": ("transparency", 18), "TDGQ": ("progress", 20), "CLGQ": ("online_service", 12),
        "TTTT": ("online_payment", 10), "MDHL": ("satisfaction", 18), "MDSH": ("digitisation", 22),
    }  # fmt: skip


@pytest.mark.parametrize("book", [BOOK_2022, BOOK_2026], ids=lambda book: book.id)
def test_the_grades_begin_at_their_cuts(book):
    assert [(each.name_vi, each.from_points) for each in book.grades.values()] == [
        ("Yếu", 0), ("Trung bình", 50), ("Khá", 70), ("Tốt", 80), ("Xuất sắc", 90)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("book", "first", "last", "rounding", "compared_with"),
    [
        (BOOK_2022, dt.date(2022, 8, 1), dt.date(2025, 12, 31), (2, "half_up", "S"), "qd766-2026"),
        (BOOK_2026, dt.date(2026, 1, 1), dt.date(2026, 12, 31), (2, "half_up", "B"), ""),
    ],
)
def test_a_rulebook_says_when_it_holds_how_it_rounds_and_what_it_is_compared_with(
    book, first, last, rounding, compared_with
):
    assert (book.valid_from, book.valid_until, book.compared_with) == (first, last, compared_with)
    assert (book.rounding.decimals, book.rounding.mode, book.rounding.evidence) == rounding


def test_only_the_mean_time_is_in_days():
    assert [rule.id for rule in BOOK_2026.rules.values() if rule.measure == "days"] == ["2.2"]


def test_what_is_not_known_below_a_rate_says_why_in_both_languages():
    assert BOOK_2026.rules["3.3"].why_unknown.en == "the slope below 50% is not verified"
    assert BOOK_2026.rules["cert"].why_unknown.vi == "chỉ thấy 100% được 2 điểm; độ dốc chưa biết"


def test_counts_that_tell_of_nothing_done_or_due_are_known_to_the_words():
    named = {
        rule.id: (rule.none_done_when, rule.none_due_when)
        for rule in BOOK_2026.rules.values()
        if rule.none_done_when or rule.none_due_when
    }
    paid, announced = "online_payment.dossiers_paid_online", "transparency.announced"
    assert named == {
        "1.1": ("", announced),
        "1.2": ("", announced),
        "3.5b": (paid, ""),
        "3.6": (paid, ""),
    }
    assert {f"indicator.{paid}.count", f"indicator.{announced}.count"} <= set(load_words("vi").entries)


# -- what a rule and a rulebook answer ------------------------------------------


@pytest.mark.parametrize(
    ("rule", "is_established", "full_at"),
    [
        (Rule("x", 2, "linear"), True, 100),
        (Rule("x", 2, "threshold", threshold_percent=80), True, 80),
        (Rule("x", 2, "unknown", full_from_percent=50), False, 100),
        (Rule("x", 0, "shown"), False, 100),
    ],
)
def test_a_rule_is_established_where_every_rate_has_its_points(rule, is_established, full_at):
    assert (rule.is_established, rule.full_at_percent) == (is_established, full_at)


def test_a_rule_names_its_counts():
    rule = BOOK_2026.rules["5.4"]
    assert rule.numerator_indicator == "satisfaction.handling.numerator"
    assert rule.denominator_indicator == "satisfaction.handling.denominator"


@pytest.mark.parametrize(
    ("indicator", "found"),
    [
        ("satisfaction.handling.numerator", ("5.4", "numerator")),
        ("satisfaction.handling.denominator", ("5.4", "denominator")),
        ("satisfaction.handling", ("5.4", "")),
        ("satisfaction", None),
        ("satisfaction.numerator", None),
    ],
)
def test_a_figure_belongs_to_the_rule_it_is_named_after(indicator, found):
    part = BOOK_2026.part_named(indicator)
    assert (part and (part[0].id, part[1])) == found


@pytest.mark.parametrize(
    ("indicator", "most"),
    [
        ("total", 100), ("total.year_to_date", 100), ("satisfaction", 18), ("satisfaction.handling", 6),
        ("transparency.year_to_date", 18), ("satisfaction.feedback_by_kind", 0), ("overdue", None),
    ],
)  # fmt: skip
def test_the_most_points_an_indicator_can_earn(indicator, most):
    assert BOOK_2026.maximum(indicator) == most


def test_one_rate_makes_a_criterion_only_where_one_rule_has_all_its_points():
    assert BOOK_2026.rate_rule("progress").id == "2.1"
    assert BOOK_2026.rate_rule("satisfaction") is None
    assert BOOK_2022.rate_rule("digitisation") is None


@pytest.mark.parametrize(
    ("lang", "title", "criterion", "short", "grade"),
    [
        ("vi", "Bộ chỉ số 766, từ khi vận hành", "Tiến độ giải quyết", "Tiến độ", "Khá"),
        ("en", "Index 766, from its first months", "Timeliness", "Timeliness", "Fair"),
    ],
)
def test_names_are_given_in_both_languages(lang, title, criterion, short, grade):
    progress = BOOK_2022.criteria["progress"]
    assert (BOOK_2022.title(lang), progress.name(lang), progress.short(lang)) == (title, criterion, short)
    assert BOOK_2022.grades[3].name(lang) == grade


def test_short_names_in_english_are_their_own():
    assert BOOK_2022.criteria["online_service"].short("en") == "Online"


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("II.6. Về số hoá hồ sơ", "digitisation"),
        ("Thanh toán trực tuyến và dịch vụ công trực tuyến", "online_payment"),
        ("Dịch vụ công trực tuyến, thanh toán trực tuyến, dịch vụ công trực tuyến", "online_service"),
        ("Tổng điểm", None),
    ],
)
def test_a_criterion_is_known_by_its_words_and_of_two_the_first(text, criterion):
    found = BOOK_2022.criterion_named(text)
    assert (found and found.id) == criterion


def test_of_two_names_that_begin_together_the_longer_is_meant(tmp_path):
    longer = ("spellings = []", 'spellings = ["Tiến độ giải quyết và thu phí"]')
    book = read_rulebook(write(tmp_path, "qd766-2022", mended(text_of("qd766-2022"), longer)))
    assert book.criterion_named("Tiến độ giải quyết và thu phí").id == "online_payment"
    assert book.criterion_named("Tiến độ giải quyết").id == "progress"


@pytest.mark.parametrize(("name", "value"), [("TRUNG BÌNH", 2), ("Xuất  sắc", 5), ("Giỏi", None)])
def test_a_grade_is_known_by_its_name(name, value):
    found = BOOK_2022.grade_named(name)
    assert (found and found.value) == value


def test_a_target_is_that_of_its_indicator():
    assert BOOK_2022.target_of("online_service.online_submission").percent == 50
    assert BOOK_2022.target_of("online_service") is None
    assert BOOK_2026.target_of("online_service.online_submission") is None


# -- which one holds in a month --------------------------------------------------


@pytest.mark.parametrize(
    ("month", "book"),
    [
        ("2022-08", "qd766-2022"), ("2025-12", "qd766-2022"), ("2026-01", "qd766-2026"), ("2026-12", "qd766-2026"),
    ],
)  # fmt: skip
def test_each_month_has_the_rulebook_of_its_time(month, book):
    assert load_rulebook(Month.parse(month)).id == book


@pytest.mark.parametrize("month", ["2022-07", "2027-01"])
def test_a_month_without_a_rulebook_is_refused_with_the_months_that_have_one(month):
    spans = "one of: qd766-2022 2022-08-01 to 2025-12-31; qd766-2026 2026-01-01 to 2026-12-31"
    with pytest.raises(InputError, match=f"^{FOLDER}: 0 rulebooks are valid in {month} .expected {spans}"):
        load_rulebook(Month.parse(month))


def test_a_rulebook_ending_on_the_first_of_a_month_holds_in_it(tmp_path):
    one_day = ("valid_until = 2026-12-31", "valid_until = 2026-01-01")
    write(tmp_path, "qd766-2026", mended(text_of("qd766-2026"), one_day))
    assert load_rulebook(Month(2026, 1), tmp_path).id == "qd766-2026"
    with pytest.raises(InputError, match="0 rulebooks"):
        load_rulebook(Month(2026, 2), tmp_path)


def local_book(folder, name, *edits):
    return write(folder, name, mended(text_of("qd766-2026"), ('"qd766-2026"', f'"{name}"'), *edits))


def test_a_rulebook_of_ones_own_wins_over_the_shipped_one_in_its_months(tmp_path):
    local_book(tmp_path, "h20-2026", ("valid_from = 2026-01-01", "valid_from = 2026-06-01"))
    assert load_rulebook(Month(2026, 6), local=tmp_path).id == "h20-2026"
    assert load_rulebook(Month(2026, 5), local=tmp_path).id == "qd766-2026"
    assert load_rulebook(Month(2026, 6)).id == "qd766-2026"


def test_a_folder_of_ones_own_need_not_exist(tmp_path):
    assert load_rulebook(Month(2026, 6), local=tmp_path / "none").id == "qd766-2026"
    assert load_reference(BOOK_2022, tmp_path / "none").id == "qd766-2026"


def test_two_rulebooks_of_ones_own_for_one_month_are_refused_by_name(tmp_path):
    for name in ("one", "two"):
        local_book(tmp_path, name)
    local_book(tmp_path, "later", ("2026-01-01", "2027-01-01"), ("2026-12-31", "2027-12-31"))
    message = f"^{tmp_path}: 2 rulebooks are valid in 2026-06 .expected one of: one 2026-01-01 to 2026-12-31; two 2026-01-01 to 2026-12-31.; mend"
    with pytest.raises(InputError, match=message):
        load_rulebook(Month(2026, 6), local=tmp_path)


def test_a_local_rulebook_that_contradicts_itself_is_refused_though_another_is_shipped(tmp_path):
    local_book(tmp_path, "own", ("max_points = 18", "max_points = 17"))
    with pytest.raises(InputError, match=r"own\.toml: maxima of the criteria do not add up"):
        load_rulebook(Month(2026, 6), local=tmp_path)


def test_the_rulebook_compared_with_is_the_one_named_and_never_itself():
    assert load_reference(BOOK_2022).id == "qd766-2026"
    assert load_reference(BOOK_2026) is None


def test_a_rulebook_of_ones_own_is_compared_with_before_a_shipped_one(tmp_path):
    local_book(tmp_path, "qd766-2026", ("as the rows published in 2026 show it", "of our province"))
    assert load_reference(BOOK_2022, tmp_path).title_en == "Index 766, of our province"


def test_a_rulebook_compared_with_one_that_is_not_there_is_refused(tmp_path):
    path = write(tmp_path, "qd766-2022", mended(text_of("qd766-2022"), ('"qd766-2026"', '"qd766-2027"')))
    message = "qd766-2022.toml: no rulebook of that name to compare with .got qd766-2027, expected qd766-2022 or qd766-2026"
    with pytest.raises(InputError, match=message):
        load_reference(read_rulebook(path))


# -- which are refused -----------------------------------------------------------

LINEAR = 'shape = "linear"\n'
REFUSED = [
    # names and numbers of the whole
    ('id = "qd766-2022"', 'id = "qd766"', "id is not the name of the file .got qd766, expected qd766-2022"),
    ('compared_with = "qd766-2026"', 'compared_with = "qd766-2022"', "compared_with is the rulebook itself"),
    ("valid_until = 2025-12-31", "valid_until = 2022-07-31", "before valid_from .got 2022-07-31, expected 2022-08-01 or later"),
    ("valid_from = 2022-08-01", "valid_from = 2022-08-01T00:00:00", "valid_from: wrong type .got datetime.datetime.2022, 8, 1, 0, 0., expected date"),
    ("valid_until = 2025-12-31", "valid_until = 2025-12-31T00:00:00", "valid_until: wrong type .*expected date"),
    ("max_points = 100\n", "max_point = 100\n", "unknown key.s. max_point "),
    ("max_points = 100\n", "max_points = 99\n", "maxima of the criteria do not add up .got 100, expected 99"),
    ("max_points = 18\n", "max_points = 17\n", "maxima of the criteria do not add up .got 99, expected 100"),
    ("max_points = 18\n", "max_points = nan\n", "maxima of the criteria do not add up"),
    ("max_points = 20\nshape", "max_points = 19\nshape", "rules of progress do not add up to its maximum .got 19, expected 20"),
    ("decimals = 2", "decimals = 4", "rounding is to too many decimals or too few .got 4, expected 0 to 3"),
    ("decimals = 2", "decimals = -1", "rounding is to too many decimals or too few .got -1"),
    ('mode = "half_up"', 'mode = "half_even"', "mode: wrong type .got 'half_even', expected half_up"),
    ("percent = 50", "percent = 0", "target of online_service.online_submission is no rate .got 0"),
    ("percent = 50", "percent = 100.5", "target of online_service.online_submission is no rate .got 100.5"),
    # criteria and grades
    ('id = "digitisation"', 'id = "digitization"', "criteria are not the six of the index"),
    ('id = "digitisation"', 'id = "satisfaction"', "criteria are not the six of the index"),
    ('portal_code = "MDSH"', 'portal_code = "MDHL"', "portal_code given twice .got MDHL, expected each once"),
    ("from_points = 0\n", "from_points = 5\n", "grades do not rise from 0"),
    ("from_points = 50", "from_points = 0", "grades do not rise from 0"),
    ("from_points = 50", "from_points = 70", "grades do not rise from 0"),
    ("from_points = 70", "from_points = nan", "grades do not rise from 0"),
    ("from_points = 90", "from_points = 100", "grades do not rise from 0"),
    ("value = 2", "value = 1", "value of a grade given twice .got 1"),
    # rules
    (LINEAR, 'form = "linear"\n', "unknown key.s. form"),
    (LINEAR, 'shape = "curved"\n', "shape: wrong type .got 'curved'"),
    (LINEAR, "", "rule 2.1 leaves out shape;"),
    ('nothing_due = "unknown"\nevidence = "S"\n', "", "rule 2.1 leaves out evidence, nothing_due;"),
    (LINEAR, 'shape = "threshold"\n', "rule 2.1 leaves out threshold_percent"),
    (LINEAR, LINEAR + "threshold_percent = 80\n", "rule 2.1 is linear and has threshold_percent"),
    (LINEAR, LINEAR + "full_from_percent = 50\n", "rule 2.1 is linear and has full_from_percent"),
    (LINEAR, LINEAR + 'why_unknown = { vi = "x", en = "x" }\n', "rule 2.1 is linear and has why_unknown"),
    (LINEAR, 'shape = "unknown"\n', "rule 2.1 leaves out why_unknown"),
    (LINEAR, 'shape = "unknown"\nwhy_unknown = { vi = "x", en = " " }\n', "rule 2.1 does not say why it is unknown"),
    (LINEAR, 'shape = "unknown"\nwhy_unknown = { vi = "", en = "x" }\n', "rule 2.1 does not say why it is unknown"),
    (LINEAR, 'shape = "shown"\n', "rule 2.1, shown, cannot have these points .got 20"),
    ('indicator = "progress.on_time"', 'indicator = "satisfaction.on_time"', "rule 2.1 has an indicator of another criterion"),
    ('indicator = "progress.on_time"', 'indicator = "progress."', "rule 2.1 has an indicator of another criterion"),
    (LINEAR, LINEAR + 'none_done_when = "progress.on_time"\n', "rule 2.1 depends on itself"),
    (LINEAR, LINEAR + 'none_due_when = "progress.on_time"\n', "rule 2.1 depends on itself"),
    (LINEAR, LINEAR + 'none_done_when = "progress.on_time.numerator"\n', "rule 2.1 depends on itself"),
    (LINEAR, LINEAR + 'none_due_when = "progress.on_time.denominator"\n', "rule 2.1 depends on itself"),
    *(
        (LINEAR, f'shape = "threshold"\nthreshold_percent = {percent}\n', f"rule 2.1 has a threshold that is no rate .got {percent}")
        for percent in (0, -1, 100.5, "nan")
    ),
    *(
        (
            LINEAR, f'shape = "unknown"\nwhy_unknown = {{ vi = "x", en = "x" }}\nfull_from_percent = {percent}\n',
            f"rule 2.1 has a full_from_percent that is no rate .got {percent}",
        )
        for percent in (-1, 101)
    ),
    # sources
    ('valid_source = "Bộ chỉ số vận hành', 'valid_source = " " # "', "valid_source has no source"),
    ('grade_source = "Một nguồn', 'grade_source = "" # "', "grade_source has no source"),
    ('source = "Tổng điểm', 'source = "" # "', "rounding has no source"),
    ('source = "Báo cáo tháng 11/2022, mục', 'source = "" # "', "target of online_service.online_submission has no source"),
    ('source = "Quyết định', 'source = "" # "', "transparency has no source"),
    ('source = "Báo cáo tháng 11/2022 của', 'source = "" # "', "rule 2.1 has no source"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), REFUSED)
def test_a_rulebook_that_leaves_out_or_contradicts_is_refused(old, new, message, tmp_path):
    path = write(tmp_path, "qd766-2022", mended(text_of("qd766-2022"), (old, new)))
    with pytest.raises(InputError, match=f"^qd766-2022.toml.*{message}"):
        read_rulebook(path)


@pytest.mark.parametrize(
    "key", ["shape", "nothing_due", "indicator", "name", "numerator", "denominator", "evidence", "source"]
)
def test_a_rule_leaves_nothing_to_be_guessed(key, tmp_path):
    head, mark, rule = text_of("qd766-2022").partition('id = "2.1"\n')
    line = next(line for line in rule.splitlines(keepends=True) if line.startswith(f"{key} ="))
    path = write(tmp_path, "qd766-2022", head + mark + rule.replace(line, "", 1))
    with pytest.raises(InputError, match=f"rule 2.1 leaves out {key};"):
        read_rulebook(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "1.2"', 'id = "1.1"', "id of a rule given twice .got 1.1"),
        ('id = "2.1"', 'id = "1.1"', "id of a rule given twice .got 1.1"),
        ("transparency.published_on_time", "transparency.announced_on_time", "indicator given twice"),
        ("max_points = 6\n", "max_points = -6\n", "rules of transparency do not add up"),
        ("max_points = 0\n", "max_points = 1\n", "rules of progress do not add up"),
    ],
)
def test_rules_that_do_not_go_together_are_refused(old, new, message, tmp_path):
    path = write(tmp_path, "qd766-2026", mended(text_of("qd766-2026"), (old, new)))
    with pytest.raises(InputError, match=message):
        read_rulebook(path)


def test_a_rule_cannot_take_points_away_though_its_criterion_adds_up(tmp_path):
    edits = ("max_points = 6\n", "max_points = -6\n"), ("max_points = 4\n", "max_points = 16\n")
    path = write(tmp_path, "qd766-2026", mended(text_of("qd766-2026"), *edits))
    with pytest.raises(InputError, match=r"rule 1\.1, linear, cannot have these points .got -6"):
        read_rulebook(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LINEAR, 'shape = "threshold"\nthreshold_percent = 100\n'),
        (LINEAR, 'shape = "threshold"\nthreshold_percent = 0.5\n'),
        (LINEAR, 'shape = "unknown"\nwhy_unknown = { vi = "x", en = "x" }\n'),
        (LINEAR, 'shape = "unknown"\nwhy_unknown = { vi = "x", en = "x" }\nfull_from_percent = 100\n'),
        (LINEAR, LINEAR + 'none_done_when = "progress.overdue"\n'),
        ("valid_until = 2025-12-31", "valid_until = 2022-08-01"),
        ("decimals = 2", "decimals = 0"),
        ("decimals = 2", "decimals = 3"),
        ("percent = 50", "percent = 100"),
        ("max_points = 20\n", "max_points = 20.0\n"),
        ("from_points = 90", "from_points = 99.99"),
    ],
)
def test_what_a_rulebook_may_say_is_read(old, new, tmp_path):
    path = write(tmp_path, "qd766-2022", mended(text_of("qd766-2022"), (old, new)))
    assert read_rulebook(path).id == "qd766-2022"


def test_points_of_hundredths_add_up_as_written(tmp_path):
    """As binary fractions 10,2 + 4 + 1,9 + 1,9 are less than 18."""
    edits = (
        ("max_points = 6\n", "max_points = 10.2\n"), ("max_points = 2\n", "max_points = 1.9\n"),
        ("max_points = 6\n", "max_points = 1.9\n"),
    )  # fmt: skip
    book = read_rulebook(write(tmp_path, "qd766-2026", mended(text_of("qd766-2026"), *edits)))
    assert [rule.max_points for rule in book.criteria["transparency"].rule] == [10.2, 4, 1.9, 1.9]
