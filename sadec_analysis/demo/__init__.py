"""A made-up year: months of known truth, to try the suite with and to test it against."""

from sadec_analysis.demo.writing import LABEL, TRUTH, write_demo

__all__ = ["LABEL", "TRUTH", "write_demo"]
