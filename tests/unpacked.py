"""All that a written file holds, whatever it is packed in: to look for what must not be in it."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pikepdf
import pypdf


def unpacked(name: str, data: bytes) -> bytes:
    """The bytes of a file with those of its parts, its tables as text and its pages as a reader copies them."""
    if name.endswith(".parquet"):
        return data + pd.read_parquet(io.BytesIO(data)).to_csv().encode()
    if name.endswith(".pdf"):
        return data + _streams(data) + _pages(data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [part.encode() + unpacked(part, package.read(part)) for part in package.namelist()]
        return data + b"\n".join(parts)
    return data


def _streams(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        held = io.BytesIO()
        document.save(held, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return held.getvalue()


def _pages(data: bytes) -> bytes:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).encode()
