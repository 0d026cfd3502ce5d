"""The compiled gazetteer's file: a header line of JSON, then arrays, each at a multiple of 64 bytes.

Little-endian. ``keys`` is sorted; the postings of ``keys[i]`` are ``postings[first[i]:first[i + 1]]``, best first.
A posting is a place's number in its low 28 bits and its ``NameKind`` above. ``names`` is UTF-8.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy.typing as npt

__all__ = ["BIN", "KIND_SHIFT", "NUMBER", "VERSION", "Array", "read_header", "write_file"]

VERSION = 1
BIN = Path(__file__).parent / "gazetteer.bin"
KIND_SHIFT = 28
NUMBER = (1 << KIND_SHIFT) - 1
Array = npt.NDArray[Any]

_MAGIC = b"DATELINE-GAZETTEER\n"
_ALIGN = 64


def write_file(path: Path, about: dict[str, Any], arrays: dict[str, Array]) -> None:
    """Write the arrays and what is to be known about them, under a temporary name first."""
    places: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, offset, len(array))
        offset += -(-array.nbytes // _ALIGN) * _ALIGN
    head = json.dumps({**about, "arrays": places}, sort_keys=True).encode()
    body = -(-(len(_MAGIC) + 12 + len(head)) // _ALIGN) * _ALIGN
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("wb") as file:
        file.write(_MAGIC + b"%011d\n" % len(head) + head)
        for name, array in arrays.items():
            file.seek(body + places[name][1])
            file.write(array.tobytes())
        file.truncate(body + offset)
    unfinished.replace(path)


def read_header(path: Path) -> tuple[dict[str, Any], int]:
    """The header of a compiled file and where its arrays begin; ValueError if it is another kind of file."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ValueError(f"{path} is not a compiled gazetteer")
        size = int(file.read(12))
        about: dict[str, Any] = json.loads(file.read(size))
    if about.get("version") != VERSION:
        raise ValueError(f"{path} has layout {about.get('version')}; this Dateline reads {VERSION}")
    return about, -(-(len(_MAGIC) + 12 + size) // _ALIGN) * _ALIGN
