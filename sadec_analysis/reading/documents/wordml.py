"""The elements of a Word file: what of them shows when all tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.reading.documents.trees import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = ("0", "false", "off", "none")
# Deleted or moved away, field instructions, and properties, whose tab stops look like tabs.
_DROPPED = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}


def path_of(*names: str) -> str:
    """Make a path of elements in Word's namespace, for ``find``."""
    return "/".join(f"{W}{name}" for name in names)


def value(element: Element, *names: str) -> str | None:
    """Return the ``w:val`` of the element at a path below ``element``, None where it stands nowhere."""
    found = element.find(path_of(*names))
    return None if found is None else found.get(f"{W}val")


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether run properties turn ``name`` (b, vanish) on or off; None where they say nothing."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


def visible(element: Element) -> Iterator[Element]:
    """Yield the children that show, and of alternatives (text boxes are stored twice) only the first."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            choices = (child.find(f"{_MC}{name}") for name in ("Choice", "Fallback"))
            yield from [choice for choice in choices if choice is not None][:1]
        elif child.tag not in _DROPPED:
            yield child


def nearest(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements named so inside ``element``, through content controls and the like, in order."""
    tags = {f"{W}{name}" for name in names}
    for child in visible(element):
        if child.tag in tags:
            yield child
        else:
            yield from nearest(child, *names)


def is_gone(properties: Element | None) -> bool:
    """Whether a row or a paragraph mark is deleted, moved away or hidden."""
    if properties is None:
        return False
    is_struck = any(properties.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
    return is_struck or switch(properties, "vanish") is True
