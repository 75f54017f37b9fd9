"""Files that are broken or made to hurt, by the bytes."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile

from conftest import REPOSITORY

REPORT = (REPOSITORY / "data" / "raw" / "2022-11" / "bao-cao-2022-11.md").read_text(encoding="utf-8")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
PASSWORD = OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n else "") + ";"}">' for n in range(20))
    + "]><x>&a19;</x>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def archive(parts):
    """A zip of named parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return held.getvalue()


def workbook(sheet=None, **parts):
    """The least of an .xlsx: one sheet, given as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = sheet or f'<worksheet xmlns="{main}"><sheetData/></worksheet>'
    given = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }  # fmt: skip
    return archive(given | parts)


def cells(*references):
    """A sheet with a value in each cell named."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = "".join(
        f'<row r="{reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{reference}"><v>1</v></c></row>'
        for reference in references
    )
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'


def bomb(main_part, copies=3000):
    """An archive of 2 MiB parts of zeros that unpacks to gigabytes."""
    held = io.BytesIO()
    block = bytes(2**20)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(main_part, "<x/>")
        for number in range(copies // 300):
            with made.open(f"xl/media/{number}.bin", "w", force_zip64=True) as part:
                for _ in range(300):
                    part.write(block)
    return held.getvalue()


def lying_sizes(data):
    """The same archive, its parts declared larger than all that may be unpacked."""
    changed, at = bytearray(data), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", 2**31 - 1)
        at += 4
    return bytes(changed)


def windows_1258(text):
    """Vietnamese as Windows-1258 writes it: tones as letters of their own behind the vowel."""
    written = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone))
        written.append(base + tone)
    return "".join(written).encode("cp1258", errors="replace")


TCVN3 = "B¸o c¸o th¸ng 11 n¨m 2022: tæng sè hå s¬ qu¸ h¹n lµ 44, tr¶ ®óng h¹n ®¹t 61,54%".encode("latin-1")
VNI = "Baùo caùo thaùng 11 naêm 2022: toång soá hoà sô quaù haïn, traû ñuùng haïn ñaït 61,54%".encode(
    "latin-1"
)
