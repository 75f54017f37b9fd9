"""A made-up province: one response a month that lists many communes; every name and every source says so."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from pathlib import Path

from sadec_analysis.months import Month

MOST = {"CKMB": 18, "TDGQ": 20, "CLGQ": 12, "TTTT": 10, "MDHL": 18, "MDSH": 22}
NAME = "phan-hoi-minh-hoa.json"
SOURCE = """# Made up: no commune of these names exists.
[[file]]
name = "{name}"
kind = "portal"
title = "Phản hồi của Cổng Dịch vụ công quốc gia, tự tạo để minh họa"
provided_by = "người lập bộ phân tích"
received = {month}-28
sha256 = "{sha256}"
data = "synthetic"
note = "Mọi con số trong tệp này là dữ liệu minh họa."
"""


def write_province(root: Path, months: list[Month], communes: int, seed: int = 766) -> Path:
    """Write the months' responses below ``root``; totals are the sums of their parts, changes those between the months."""
    chance, before = random.Random(seed), dict[int, float]()
    for month in months:
        rows = [_row(number, before.get(number), chance) for number in range(communes)]
        before = {number: row["totalScore"] for number, row in enumerate(rows)}
        mean = round(sum(before.values()) / communes, 2)
        _write(root, month, {"overview": {"totalScore": mean}, "growthPercent": None, "evaluation": rows})
    return root


def _row(number: int, before: float | None, chance: random.Random) -> dict[str, object]:
    name = "phường Sa Đéc" if number == 0 else f"xã Minh họa {number:03}"
    parts = {code: round(most * chance.uniform(0.35, 1), 2) for code, most in MOST.items()}
    total = round(sum(parts.values()), 2)
    return {
        "departmentName": f"UBND {name} - Tỉnh Đồng Tháp",
        "departmentCode": f"H20.{901 + number}",
        "totalScore": total,
        "ratio": None,
        "scoreDelta": None if before is None else round(total - before, 2),
        "childGroup": "COMMUNE",
        "groupScores": parts,
    }


def _write(root: Path, month: Month, data: dict[str, object]) -> None:
    folder = root / "data" / "raw" / str(month)
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"code": "OK", "data": data}, ensure_ascii=False, indent=1).encode()
    (folder / NAME).write_bytes(content)
    told = SOURCE.format(name=NAME, month=month, sha256=hashlib.sha256(content).hexdigest())
    (folder / "source.toml").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    target, span, count = sys.argv[1:]
    print(write_province(Path(target), Month.span(span), int(count)))
