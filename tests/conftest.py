"""What holds for all tests: property tests try the same cases every time, and may take their time.

A busy machine is no fault of a test.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")
