"""Adding reports in the page: pasted and dropped, followed to the end, refused in words, by whom."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient

from dateline.ledger import open_ledger
from dateline.look.page import Settings, create_app
from dateline.look.page.people import Person
from dateline.look.page.views import add as view

SIGN = re.compile(r'name="sign" value="(\w+)"')
TEXT = "Soldiers seized the bridge at Hostomel on Friday, the mayor said. Two people were killed there."
OTHER = "Rebels shelled the school in Kharkiv on Saturday, a resident told reporters at the scene of the attack."
ADMIN, REVIEWER = "ann-has-a-token", "bo-has-a-token"
PEOPLE = ((ADMIN, Person("Ann", "admin")), (REVIEWER, Person("Bo", "reviewer")))


@pytest.fixture
def where(tmp_path):
    open_ledger(tmp_path / "x.db").close()
    return tmp_path / "x.db"


@pytest.fixture
def client(where):
    with TestClient(create_app(where, Settings(hosts=("testserver",))), follow_redirects=False) as client:
        yield client


def sent(client, *files, **fields):
    """What the server answers to the form of the page."""
    sign = SIGN.search(client.get("/add").text)[1]
    return client.post("/add", data={"sign": sign} | fields, files=[("files", file) for file in files])


def ended(client, answer):
    """The page of a reading as data, when it is over."""
    assert answer.status_code == 303, answer.text
    for _ in range(600):
        job = client.get(f"{answer.headers['location']}.json").json()
        if job["over"]:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def reports(where):
    with open_ledger(where) as ledger:
        return sorted((r.text, r.published, r.outlet, r.title, r.origin) for r in ledger.reports())


def test_a_pasted_text_is_read_and_linked_to_the_page_of_its_report(client, where):
    job = ended(client, sent(client, text=TEXT, date="25 February 2022", outlet="Podil Post", title="The bridge"))
    assert reports(where) == [(TEXT, "2022-02-25", "Podil Post", "The bridge", "pasted text")]
    assert (job["state"], job["told"]) == ("done", "Done: 1 report read.")
    line = job["lines"][-1]
    assert line["words"] == "The bridge, Podil Post, 2022-02-25"
    assert TEXT[:8] in client.get(line["href"]).text
    with open_ledger(where) as ledger:
        assert ledger.linked()
        assert ledger.incidents()


def test_files_are_read_under_their_own_names_and_alike_ones_do_not_meet(client, where):
    files = [("a/../news 2022-02-25.txt", TEXT.encode()), ("news 2022-02-25.txt", OTHER.encode()),
             ("..", (TEXT + " More followed.").encode()),
             ("é" * 300 + ".txt", (OTHER + " So he said.").encode())]  # fmt: skip
    job = ended(client, sent(client, *files))
    assert job["finished"] == 4
    origins = [origin for *_, origin in reports(where)]
    assert sorted(origins) == sorted(["news 2022-02-25.txt"] * 2 + ["..", "é" * 300 + ".txt"])
    assert [day for _, day, *_ in reports(where)].count("2022-02-25") == 2


def test_line_ends_of_a_browser_do_not_make_another_report(client, where):
    ended(client, sent(client, text=f"date 2022-02-25\r\n\r\n{TEXT}\r\n{OTHER}\r\n"))
    job = ended(client, sent(client, ("a.txt", f"date 2022-02-25\n\n{TEXT}\n{OTHER}\n".encode())))
    assert [line["kind"] for line in job["lines"]] == ["known"]
    assert len(reports(where)) == 1


@pytest.mark.parametrize(("name", "held", "kind", "words"), [
    ("n.txt", TEXT.encode(), "note", "n.txt: no date: relative times"),
    ("u.txt", "Die Soldaten haben gestern die Brücke gesprengt und sind nicht mehr in der Stadt.".encode(), "problem",
     "u.txt: is not English; only English is read; skipped"),
    ("b.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "problem", "b.txt: "),
    ("e.txt", b"", "problem", "e.txt: is empty"),
    ("j.jsonl", b'{"text": "Soldiers seized the bridge on Friday, he said."}\n{oops\n', "problem", "j.jsonl:2: "),
])  # fmt: skip
def test_what_cannot_be_read_is_told_as_by_the_command(client, name, held, kind, words):
    job = ended(client, sent(client, (name, held)))
    assert any(line["kind"] == kind and line["words"].startswith(words) for line in job["lines"]), job["lines"]
    assert job["state"] == "done"


def test_steps_are_sent_as_events_from_where_the_browser_stopped(client):
    answer = sent(client, ("a.txt", TEXT.encode()), ("b.txt", OTHER.encode()), ("a2.txt", TEXT.encode()))
    stream = client.get(f"{answer.headers['location']}/events").text
    events = [json.loads(data) for data in re.findall(r"event: step\ndata: (.*)", stream)]
    assert sorted(e["kind"] for e in events if e["kind"] in ("known", "read")) == ["known", "read", "read"]
    assert json.loads(stream.rpartition("data: ")[2])["told"] == "Done: 2 reports read, 1 known already."
    last = str(len(events) - 1)
    again = client.get(f"{answer.headers['location']}/events", headers={"last-event-id": last}).text
    assert re.findall(r"id: (\d+)", again) == [str(len(events))]


def test_a_page_shows_the_end_and_no_longer_comes_anew(client):
    answer = sent(client, text=TEXT, title="<b>Bridge</b>")
    ended(client, answer)
    page = client.get(answer.headers["location"]).text
    assert "http-equiv" not in page
    assert "&lt;b&gt;Bridge&lt;/b&gt;" in page
    assert answer.headers["location"] in client.get("/add").text


@pytest.mark.parametrize(("fields", "words"), [
    ({"text": " \r\n"}, "Paste a text, or choose files"), ({"text": TEXT, "date": "the other day"}, "is not a date"),
])  # fmt: skip
def test_a_form_that_will_not_do_comes_back_with_what_was_written(client, where, fields, words):
    answer = sent(client, outlet="Podil Post", **fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert 'value="Podil Post"' in answer.text
    assert reports(where) == []


def test_too_much_at_once_is_refused_in_words(client, where, monkeypatch):
    monkeypatch.setattr("dateline.look.page.routes.add.LIMIT", 2**20)
    answer = sent(client, ("a.txt", b"x" * 2**20))
    assert answer.status_code == 413
    assert "more than 1 MB" in answer.text
    assert view.LIMIT == 64 * 2**20


def test_a_form_from_elsewhere_is_refused(client):
    assert client.post("/add", data={"sign": "0" * 64, "text": TEXT}).status_code == 403


def test_only_an_admin_adds_and_is_shown_where(where):
    settings = Settings(hosts=("testserver",), tokens=PEOPLE)
    with TestClient(create_app(where, settings), follow_redirects=False) as client:
        for token, code in ((REVIEWER, 403), (ADMIN, 200)):
            client.headers["authorization"] = f"Bearer {token}"
            assert ('href="/add"' in client.get("/reports").text) == (code == 200)
            assert client.get("/add").status_code == code
            assert client.post("/add", data={"text": ""}).status_code == (403 if code == 403 else 400)


def test_private_names_stay_hidden_where_the_page_hides_them(where):
    with TestClient(create_app(where, Settings(hosts=("testserver",), names=False)), follow_redirects=False) as client:
        text = "Olha Melnyk, a resident of Kharkiv, said on Friday that soldiers shelled her street."
        job = ended(client, sent(client, text=text, date="2022-02-25", title="Olha Melnyk tells"))
    assert job["state"] == "done"
    assert "Melnyk" not in str(job["lines"])


def test_what_was_sent_is_kept_no_longer_than_it_is_read(client, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended(client, sent(client, ("a.txt", TEXT.encode())))
    assert list(Path(tmp_path).glob("dateline-*")) == []


def test_a_reading_that_breaks_says_so_and_the_next_goes_on(client, where, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("dateline.desk.read_into", lambda *_, **__: 1 / 0)
        job = ended(client, sent(client, text=TEXT))
    assert job["state"] == "failed"
    assert job["lines"][-1]["words"] == "ZeroDivisionError: division by zero"
    assert ended(client, sent(client, text=TEXT))["told"] == "Done: 1 report read."
    assert len(reports(where)) == 1


def test_a_second_lot_waits_for_the_first_and_a_server_that_ends_keeps_what_is_read(where, monkeypatch):
    begun, go_on = Event(), Event()

    def held(ledger, found, *_, done, **__):
        begun.set()
        go_on.wait(10)
        list(found)
        done(1)

    monkeypatch.setattr("dateline.desk.read_into", held)
    with TestClient(create_app(where, Settings(hosts=("testserver",))), follow_redirects=False) as client:
        places = [sent(client, text=text).headers["location"] for text in (TEXT, OTHER)]
        assert begun.wait(10)
        assert client.get(f"{places[1]}.json").json()["told"] == "Waits until another reading is over."
        assert 'http-equiv="refresh"' in client.get(places[0]).text
        jobs = client.app.state.jobs
        jobs._stop.set()
        go_on.set()
    assert [job.state for job in jobs.latest()] == ["failed", "failed"]
    assert {job.steps[-2].words for job in jobs.latest()} == {"The server was ended: add the rest again"}


def test_a_reading_that_is_not_kept_is_gone(client):
    assert client.get("/add/none").status_code == 404
    assert client.get("/add/none/events").status_code == 404
