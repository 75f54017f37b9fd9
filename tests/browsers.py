"""The browser that tests drive."""

from __future__ import annotations

import os
import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium():
    """The path of a Chromium; without one the test is skipped, or fails where one is required."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None and os.environ.get("CI_REQUIRES_BROWSER") == "1":
        pytest.fail("CI_REQUIRES_BROWSER is set, but there is no chromium")
    return found or pytest.skip("no chromium on this machine")
