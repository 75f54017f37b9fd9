"""The engines: kernels forked, or kept in a pool."""

from __future__ import annotations

from typing import Any

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine

from sadec_analysis.kernels import pool
from sadec_analysis.kernels.manager import WarmKernelManager
from sadec_analysis.kernels.server import CAN_FORK

NAME = "sadec-warm"


class PooledEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """The stock engine on kernels that are kept and made new for each notebook, for systems that cannot fork."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        **options: Any,
    ) -> Any:
        """Execute as the stock engine does, with its options."""
        given = {
            name: value
            for name, value in options.items()
            if name not in ("input_path", "timeout", "startup_timeout")
        }
        timeout = execution_timeout or options.get("timeout")
        with pool.kernel(kernel_name) as manager:
            client = PapermillNotebookClient(
                nb_man,
                km=manager,
                kernel_name=kernel_name,
                timeout=timeout,
                startup_timeout=start_timeout,
                **given,
            )
            try:
                done = client.execute()
            except BaseException:
                client._cleanup_kernel()  # noqa: SLF001 - as the stock engine ends its own; what it still says is kept
                raise
            client.kc.stop_channels()
            return done

    @staticmethod
    def end() -> None:
        """Shut idle kernels down."""
        pool.end_all()


class ForkedEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """The stock engine, whose kernels are copies of a process that has imported everything."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Execute as the stock engine does, with its options, and the same results."""
        return super().execute_managed_notebook(
            nb_man, kernel_name, kernel_manager_class=WarmKernelManager, **options
        )


WarmEngine = ForkedEngine if CAN_FORK else PooledEngine
