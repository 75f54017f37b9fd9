"""Random months in which everything agrees, made as the real ones are made.

Exact counts come first. The portal works out rates and points from them, rounds each half up to two decimals and
then sums; a typist copies these with one decimal or two (rounded half up again), in each line or column as it comes.

Chosen so that no check has reason to speak: no unit leaves its grade, and none moves by a twentieth of a maximum,
so that no level shifts; a rate that happens to be points over their maximum is drawn again, or stands beside its
counts; every criterion below half of its points has a remedy, where any has one; totals keep both decimals where
one would make two of them equal or carry one across a cut; no rate rounds up to the target, and no score of the
city to nothing.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from responses import province

from sadec_analysis import checks
from sadec_analysis.checks.evidence import record
from sadec_analysis.errors import InputError
from sadec_analysis.figures import Figure, table
from sadec_analysis.months import Month
from sadec_analysis.numerals import half_up, show
from sadec_analysis.places import Unit, load_place, with_others
from sadec_analysis.reading.observations import Observer
from sadec_analysis.reading.portal.metrics import keep
from sadec_analysis.reading.reports.narrative import Passage
from sadec_analysis.rulebook import Rule, Rulebook, load_reference, load_rulebook
from sadec_analysis.scoring import decimal, grade_of, points

REPORT, RESPONSE, BEFORE = Month(2022, 11), Month(2026, 8), Month(2022, 10)
BOOK, BOOK_2026 = load_rulebook(REPORT), load_rulebook(RESPONSE)
REFERENCE, SA_DEC = load_reference(BOOK), load_place("sa_dec")
CITY, WARDS = SA_DEC.city.code, [unit.code for unit in SA_DEC.wards]
PEERS = [unit.code for unit in SA_DEC.unit if unit.level == "peer"]
PROVINCE = province({f"H44.{at}": f"xã {at}" for at in range(6)})
WARD = with_others(
    load_place("phuong_sa_dec"),
    [{"code": f"H20.90{at}", "name": f"xã {at}", "level": "peer"} for at in range(4)],
)
BANDS = {"weak": (0, 50), "average": (50, 70), "fair": (70, 80), "good": (80, 90), "excellent": (90, 100)}
RISE, FALL = ("Tăng ", "▲"), ("Giảm ", "▼")


@dataclass
class Score:
    """What the portal knows of one unit: its points by criterion, now and a month before, and dossiers on time."""

    points: dict[str, Decimal]
    before: dict[str, Decimal]
    late: int = 0
    due: int = 1

    @property
    def total(self) -> Decimal:
        return sum(self.points.values(), Decimal(0))

    @property
    def change(self) -> Decimal:
        return self.total - sum(self.before.values(), Decimal(0))

    @property
    def on_time(self) -> Decimal:
        return half_up(Decimal(100) * (self.due - self.late) / self.due)


def _before(now: Mapping[str, Decimal], book: Rulebook, chance: random.Random) -> dict[str, Decimal]:
    """Points a month earlier: within a twenty-fifth of each maximum, and of the same grade."""
    for size in (40, 10, 2):
        before = {}
        for name, value in now.items():
            top = decimal(book.criteria[name].max_points)
            before[name] = min(
                top, max(Decimal(0), half_up(value - top * chance.randint(-size, size) / 1000))
            )
        if grade_of(sum(before.values()), book) == grade_of(sum(now.values()), book):
            return before
    return dict(now)


def _score(late: int, due: int, chance: random.Random, most: Mapping[str, float]) -> Score:
    now = {}
    for each in BOOK.criterion:
        of = chance.randint(1, 400)
        top = decimal(most.get(each.id, each.max_points))
        now[each.id] = max(Decimal("0.10"), half_up(top * chance.randint(1, of) / of))
    now["progress"] = half_up(Decimal(20) * (due - late) / due)
    return Score(now, {}, late, due)


@dataclass
class Desk:
    """A typist who copies the portal's two decimals into one document."""

    chance: random.Random
    observer: Observer
    has_exact_totals: bool = False
    forms: dict[tuple[str, ...], tuple[int, bool]] = field(default_factory=dict)

    @property
    def rows(self) -> list[Figure]:
        return self.observer.reading.figures

    def row(self, unit: str, place: str, values: Mapping[str, Decimal | int]) -> None:
        """Type figures of a unit, each named by indicator and measure."""
        for name, value in values.items():
            self.put(unit, *name.split(), value, place)

    def put(self, unit: str, indicator: str, measure: str, value: Decimal | int, place: str) -> None:
        """Type one figure and read it as a reader does."""
        printed = self._printed(indicator, measure, decimal(value), place)
        self.observer.observe(SA_DEC.by_code[unit], indicator, measure, printed, place)

    def _printed(self, indicator: str, measure: str, value: Decimal, place: str) -> str:
        if measure == "grade":
            return BOOK.grades[int(value)].name_vi
        if measure in ("count", "rank", "rank_of"):
            return show(int(value))
        column = (place.partition(", row")[0], indicator, measure)
        fewest = 2 if self.has_exact_totals and indicator.startswith("total") else 1
        decimals, is_whole = self.forms.setdefault(
            column, (self.chance.randint(fewest, 2), self.chance.random() < 0.8)
        )
        rounded = half_up(abs(value), decimals)
        text = show(rounded if is_whole else rounded.normalize())
        if measure == "change" and value:
            return self.chance.choice(RISE if value > 0 else FALL) + text
        return text + {"percent": "%", "points": f"/{BOOK.maximum(indicator):.0f}"}.get(measure, "")

    def put_limits(self, unit: str, indicator: str, ends: tuple[int, int], printed: str, place: str) -> None:
        lower, upper = map(Decimal, ends)
        told = (str(REPORT), unit, indicator, "percent", None, printed, self.observer.source, place)
        self.rows.append(Figure(*told, lower=lower, upper=upper))

    def put_rate(self, unit: str, indicator: str, place: str) -> Decimal:
        """Type a rate that is not only the points of its criterion over their maximum; return it."""
        while True:
            rate = Decimal(self.chance.randint(0, 10_000)).scaleb(-2)
            self.put(unit, indicator, "percent", rate, place)
            if not self._is_points(self.rows[-1]) and (rate < 50) == (self.rows[-1].value < 50):
                return rate
            self.rows.pop()

    def _is_points(self, rate: Figure) -> bool:
        criterion = BOOK.criteria[rate.indicator.partition(".")[0]]
        key = (rate.unit, criterion.id, "points")
        score = next((row.value for row in self.rows if (row.unit, row.indicator, row.measure) == key), None)
        decimals = max(0, -int(rate.value.as_tuple().exponent))
        return (
            score is not None and half_up(100 * score / decimal(criterion.max_points), decimals) == rate.value
        )


