"""The official report (Nghị định 30/2020/NĐ-CP) as a Word document: the month's figures in the office's own form."""

from sadec_analysis.report.word import write_report

__all__ = ["write_report"]
