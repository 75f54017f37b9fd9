"""Exploring: months, units and figures chosen by hand, shown at once in the blocks a brief is made of."""

from __future__ import annotations

import os

from sadec_analysis.brief.show import show
from sadec_analysis.errors import InputError
from sadec_analysis.exploring.choice import VARIABLES, Choice, first_choice, months_present, warning
from sadec_analysis.exploring.results import view_of
from sadec_analysis.words import LANGUAGES, load_words

__all__ = ["VARIABLES", "Choice", "explore", "first_choice", "months_present", "view_of"]
# Jupyter's server gives it to the kernel of an open document; a notebook run by papermill has none.
_OPEN_DOCUMENT = "JPY_SESSION_NAME"


def explore(month: str, place: str, lang: str, root: str) -> None:
    """Display controls and what they choose; where nobody can use controls, the first choice alone.

    What cannot be read is told in a remark.
    """
    is_open = _OPEN_DOCUMENT in os.environ
    try:
        start = first_choice(month, place, lang, root, os.environ if is_open else None)
    except InputError as error:
        show(warning(load_words(lang if lang in LANGUAGES else LANGUAGES[0]), str(error)))
        return
    if not is_open:
        show(view_of(start))
        return
    from IPython.display import display

    from sadec_analysis.exploring.panel import panel

    display(panel(start))
