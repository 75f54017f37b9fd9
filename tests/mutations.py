"""Good files changed at random: bytes, lines and tokens, parts of archives, and the structure of what they hold.

Every change takes a source of chance and the bytes of a file, and returns other bytes: the same seed gives the same.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Change = Callable[[Random, bytes], bytes]
# What somebody might plant, or a program might leave: as bytes, for some of it is no text.
HOSTILE = (
    b"\x00", b"\xed\xa0\x80", b"\xff\xfe", b"\xe2\x80\xae", b"\xe2\x80\x8f", b"\xef\xbb\xbf", b"\xc2\xad", b"\xc2\xa0", b"\xcc\xa3",
    b"1e999", b"1e300", b"1e28", b"-1e999", b"1e-999999999", b"1E+99999999", b"NaN", b"Infinity", b"-0", b"-1", b"0.1.2", b"1.064", b"37,5", b"9" * 40,
    b"9" * 5000, b"0x" + b"F" * 5000, b"0" * 300 + b"7", b"\xd9\xa1\xd9\xa2", b"\xef\xbc\x91", b"\xc2\xb2", b"\xe2\x85\xa8", b"=1+1",
    b'=HYPERLINK("http://x")', b"../../x", b"/etc/passwd", b"{0}", b"%s", b"<br>", b"<!--", b"-->", b"&#0;", b"&#xD800;", b"&amp;",
    b"<![CDATA[", b"]]>", b"'; DROP TABLE x; --", b"\\u0000", b"\\ud800", b"\r", b"\n", b"\t", b"\x1b[2J", b"\x7f", b"\xc2\x85",
    b"\xe2\x80\xa8", b"\x0b", b'"', b"'", b'"""', b"|", b";", b"/", b"%", b"100/0", b"1/0", b"31/02/2022", b"0000-00-00", b"9999-12-31",
    b"2022-11-30T10:00:00", b"1979-05-27T07:32:00Z", b"true", b"null", b"[]", b"{}", b"[[", b"x" * 70_000, b"[" * 3000, b"*" * 3000,
)  # fmt: skip
_TOKEN = re.compile(rb"[0-9]+|[A-Za-z\x80-\xff]+|\s+|[^\w\s]")
_MAIN = re.compile(
    r"document\d*\.xml|styles\.xml|numbering\.xml|workbook\.xml|sheet\d+\.xml|sharedStrings\.xml|\[Content|\.rels$"
)
_MOST_CHANGES = 3


def some_of(*changes: Change) -> Change:
    """A change that applies one to three of ``changes`` after each other."""

    def change(chance: Random, data: bytes) -> bytes:
        for _ in range(chance.randint(1, _MOST_CHANGES)):
            data = chance.choice(changes)(chance, data)
        return data

    return change


def _span(chance: Random, data: bytes, most: int = 200) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.randint(0, most))


# -- bytes -----------------------------------------------------------------


def flipped(chance: Random, data: bytes) -> bytes:
    """One byte is another one."""
    at = chance.randrange(len(data)) if data else 0
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def cut(chance: Random, data: bytes) -> bytes:
    """A piece is missing, or all from somewhere on."""
    start, end = _span(chance, data)
    return data[:start] + (b"" if chance.random() < 0.1 else data[end:])


def repeated(chance: Random, data: bytes) -> bytes:
    """A piece stands a second time, somewhere."""
    (start, end), at = _span(chance, data), chance.randint(0, len(data))
    return data[:at] + data[start:end] + data[at:]


def planted(chance: Random, data: bytes) -> bytes:
    """Something hostile stands in it."""
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(HOSTILE) + data[at:]


in_bytes = some_of(flipped, cut, repeated, planted)


# -- tokens and lines --------------------------------------------------------


def other_token(chance: Random, data: bytes) -> bytes:
    """One word, number, space or sign is hostile, gone, or one that stands elsewhere."""
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return data
    old, other = chance.choice(tokens), chance.choice(tokens)
    new = chance.choice((chance.choice(HOSTILE), other[0], b"", old[0] * 2))
    return data[: old.start()] + new + data[old.end() :]


def other_number(chance: Random, data: bytes) -> bytes:
    """One number is hostile, or another one."""
    numbers = list(re.finditer(rb"[0-9]+", data))
    if not numbers:
        return data
    old = chance.choice(numbers)
    new = chance.choice((chance.choice(HOSTILE), str(chance.randrange(10 ** chance.randint(1, 6))).encode()))
    return data[: old.start()] + new + data[old.end() :]


