"""How a list of dossiers of many rows is counted: seconds and the most memory, in a process of its own.

    python benchmarks/dossiers.py 100000 1000000 10000000

The lists are made up and hold personal columns, as real ones do; they are deleted afterwards.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.reading.dossiers.reader import read_dossiers
from sadec_analysis.reading.observations import Observer
from sadec_analysis.rulebook import load_rulebook

HEADINGS = "Mã hồ sơ;Họ tên;Tên thủ tục;Lĩnh vực;Số điện thoại;Đơn vị;Hình thức nộp;Ngày tiếp nhận;Hạn trả;Ngày kết thúc;Lệ phí;Thanh toán;Địa chỉ;Đánh giá"
MONTH = Month(2022, 11)
_BLOCK = 50_000


def write(path: Path, rows: int) -> None:
    """Write a made-up list of ``rows`` dossiers received from 2021 to the end of the month."""
    chance = random.Random(rows)
    units = [unit.name for unit in load_place("sa_dec").own]
    days = [dt.date(2021, 1, 1) + dt.timedelta(days=day) for day in range(699)]
    texts = [day.strftime("%d/%m/%Y") for day in days]
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        for start in range(0, rows, _BLOCK):
            file.write(
                "".join(_row(at, chance, units, texts) for at in range(start, min(start + _BLOCK, rows)))
            )


def _row(at: int, chance: random.Random, units: list[str], days: list[str]) -> str:
    received, took, allowed = (
        int(chance.random() * 660),
        int(chance.random() * 30),
        5 + int(chance.random() * 20),
    )
    finished = days[min(received + took, 698)] if chance.random() < 0.95 else ""  # noqa: PLR2004 - one in twenty is open
    return (
        f"H20.36-{at:09};Người nộp {at};Thủ tục {at % 400};Lĩnh vực {at % 40};09{at % 10**8:08};UBND {units[at % len(units)]};"
        f"{('Trực tiếp', 'Trực tuyến', 'Bưu chính')[at % 3]};{days[received]};{days[min(received + allowed, 698)]};{finished};"
        f"{20_000 * (at % 2)};{('Trực tuyến', 'Tiền mặt')[at % 2]};Số {at % 999}, đường X;{('Hài lòng', '')[at % 2]}\n"
    )


def measure(path: Path) -> None:
    """Read a list and print what it took; run in a process of its own."""
    started = time.perf_counter()
    observer = Observer(path.name, MONTH, load_place("sa_dec"), load_rulebook(MONTH))
    read_dossiers(path, observer)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - started:7.1f} s  {most:7.0f} MiB  {len(observer.reading.figures)} figures")


def main(sizes: list[int]) -> None:
    """Measure lists of each size, one after another."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "dossiers.csv"
            write(path, size)
            print(f"{size:>12,} rows  {path.stat().st_size / 2**20:7.0f} MiB ", end="", flush=True)
            subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        measure(Path(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or [100_000, 1_000_000])
