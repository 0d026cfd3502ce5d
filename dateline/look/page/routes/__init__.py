"""Addresses: one module for each group of pages."""

from dateline.look.page.routes import add, reading, review, settings, signing

__all__ = ["ROUTERS"]

ROUTERS = (add.router, reading.router, review.router, settings.router, signing.router)
