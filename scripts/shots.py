"""Take pictures of the page: ``python -m scripts.shots LEDGER FOLDER [PATH…]``.

Each path at 1280 px in light and 390 px in dark, and the other way round with ``--all``; needs Chromium. A path may
have a name for its files before it: ``incident@/incidents/021d0b8b1fda``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from dateline.look.page import Settings, create_app

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
PATHS = ("/", "/timeline", "/map", "/disputes")


def chromium() -> str | None:
    """Where the system's Chromium is."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("DATELINE_CHROMIUM") or next(filter(None, found), None)


@contextmanager
def served(ledger: Path, settings: Settings) -> Iterator[str]:
    """The page of a ledger at an address of its own, in a thread."""
    from dateline.look.page.serving import run_until  # noqa: PLC0415

    started: Queue[tuple[str, uvicorn.Server]] = Queue()
    app = create_app(ledger, settings)
    thread = threading.Thread(target=run_until, args=(app, started), daemon=True)
    thread.start()
    address, server = started.get(timeout=20)
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


def shoot(opened: Browser, address: str, paths: list[str], folder: Path, *, every: bool) -> None:
    """Write one picture for each path, width and theme."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, theme in [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")][: 4 if every else 2]:
        page = opened.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
        for given in paths:
            name, _, path = given.rpartition("@")
            page.goto(address.rstrip("/") + path, wait_until="networkidle")
            if page.query_selector("#map, #place-map"):
                page.wait_for_selector(".map-live", timeout=30_000)
                page.wait_for_timeout(1500)  # the map fades in
            name = name or path.strip("/").partition("?")[0].replace("/", "-") or "overview"
            page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
            print(folder / f"{name}-{width}-{theme}.png")
        page.close()


def main() -> None:
    """Read the arguments, serve, shoot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("paths", nargs="*", default=list(PATHS))
    parser.add_argument("--all", action="store_true", dest="every")
    parser.add_argument("--zone", default="Europe/Kyiv")
    given = parser.parse_args()
    with served(given.ledger, Settings(zone=given.zone)) as address, browser() as opened:
        shoot(opened, address, given.paths, given.folder, every=given.every)


if __name__ == "__main__":
    main()
