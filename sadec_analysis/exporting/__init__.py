"""Exporting: any executed notebook, an analyst's own too, as one HTML page and as PDF.

A notebook becomes a list of parts, plain data that hold no markup of their own: ``title``, ``prose``, ``list``,
``citation``, ``rule``, ``code``, ``output``, ``table``, ``image``, ``formula`` and ``block`` (one of the suite's).
Both formats are made from the same parts, so they have the same content in the same order.
"""
