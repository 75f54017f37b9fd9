"""What a person asks to see, and the month opened for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sadec_analysis.blocks import Note, spans
from sadec_analysis.errors import InputError
from sadec_analysis.figures import MEASURES
from sadec_analysis.history import months_before
from sadec_analysis.monthly import DEFAULT_PLACE, MonthView, build_month, open_month
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import is_valid_in, load_place
from sadec_analysis.words import Words, load_words

TOTAL = "total"
VARIABLES = {name: f"SADEC_{name.upper()}" for name in ("month", "place", "lang", "root")}
Figure = tuple[str, str]  # indicator and measure


@dataclass(frozen=True)
class Choice:
    """Months, units by code, and one figure (indicator and measure) of one root, told in one language."""

    months: tuple[Month, ...]
    units: tuple[str, ...]
    indicator: str = TOTAL
    measure: str = "points"
    place: str = DEFAULT_PLACE
    lang: str = "vi"
    root: Path = Path()

    @property
    def criterion(self) -> str:
        """The criterion of the figure, or ``total``.

        >>> Choice((), (), "progress.on_time", "percent").criterion
        'progress'
        """
        return self.indicator.partition(".")[0]

    @property
    def words(self) -> Words:
        """The catalogue of its language."""
        return load_words(self.lang)


def first_choice(
    month: str, place: str, lang: str, root: str, environment: Mapping[str, str] | None = None
) -> Choice:
    """The total of all units in one month; what ``sadec lab`` was told in ``environment`` wins over the cell.

    Raises InputError naming the value that cannot be used.
    """
    told = environment or {}
    given = {"month": month, "place": place, "lang": lang, "root": root}
    given |= {name: told[variable] for name, variable in VARIABLES.items() if variable in told}
    load_words(given["lang"])
    units = tuple(unit.code for unit in load_place(given["place"]).own)
    tree, period = Tree.at(given["root"]), Month.parse(given["month"])
    return Choice((period,), units, place=given["place"], lang=given["lang"], root=tree.root)


def months_present(root: str | Path, place: str = DEFAULT_PLACE) -> list[Month]:
    """Months that have a folder of what arrived and in which the place exists, oldest first."""
    where = load_place(place)
    return [month for month in Tree.at(root).months() if is_valid_in(where, month)]


@dataclass(frozen=True)
class Look:
    """The latest chosen month that can be read, if any, and a remark for each that cannot."""

    view: MonthView | None
    remarks: tuple[Note, ...]


def look(choice: Choice) -> Look:
    """Open the latest of the chosen months, building it where it is not built; try the one before if it cannot be."""
    remarks: list[Note] = []
    for month in sorted(choice.months, reverse=True):
        try:
            view = _opened(choice, month)
        except InputError as error:
            remarks.append(warning(choice.words, str(error), month))
        else:
            return Look(view, (*remarks, *_unread(choice, view)))
    return Look(None, tuple(remarks))


def warning(words: Words, reason: str, month: Month | None = None) -> Note:
    """Say in one remark what cannot be read and why."""
    label = words.text("explore.trouble")
    name = f"{words.month_short(month.number, month.year)}. " if month else ""
    return Note("warning", label, spans(name, reason))


def _opened(choice: Choice, month: Month) -> MonthView:
    """Open a month as it is built, unless it is not, or months before it came or went since."""
    given = (str(month), choice.place, choice.lang, choice.root)
    before = months_before(Tree.at(choice.root), month, load_place(choice.place))
    earlier = [str(each) for each, _ in before]
    try:
        view = open_month(*given)
        is_current = [each["month"] for each in view.documents["past"]] == earlier
    except InputError:
        is_current = False
    if not is_current:
        build_month(str(month), choice.place, choice.root)
        view = open_month(*given)
    return view


def _unread(choice: Choice, view: MonthView) -> list[Note]:
    """A remark for each chosen month before the view's whose folder could not be read."""
    chosen = {str(month) for month in choice.months}
    return [
        warning(choice.words, each["trouble"], Month.parse(each["month"]))
        for each in view.documents["past"]
        if each["trouble"] and each["month"] in chosen
    ]


def figures_of(view: MonthView, criterion: str, kept: Figure | None = None) -> list[Figure]:
    """Figures of a criterion that any month up to the view's gives for the city or a ward; its points come first.

    ``kept``, the figure chosen so far, stays among them where it is of this criterion and the view can name it.
    """
    rows = view.history[view.history["unit"].isin([unit.code for unit in view.place.own])]
    own = rows[(rows["indicator"].str.split(".").str[0] == criterion) & rows["lower"].notna()]
    pairs = {(criterion, "points"), *own[["indicator", "measure"]].itertuples(index=False, name=None)}
    if kept and kept[0].partition(".")[0] == criterion and _has_name(view, kept):
        pairs.add(kept)
    return sorted(pairs, key=lambda pair: (pair[0] != criterion, pair[0], MEASURES.index(pair[1])))


def _has_name(view: MonthView, figure: Figure) -> bool:
    return view.rulebook.part_named(figure[0]) is not None or view.words.knows(
        f"indicator.{'.'.join(figure)}"
    )
