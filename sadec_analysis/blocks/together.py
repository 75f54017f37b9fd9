"""Names that a line never splits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from sadec_analysis.blocks import MIME

if TYPE_CHECKING:  # slow to import
    from nbformat import NotebookNode

_NO_BREAK = "\u00a0"
_NOT_WORDS = ("kind", "name", "svg", "role", "tone")  # keys of a block that hold no sentence


def keep_together(notebook: NotebookNode, names: Iterable[str]) -> NotebookNode:
    """Return a copy of an executed notebook in whose blocks no line can break inside one of ``names``."""
    kept = deepcopy(notebook)
    pattern = _pattern(names)
    for cell in kept.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                output["data"][MIME] = _kept(output["data"][MIME], pattern)
    return kept


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, the longest first: "xã Tân Quy Tây" before "Tân Quy Tây"."""
    longest = sorted({name for name in names if " " in name}, key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b" if longest else r"(?!)", re.IGNORECASE)


def _kept(content: Any, pattern: re.Pattern[str]) -> Any:
    r"""Join the words of the names in every sentence.

    >>> _kept({"kind": "text", "text": ["An Hòa và Tân Quy Tây"]}, _pattern(["An Hòa", "Tân Quy Tây"]))
    {'kind': 'text', 'text': ['An\xa0Hòa và Tân\xa0Quy\xa0Tây']}
    """
    if isinstance(content, str):
        return pattern.sub(lambda name: name[0].replace(" ", _NO_BREAK), content)
    if isinstance(content, (list, tuple)):
        return [_kept(each, pattern) for each in content]
    if isinstance(content, dict):
        return {key: value if key in _NOT_WORDS else _kept(value, pattern) for key, value in content.items()}
    return content
