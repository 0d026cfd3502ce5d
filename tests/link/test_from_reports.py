"""Threads and answers out of short reports as they are read, of other times and places than the samples."""

from __future__ import annotations

import pytest

from dateline.annotate.reader import Reader
from dateline.link import Linked, link
from dateline.records import Report

FERRY = "A ferry sank off Bohol on Friday. It was not known how many passengers were missing."
DAM = "It was unclear whether the Tapovan dam had been damaged by the flood in Uttarakhand."
BOMB = "A bomb killed nine people at a mosque in Herat on Friday. Nobody knows who planted the bomb."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def linked(reader: Reader, *told: tuple[str, str, str]) -> Linked:
    """What reports say together; each: day, title, text."""
    reports = [Report(text=text, published=day, title=title, outlet="The Herald") for day, title, text in told]
    return link((report, reader.read(report)) for report in reports)


@pytest.mark.parametrize(("first", "second", "parties", "moves"), [
    ("Hungary offered Serbia talks on the grain tariff on Monday. Serbia demanded that the tariff be dropped first.",
     "Serbia rejected the Hungarian offer of grain talks on Wednesday.",
     {"Hungary", "Serbia"}, ["offered", "demanded", "rejected"]),
    ("The government of Chile ordered striking copper miners to return to work on Monday.",
     "The copper miners refused to return to work in Chile on Tuesday, their union said.",
     {"government", "copper miners"}, ["demanded", "refused"]),
    ("Kenya threatened on Saturday to close its airspace to flights from Somalia.",
     "Kenya closed its airspace to flights from Somalia on Tuesday.",
     {"Kenya", "Somalia"}, ["threatened", "carried out"]),
    ("Norway closed the port of Halden on Monday.",
     "Norway opened a school in Bergen on Tuesday.", set(), []),
])  # fmt: skip
def test_moves_of_two_reports_are_a_thread(reader, first, second, parties, moves):
    found = linked(reader, ("2021-03-01", "First", first), ("2021-03-03", "Second", second)).threads
    assert [[move.move for move in thread.moves] for thread in found] == ([moves] if moves else [])
    assert [set(thread.parties) for thread in found] == ([parties] if parties else [])


@pytest.mark.parametrize(("asked", "told", "answered"), [
    (FERRY, "Thirty-one passengers of the ferry that sank off Bohol are missing, the coast guard said.", True),
    (FERRY, "The passengers of the ferry that sank off Bohol are missed, a priest said.", False),
    (DAM, "The Tapovan dam was badly damaged by the flood in Uttarakhand, engineers said.", True),
    (DAM, "The flood in Uttarakhand swept away a bridge, engineers said.", False),
    (BOMB, "The Islamic State group planted the bomb at the mosque in Herat, it said.", True),
    (BOMB, "The police said that the bomb at the mosque in Herat was planted at night.", False),
])  # fmt: skip
def test_a_later_report_answers_what_it_speaks_to(reader, asked, told, answered):
    found = linked(reader, ("2021-07-02", "What happened", asked), ("2021-07-09", "What happened", told)).questions
    assert [bool(question.answer) for question in found if question.asked == "2021-07-02"] == [answered]
