"""Display blocks in a notebook, one output each."""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import display

from sadec_analysis.blocks import Block


def show(*blocks: Block | Iterable[Block]) -> None:
    """Display blocks in the order given, lists of blocks included."""
    for block in blocks:
        if isinstance(block, Block):
            display(block)
        else:
            show(*block)