class Report:
    """One report month: what the portal knows, and the sections in which a typist tells it."""

    def __init__(self, seed: int) -> None:
        self.chance = chance = random.Random(seed)  # noqa: S311 - the same month every time
        self.announced, self.paid = (chance.choice((0, chance.randint(1, 50))) for _ in range(2))
        self.scores = {unit: _score(*_dossiers(chance), chance, {}) for unit in WARDS}
        self._tie(*chance.sample(WARDS, 2))
        self.office_late, due = _dossiers(chance)
        late = self.office_late + sum(each.late for each in self.scores.values())
        due += sum(each.due for each in self.scores.values())
        most = ({} if self.announced else {"transparency": 8}) | ({} if self.paid else {"online_payment": 2})
        self.scores[CITY] = _score(late, due, chance, most)
        for each in self.scores.values():
            each.before = _before(each.points, BOOK, chance)
        self.peers = {unit: Decimal(chance.randint(3000, 9500)).scaleb(-2) for unit in PEERS}
        observer = Observer("report.docx", REPORT, SA_DEC, BOOK)
        self.desk = Desk(chance, observer, has_exact_totals=self._is_delicate())

    def _tie(self, one: str, other: str) -> None:
        """Sometimes give two wards one total."""
        now = self.scores[other].points
        level = now["satisfaction"] + self.scores[one].total - self.scores[other].total
        if self.some(0.3) and 0 <= level <= 18:
            now["satisfaction"] = level

    def _is_delicate(self) -> bool:
        """Whether one decimal would make two totals that are ranked equal, or carry one across a cut."""
        wards = [self.scores[unit].total for unit in WARDS]
        peers = [self.scores[CITY].total, *self.peers.values()]
        ties = any(len({half_up(each, 1) for each in group}) < len(set(group)) for group in (wards, peers))
        ends = [end for each in self.scores.values() for end in (each.total, each.total - each.change)]
        cuts = [decimal(grade.from_points) for grade in BOOK.grade]
        return ties or any(abs(end - cut) < Decimal("0.2") for end in ends for cut in cuts)

    def some(self, share: float) -> bool:
        return self.chance.random() < share

    def overview(self) -> None:
        city = self.scores[CITY]
        rank = 1 + sum(other > city.total for other in self.peers.values())
        change = {"total change": city.change} if self.some(0.6) else {}
        grade = {"total grade": grade_of(city.total, BOOK).value}
        self.desk.row(
            CITY, "I.1, line 1", {"total points": city.total} | change | grade | _ranked("total", rank)
        )
        for at, (name, value) in enumerate(city.points.items(), 2):
            moved = {f"{name} change": value - city.before[name]} if self.some(0.2) else {}
            self.desk.row(CITY, f"I.1, line {at}", {f"{name} points": value} | moved)
        if self.some(0.6):
            self._ranking("I.1, table 1", {CITY: city.total, **self.peers})

    def _ranking(self, place: str, totals: Mapping[str, Decimal]) -> None:
        """A table as the portal shows it, ties sharing a rank."""
        for at, unit in enumerate(sorted(totals, key=lambda each: -totals[each]), 1):
            rank = 1 + sum(other > totals[unit] for other in totals.values())
            self.desk.row(unit, f"{place}, row {at}", {"total rank": rank, "total points": totals[unit]})

    def wards(self) -> None:
        totals = {unit: self.scores[unit].total for unit in WARDS}
        grades = {unit: grade_of(value, BOOK) for unit, value in totals.items()}
        ends = {
            "total.ward_highest points": max(totals.values()),
            "total.ward_lowest points": min(totals.values()),
        }
        self.desk.row(CITY, "I.2, line 1", ends)
        have = Counter(f"total.wards_{grade.name_en.lower()} count" for grade in grades.values())
        self.desk.row(CITY, "I.2, line 2", have | {"total.wards count": len(WARDS)})
        for at, unit in enumerate(sorted(WARDS, key=lambda each: -totals[each]), 1):
            told = {"points": totals[unit], "change": self.scores[unit].change, "grade": grades[unit].value}
            self.desk.row(
                unit, f"I.2, table 1, row {at}", {f"total {name}": each for name, each in told.items()}
            )
        if self.some(0.6):
            self._ranking("I.2, table 2", totals)
        for at, unit in enumerate(WARDS if self.some(0.3) else (), 1):
            parts = {f"{name} points": value for name, value in self.scores[unit].points.items()}
            self.desk.row(unit, f"I.2, table 3, row {at}", parts)

    def again(self, name: str, place: str) -> None:
        """A criterion printed once more in its own section, sometimes with the place among the peers."""
        if self.some(0.6):
            self.desk.row(CITY, place, {f"{name} points": self.scores[CITY].points[name]})
        if self.some(0.4):
            self.desk.row(CITY, place, _ranked(name, self.chance.randint(1, len(PEERS) + 1)))

    def transparency(self) -> None:
        self.again("transparency", "II.1.1, line 1")
        year = {"transparency.year_to_date points": self.chance.randint(0, 18)}
        self.desk.row(CITY, "II.1.2, line 1", {"transparency.announced count": self.announced} | year)

    def progress(self) -> None:
        total = self.scores[CITY].late
        self.again("progress", "II.2.1, line 1")
        self.desk.row(CITY, "II.2.1, line 1", {"progress.on_time percent": self.scores[CITY].on_time})
        in_month = {"progress.overdue_in_month count": self.chance.randint(0, total)}
        self.desk.row(CITY, "II.2.1, line 2", {"progress.overdue_total count": total} | in_month)
        for at, unit in enumerate(WARDS, 1):
            each = self.scores[unit]
            told = {"progress.on_time percent": each.on_time, "progress points": each.points["progress"]}
            self.desk.row(unit, f"II.2.1, table 1, row {at}", told)
            self.desk.row(unit, f"II.2.1, table 2, row {at}", {"progress.overdue count": each.late})
        self.desk.row(CITY, "II.2.1, table 2, row 10", {"progress.overdue count": self.office_late})

    def online(self) -> None:
        rate, place = "online_service.online_submission", "II.3.1, line 2"
        self.desk.put_rate(CITY, rate, "II.3.1, line 1")
        self.again("online_service", "II.3.1, line 1")
        below = self.chance.randint(0, len(WARDS))
        if self.some(0.5):
            below = sum(
                self.desk.put_rate(unit, rate, f"II.3.1, table 1, row {at}") < 50
                for at, unit in enumerate(WARDS, 1)
            )
        else:
            for unit in WARDS[:below]:
                self.desk.put_limits(unit, rate, (0, 50), "chưa đạt yêu cầu", place)
        named = {f"online_service.wards_{name} count": below for name in ("below_target", "named")}
        self.desk.row(CITY, place, {f"{rate}_target percent": 50} | named)
        self.again("online_payment", "II.4.1, line 1")
        self.desk.row(CITY, "II.4.1, line 1", {"online_payment.dossiers_paid_online count": self.paid})

    def satisfaction(self) -> None:
        self.desk.put_rate(CITY, "satisfaction.reported", "II.5.2, line 1")
        self.again("satisfaction", "II.5.2, line 1")
        self.desk.put_rate(CITY, "satisfaction.feedback_on_time", "II.5.2, line 1")
        for name, have in Counter(self.chance.choices(list(BANDS), k=len(WARDS))).items():
            indicator, place = f"satisfaction.wards_{name}", "II.5.2, line 2"
            self.desk.row(CITY, place, {f"{indicator} count": have})
            self.desk.put_limits(CITY, indicator, BANDS[name], f"{BANDS[name][0]}% trở lên", place)

    def digitisation(self) -> None:
        sealed = {unit: self.chance.choice((0, self.chance.randint(1, 60))) for unit in WARDS}
        office = self.chance.choice((0, self.chance.randint(1, 2000)))
        have = sum(each > 0 for each in sealed.values())
        city = _copies(have + (office > 0), len(WARDS) + 1, sum(sealed.values()) + office)
        self.again("digitisation", "II.6.2, line 1")
        self.desk.row(
            CITY, "II.6.2, line 1", {name: value for name, value in city.items() if "due" not in name}
        )
        told = {"digitisation.certifying_wards count": have, "digitisation.wards count": len(WARDS)}
        self.desk.row(CITY, "II.6.2, line 2", told)
        for at, unit in enumerate([CITY, *PEERS], 1):
            due = self.chance.randint(8, 19)
            done = self.chance.randint(0, due)
            peer = _copies(done, due, done * self.chance.randint(1, 60))
            self.desk.row(unit, f"II.6.2, table 1, row {at}", city if unit == CITY else peer)
        for at, (unit, each) in enumerate(sealed.items(), 1):
            self.desk.row(unit, f"II.6.2, table 2, row {at}", _copies(int(each > 0), 1, each))

    def workbook(self) -> list[Figure]:
        """A second source: the city's points, and the dossiers behind the rates on time."""
        desk = Desk(self.chance, Observer("figures.xlsx", REPORT, SA_DEC, BOOK))
        city = self.scores[CITY]
        for name, value in {"total": city.total, **city.points}.items():
            desk.row(CITY, f"sheet {name}, row 5, column C", {f"{name} points": value})
        for at, (unit, each) in enumerate(self.scores.items(), 5):
            parts = {"numerator": each.due - each.late, "denominator": each.due}
            told = {f"progress.on_time.{part} count": value for part, value in parts.items()}
            desk.row(unit, f"sheet progress, row {at}, column D", told)
        return desk.rows

    def remedies(self) -> Iterator[Passage]:
        now = self.scores[CITY].points
        needed = [each.id for each in BOOK.criterion if 2 * now[each.id] < each.max_points]
        for at, name in enumerate(dict.fromkeys([*needed, *self.chance.sample(list(now), 2)]), 1):
            yield Passage("remedies", name, "Tiếp tục chỉ đạo.", "report.docx", f"III.{at}, line 1")

    def previous(self) -> checks.Previous:
        desk = Desk(self.chance, Observer("report.docx", BEFORE, SA_DEC, BOOK))
        for unit, each in self.scores.items():
            told = {"total": each.total - each.change, **each.before}
            desk.row(unit, "I.1, line 1", {f"{name} points": value for name, value in told.items()})
        return checks.Previous(tuple(desk.rows), BOOK.id)


