"""The file to share: whole in itself, without names of private persons, small, and honest about what it leaves out."""

from __future__ import annotations

import re

import pytest

from dateline.ledger import open_ledger
from dateline.look.page.sharing import shared

PRIVATE = ("Olha", "Melnyk")


@pytest.fixture
def ledger(filled):
    with open_ledger(filled[0]) as opened:
        yield opened


def test_a_private_persons_name_is_nowhere_in_it(ledger):
    page = shared(ledger)
    assert not [name for name in PRIVATE if name in page]
    assert all(name in shared(ledger, names=True) for name in PRIVATE)


def test_all_its_links_lead_into_itself(ledger):
    page = shared(ledger)
    ids = set(re.findall(r' id="([^"]*)"', page))
    hrefs = re.findall(r'href="([^"]*)"', page)
    assert len(hrefs) > 10
    assert [href for href in hrefs if href[:1] != "#" or href[1:] not in ids] == []


@pytest.mark.parametrize("part", ["timeline", "map", "disputes", "reversals", "threads", "questions", "reports"])
def test_it_has_every_part(ledger, part):
    assert f'<section id="{part}">' in shared(ledger)


def test_without_texts_only_what_is_quoted_is_in_it(ledger):
    page = shared(ledger, text=False)
    assert "Tessel Wire" in page
    assert "a neighbour, told" not in page
    assert "a neighbour, told" in re.sub(r"<[^>]*>", "", shared(ledger))


def test_what_there_is_no_room_for_is_told(ledger):
    small = shared(ledger, limit=len(shared(ledger, text=False).encode()) + 9000)
    assert re.search(r"The texts of \d+ older reports are left out", small)
    assert "left out" not in shared(ledger)
