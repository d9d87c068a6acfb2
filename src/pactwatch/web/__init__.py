"""The desk: a dossier as pages in a browser, served on this machine or written as a static site.

Comes in: a dossier's file, and who may look. Goes out: pages, each with a JSON twin. Pages ask the
store for what they show and for nothing more; no page asks another host for anything. The rooms:

    settings    who may look, by which names, within which bounds
    secrets     hashes of secrets; sessions; single-use tokens of forms; failed sign-ins
    guard       host, session, role and form token of each request; headers of each answer
    links       addresses of pages, served or written as files
    rendering   a page as HTML or JSON, tables as CSV
    views       what each page shows: functions from a connection to values
    app         routes
    publishing  the same pages as files
"""

from __future__ import annotations

from pactwatch.web.app import make_app, serve
from pactwatch.web.publishing import PublishReport, publish
from pactwatch.web.settings import Settings

__all__ = ["PublishReport", "Settings", "make_app", "publish", "serve"]
