"""Papermill's engines with warm kernels: ``papermill --engine sadec-warm``.

Papermill, when imported, looks up the engines that packages offer, this one too; so it comes first.
"""

import papermill.engines  # noqa: F401 - see above

from sadec_analysis.kernels.engines.warm import NAME, ForkedEngine, PooledEngine, WarmEngine

__all__ = ["NAME", "ForkedEngine", "PooledEngine", "WarmEngine"]