def _dossiers(chance: random.Random) -> tuple[int, int]:
    """How many of a unit's dossiers are late, often none, and how many it has."""
    due = chance.randint(1, 400)
    return chance.choice((0, chance.randint(0, due), chance.randint(0, due))), due


def _ranked(name: str, rank: int) -> dict[str, int]:
    return {f"{name} rank": rank, f"{name} rank_of": len(PEERS) + 1}


def _copies(units: int, due: int, dossiers: int) -> dict[str, int]:
    told = {"certifying_units": units, "certifying_units_due": due, "certified_copies": dossiers}
    return {f"digitisation.{name} count": value for name, value in told.items()}


def report_month(seed: int) -> checks.Evidence:
    """A month known from a report, sometimes with a workbook, the office's remedies and the month before."""
    month = Report(seed)
    for section in (
        month.overview, month.wards, month.transparency, month.progress, month.online, month.satisfaction,
        month.digitisation,
    ):  # fmt: skip
        section()
    rows = month.desk.rows + (month.workbook() if month.some(0.4) else [])
    passages = tuple(month.remedies()) if month.some(0.6) else ()
    previous = month.previous() if month.some(0.4) else None
    return checks.Evidence(table(rows), BOOK, SA_DEC, REFERENCE, passages, previous)


def response_month(seed: int) -> checks.Evidence:
    """A month known from a response of the portal: a ward with its peers, or a province with its communes."""
    chance = random.Random(seed)  # noqa: S311 - the same month every time
    place = chance.choice((WARD, PROVINCE))
    observer = Observer("response.json", RESPONSE, place, BOOK_2026)
    counts: dict[str, dict[str, tuple[int, int]]] = {}
    for unit in reversed(place.unit):
        held = [counts[each.code] for each in place.wards] if unit == place.city else []
        counts[unit.code] = {rule.id: _counts(rule, held, chance) for rule in BOOK_2026.rules.values()}
    before = [
        row
        for at, unit in enumerate(place.unit, 1)
        for row in _respond(observer, unit, at, counts[unit.code], chance)
    ]
    previous = checks.Previous(tuple(before), BOOK_2026.id) if chance.random() < 0.4 else None
    return checks.Evidence(table(observer.reading.figures), BOOK_2026, place, None, (), previous)


