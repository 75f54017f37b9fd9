"""Make a list of dossiers as the one-stop system exports it, of any length, as CSV and as Parquet.

    python benchmarks/make_dossiers.py 10000000 /tmp/lists

Everything in it is SYNTHETIC and says so: no dossier, person, telephone or identity number is real. The same number
of rows and the same seed give the same dossiers, whatever the number of cores. Personal columns are there because
real lists have them and the reader must leave them alone. Ten million rows take about a minute.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

from sadec_analysis.places import load_place

_FIRST, _DAYS = "2021-01-01", 699  # received from then on, until the end of November 2022
_SHARES = (30, 9, 12, 5, 6, 9, 8, 8, 6, 7)  # the office takes most dossiers, a ward a few in a hundred
_FIELDS = (
    "Chứng thực", "Hộ tịch", "Đất đai", "Xây dựng", "Bảo trợ xã hội", "Người có công", "Kinh doanh và hợp tác xã", "Giáo dục và đào tạo",
    "Môi trường", "Văn hoá", "Nuôi con nuôi", "Thi đua, khen thưởng", "Phòng, chống tệ nạn xã hội", "Lao động, tiền lương",
)  # fmt: skip
_PROCEDURES = 240
_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi")
_GIVEN = ("Văn", "Thị", "Minh", "Ngọc", "Hữu", "Thanh")
# One draw each: a number below the bound, from the row and the seed alone.
_DRAWN = {
    "field": 1000, "proc": 1000, "place": 100, "day": _DAYS, "given": 20, "took": 30, "open": 100, "way": 10, "fee": 2,
    "pays": 10, "rates": 100, "name": 48, "phone": 10**8, "house": 999, "identity": 10**9,
}  # fmt: skip


def _draws(seed: int) -> str:
    """SQL for one number per draw, from a hash of the row, the draw and the seed."""
    return ", ".join(
        f"(hash(nr, {seed * 1000 + number}) % {most})::INTEGER AS {name}"
        for number, (name, most) in enumerate(_DRAWN.items())
    )


def _one_of(words: tuple[str, ...], which: str) -> str:
    """SQL for one of some words; ``which`` counts from 0."""
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"[{listed}][1 + ({which})::INTEGER]"


def _units() -> tuple[str, ...]:
    """A hundred names of units, each as often as in a hundred dossiers."""
    own = [f"UBND {unit.name}" for unit in load_place("sa_dec").own]
    return tuple(name for name, share in zip(own, _SHARES, strict=True) for _ in range(share))


def _procedures() -> tuple[str, ...]:
    return tuple(f"Thủ tục {at} về {_FIELDS[at % len(_FIELDS)].lower()}" for at in range(_PROCEDURES))


def _dates() -> str:
    """SQL for the three dates: one dossier in twenty is still open, and a few are finished after their due date."""
    return (
        f"DATE '{_FIRST}' + day AS received, DATE '{_FIRST}' + day + 3 + given AS due, "
        f"CASE WHEN open >= 5 AND day + took < {_DAYS} THEN DATE '{_FIRST}' + day + took * (3 + given) // 25 END AS finished"
    )


def _columns(dates: str) -> str:
    """SQL for the columns of the list, headed as the one-stop system heads them; ``dates`` says how a day is written."""
    procedure = f"(proc * proc * {_PROCEDURES} // 1000000)"  # some are asked for far more often than others
    person = f"{_one_of(_NAMES, 'name % 8')} || ' ' || {_one_of(_GIVEN, 'name % 6')} || ' ' || nr % 997"
    cells = {
        "Mã hồ sơ": "'H20.36-' || lpad(nr::VARCHAR, 9, '0')",
        "Họ tên chủ hồ sơ": person,
        "Tên thủ tục": _one_of(_procedures(), procedure),
        "Lĩnh vực": _one_of(_FIELDS, f"{procedure} % {len(_FIELDS)}"),
        "Số điện thoại": "'09' || lpad(phone::VARCHAR, 8, '0')",
        "Đơn vị": _one_of(_units(), "place"),
        "Hình thức nộp": _one_of(("Trực tiếp",) * 5 + ("Trực tuyến",) * 4 + ("Bưu chính",), "way"),
        "Ngày tiếp nhận": dates.format("received"),
        "Hạn trả": dates.format("due"),
        "Ngày kết thúc": dates.format("finished"),
        "Trạng thái": "CASE WHEN finished IS NULL THEN 'Đang xử lý' ELSE 'Đã trả kết quả' END",
        "Lệ phí": "CASE fee WHEN 0 THEN '0' ELSE '20000' END",
        "Thanh toán": "CASE WHEN fee = 0 THEN NULL WHEN pays < 4 THEN 'Trực tuyến' WHEN pays < 9 THEN 'Tiền mặt' END",
        "Địa chỉ": "'Số ' || house || ', đường Dữ Liệu Giả'",
        "Số CCCD": "'087' || lpad(identity::VARCHAR, 9, '0')",
        "Đánh giá": "CASE WHEN finished IS NULL OR rates < 60 THEN NULL WHEN rates < 97 THEN 'Hài lòng' ELSE 'Không hài lòng' END",
        "Ghi chú": "'SYNTHETIC'",
    }  # fmt: skip
    return ", ".join(f'{sql} AS "{heading}"' for heading, sql in cells.items())


def write(path: Path, rows: int, seed: int = 2022) -> Path:
    """Write a made-up list of ``rows`` dossiers; the name's ending says in which form.

    CSV has dates as 31/12/2022 in text, and is separated by semicolons; Parquet has them as dates.
    """
    is_csv = path.suffix == ".csv"
    dates = "strftime({}, '%d/%m/%Y')" if is_csv else "{}"
    form = "FORMAT csv, DELIMITER ';', HEADER" if is_csv else "FORMAT parquet, COMPRESSION zstd"
    made = f"SELECT nr, {_draws(seed)} FROM range({rows}) AS made(nr)"  # noqa: S608 - of our own words
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false; SET memory_limit = '2GB'")
        cells = f"SELECT {_columns(dates)} FROM (SELECT *, {_dates()} FROM ({made}))"  # noqa: S608 - of our own words
        database.execute(f"COPY ({cells}) TO '{path}' ({form})")
    return path


def main() -> None:
    """Write lists of a number of rows into a folder, in both forms."""
    parser = argparse.ArgumentParser(description="Make lists of dossiers, synthetic")
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2022)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for ending in ("csv", "parquet"):
        path = write(asked.folder / f"dossiers-{asked.rows}.{ending}", asked.rows, asked.seed)
        print(f"{path}: {asked.rows:,} dossiers, synthetic, {path.stat().st_size / 2**20:,.0f} MiB")


if __name__ == "__main__":
    main()
