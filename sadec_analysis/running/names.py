"""The suite's notebooks, by name."""

FIRST = "01_source"
ANALYSES = ("02_scores", "03_on_time", "04_online", "05_satisfaction", "06_digitisation", "07_change")
BRIEF = "brief"
NAMES = (FIRST, *ANALYSES, BRIEF)
