"""Files changed at random, for every reader: each is read or refused in one line, and no number is read that it does not hold."""

from __future__ import annotations

import io
import json
import re
import tempfile
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import fuzzed
import mutations as by
import pyarrow.parquet as pq
import pytest
from fuzzed import READERS

# -- no crash, no hang, nothing written ------------------------------------------


def test_every_reader_has_its_number_of_cases():
    assert list(fuzzed.CASES) == [reader.name for reader in READERS]
    assert sum(fuzzed.CASES.values()) > 1500


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_changed_file_is_read_or_refused_in_one_line(reader):
    good, told = reader.good(), Counter()
    with fuzzed.room() as folder:
        assert fuzzed.outcome(reader, good, folder) == "read"
        fuzzed.with_seeds(
            fuzzed.CASES[reader.name],
            lambda seed: told.update([fuzzed.outcome(reader, fuzzed.changed(reader, good, seed), folder)]),
        )
    assert told["read"], "the changes leave nothing to read"
    assert told["refused"], "the changes break nothing"


@pytest.mark.parametrize(
    "act",
    [lambda _: 1 / 0, lambda path: path.with_name("other").write_text("x"), lambda _: tempfile.mkstemp()],
)
def test_what_must_not_happen_is_noticed(act):
    reader = fuzzed.Reader("bad", "a.txt", bytes, by.in_bytes, act)
    with fuzzed.room() as folder, pytest.raises((ZeroDivisionError, fuzzed.TroubleError)):
        fuzzed.outcome(reader, b"x", folder)


# -- what changes no meaning changes no figure -----------------------------------


def decomposed(data):
    return unicodedata.normalize("NFD", data.decode()).encode()


def with_returns(data):
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def without_returns(data):
    return data.replace(b"\r\n", b"\n")


TEXTS = {
    "mark": lambda data: b"\xef\xbb\xbf" + data, "decomposed": decomposed, "returns": with_returns, "no returns": without_returns,
    "lines after": lambda data: data + (b"\r\n\r\n" if b"\r\n" in data else b"\n\n"),
}  # fmt: skip


def turned(value):
    """The same JSON value with its keys in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(each) for each in value] if isinstance(value, list) else value


def keys_turned(data):
    """The same TOML with the keys of each table in the opposite order."""
    pieces = re.split(rb"(?m)^(?=\[)", data)
    return b"".join(b"".join([*each[:1], *reversed(each[1:])]) for each in map(lines_of, pieces))


def lines_of(piece):
    """The heading of a table and its keys; comments and empty lines dropped."""
    return [line for line in piece.splitlines(keepends=True) if line.strip() and not line.startswith(b"#")]


JSON = {
    "spaced": lambda data: json.dumps(json.loads(data), ensure_ascii=False, indent=7).encode(),
    "tight": lambda data: json.dumps(json.loads(data), separators=(",", ":")).encode(),
    "turned": lambda data: json.dumps(turned(json.loads(data))).encode(),
}  # fmt: skip


def packed_again(data):
    """The same archive, its parts in the opposite order and not compressed."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(held, "w") as made:
        for info in reversed(archive.infolist()):
            made.writestr(info.filename, archive.read(info))
    return held.getvalue()


def columns_turned(data):
    """The same Parquet table, its columns in the opposite order, in small groups of rows, not compressed."""
    table, held = pq.read_table(io.BytesIO(data)), io.BytesIO()
    pq.write_table(table.select(table.column_names[::-1]), held, compression="none", row_group_size=7)
    return held.getvalue()


def neutral(reader):
    """Changes without meaning, by name."""
    ending = Path(reader.file).suffix
    more = {".json": JSON, ".parquet": {"columns turned": columns_turned}}.get(ending, {})
    if reader.file in ("corrections.toml", "source.toml"):
        more = {"keys turned": keys_turned}
    if ending in (".docx", ".xlsx"):
        return {"packed again": packed_again}
    texts = {} if ending == ".parquet" else dict(TEXTS)
    if reader.file == "source.toml":
        del texts["decomposed"]  # names of files are kept as the disk has them
    if reader.name == "printed numbers":
        texts = {name: change for name, change in texts.items() if name != "mark"}
    return texts | more


NEUTRAL = [(reader, name) for reader in READERS for name in neutral(reader)]


@pytest.mark.parametrize(
    ("reader", "name"), NEUTRAL, ids=[f"{reader.name}-{name}" for reader, name in NEUTRAL]
)
def test_what_changes_no_meaning_changes_nothing_read(reader, name, tmp_path):
    assert fuzzed.read(reader, neutral(reader)[name](reader.good()), tmp_path) == fuzzed.unchanged(
        reader.name
    )
