"""Addresses: one module for each group of pages."""

from dateline.look.page.routes import reading, review, settings, signing

__all__ = ["ROUTERS"]

ROUTERS = (reading.router, review.router, settings.router, signing.router)