def _counts(
    rule: Rule, held: Iterable[Mapping[str, tuple[int, int]]], chance: random.Random
) -> tuple[int, int]:
    """What one sub-indicator counts in a unit, those of its communes included; sometimes nothing is due."""
    nothing = rule.nothing_due != "unknown" and chance.random() < 0.2
    due = 0 if nothing else chance.choice((chance.randint(1, 40), chance.randint(1, 3000)))
    done = chance.choice((due, chance.randint(0, due), chance.randint(0, due)))
    return done + sum(each[rule.id][0] for each in held), due + sum(each[rule.id][1] for each in held)


def _respond(
    observer: Observer, unit: Unit, at: int, counts: Mapping[str, tuple[int, int]], chance: random.Random
) -> list[Figure]:
    """Keep one unit's row of a response, as a reader does; return its points of the month before."""
    put = partial(_keep, observer, unit, f"response, row {at}")
    scores = {rule.id: _earned(*counts[rule.id], rule, chance) for rule in BOOK_2026.rules.values()}
    now = {
        each.id: sum((scores[rule.id] or Decimal(0) for rule in each.rule), Decimal(0))
        for each in BOOK_2026.criterion
    }
    for criterion in BOOK_2026.criterion:
        put(criterion.id, "points", now[criterion.id], criterion.portal_code)
        share = half_up(100 * now[criterion.id] / decimal(criterion.max_points))
        for rule in criterion.rule:
            _put_metric(put, rule, scores[rule.id], *counts[rule.id], share, chance)
    before = _before(now, BOOK_2026, chance)
    total, earlier = (sum(each.values(), Decimal(0)) for each in (now, before))
    put("total", "points", total, "totalScore")
    put("total", "change", total - earlier, "scoreDelta")
    if unit == observer.place.city and earlier:
        put("total", "growth", half_up(100 * (total - earlier) / earlier), "growthPercent")
    return _stored({"total": earlier, **before}, observer, unit)


