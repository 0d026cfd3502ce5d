"""JSON of articles: lines, arrays, envelopes, and what is broken in them."""

from __future__ import annotations

import io
import json
import os

import pytest

from dateline.intake import json_rows

TEXT = "Shells fell on the harbour on Friday, the port authority said."


def line(number: int, **more: object) -> str:
    return json.dumps({"text": f"{TEXT} {number}", "date": "2022-02-25", **more}) + "\n"


def numbers(found) -> list[str]:
    return [text.rsplit(" ", 1)[1] for text in found.texts]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", line(1) + line(2)),
        ("a.ndjson", line(1) + "\n \n" + line(2).rstrip()),
        ("a.json", line(1) + line(2)),
        ("a.jsonl", line(1).replace("\n", "\r\n") + line(2)),
        ("a.json", f"[{line(1)}, {line(2)}]"),
        ("a.jsonl", json.dumps([json.loads(line(1)), json.loads(line(2))], indent=2)),
        ("a.json", json.dumps({"status": "ok", "articles": [json.loads(line(1)), json.loads(line(2))]})),
        ("a.json", json.dumps({"articles": {"results": [json.loads(line(1)), json.loads(line(2))]}}, indent=1)),
        ("a.unknown", line(1) + line(2)),
    ],
)
def test_lines_arrays_and_envelopes_of_services_are_read(read, name, content):
    found = read(name, content)
    assert (numbers(found), found.problems) == (["1", "2"], [])


def test_one_object_over_many_lines_is_one_article(read):
    assert numbers(read("a.json", json.dumps(json.loads(line(1)), indent=2))) == ["1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_lines_are_read_in_every_unicode_encoding(read, encoding):
    content = json.dumps({"text": TEXT + " Łódź 🚢"}, ensure_ascii=False) + "\n" + line(2)
    found = read("a.jsonl", content.encode(encoding))
    assert (found.texts[0], len(found.texts)) == (TEXT + " Łódź 🚢", 2)


def test_lines_in_latin_1_are_read_and_told_once(read):
    content = json.dumps({"text": TEXT + " Café “quay”.", "date": "2022-02-25"}, ensure_ascii=False) + "\n"
    for start, told in ((line(1), 2), ("", 1)):
        found = read("a.jsonl", start.encode() + 2 * content.encode("cp1252"))
        assert found.texts[-2:] == 2 * [TEXT + " Café “quay”."]
        assert [(problem.line, problem.skipped) for problem in found.problems] == [(told, False)]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ('{"text": "Shells fell on the', "is not whole JSON, it seems cut off"),
        ('{"text": ', "is not whole JSON, it seems cut off"),
        ("[1, 2]", "is no JSON object"),
        ('"only a string"', "is no JSON object"),
        ("14", "is no JSON object"),
        ("Shells fell.", "is not JSON"),
        ('{"title": "T"}', "has no text"),
        ('{"text": 14}', "the text is no text but int"),
        ('{"text": " "}', "is empty"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_broken_line_is_named_and_costs_only_itself(read, broken, words):
    found = read("a.jsonl", line(1) + broken + "\n" + line(3))
    assert numbers(found) == ["1", "3"]
    assert [problem.line for problem in found.problems] == [2]
    assert words in found.told


@pytest.mark.parametrize("first", ["[1, 2]", "[", "[1,", "14", "null", "words"])
def test_whatever_the_first_line_is_nothing_after_it_is_lost_in_silence(read, first):
    found = read("a.jsonl", first + "\n" + line(2))
    assert found.reports or "skipped" in found.told
    assert len(found.problems) + len(found.reports) >= 2 or first == "["


def test_what_stands_after_the_end_of_an_array_is_told(read):
    found = read("a.json", "[\n" + line(1) + "]\n" + line(2))
    assert (numbers(found), "has more after the end of its list" in found.told) == (["1"], True)


def test_a_file_cut_off_in_the_middle_is_read_up_to_there(read):
    found = read("a.jsonl", (line(1) + line(2) + line(3))[:-30])
    assert (numbers(found), found.skipped) == (["1", "2"], [True])
    assert found.told.startswith("a.jsonl:3: ")


def test_a_broken_first_line_does_not_hide_the_others(read):
    found = read("a.jsonl", '{"text": "Shells\n' + line(2))
    assert (numbers(found), found.problems[0].line) == (["2"], 1)


def test_an_array_cut_off_in_the_middle_is_read_up_to_there(read):
    content = "[\n" + line(1).strip() + ",\n" + line(2).strip() + ",\n" + line(3)[:40]
    found = read("a.json", content)
    assert numbers(found) == ["1", "2"]
    assert found.told.startswith("a.json:4: is not whole JSON from here on")


def test_items_of_an_array_that_are_no_articles_are_named(read):
    found = read("a.json", json.dumps([1, json.loads(line(1)), {"title": "T"}]))
    assert numbers(found) == ["1"]
    assert "item 1 of the list is no object" in found.told
    assert "has no text" in found.told


@pytest.mark.parametrize("content", ['{"text": "Shells fell', '{\n"text": "Shells fell', "[", "[{"])
def test_json_that_is_cut_off_early_gives_a_message(read, content):
    found = read("a.json", content)
    assert (found.reports, found.skipped) == ([], [True])


def test_what_python_writes_beyond_the_standard_is_read(read):
    found = read(
        "a.jsonl", json.dumps({"text": TEXT, "date": float("nan")}) + "\n" + json.dumps({"text": TEXT + "\ud83d"})
    )
    assert found.texts == [TEXT, TEXT + "\ufffd"]


def test_nul_and_astral_characters_are_kept(read):
    text = TEXT + "\x00 🚢𝔘"
    assert read("a.jsonl", json.dumps({"text": text})).texts == [text]


def test_rows_are_a_stream():
    """The first row comes before the second is read: the input is a pipe that would block."""
    ours, theirs = os.pipe()
    os.write(theirs, line(1).encode())
    with os.fdopen(ours, "rb") as stream:
        rows = json_rows(stream, "-", print)
        assert next(rows)[0] == 1
        os.write(theirs, line(2).encode())
        assert next(rows)[0] == 2
        os.close(theirs)
        assert list(rows) == []


def test_rows_pass_on_every_key():
    stream = io.BufferedReader(io.BytesIO(line(1, id="x", extra=[1, {"a": None}]).encode()))
    ((_, row),) = json_rows(stream, "-", print)
    assert (row["id"], row["extra"]) == ("x", [1, {"a": None}])
