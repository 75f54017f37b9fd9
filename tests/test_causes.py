"""What moved a unit's points: causes beyond noise by rate, by mix and by nothing due; none where nothing moved."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from sadec_analysis import history
from sadec_analysis.analysis.causes import OFFICE, Cause, Causes, causes
from sadec_analysis.analysis.known import Known
from sadec_analysis.analysis.mix import Effect
from sadec_analysis.analysis.recompute import points_from_counts
from sadec_analysis.blocks.html import plain_text
from sadec_analysis.brief.causes import causes_told
from sadec_analysis.figures import Figure, table
from sadec_analysis.months import Month
from sadec_analysis.rulebook import load_rulebook

NOW = Month(2026, 8)
BOOK = load_rulebook(NOW)
CITY, WARDS = "city", ["a", "b", "c"]
STEADY = {"a": (180, 200), "b": (270, 300), "c": (120, 200), OFFICE: (90, 100)}


def known(before, after, rule="2.1", book="qd766-2026"):
    """A history of two months from the counts of wards and office under one rule, the city's being their sum."""
    frames = []
    for month, units in ((NOW.previous(), before), (NOW, after)):
        whole = (sum(done for done, _ in units.values()), sum(due for _, due in units.values()))
        named = {unit: counts for unit, counts in units.items() if unit != OFFICE} | {CITY: whole}
        rows = [
            Figure(str(month), unit, name, "count", Decimal(count), str(count), "r.json", "response")
            for unit, counts in named.items()
            for name, count in zip(BOOK.rules[rule].counts, counts, strict=True)
        ]
        settled = table([*rows, *points_from_counts(table(rows), BOOK)])
        rules = BOOK.id if month == NOW else book
        frames.append(history.dated(settled, month, {"r.json": "portal"}, rules))
    return Known(history.joined(frames))


def found(before, after, rule="2.1"):
    return causes(known(before, after, rule), NOW, CITY, WARDS, BOOK)


def test_a_rate_that_falls_in_two_wards_is_told_with_these_wards():
    after = STEADY | {"a": (100, 200), "b": (150, 300)}
    (cause,) = found(STEADY, after).told
    assert (cause.rule.id, cause.through, cause.units) == ("2.1", "rate", ("b", "a"))
    assert (cause.before, cause.after) == ((660, 800), (460, 800))
    assert cause.points == Decimal("11.50") - Decimal("16.50")
    assert sum(each.whole for each in cause.effects) == -25


def test_dossiers_that_pile_up_in_a_slow_ward_are_told_as_mix_though_every_rate_stays():
    after = STEADY | {"c": (600, 1000)}
    (cause,) = found(STEADY, after).told
    assert (cause.through, cause.units) == ("mix", ("c",))
    assert sum(each.rate for each in cause.effects) == 0


@pytest.mark.parametrize("seed", range(20))
def test_no_cause_is_told_where_only_chance_moves_the_counts(seed):
    chance = random.Random(seed)  # noqa: S311 - the same months every time
    months = [
        {
            unit: (sum(chance.random() < done / due for _ in range(due)), due)
            for unit, (done, due) in STEADY.items()
        }
        for _ in range(2)
    ]
    told = found(*months)
    assert told.told == ()
    points = [Decimal(str(round(20 * sum(d for d, _ in month.values()) / 800, 2))) for month in months]
    assert abs(told.noise - (points[1] - points[0])) <= Decimal("0.01")


def test_that_nothing_was_due_is_told_and_its_points_counted():
    told = found({"a": (5, 6), "b": (0, 0), "c": (0, 0)}, {"a": (0, 0), "b": (0, 0), "c": (0, 0)}, rule="1.1")
    (cause,) = told.told
    assert (cause.through, cause.points, cause.units) == ("nothing_due", Decimal("-5.00"), ())


def test_units_are_not_told_where_the_counts_of_one_are_unknown_or_exceed_the_whole():
    months = known(STEADY, STEADY | {"a": (20, 200)})
    without = Known(months.history[months.history["unit"] != "b"])
    (cause,) = causes(without, NOW, CITY, WARDS, BOOK).told
    assert (cause.through, cause.effects, cause.units) == ("rate", (), ())
    too_many = months.history.copy()
    too_many.loc[(too_many["unit"] == "b") & (too_many["measure"] == "count"), "value"] = 900
    (cause,) = causes(Known(too_many), NOW, CITY, WARDS, BOOK).told
    assert cause.effects == ()


def test_what_is_not_known_in_both_months_is_listed_and_never_told():
    told = found(STEADY, STEADY)
    assert told.told == ()
    assert "2.1" not in [rule.id for rule in told.unknown]
    assert len(told.unknown) == sum(bool(rule.max_points) for rule in BOOK.rules.values()) - 1


def test_months_under_other_rules_are_not_compared():
    months = known(STEADY, STEADY | {"a": (20, 200)}, book="qd766-2022")
    assert causes(months, NOW, CITY, WARDS, BOOK) is None
    assert months.change(NOW, CITY, BOOK) is None


# -- told ---------------------------------------------------------------------------

EFFECTS = tuple(Effect(ward, Fraction(-1), Fraction(0)) for ward in ("w1", "w2"))


def cause(through, *, effects=(), units=(), after=(460, 800)):
    return Cause(BOOK.rules["2.1"], (660, 800), after, Decimal("-5.00"), through, effects, units)


@pytest.mark.parametrize(
    ("one", "sentences"),
    [
        (cause("nothing_due", after=(0, 0)), ["tháng 11 năm 2022 không phát sinh"]),
        (cause("rate"), ["từ 82,50% xuống 57,50%"]),
        (cause("rate", effects=EFFECTS, units=("000.21.36.H20", "000.22.36.H20")), ["giảm rõ ở mọi nơi"]),
        (cause("rate", effects=EFFECTS, units=("000.21.36.H20",)), ["giảm rõ ở Phường 1"]),
        (cause("rate", effects=EFFECTS), ["không nơi nào vượt mức"]),
        (cause("mix", effects=EFFECTS, units=("000.22.36.H20",)), ["tỷ trọng của Phường 2 thay đổi"]),
    ],
)
def test_a_cause_is_a_sentence_for_each_way_points_move(november, one, sentences):
    told = text_of(november, Causes((one,), Decimal("-0.20"), (), 1))
    for each in sentences:
        assert each in told
    assert "−5 điểm" in told
    assert "{" not in told


def test_a_month_without_causes_says_so_and_one_that_cannot_be_compared_says_nothing(november):
    assert text_of(november, None) == ""
    assert text_of(november, Causes((), Decimal("0.10"), (BOOK.rules["2.1"],), 3))
    unknown = text_of(november, Causes((cause("rate"),), Decimal(0), (BOOK.rules["3.1"],), 1))
    assert "3.1" in unknown


def text_of(view, found):
    """What the brief says of causes, as words."""
    changed = replace(view)
    vars(changed)["causes"] = found
    return " ".join(plain_text(block.as_json()) for block in causes_told(changed))