def _keep(
    observer: Observer, unit: Unit, row: str, indicator: str, measure: str, value: Decimal | None, key: str
) -> None:
    keep(observer, unit, indicator, measure, value, f"{row}, {key}")


def _stored(values: Mapping[str, Decimal], observer: Observer, unit: Unit) -> list[Figure]:
    """A unit's points of the month before."""
    old = Observer("response.json", Month(2026, 7), observer.place, BOOK_2026)
    for name, value in values.items():
        _keep(old, unit, "response, row 1", name, "points", value, name)
    return old.reading.figures


def _earned(done: int, due: int, rule: Rule, chance: random.Random) -> Decimal | None:
    """Points by the rule, or any where the rule is not established."""
    given = points(done, due, rule)
    if due and given is None and rule.shape == "unknown":
        return half_up(decimal(rule.max_points) * chance.randint(0, 100) / 100)
    return None if given is None else decimal(given)


def _put_metric(
    put: Callable[..., None],
    rule: Rule,
    score: Decimal | None,
    done: int,
    due: int,
    share: Decimal,
    chance: random.Random,
) -> None:
    """Keep one sub-indicator; sometimes without the counts behind it, unless the rate is the ``share`` of its criterion."""
    above, scale = ("days", 1) if rule.measure == "days" else ("count", 100)
    rate = half_up(Decimal(scale * done) / due) if due else None
    put(rule.indicator, "points", score, f"{rule.id} score")
    put(rule.indicator, rule.measure, rate, f"{rule.id} ratio")
    if rate == share or chance.random() < 0.8:
        put(f"{rule.indicator}.numerator", above, Decimal(done), f"{rule.id} numerator")
        put(f"{rule.indicator}.denominator", "count", Decimal(due), f"{rule.id} denominator")


