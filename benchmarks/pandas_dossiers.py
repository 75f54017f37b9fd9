"""The same lists of dossiers counted with pandas: the comparison for ``benchmarks/dossiers.py``.

Written as somebody who knows pandas well would write it: only the columns that are mapped, words and days worked out
once for each different value, everything else on whole columns, one ``groupby`` for each of the two tables of sums.
Checked is what the reader checks, but for rows with cells missing at the end, which pandas fills up without a word, and
for the row an error stands in. From the sums on, which are small, the figures are made by the suite's own code.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from sadec_analysis.errors import InputError
from sadec_analysis.reading.dossiers import counts
from sadec_analysis.reading.dossiers.columns import DATES, Columns, find_columns
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.dossiers.sums import TABLES
from sadec_analysis.reading.observations import Observer, Remark, Unread

_WORDS = ("unit", "channel", "paid", "rating", "procedure", "field")
_FORMS = [
    f"{day}{time}"
    for day in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
    for time in ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S")
]


def count(path: Path, observer: Observer, engine: str) -> None:
    """Count a list into figures and tallies, like the reader; ``engine`` is one of ``read_csv``, or ``parquet``."""
    frame, columns = _parquet(path, observer) if engine == "parquet" else _csv(path, observer, engine)
    filled = frame.notna().any(axis=1)
    for name in DATES:
        given = frame[name].notna()
        frame[name] = _days(frame[name])
        if ((given if name != "received" else filled) & frame[name].isna()).any():
            raise InputError(path.name, f"{name}: has a date that cannot be read")
    if (frame["finished"] < frame["received"]).any():
        raise InputError(path.name, "was finished before it was received")
    if frame["number"].str.strip().dropna().duplicated().any():
        raise InputError(path.name, "list the same dossier twice")
    _translate(frame, observer)
    sums = _sums(frame, observer)
    _finish(Rows(path.name, columns, duckdb.connect()), sums, observer, int(filled.sum()))


def _csv(path: Path, observer: Observer, engine: str) -> tuple[pd.DataFrame, Columns]:
    heads = path.open(encoding="utf-8-sig").readline().rstrip("\n").split(";")
    columns = _columns(heads, path, observer)
    frame = pd.read_csv(
        path, sep=";", dtype=str, usecols=list(columns.headings.values()), keep_default_na=False, na_values=[""], engine=engine,
    )  # fmt: skip
    return _named(frame, columns), columns


def _parquet(path: Path, observer: Observer) -> tuple[pd.DataFrame, Columns]:
    import pyarrow.parquet as pq

    columns = _columns(pq.read_schema(path).names, path, observer)
    words = [columns.headings[name] for name in (*_WORDS, "fee") if name in columns.headings]
    frame = pd.read_parquet(
        path, columns=list(columns.headings.values()), dtype_backend="pyarrow", read_dictionary=words
    )
    return _named(frame, columns), columns


def _columns(heads: list[str], path: Path, observer: Observer) -> Columns:
    columns = find_columns(heads, observer.place.dossiers, path.name)
    if columns is None:
        raise InputError(path.name, "no row of headings")
    return columns


def _named(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    return frame.rename(columns={heading: name for name, heading in columns.headings.items()})


def _by_value(series: pd.Series, meaning: Callable[[pd.Index], pd.Index]) -> pd.Series:
    """Work something out once for each different value; nothing stays nothing."""
    codes, values = pd.factorize(series)
    found = meaning(pd.Index(values))
    return pd.Series(
        found.insert(len(found), None).take(codes), index=series.index
    )  # -1, nothing, is the last


def _days(series: pd.Series) -> pd.Series:
    if pd.api.types.is_string_dtype(series.dtype):
        return _by_value(series, _read_days)
    return _by_value(series.astype("timestamp[s][pyarrow]").astype("datetime64[s]"), _this_century)


def _read_days(texts: pd.Index) -> pd.Index:
    found, trimmed = pd.Series(pd.NaT, index=texts, dtype="datetime64[s]"), texts.str.strip()
    for form in _FORMS:
        if (missing := found.isna().to_numpy()).any():
            read = pd.to_datetime(trimmed[missing], format=form, errors="coerce")
            found[missing] = read.normalize().to_numpy()
    return _this_century(pd.DatetimeIndex(found))


def _this_century(days: pd.Index) -> pd.Index:
    dates = pd.DatetimeIndex(days)
    return dates.where((dates.year >= 2000) & (dates.year <= 2099))  # noqa: PLR2004 - as the reader has it


def _translate(frame: pd.DataFrame, observer: Observer) -> None:
    """Put meanings in place of words, as categories; count the words without a meaning."""
    lists, place = observer.place.dossiers, observer.place
    for name in ("procedure", "field"):
        frame[name] = _meant(frame[name], lambda text: " ".join(text.split()))
    for name, words in (("channel", lists.channels), ("paid", lists.paid), ("rating", lists.ratings)):
        given = frame[name].notna()
        frame[name] = _meant(frame[name], partial(Columns.meaning, words=words))
        if unknown := int((given & frame[name].isna()).sum()):
            observer.reading.remarks.append(Remark(f"unknown_{name}", observer.source, "rows", str(unknown)))
        if name == "paid":
            frame[name] = frame[name].where(given, "other")
    units = {text: place.find(text) for text in frame["unit"].dropna().unique()}
    codes = {text: unit.code for text, unit in units.items() if unit in place.own}
    if frame["unit"].isna().any() or len(codes) < len(units):
        raise InputError(observer.source, "is no unit of the place")
    frame["unit"] = _meant(frame["unit"], codes.get)
    listed = set(frame["unit"].cat.categories)
    observer.reading.missing += [
        Unread(observer.source, "rows", unit.name) for unit in place.own if unit.code not in listed
    ]
    frame["has_fee"] = _meant(frame["fee"], lambda text: str(any(digit in text for digit in "123456789")))


def _meant(series: pd.Series, meaning: Callable[[str], str | None]) -> pd.Series:
    """A column of words as categories of their meanings."""
    codes, words = pd.factorize(series)
    meanings = [meaning(word) for word in words]
    known = sorted({each for each in meanings if each is not None})
    at = np.array([known.index(each) if each is not None else -1 for each in meanings] + [-1], dtype=np.int64)
    return pd.Series(pd.Categorical.from_codes(at[codes], pd.Index(known)), index=series.index)


def _sums(frame: pd.DataFrame, observer: Observer) -> dict[str, pd.DataFrame]:
    """The two tables of sums."""
    month = observer.month
    first = pd.Timestamp(month.year, month.number, 1)
    last = pd.Timestamp(month.year, month.number, calendar.monthrange(month.year, month.number)[1])
    received, due = frame["received"], frame["due"]
    known = received <= last
    done = frame["finished"].where(frame["finished"] <= last)
    late = known & np.where(done.isna(), due < last, done > due)
    handled, finished = (
        known & due.notna() & (done.isna() | (done >= first)),
        known & done.between(first, last),
    )
    frame = frame[[*_WORDS, "has_fee"]].assign(
        known=known, received=known & (received >= first), handled=handled, on_time=handled & ~late, late=late,
        late_now=late & due.between(first, last), finished=finished, due=known & due.between(first, last), no_due=known & due.isna(),
        due_early=known & (due < received), days=(done - received).dt.days.where(finished, 0).fillna(0).astype("int32"),
        received_month=_months(received), due_month=_months(due),
    )  # fmt: skip
    months = {"by_month": ["received_month", "due_month"], "by_procedure": []}
    return {table: _summed(frame, [*words, "has_fee", *months[table]]) for table, words in TABLES.items()}


def _months(days: pd.Series) -> pd.Series:
    return _by_value(days, lambda values: pd.Index(values.year * 100 + values.month, dtype="Int32"))


def _summed(frame: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    measures = [name for name in frame.columns if frame[name].dtype == bool or name == "days"]
    return frame.groupby(list(keys), observed=True, dropna=False, sort=False)[measures].sum().reset_index()


def _finish(rows: Rows, sums: dict[str, pd.DataFrame], observer: Observer, listed: int) -> None:
    for table, frame in sums.items():
        words = {name: frame[name].astype(object) for name in _WORDS if name in frame}
        rows.database.register(
            table, frame.assign(**words, has_fee=frame["has_fee"].astype(object) == "True")
        )
    if not rows.one("SELECT sum(received + due + finished) FROM by_month"):
        raise InputError(rows.name, "the list is of another month")
    observer.reading.remarks += counts.remarks(rows, listed)
    observer.reading.figures += counts.figures(rows, observer)
    observer.reading.tallies += counts.tallies(rows, observer)
