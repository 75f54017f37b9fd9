"""A drawing of matplotlib's as one small SVG element: the same picture, without what says nothing."""

from __future__ import annotations

import re

_UNUSED = re.compile(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-\d+)?")
_UNTURNED = re.compile(r' transform="rotate\(-?0(?: [^)]*)?\)"')
_NOTHING = re.compile(r'<path d="[^"]*" style="fill: none"/>|<defs></defs>|<g/>')
_GROUP = re.compile(r"<g\b[^>]*>|</g>")
_ID = re.compile(r'(\bid="|xlink:href="#|url\(#)([^")]+)')
_PATH = re.compile(r'<path\b([^>]*?) d="([^"]*)"([^>]*)/>')
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_CIRCLE = "MCCCCCCCCz"  # eight curves, from the lowest point
_ALMOST = 1e-3
Step = tuple[str, tuple[float, ...]]


def compact(drawn: str, name: str, family: str, fallback: str) -> str:
    """Return the SVG element of a drawing: text as text in one ``family``, ids that begin with ``name``.

    Numbers keep two decimals, a hundredth of a pixel.
    """
    body = _UNUSED.sub("", drawn[drawn.index("<svg") :])
    body = re.sub(r'<g id="[^"]*"', "<g", body)  # nothing refers to groups
    body = _UNTURNED.sub("", _with_own_ids(re.sub(r">\s+<", "><", body).strip(), name))
    body = _without_bare_groups(_NOTHING.sub("", body))
    body = _TAG.sub(
        lambda tag: _LONG.sub(lambda number: short(float(number[0])), tag[0]), _PATH.sub(_shape, body)
    )
    body = re.sub(rf"""font-family: '{family}'(?:; |(?="))""", "", body)
    body = re.sub(r'<svg([^>]*?) width="[^"]*" height="[^"]*"', r"<svg\1", body, count=1)
    look = f"""stroke-linejoin="round" stroke-linecap="butt" style="font-family: '{family}', {fallback}" """
    return body.replace("<svg ", f"<svg {look}", 1)


def short(number: float) -> str:
    """Write a number with at most two decimals.

    >>> short(152.666667), short(-0.0001), short(200)
    ('152.67', '0', '200')
    """
    return f"{round(number, 2) + 0:.2f}".rstrip("0").rstrip(".")


def _with_own_ids(body: str, name: str) -> str:
    """Number the ids, so that they are short and no other drawing of a page has them."""
    known: dict[str, int] = {}

    def renamed(tag: re.Match[str]) -> str:
        return _ID.sub(lambda used: f"{used[1]}{name}-{known.setdefault(used[2], len(known) + 1)}", tag[0])

    return _TAG.sub(renamed, body)


def _without_bare_groups(body: str) -> str:
    """Drop groups that have no attribute.

    >>> _without_bare_groups('<g><g clip-path="url(#a)"><g><path/></g></g></g>')
    '<g clip-path="url(#a)"><path/></g>'
    """
    opened: list[str] = []

    def kept(tag: re.Match[str]) -> str:
        if tag[0].startswith("</"):
            return "" if opened.pop() == "<g>" else tag[0]
        if not tag[0].endswith("/>"):
            opened.append(tag[0])
        return tag[0].removeprefix("<g>")

    return _GROUP.sub(kept, body)


def _shape(path: re.Match[str]) -> str:
    steps = [(step, tuple(map(float, numbers.split()))) for step, numbers in _STEP.findall(path[2])]
    return (
        f"<circle{path[1]} {circle}{path[3]}/>"
        if (circle := _circle(steps))
        else f'<path{path[1]} d="{_line(steps)}"{path[3]}/>'
    )


def _circle(steps: list[Step]) -> str:
    """Describe the circle that a path draws; nothing where it draws another shape."""
    if "".join(step for step, _ in steps) != _CIRCLE:
        return ""
    ends = [numbers[-2:] for _, numbers in steps[:-1]]
    x, y = ends[0][0], ends[2][1]
    radius = ends[2][0] - x
    is_round = all(
        abs((each - x) ** 2 + (other - y) ** 2 - radius**2) < _ALMOST * radius for each, other in ends
    )
    return f'cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"' if is_round else ""


def _line(steps: list[Step]) -> str:
    """Write a path, with lines along an axis as such."""
    written = ""
    at: tuple[float, ...] = ()
    for step, numbers in steps:
        if step == "L" and at and short(numbers[1]) == short(at[1]):
            written += f"H{short(numbers[0])}"
        elif step == "L" and at and short(numbers[0]) == short(at[0]):
            written += f"V{short(numbers[1])}"
        else:
            written += step + " ".join(map(short, numbers))
        at = numbers[-2:]
    return written
