"""Months around the real November to explore: made-up responses of the portal, and one that cannot be read."""

from __future__ import annotations

from responses import old_row, write

from sadec_analysis.intake.filing import Provenance, file_source

CITY, WARD_1 = "000.00.36.H20", "000.21.36.H20"


def add_month(root, folder, month, city="48.67", ward="61.3"):
    """File a response that holds the city and Phường 1 under ``month``."""
    rows = [
        old_row("UBND thành phố Sa Đéc", CITY, city, TDGQ="17.25"),
        old_row("UBND Phường 1 - Tỉnh Đồng Tháp", WARD_1, ward, TDGQ="15.5"),
    ]
    provenance = Provenance.checked("Phản hồi", "thử nghiệm", "2022-11-01", "synthetic")
    file_source(write(folder, {"data": rows}), month, provenance, root=root)


def add_unreadable(root, month):
    """A month whose list of sources is broken."""
    (root / "data" / "raw" / month).mkdir()
    (root / "data" / "raw" / month / "source.toml").write_text("[[file", encoding="utf-8")
