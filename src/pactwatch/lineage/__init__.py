"""Documents and quoted statements traced to the independent accounts behind them."""

from __future__ import annotations

from pactwatch.lineage.accounts import Accounts, trace

__all__ = ["Accounts", "trace"]