def corrupt(evidence: checks.Evidence, chance: random.Random) -> tuple[checks.Evidence, Figure]:
    """Change one printed digit, or one grade, of a figure the checks compared; return the month so, and the figure.

    What a reader would refuse is drawn again.
    """
    compared = checks.find_all(evidence).figures
    rows = [record(row) for row in evidence.figures.to_dict("records")]
    places = [at for at, row in enumerate(rows) if row.value is not None and row in compared]
    changed = None
    while changed is None:
        at = chance.choice(places)
        changed = _misread(rows[at], evidence, chance)
    figures = evidence.figures.copy()
    figures.loc[at, ["value", "lower", "upper"]] = float(changed.value)
    figures.loc[at, "printed"] = changed.printed
    return replace(evidence, figures=figures), changed


def _misread(row: Figure, evidence: checks.Evidence, chance: random.Random) -> Figure | None:
    """The figure with another grade or digit, before the slash; None where no reader takes it so, or nothing differs."""
    if row.measure == "grade":
        printed = chance.choice(evidence.rulebook.grade).name_vi
    else:
        digits = [at for at, char in enumerate(row.printed.partition("/")[0]) if char.isdigit()]
        at = chance.choice(digits or [0])
        printed = row.printed[:at] + chance.choice("0123456789") + row.printed[at + 1 :]
    observer = Observer(row.source, Month.parse(row.period), evidence.place, evidence.rulebook)
    try:
        read = observer.figure(
            evidence.place.by_code[row.unit], row.indicator, row.measure, printed, row.place
        )
    except InputError:
        return None
    return None if read.value == row.value else read
