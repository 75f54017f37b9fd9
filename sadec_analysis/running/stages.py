"""A month being made: its folder, from the first file to the moment it is put in place."""

from __future__ import annotations

import contextlib
from contextlib import AbstractContextManager
from typing import Self

from sadec_analysis.locks import held
from sadec_analysis.placing import staged, swept, written
from sadec_analysis.running.edited import carry_over
from sadec_analysis.running.parameters import Parameters


class Stage(AbstractContextManager["Stage"]):
    """A month being made, held against other runs: put in place when all is done, dropped when anything fails."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._open = contextlib.ExitStack()
        self.is_open = False

    def __enter__(self) -> Self:
        tree, month = self.parameters.tree, self.parameters.month
        outputs = tree.outputs(month)
        with contextlib.ExitStack() as opening:
            opening.enter_context(held(tree, month))
            for left in (outputs, tree.processed(month)):
                swept(left)
            self.folder = opening.enter_context(staged(outputs))
            self._open = opening.pop_all()
        self.is_open = True
        return self

    def put(self) -> None:
        """Put the folder in place, with what people changed in the one there was; raises InputError where that cannot be."""
        outputs = self.parameters.tree.outputs(self.parameters.month)
        with written(outputs):
            carry_over(outputs, self.folder)
        self.is_open = False
        self._open.close()

    def __exit__(self, *_: object) -> None:
        if self.is_open:
            self.is_open = False
            with contextlib.suppress(_Dropped):
                self._open.__exit__(_Dropped, _Dropped(), None)


class _Dropped(Exception):  # noqa: N818 - says what happens to a folder, is never seen
    """A month that is not to be put in place."""
