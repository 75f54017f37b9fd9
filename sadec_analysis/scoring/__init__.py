"""Counts to points, points to totals, totals to grades and ranks: pure and exact.

Each sub-score is rounded half up and then summed, as the portal does (reproduced from
its published rows); halves are decided on whole numbers. What is unknown stays unknown.
"""

from sadec_analysis.scoring.columns import competition_ranks, grades_column, points_column, totals
from sadec_analysis.scoring.points import Number, Score, decimal, points, points_of_rate, score
from sadec_analysis.scoring.totals import UnitScore, grade_of, total, unit_score

__all__ = [
    "Number", "Score", "UnitScore", "competition_ranks", "decimal", "grade_of", "grades_column", "points",
    "points_column", "points_of_rate", "score", "total", "totals", "unit_score",
]  # fmt: skip
