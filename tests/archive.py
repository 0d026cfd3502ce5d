"""Web archives made in a test: records of WARC 1.0, gzipped each by itself as crawlers write them."""

from __future__ import annotations

import gzip

SENTENCE = "The bridge over the river was closed on Friday, officials of the town told reporters. "


def page(title: str = "A bridge is closed", head: str = "") -> bytes:
    body = f"<article><h1>{title}</h1><p>{SENTENCE * 5}</p></article>"
    return f"<html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def record(number: int, body: bytes, *headers: str, status: str = "200 OK", media: str = "text/html") -> bytes:
    """A response, not compressed; its id ends in the number."""
    http = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers, "", ""]).encode() + body
    warc = [
        "WARC/1.0", "WARC-Type: response", f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        "WARC-Date: 2022-03-01T10:00:00Z", f"WARC-Target-URI: https://lamp.example/{number}",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(http)}", "", "",
    ]  # fmt: skip
    return "\r\n".join(warc).encode() + http + b"\r\n\r\n"


def zipped(*records: bytes) -> bytes:
    return b"".join(gzip.compress(each, mtime=0) for each in records)
