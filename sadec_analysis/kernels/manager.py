"""A kernel manager whose Python kernels are copies of the warm process; other kernels start as ever."""

from __future__ import annotations

import asyncio
import os
import sys
import uuid
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from sadec_analysis.kernels.server import CAN_FORK, Forked

_LAUNCHER = "ipykernel_launcher"
_LOOK = 0.005  # seconds


class WarmProvisioner(LocalProvisioner):
    """Asks the warm process for a copy where the standard one starts a program."""

    process: Forked | None = None  # type: ignore[assignment]

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork; what a kernel inherits is told in full."""
        argv = [_LAUNCHER, *cmd[cmd.index(_LAUNCHER) + 1 :]]
        env = dict(kwargs.get("env") or os.environ) | {"JPY_PARENT_PID": str(os.getpid())}
        forked = Forked(
            "sadec_analysis.kernels.forks:be_kernel", argv=argv, cwd=str(kwargs.get("cwd") or ""), env=env
        )
        self.process = forked
        self.pid = self.pgid = forked.pid
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the kernel's end without losing a tenth of a second to it."""
        code: int | None = 0
        while self.process and (code := self.process.poll()) is None:  # noqa: ASYNC110 - its end is an event of the system
            await asyncio.sleep(_LOOK)
        self.process = None
        return code


class WarmKernelManager(AsyncKernelManager):
    """Starts this Python's kernel as a copy of the warm process where the system can fork."""

    async def _async_pre_start_kernel(self, **kw: Any) -> Any:
        if self.provisioner is None and CAN_FORK and self._is_own_python():
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = WarmProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**kw)

    def _is_own_python(self) -> bool:
        argv = list(self.kernel_spec.argv) if self.kernel_spec else []
        return _LAUNCHER in argv and argv[0] in ("python", "python3", sys.executable)
