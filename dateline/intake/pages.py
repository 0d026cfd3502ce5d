"""Saved web pages to reports: text and title through trafilatura, the date from the page's own statements.

Nothing is ever fetched: trafilatura is given the page and no address to go to.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree, html

from dateline.intake.dates import DateError, published
from dateline.intake.draft import Draft
from dateline.intake.problem import Problem, Say

__all__ = ["fragment_text", "page_draft"]

_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "BackgroundNewsArticle", "AnalysisNewsArticle", "BlogPosting",
    "LiveBlogPosting", "OpinionNewsArticle", "Report",
})  # fmt: skip
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "pubdate",
    "publishdate", "publish-date", "date",
)  # fmt: skip
_BREAKS = {
    "br": "\n",
    **dict.fromkeys((
        "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "section",
        "article", "figure", "figcaption", "header", "footer", "pre",
    ), "\n\n"),
}  # fmt: skip
_UNREAD = frozenset({"script", "style", "template", "iframe", "noscript"})
# What they have to say of a page is told as a Problem; their own loggers would print it unasked.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_PARSER = html.HTMLParser(huge_tree=True)  # without it, what is nested more than 256 deep is lost in silence
_FEWEST = 12  # words; less is a menu or a teaser, not an article
_GUESSED = "the date {} was guessed from the page, which states none; check it"


def page_draft(text: str, path: str, problems: Say, file_date: str | None = None) -> Draft | None:
    """Make a draft of a saved page; None, with the reason told, where no article text is found.

    The date is the first of: JSON-LD ``datePublished``, ``article:published_time`` and its like,
    ``<time datetime>``, the file's name, what trafilatura makes out of the rest (told as a guess).
    """
    from trafilatura import bare_extraction  # 0.3 s, and only pages need it  # noqa: PLC0415

    tree = _tree(text)
    found: Any = None
    if tree is not None:
        try:
            found = bare_extraction(text, with_metadata=True, include_comments=False)
        except Exception as error:  # whatever a page does to it, the other pages are read
            problems(Problem(path, None, f"cannot be taken apart ({type(error).__name__}: {error}); skipped"))
            return None
    if tree is None or found is None or len((found.text or "").split()) < _FEWEST:
        problems(Problem(path, None, "holds no article text that can be told from the rest of the page; skipped"))
        return None
    articles = list(_json_ld(tree))
    date = _stated_date(tree, articles)
    if date is None and file_date is None and found.date:
        date = found.date
        problems(Problem(path, None, _GUESSED.format(date), skipped=False))
    return Draft(
        text=_paragraphs(found.text, found.title),
        path=path,
        date=date,
        file_date=file_date,
        outlet=_publisher(articles) or found.sitename or found.hostname,
        title=found.title,
        url=found.url,
        language=found.language or tree.get("lang"),
    )


def _paragraphs(text: str, title: str | None) -> str:
    """The lines of an extracted text as paragraphs, without the title, which a report keeps by itself."""
    lines = [line for line in text.split("\n") if line.strip()]
    if title and len(lines) > 1 and " ".join(lines[0].split()) == " ".join(title.split()):
        del lines[0]
    return "\n\n".join(lines)


def fragment_text(fragment: str) -> str:
    """Return the text of a piece of HTML, its blocks as paragraphs with an empty line between them."""
    tree = _tree(fragment)
    if tree is None:
        return ""
    lines = "\n".join(" ".join(line.split()) for line in "".join(_pieces(tree)).split("\n"))
    return re.sub(r"\n{2,}", "\n\n", lines).strip()


def _pieces(tree: html.HtmlElement) -> Iterator[str]:
    # iterwalk, not recursion: a broken page may nest thousands of elements.
    for step, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        read = isinstance(element.tag, str) and element.tag not in _UNREAD
        words = element.text if step == "start" and read else element.tail if step != "start" else None
        yield ("" if step == "end" and element.tag == "br" else _BREAKS.get(element.tag, "")) + re.sub(
            r"\s+", " ", words or ""
        )


def _tree(text: str) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=_PARSER)
    except (etree.LxmlError, ValueError):
        return None


def _stated_date(tree: html.HtmlElement, articles: list[Mapping[str, Any]]) -> str | None:
    for words in _date_words(tree, articles):
        try:
            return published(words)
        except DateError:
            continue
    return None


def _date_words(tree: html.HtmlElement, articles: list[Mapping[str, Any]]) -> Iterator[object]:
    for article in articles:
        yield article.get("datePublished")
    metas = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content")
        for meta in reversed(tree.findall(".//meta"))
    }
    for name in _META:
        yield metas.get(name)
    times = tree.findall(".//time[@datetime]")
    for time in [*(t for t in times if t.get("pubdate") is not None or "ublish" in "".join(t.attrib.values())), *times]:
        yield time.get("datetime")


def _json_ld(tree: html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The articles that a page describes in JSON-LD, at the top, in a list or in a graph."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            stack = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while stack:
            item = stack.pop(0)
            if isinstance(item, list):
                stack = item + stack
            elif isinstance(item, dict):
                kinds = item.get("@type")
                if _ARTICLES.intersection(map(str, kinds if isinstance(kinds, list) else [kinds])):
                    yield item
                stack.append(item.get("@graph"))


def _publisher(articles: list[Mapping[str, Any]]) -> str | None:
    for article in articles:
        publisher = article.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str):
            return name
    return None
