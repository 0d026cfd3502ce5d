"""Addresses: one module for each group of pages."""

from dateline.look.page.routes import reading, settings

__all__ = ["ROUTERS"]

ROUTERS = (reading.router, settings.router)
