"""Agreement between reviewers."""

from __future__ import annotations

import pytest

from dateline.ledger.agreement import agreement, nominal_alpha
from dateline.ledger.corrections import Correction


def correction(who, start, action="accept", field=None, new=None, **more):
    return Correction(id=0, record="e0", report="r", kind="events", start=start, end=start + 4, words="word",
                      action=action, who=who, at="2026-01-01T00:00Z", why="", field=field, new=new, **more)  # fmt: skip


@pytest.mark.parametrize(("units", "alpha"), [
    (["aa", "bb", "aa"], 1.0),
    (["ab", "ba"], -0.5),
    # Krippendorff's example of four observers and twelve units (2011, "Computing Krippendorff's alpha-reliability", C)
    (["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"], 0.743),
    (["aa", "aa"], None),
    (["a"], None),
])  # fmt: skip
def test_alpha_is_that_of_the_worked_examples(units, alpha):
    found = nominal_alpha(units)
    assert found == (None if alpha is None else pytest.approx(alpha, abs=0.0005))


def test_reviewers_agree_on_what_both_have_judged():
    made = [correction("ann", 1), correction("bo", 1), correction("ann", 2, "reject"), correction("bo", 2, "reject"),
            correction("ann", 3)]  # fmt: skip
    assert agreement(made)[0] == agreement(reversed(made))[0]
    assert (agreement(made)[0].alpha, agreement(made)[0].units, agreement(made)[0].coders) == (1.0, 2, ("ann", "bo"))


def test_who_leaves_a_field_alone_has_taken_it_as_read():
    made = [correction("ann", 1, "edit", "type", '"AID"'), correction("bo", 1)]
    assert [(a.field, a.alpha) for a in agreement(made)] == [("type", 0.0), ("verdict", None)]


def test_what_was_undone_does_not_count():
    assert agreement([correction("ann", 1, undone_at="2026-01-02T00:00:00Z")]) == []
