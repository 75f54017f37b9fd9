"""What looks like a citizen's address or number in a text: it is not published unless the place file allows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_APART = re.compile(r"[ .()-]")
_FORMS = {
    "an e-mail address": re.compile(r"[\w.+-]{1,64}@[\w-]+\.[\w.-]*\w"),
    "an identity number": re.compile(
        r"(?<![\d.,a-f])\d{12}(?![\d.,]*\d|[a-f])"  # not in a fingerprint, whose letters end at f
        r"|(?<=(?i:cmnd|cccd))\D{0,20}\d{9}(?:\d{3})?(?!\d)|(?<=(?i:cmtnd))\D{0,20}\d{9}(?!\d)"
    ),
    "a phone number": re.compile(
        r"(?<![\d.,/-])(?:\+84|\(?0)[ .-]?(?:[35789]\d|2\d{2}\)?)(?:[ .-]?\d){7}(?![\d.,]*\d)"
    ),
}
MASK = "[…]"


class Sighting(NamedTuple):
    """What was seen: its kind, and the characters that tell it from others of its kind."""

    kind: str
    key: str


def sightings(text: str) -> Iterator[Sighting]:
    """Yield what in a text looks like an e-mail address, an identity number or a phone number.

    >>> [seen.kind for seen in sightings("Gọi 0912 345 678, số 079123456789, 1.064 hồ sơ, 61,54%, 000.27.36.H20")]
    ['an identity number', 'a phone number']
    """
    for kind, form in _FORMS.items():
        for found in form.finditer(text):
            yield Sighting(kind, _APART.sub("", found[0].casefold()))


def allowed_by(texts: Iterable[str]) -> frozenset[str]:
    """What may be published because these texts name it, however it is spaced."""
    return frozenset(seen.key for text in texts for seen in sightings(text))


def kinds_in(text: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """The kinds of what a text holds beyond what is allowed, each once."""
    return list(dict.fromkeys(seen.kind for seen in sightings(text) if seen.key not in allowed))


def masked(text: str) -> str:
    """Return a text with everything that looks personal left out.

    >>> masked("Liên hệ 0912.345.678 hoặc a.b@example.com")
    'Liên hệ […] hoặc […]'
    """
    for form in _FORMS.values():
        text = form.sub(MASK, text)
    return text
