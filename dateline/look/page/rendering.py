"""Templates to HTML: the Jinja environment and its filters. Jinja lives only here and in ``templates``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from dateline.look.page import wording
from dateline.look.page.assets import Assets
from dateline.look.page.frame import Frame
from dateline.look.page.views.incident_rows import CERTAINTIES

__all__ = ["Renderer", "exact", "segment"]

TEMPLATES = Path(__file__).parent / "templates"
Moment = datetime | str | None


class Renderer:
    """Turns views into HTML. Everything is escaped; a name a template misspells is an error, not a blank.

    tiles: the address of a user's own map tiles (``Settings``).
    """

    def __init__(self, assets: Assets, tiles: str | None = None, folder: Path = TEMPLATES) -> None:
        env = Environment(
            loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, auto_reload=False,
        )  # fmt: skip
        env.filters |= {
            "counted": wording.counted, "plural": wording.plural, "number": wording.number,
            "when": _zoned(wording.when), "clock": _zoned(wording.clock), "day": _zoned(wording.day),
            "date": _zoned(wording.date_only),
            "field": _zoned(wording.form_field), "segment": segment, "exact": exact, "own_marks": own_marks,
        }  # fmt: skip
        env.globals |= {
            "static": assets.url, "has_static": assets.has, "tiles": tiles, "certainties": CERTAINTIES,
            "figure": wording.figure, "coordinates": wording.place, "length": wording.length, "span": _zoned_span,
        }  # fmt: skip
        self._env = env

    def page(self, template: str, view: object, frame: Frame, zone: ZoneInfo) -> str:
        """One page."""
        return self._env.get_template(template).render(view=view, frame=frame, zone=zone)

    def part(self, template: str, view: object, zone: ZoneInfo) -> str:
        """A page without a frame round it."""
        return self._env.get_template(template).render(view=view, zone=zone)


def segment(words: str) -> str:
    """Words as one segment of an address."""
    return quote(words, safe="")


_OPENING, _CLOSING = '“"«„', '”"»“'


def own_marks(words: str) -> str:
    """The class of a quotation: ``own`` if it brings its quotation marks along, else none."""
    return "own" if words[:1] in _OPENING and words[-1:] in _CLOSING else ""


_NOT_IN_HTML = re.compile("[\x00\ud800-\udfff]")


def exact(text: str) -> Markup:
    """Words of a report so that the text of the page equals them: a parser would turn CR into LF.

    What HTML cannot hold, NUL and halves of surrogate pairs, becomes U+FFFD, one for one.
    """
    escaped = str(escape(_NOT_IN_HTML.sub("\ufffd", text)))
    return Markup(escaped.replace("\r", "&#13;"))  # noqa: S704  # escaped the line before


def _zoned(show: Callable[[Moment, ZoneInfo], str]) -> Callable[[Context, Moment], str]:
    @pass_context
    def filtered(context: Context, moment: Moment) -> str:
        return show(moment, context["zone"])

    return filtered


@pass_context
def _zoned_span(context: Context, earliest: Moment, latest: Moment) -> str:
    return wording.span(earliest, latest, context["zone"])
