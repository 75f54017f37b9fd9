"""Analyses: what changed, in figures and never in charts."""
