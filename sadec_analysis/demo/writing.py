"""The made-up year as a tree of its own: raw months, the rules it is scored under, and the truth about it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sadec_analysis.demo import sources
from sadec_analysis.demo.counts import draw
from sadec_analysis.demo.planted import CAUSES, CITY, CONTRADICTIONS, OFFICE, Cause, Contradiction
from sadec_analysis.errors import InputError
from sadec_analysis.intake.filing import entry
from sadec_analysis.months import Month
from sadec_analysis.places import SourceKind, load_place, require_valid_in
from sadec_analysis.placing import staged
from sadec_analysis.reading.month import SourceFile
from sadec_analysis.rulebook import FOLDER, Rulebook, read_rulebook

LABEL = "DỮ LIỆU MINH HỌA"
TRUTH = "truth.json"
PLACE = "sa_dec"
_RULES, _BASE = "minh-hoa", "qd766-2026"
_ABOUT = "Quy tắc thấy năm 2026, dùng cho dữ liệu minh họa"
_FILES: dict[str, SourceKind] = {"phan-hoi-minh-hoa.json": "portal", "dossiers-minh-hoa.csv": "dossiers"}


def write_demo(target: Path, year: int = 2024, seed: int = 766) -> Path:
    """Write a made-up year of the city of Sa Đéc as a root of its own at ``target``, whole or not at all; return it.

    An earlier one is replaced. Raises InputError for a folder that holds anything else, and for a
    year in which the city did not exist. The same year and seed give the same bytes.
    """
    place = load_place(PLACE)
    for number in (1, 12):
        require_valid_in(place, Month(year, number))
    if target.exists() and (
        not target.is_dir() or (any(target.iterdir()) and not (target / TRUTH).is_file())
    ):
        raise InputError(
            target, "is not a made-up year, and is not replaced", expected=f"a folder with {TRUTH}, or none",
            remedy="choose another root",
        )  # fmt: skip
    with staged(target) as folder:
        rulebook = _write_rules(folder / "data" / "rulebooks", year)
        _write_months(folder / "data" / "raw", year, seed, rulebook)
        truth = {
            "label": LABEL,
            "year": year,
            "seed": seed,
            "planted": [*_causes(year), *_contradictions(year)],
        }
        _write(folder / TRUTH, json.dumps(truth, ensure_ascii=False, indent=1) + "\n")
    return target


def _write_rules(folder: Path, year: int) -> Rulebook:
    """The rules seen in 2026, valid in the made-up year alone: those of that year are not established."""
    text = (FOLDER / f"{_BASE}.toml").read_text(encoding="utf-8")
    for key, value in (
        ("id", f'"{_RULES}"'), ("title_vi", f'"{_ABOUT}"'), ("title_en", '"Rules seen in 2026, for made-up data"'),
        ("valid_from", f"{year}-01-01"), ("valid_until", f"{year}-12-31"), ("valid_source", f'"{_ABOUT}"'),
    ):  # fmt: skip
        text = re.sub(rf"^{key} = .*$", f"{key} = {value}", text, count=1, flags=re.MULTILINE)
    _write(folder / f"{_RULES}.toml", text)
    return read_rulebook(folder / f"{_RULES}.toml")


def _write_months(folder: Path, year: int, seed: int, rulebook: Rulebook) -> None:
    place, before = load_place(PLACE), sources.totals(draw(0, rulebook, seed), rulebook)
    for number in range(1, 13):
        month, drawn = Month(year, number), draw(number, rulebook, seed)
        misprints = [each for each in CONTRADICTIONS if each.month == number]
        texts = {
            "phan-hoi-minh-hoa.json": sources.response(drawn, before, place, rulebook, misprints),
            "dossiers-minh-hoa.csv": sources.dossiers(drawn, month, place, seed),
            "narrative.md": sources.narrative(rulebook),
        }
        texts["source.toml"] = "\n".join(_entry(name, texts[name], month) for name in _FILES)
        for name, text in texts.items():
            _write(folder / str(month) / name, text)
        before = sources.totals(drawn, rulebook)


def _entry(name: str, text: str, month: Month) -> str:
    due = month.plus(1)
    source = SourceFile(
        name=name, kind=_FILES[name], title=f"{LABEL}: tệp tự tạo", provided_by="bộ phân tích", data="synthetic",
        received=dt.date(due.year, due.number, 5), sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    return f'{entry(source)}note = "Không phải số liệu của Sa Đéc."\n'


def _causes(year: int) -> list[dict[str, Any]]:
    return [_cause(each, year) for each in CAUSES]


def _cause(each: Cause, year: int) -> dict[str, Any]:
    units = [CITY if unit == OFFICE else unit for unit in each.units]
    return {
        "month": str(Month(year, each.first)), "ends": str(Month(year, each.end)) if each.end else None, "kind": "cause",
        "criterion": each.moves[0].partition(".")[0], "indicator": each.moves[0], "moves": list(each.moves), "units": units,
        "through": each.through, "why": asdict(each.why),
    }  # fmt: skip


def _contradictions(year: int) -> list[dict[str, Any]]:
    return [_contradiction(each, year) for each in CONTRADICTIONS]


def _contradiction(each: Contradiction, year: int) -> dict[str, Any]:
    return {
        "month": str(Month(year, each.month)), "kind": "contradiction", "check": each.check, "units": [each.unit],
        "key": each.key, "by": each.by, "why": asdict(each.why),
    }  # fmt: skip


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
