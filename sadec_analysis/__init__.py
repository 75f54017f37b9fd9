"""Monthly analysis of the public-service index of Sa Đéc (Quyết định 766/QĐ-TTg)."""

__version__ = "0.1.0"
