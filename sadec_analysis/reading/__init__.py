"""Readers: one module per kind of source; the only room that opens data/raw."""
