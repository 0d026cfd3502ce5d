"""The page: the ledger in a browser.

``create_app`` makes a FastAPI application. Its rooms: ``views`` asks the ledger and returns what a page
shows as typed dataclasses, ``routes`` gives each view its address, its JSON and its CSV, ``templates``
turns views into HTML that works and prints without a script, ``static`` holds the style sheet and the modules.
"""

from dateline.look.page.app import create_app
from dateline.look.page.settings import Settings

__all__ = ["Settings", "create_app"]
