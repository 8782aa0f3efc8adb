"""A pytest plugin: the kernels of nbval talk over socket files, not over network ports.

A port is picked while it is free and bound by the kernel a moment later. When another program takes it in between, the
kernel lives but is never heard, and a whole run fails for it. Windows has no such files and keeps its ports.
"""

import os
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import nbval.kernel
from jupyter_client.manager import KernelManager

SOCKETS = TemporaryDirectory(prefix="kernels-")  # gone when the run ends
NUMBERS = count()


def manage_kernel(**settings: object) -> KernelManager:
    """A kernel's manager with socket files of its own; their path is absolute, since a kernel runs beside its notebook."""
    return KernelManager(transport="ipc", ip=str(Path(SOCKETS.name) / f"{next(NUMBERS)}"), **settings)


if os.name == "posix":
    nbval.kernel.KernelManager = manage_kernel
