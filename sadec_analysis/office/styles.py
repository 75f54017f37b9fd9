"""Styles of a Word document, found by name."""

from __future__ import annotations

import functools
from typing import Any


def remember_styles(document: Any) -> None:
    """Look each style up once: the library searches all of them for every paragraph. No style may be added later."""
    part = document.part
    part.get_style_id = functools.cache(part.get_style_id)
