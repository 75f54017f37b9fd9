"""Pictures of a notebook: checked, freed of everything active, with their size."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree
from PIL import Image

Json = dict[str, Any]
_LARGEST = 20_000_000  # bytes, and pixels
_DATA = re.compile(r"data:image/(png|jpeg|gif|svg\+xml);base64,([A-Za-z0-9+/=\s]+)")
_ENDINGS = {".png", ".jpg", ".jpeg", ".gif", ".svg"}
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = {
    "script", "foreignObject", "iframe", "animate", "set", "animateTransform", "animateMotion", "a", "style",
}  # fmt: skip


def picture(content: bytes, alt: str) -> Json | None:
    """Return a part of kind ``image`` with the picture as a data URI, its size and itself as SVG; None where it is none."""
    if len(content) > _LARGEST:
        return None
    return _vector(content, alt) if b"<svg" in content[:2000] else _raster(content, alt)


def encoded(text: str | list[str]) -> bytes:
    """Return what an output of a picture holds as text; empty where it is not base64."""
    try:
        return base64.b64decode("".join(text), validate=False)
    except (binascii.Error, ValueError):
        return b""


def found(url: str, attachments: Json, folder: Path | None) -> bytes:
    """Return the bytes a markdown picture names: an attachment, a data URI, or a file under the notebook's folder; else none."""
    if url.startswith("attachment:"):
        bundle = attachments.get(unquote(url.removeprefix("attachment:")), {})
        return next((encoded(data) for kind, data in bundle.items() if kind.startswith("image/")), b"")
    if written := _DATA.fullmatch(url):
        return encoded(written[2])
    if folder is None or ":" in url or Path(unquote(url)).suffix.lower() not in _ENDINGS:
        return b""
    path = (folder / unquote(url)).resolve()
    is_inside = path.is_relative_to(folder.resolve()) and path.is_file()
    return path.read_bytes() if is_inside and path.stat().st_size <= _LARGEST else b""


def _raster(content: bytes, alt: str) -> Json | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
            if image.width * image.height > _LARGEST:
                return None
            image.load()
    except Exception:  # noqa: BLE001 - decoders raise many kinds; whatever is no picture is left out
        return None
    kind = "jpeg" if image.format == "JPEG" else "png"
    if image.format not in ("PNG", "JPEG"):
        stream = io.BytesIO()
        image.convert("RGBA").save(stream, "PNG")
        content = stream.getvalue()
    uri = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    size = f'width="{image.width}" height="{image.height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{uri}"/></svg>'
    return {"kind": "image", "uri": uri, "svg": svg, "alt": alt, "width": image.width}


def _vector(content: bytes, alt: str) -> Json | None:
    """A drawing without scripts, events, links, styles and anything fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{_SVG}svg":
        return None
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname in _ACTIVE:
            _remove(element)
            continue
        for name, value in list(element.attrib.items()):
            if _is_active(etree.QName(name).localname, value):
                del element.attrib[name]
    svg = etree.tostring(root, encoding="unicode")
    uri = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    return {"kind": "image", "uri": uri, "svg": svg, "alt": alt, "width": _width(root)}


def _is_active(name: str, value: str) -> bool:
    """Whether an attribute runs or fetches something; a raster picture inside the drawing, as heat maps have, does not.

    >>> _is_active("href", "data:image/png;base64,iVBO"), _is_active("href", "https://example.com/a.png")
    (False, True)
    """
    if name == "href":
        written = _DATA.fullmatch(value)
        return not value.startswith("#") and not (written and written[1] != "svg+xml")
    return name.startswith("on") or bool(re.search(r"url\(\s*['\"]?(?!#)", value))


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _width(root: Any) -> float:
    """The width in pixels a drawing asks for; a page's width where it does not say."""
    written = re.fullmatch(r"([\d.]+)(pt|px|)", root.get("width", ""))
    box = root.get("viewBox", "").replace(",", " ").split()
    if written:
        return float(written[1]) * (4 / 3 if written[2] == "pt" else 1)
    return float(box[2]) if len(box) == 4 and re.fullmatch(r"[\d.]+", box[2]) else 700.0  # noqa: PLR2004 - x, y, width, height
