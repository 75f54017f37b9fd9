"""Recorded corrections: what a source prints, what is used instead or left out, why, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sadec_analysis.strict import build, read_toml


@dataclass(frozen=True)
class Correction:
    """One recorded correction; ``place`` and ``printed`` name the figure as the source has it."""

    source: str
    place: str
    indicator: str
    printed: str
    used: str
    reason: str
    status: str
    by: str


@dataclass(frozen=True)
class Withheld:
    """Words of a source that hold something personal, which is left out of all that is published."""

    source: str
    place: str
    reason: str
    by: str


@dataclass(frozen=True)
class Corrections:
    """``corrections.toml`` of a month."""

    correction: tuple[Correction, ...] = ()
    withheld: tuple[Withheld, ...] = ()


def read_corrections(path: Path) -> Corrections:
    """Read the corrections of a month; none where the file is absent."""
    return build(Corrections, read_toml(path), path.name) if path.is_file() else Corrections()