def other_lines(chance: Random, data: bytes) -> bytes:
    """One line is gone, twice there, elsewhere, or empty."""
    lines = data.splitlines(keepends=True) or [b""]
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    line = lines.pop(at)
    act = chance.randrange(4)
    new = ([], [line, line], [], [b"\n"])[act]
    lines[at:at] = new
    if act == 2:
        lines.insert(to, line)
    return b"".join(lines)


in_lines = some_of(other_token, other_number, other_lines, planted)
in_text = some_of(in_bytes, in_lines)


# -- markup in archives ------------------------------------------------------


def other_attribute(chance: Random, data: bytes) -> bytes:
    """One attribute has another value, a hostile one, or none."""
    found = list(re.finditer(rb'"([^"<>]*)"', data))
    if not found:
        return data
    old, other = chance.choice(found), chance.choice(found)
    new = chance.choice((chance.choice(HOSTILE), other[1], b"", b"-1", b"999999999"))
    return data[: old.start(1)] + new + data[old.end(1) :]


def other_element(chance: Random, data: bytes) -> bytes:
    """One tag is gone, twice there, or another one; or one text is hostile."""
    found = list(re.finditer(rb"<[^<>]*>|>([^<>]+)<", data))
    if not found:
        return data
    old, other = chance.choice(found), chance.choice(found)
    group = 1 if old[1] else 0
    new = chance.choice((b"", old[group] * 2, other[1 if other[1] else 0], chance.choice(HOSTILE)))
    return data[: old.start(group)] + new + data[old.end(group) :]


def nested(chance: Random, data: bytes) -> bytes:
    """One element stands within itself many times over."""
    found = list(re.finditer(rb"<([\w:]+)((?:\s[^<>]*)?)(?<!/)>", data))
    if not found:
        return data
    tag, times = chance.choice(found), chance.choice((2, 30, 250))
    end = b"</" + tag[1] + b">"
    opened = tag[0] * times + end * (times - 1)
    return data[: tag.start()] + opened + data[tag.end() :]


in_markup = some_of(other_attribute, other_element, other_number, nested, in_bytes)


def in_archive(chance: Random, data: bytes) -> bytes:
    """One part changed and all packed again, so that no checksum tells; sometimes a part is gone."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    name = chance.choice([each for each in parts if _MAIN.search(each)])
    if chance.random() < 0.03:
        del parts[name]
    else:
        parts[name] = in_markup(chance, parts[name])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as made:
        for each, content in parts.items():
            made.writestr(each, content)
    return held.getvalue()


def mostly(usual: Change, other: Change) -> Change:
    """``usual`` nine times in ten, else ``other``."""
    return lambda chance, data: (usual if chance.random() < 0.9 else other)(chance, data)


# -- JSON ----------------------------------------------------------------------

_VALUES = (
    None, True, False, 0, -1, 1.5, 10**30, 10**400, 1e300, 1e-300, 0.1 + 0.2, "", " ", "x" * 70_000, "1,5", "1.064", "17.7", "-3", "NaN",
    "9" * 5000, "\u0000", "\ud800", "\u202e37,5", "١٢", "1e5", "../../x", "=1+1", [], {}, [[]], [None], {"": None}, [{"metrics": [1]}],
    {"metrics": [{"code": "2.1", "score": 1}]}, [1, "a"], "UBND phường Sa Đéc", "H20.901", "2.1", "COMMUNE", "OK",
)  # fmt: skip
_RAW = ("NaN", "-Infinity", "1e999", "1e-999999999", "1E+99999999999999999999", "1e-99999999999999999999", "-0", "0e9", "123456789012345.123456789012345", "[" * 2000 + "]" * 2000, '{"a":' * 500 + "1" + "}" * 500)  # fmt: skip
MARK = "\ue000"


def homes(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a JSON value: the object or list, and the key or number in it."""
    found: list[tuple[Any, Any]] = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += [(value, key), *homes(inner)]
    return found


