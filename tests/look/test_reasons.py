"""A likeness told in a reader's words."""

from __future__ import annotations

import pytest

from dateline.codebook.kinship import load_kinship
from dateline.look.reasons import grounds, reason_of


def test_every_part_that_is_weighed_has_a_name_for_readers():
    weighed = {node.part for node in load_kinship()[0] if node.part}
    assert "kin" in weighed
    assert weighed - reason_of().keys() == set()
    assert {"type", "place", "time", "nearby", "scale"} <= reason_of().keys()


@pytest.mark.parametrize(("parts", "told"), [
    ({"kin": 4.0, "stem": -0.5, "bias": -4.6}, [("the act told", "strongly")]),
    ({"place": 0.9, "time": 0.3}, [("the place", "a little"), ("the time", "a little")]),
    ({"agents": 0.1, "strangers": -1.4}, [("who acts on whom", "clearly")]),
    ({"place": 0.2, "bias": -4.6}, []),
    ({"a part of tomorrow": 2.0}, [("other likeness", "clearly")]),
])  # fmt: skip
def test_parts_are_summed_under_a_name_and_the_weightiest_come_first(parts, told):
    assert [(ground.what, ground.strength) for ground in grounds(parts)] == told
