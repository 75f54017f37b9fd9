"""Rulebooks: what the index scores in a period, as dated data with its evidence."""

from sadec_analysis.rulebook.book import Rulebook
from sadec_analysis.rulebook.loading import FOLDER, load_reference, load_rulebook, read_rulebook
from sadec_analysis.rulebook.rules import Criterion, Evidence, Grade, Rounding, Rule, Target

__all__ = [
    "FOLDER", "Criterion", "Evidence", "Grade", "Rounding", "Rule", "Rulebook", "Target", "load_reference",
    "load_rulebook", "read_rulebook",
]  # fmt: skip
