"""Private persons under a pseudonym, with every offset still right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.look.privacy import pseudonymised
from dateline.records import Actor, Claim, Event, Reading, Report, Span, Unknown

TEXT = "“We ran,” said Olha Melnyk, a resident. Melnyk's flat burned. Mayor Petro Hnatiuk came."


def reading_of(text: str) -> Reading:
    name, again, mayor = text.index("Olha"), text.index("Melnyk's"), text.index("Petro")
    return Reading(
        actors=(
            Actor(id="a0", name="Olha Melnyk", kind="person", public=False,
                  mentions=((name, name + 11, "name"), (again, again + 6, "name"))),
            Actor(id="a1", name="Petro Hnatiuk", kind="person", mentions=((mayor, mayor + 13, "name"),)),
        ),
        claims=(
            Claim(start=0, end=name + 11, source="a0", source_span=Span(name, name + 11), content=((0, 9),),
                  cue="say", mode="direct", stance="asserts"),
        ),
        events=(
            Event(start=again, end=again + 20, type="DAMAGE", trigger=Span(again + 14, again + 20), quantities=(0, 1),
                  sentence=Span(again, again + 21), status="happened", factuality=3),
        ),
        unknowns=(Unknown(start=again, end=again + 13, words="Melnyk's flat"),),
    )  # fmt: skip


@pytest.fixture
def clean():
    report = Report(text=TEXT, title="Melnyk escapes", published="2022-02-25")
    return report, *pseudonymised(report, reading_of(TEXT))


def test_no_form_of_a_private_name_is_left(clean):
    _, report, reading = clean
    assert not any(part in report.text + (report.title or "") for part in ("Olha", "Melnyk"))
    assert "Melnyk" not in str(reading)


def test_public_names_stay(clean):
    assert "Petro Hnatiuk" in clean[1].text


def test_spans_point_to_the_words_they_pointed_to(clean):
    _, report, reading = clean
    alias = reading.actors[0].name
    claim, event = reading.claims[0], reading.events[0]
    assert report.text[claim.source_span.start : claim.source_span.end] == alias
    assert report.text[slice(*claim.content[0])] == "“We ran,”"
    assert report.text[event.trigger.start : event.trigger.end] == "burned"
    assert [report.text[a:b] for a, b, _ in reading.actors[0].mentions] == [alias, alias]


def test_lists_of_indices_are_no_spans(clean):
    assert clean[2].events[0].quantities == (0, 1)


def test_the_pseudonym_is_the_same_in_every_report(clean):
    other = "A neighbour, Olha Melnyk, saw it. Petro Melnyk's was next."
    text = other.replace("Petro Melnyk's", "Melnyk's") + " Petro Hnatiuk"
    _, again = pseudonymised(Report(text=text), reading_of(text))
    assert again.actors[0].name == clean[2].actors[0].name


@given(st.text(alphabet="aé \U0001f600.", max_size=20), st.text(alphabet="b \U0001f600", max_size=20))
def test_words_around_a_name_are_kept_whatever_they_are(before, after):
    text = f"{before} Olha {after}"
    start = len(before) + 1
    actor = Actor(id="a0", name="Olha", kind="person", public=False, mentions=((start, start + 4, "name"),))
    tail = Unknown(start=start + 4, end=len(text), words="x")
    report, reading = pseudonymised(Report(text=text), Reading(actors=(actor,), unknowns=(tail,)))
    assert report.text[:start] == text[:start]
    assert report.text[reading.unknowns[0].start : reading.unknowns[0].end] == text[start + 4 :]
