"""A dossier as a static site.

Comes in: a dossier and a folder. Goes out: files, and a report of them. The rooms:

    site     which pages, tables and charts are written, and in which order
    folder   what of ours lies in the folder, what is written and what is removed
    gone     addresses of records that are part of others now
    tables   what the site's script filters tables by
    index    what it searches
"""

from __future__ import annotations

from pactwatch.web.publishing.site import PublishReport, publish

__all__ = ["PublishReport", "publish"]
