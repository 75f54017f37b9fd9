"""The styles of a Word file, each with those it is based on."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.reading.documents.trees import Element
from sadec_analysis.reading.documents.wordml import W, switch, value


class Styles:
    """Looks up what styles say: whether they turn bold on, which list they belong to."""

    def __init__(self, root: Element) -> None:
        self._by_id = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
        self._default = next((name for name, style in self._by_id.items() if _is_default(style)), None)
        self._known: dict[tuple[str | None, str], bool] = {}

    def chain(self, name: str | None) -> Iterator[Element]:
        """Yield a style and those it is based on, nearest first; a circle ends where it closes."""
        seen = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            name = value(self._by_id[name], "basedOn")

    def of_paragraph(self, paragraph: Element) -> str | None:
        """Return the id of a paragraph's style: its own, or the default one."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def is_on(self, run: Element, paragraph_style: str | None, name: str) -> bool:
        """Whether a run is bold (b) or hidden (vanish): as it says itself, or else as its styles say.

        Where both the paragraph's and the run's style turn it on, Word turns it off again.
        """
        own = switch(run.find(f"{W}rPr"), name)
        if own is not None:
            return own
        return self._turns_on(paragraph_style, name) != self._turns_on(value(run, "rPr", "rStyle"), name)

    def _turns_on(self, style: str | None, name: str) -> bool:
        if (style, name) not in self._known:
            said = (switch(each.find(f"{W}rPr"), name) for each in self.chain(style))
            self._known[style, name] = next((each for each in said if each is not None), False)
        return self._known[style, name]

    def list_of(self, style: str | None) -> tuple[str | None, str | None, str | None]:
        """Return the list, its level and the style itself, of the nearest style that names a list."""
        for each in self.chain(style):
            if (number := value(each, "pPr", "numPr", "numId")) is not None:
                return number, value(each, "pPr", "numPr", "ilvl"), each.get(f"{W}styleId")
        return None, None, None


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