def in_json(chance: Random, data: bytes) -> bytes:
    """One value is another one, of another kind, of another place, gone, or twice there."""
    value = json.loads(data)
    home, key = chance.choice(homes(value))
    act = chance.randrange(6)
    if act == 0:
        del home[key]
    elif act == 1:
        home[key] = deepcopy(chance.choice([where[at] for where, at in homes(value)]))
    elif act == 2:
        home[key] = [home[key]] if chance.random() < 0.5 else {"data": home[key]}
    elif act == 3:
        home[key] = MARK
    elif act == 4 and isinstance(home, list):
        home.append(home[key])
    else:
        home[key] = deepcopy(chance.choice(_VALUES))
    text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    text = text.replace(json.dumps(MARK), chance.choice(_RAW)).replace(f'"{MARK}"', chance.choice(_RAW))
    return text.encode("utf-8", "surrogatepass")


# -- TOML ------------------------------------------------------------------------

_TOML = (
    '""', "0", "-1", "1", "true", "nan", "inf", "-inf", "1e308", "0x" + "F" * 5000, "9" * 5000, "[]", "{}", "[1]", '["a"]', "[[[]]]",
    "[" * 2000 + "]" * 2000, "2022-11-30", "2022-11-30T10:00:00", "10:00:00", "0001-01-01", "9999-12-31", '"\\u0000"', '"../../x"',
    '"' + "x" * 5000 + '"', '"linear"', '"shown"', '"city"', '"ward"', '["portal"]', '["report", "report"]', '{vi = "a", en = "b"}', "'''a\nb'''",
)  # fmt: skip


def in_toml(chance: Random, data: bytes) -> bytes:
    """One value is another one."""
    found = list(re.finditer(rb"(?m)^[^#\n=]+ = (.+)$|[\[{, ]\w+ = ([^,}\n]+)", data))
    if not found:
        return data
    old, other = chance.choice(found), chance.choice(found)
    group, from_ = (1 if each[1] else 2 for each in (old, other))
    new = chance.choice((chance.choice(_TOML).encode(), other[from_]))
    return data[: old.start(group)] + new + data[old.end(group) :]


# -- tables ------------------------------------------------------------------------


def in_csv(chance: Random, data: bytes) -> bytes:
    """One cell is hostile, or another one's; or a row is longer or shorter."""
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    cells = lines[at].rstrip(b"\r\n").split(b";")
    other = chance.choice(lines).rstrip(b"\r\n").split(b";")
    column = chance.randrange(len(cells))
    act = chance.randrange(8)
    new = chance.choice((chance.choice(HOSTILE), chance.choice(other), b""))
    cells[column : column + (act != 0)] = [] if act == 1 else [new]
    lines[at] = b";".join(cells) + b"\r\n"
    return b"".join(lines)


_TYPES = (
    pa.string(), pa.large_string(), pa.binary(), pa.int64(), pa.int8(), pa.float64(), pa.float16(), pa.bool_(), pa.date32(), pa.date64(),
    pa.timestamp("ns"), pa.timestamp("us", "UTC"), pa.time32("s"), pa.decimal128(38, 0), pa.decimal256(76, 2), pa.null(),
    pa.list_(pa.string()), pa.struct([("a", pa.int8())]), pa.dictionary(pa.int8(), pa.string()),
)  # fmt: skip
_CELLS = (
    None, "", " ", "0", "\x00", "\u202ea", "9" * 40, "31/02/2022", "2022-11-30", "1/1/1", "x" * 70_000, 0, -1, 2**62, 44_895, 44_895.5,
    float("nan"), float("inf"), 1e300, True, b"\xff",
)  # fmt: skip


def in_parquet(chance: Random, data: bytes) -> bytes:
    """One column is of another type or has another name, or one cell holds something else."""
    table = pq.read_table(io.BytesIO(data))
    at, act = chance.randrange(table.num_columns), chance.randrange(3)
    name, column = table.column_names[at], table.column(at)
    try:
        if act == 0:
            name = chance.choice(
                (name.upper(), f' {name} "', "*", "x'y", "", chance.choice(table.column_names))
            )
        elif act == 1:
            column = _cast(chance, column)
        else:
            cells = column.to_pylist()
            cells[chance.randrange(len(cells))] = chance.choice(_CELLS)
            column = pa.array(cells)
        held = io.BytesIO()
        pq.write_table(table.set_column(at, name, column), held)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return in_bytes(chance, data)
    return held.getvalue()


def _cast(chance: Random, column: Any) -> Any:
    kind = chance.choice(_TYPES)
    try:
        return column.cast(kind)
    except (pa.ArrowException, ValueError):
        return pa.nulls(len(column), kind)
