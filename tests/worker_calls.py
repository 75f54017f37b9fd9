"""What tests have worker processes do."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from sadec_analysis.errors import InputError


def double(number):
    return 2 * number


def refuse(name):
    raise InputError(name, "needs mending")


def stumble():
    return {}["nothing"]


def note(path, text):
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")
    return text


def die_once(path):
    """Die at the first call, do well at the second."""
    if not Path(path).exists():
        note(path, "died")
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def nap(seconds):
    time.sleep(seconds)
    return os.getpid()


def grow(megabytes):
    return os.getpid(), len(bytearray(megabytes << 20)) >> 20
