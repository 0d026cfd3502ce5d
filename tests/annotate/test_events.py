"""Events of short reports: type, trigger, actors, status, claim and salience."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.casting.cast import Cast
from dateline.annotate.context import Context, Found
from dateline.annotate.events import find_events
from dateline.codebook import load_codebook
from dateline.codebook.tables import HOME
from dateline.records import Claim, Place, Quantity, Report, Span

_ACTORS = re.compile(
    r"Russia(?:n forces)?|Ukraine|Kyiv|rebels|police|Norway|Kenya|soldiers|troops|villagers|residents|Turkey|Greece"
    r"|military|students|farmers|government"
)


def reading(text, parser, codebook=None, claims=(), quantities=(), places=()):
    """The events of a text whose cast is everything ``_ACTORS`` finds, and that cast."""
    words = parser.parse(text)
    cast = Cast(words)
    for match in _ACTORS.finditer(text):
        cast.add(match[0], "unnamed", [(match.start(), match.end(), "name")])
    context = Context(report=Report(text=text, published="2022-02-25"), codebook=codebook or load_codebook())
    return find_events(words, context, Found((), places, quantities, cast, claims)), cast


def told(text, parser):
    """(type, trigger, initiators, recipients, status) of each event."""
    events, cast = reading(text, parser)
    return [
        (
            e.type,
            text[e.trigger.start : e.trigger.end],
            ",".join(cast.get(a).name for a in e.initiators),
            ",".join(cast.get(a).name for a in e.recipients),
            e.status,
        )
        for e in events
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Russian forces shelled Kyiv.", ("ASSAULT", "shelled", "Russian forces", "Kyiv", "happened")),
        ("Kyiv was shelled by Russian forces.", ("ASSAULT", "shelled", "Russian forces", "Kyiv", "happened")),
        ("The shelling of Kyiv by Russia went on.", ("ASSAULT", "shelling", "Russia", "Kyiv", "ongoing")),
        ("The rebels and police attacked Kyiv.", ("ASSAULT", "attacked", "rebels,police", "Kyiv", "happened")),
        (
            "Police arrested students who had attacked soldiers.",
            ("ASSAULT", "attacked", "students", "soldiers", "happened"),
        ),
        (
            "Norway gave Kenya 30 million dollars.",
            ("AID", "gave Kenya 30 million dollars", "Norway", "Kenya", "happened"),
        ),
        ("Thousands of residents fled.", ("DISPLACE", "fled", "", "residents", "happened")),
        ("Turkey rejected an offer from Greece.", ("REJECT", "rejected an offer", "Turkey", "Greece", "happened")),
        ("An earthquake struck at dawn.", ("DISASTER", "earthquake", "", "", "happened")),
    ],
)
def test_who_did_what_to_whom_is_read_off_the_construction(parser, text, event):
    assert event in told(text, parser)


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Greece and Turkey will hold talks on Monday.", "talks", "planned"),
        ("Norway may send weapons to Ukraine.", "send weapons", "possible"),
        ("The government was closing in on freezing the assets of the bank.", "freezing the assets", "planned"),
        ("Russia did not attack Kyiv.", "attack", "denied"),
        ("Rebels failed to seize the airport.", "seize the airport", "denied"),
        ("If rebels attack Kyiv, residents will flee.", "attack", "possible"),
        ("Russian forces are shelling Kyiv.", "shelling", "ongoing"),
        ("It was unclear whether soldiers had seized the airport.", "seized the airport", "unknown"),
        ("The planned invasion worried nobody.", "invasion", "planned"),
        ("Russian forces managed to seize the airport.", "seize the airport", "happened"),
    ],
)
def test_status_is_what_the_words_over_the_event_leave_of_it(parser, text, kind, status):
    events, _ = reading(text, parser)
    assert [e.status for e in events if text[e.trigger.start : e.trigger.end] in (kind, "hold " + kind)] == [status]


def claim(text, content, cue, stance):
    start = text.index(content)
    where = text.index(cue)
    lemma = {"said": "say", "denied": "deny", "expects": "expect"}[cue]
    return Claim(
        start=0, end=len(text), source="a0", content=((start, start + len(content)),), cue=lemma, mode="indirect",
        stance=stance, cue_span=Span(where, where + len(cue)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "content", "cue", "stance", "status"),
    [
        (
            "Russia's military said it had seized the airport.",
            "it had seized the airport",
            "said",
            "asserts",
            "happened",
        ),
        (
            "Russia denied that it had seized the airport.",
            "that it had seized the airport",
            "denied",
            "denies",
            "denied",
        ),
        ("Kyiv expects Russia to seize the airport.", "Russia to seize the airport", "expects", "expects", "planned"),
    ],
)
def test_an_event_in_a_claim_is_as_certain_as_its_source_has_it(parser, text, content, cue, stance, status):
    events, _ = reading(text, parser, claims=[claim(text, content, cue, stance)])
    event = next(e for e in events if e.type == "CONTROL")
    assert (event.claim, event.status) == (0, status)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Russia accused Ukraine of rejecting talks.", ("REJECT", "rejecting", "Ukraine", "", "happened")),
        ("The rebels won by attacking police.", ("ASSAULT", "attacking", "rebels", "police", "happened")),
        ("Russia fired rockets, killing villagers.", ("ASSAULT", "killing", "Russia", "villagers", "happened")),
        (
            "Russia accused Ukraine on Friday evening of rejecting talks.",
            ("REJECT", "rejecting", "Ukraine", "", "happened"),
        ),
        ("Russia promised sanctions.", ("THREATEN", "promised sanctions", "Russia", "", "happened")),
        ("A school in Ukraine was shelled.", ("ASSAULT", "shelled", "", "", "happened")),
        ("Norway warned that it would attack Kenya.", ("THREATEN", "warned", "Norway", "Kenya", "happened")),
    ],
)
def test_who_acts_is_found_beyond_the_verb_and_who_is_only_near_is_not(parser, text, event):
    assert event in told(text, parser)


@pytest.mark.parametrize(
    "text",
    [
        "Norway warned that the capital could fall.",
        "Shops that had bread sold it by noon.",
        "A lamp was burning.",
        "They admitted that it rained.",
    ],
)
def test_a_warning_of_what_others_do_and_ordinary_life_are_no_events(parser, text):
    assert not {kind for kind, *_ in told(text, parser)} & {"THREATEN", "COOPERATE", "ASSAULT", "CONCEDE"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("An earthquake struck Turkey, killing 200 villagers.", {("DISASTER", "struck"), ("CASUALTIES", "killing")}),
        ("Typhoon Haiyan hit Greece.", {("DISASTER", "hit")}),
        ("The town was hit by a storm.", {("DISASTER", "hit")}),
        ("Floods destroyed 300 houses.", {("DAMAGE", "destroyed")}),
        ("The rebels hit Kyiv, killing 200 villagers.", {("ASSAULT", "hit"), ("ASSAULT", "killing")}),
    ],
)
def test_what_nature_does_is_no_assault(parser, text, kinds):
    assert kinds <= {(kind, trigger) for kind, trigger, *_ in told(text, parser)}


@pytest.mark.parametrize(
    "text",
    ["The government did not respond to a request for comment.", "Kyiv did not answer calls for comment on Monday."],
)
def test_silence_towards_reporters_is_no_event(parser, text):
    assert not told(text, parser)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Troops took control of the buildings on Saturday.", "the buildings"),
        ("Troops took control of a bridge on Monday.", "a bridge"),
    ],
)
def test_what_is_acted_on_is_neither_a_day_nor_a_town_nearby(parser, text, about):
    events, _ = reading(text, parser)
    main = next(event for event in events if event.salience == "main")
    assert not main.recipients
    assert text[main.about.start : main.about.end] == about


def test_a_range_that_opens_before_its_noun_is_bound_to_the_event(parser):
    text = "The raid ended badly, killing between 13 and 20 soldiers."
    start = text.index("between")
    counted = Quantity(start=start, end=text.index(" soldiers"), unit="killed", low=13.0, high=20.0, precision="range")
    events, _ = reading(text, parser, quantities=(counted,))
    assert [e.quantities for e in events if text[e.trigger.start : e.trigger.end] == "killing"] == [(0,)]


def test_who_is_shot_dead_is_one_event(parser):
    assert told("The police shot two students dead.", parser) == [("ASSAULT", "shot", "police", "students", "happened")]


def test_quantities_in_the_arguments_are_bound_to_the_event(parser):
    text = "Rebels killed 14 soldiers near a town of 9,000."
    numbers = [
        Quantity(start=14, end=16, low=14, high=14, precision="exact", unit="killed", of="soldiers"),
        Quantity(start=text.index("9,000"), end=len(text) - 1, low=9000, high=9000, precision="exact", unit="other"),
    ]
    events, _ = reading(text, parser, quantities=numbers)
    assert events[0].quantities == (0,)


def test_the_event_reaches_from_its_first_to_its_last_word(parser):
    text = "On Friday Russian forces shelled Kyiv."
    events, _ = reading(text, parser, places=[Place(start=33, end=37, name="Kyiv", kind="literal")])
    assert text[events[0].start : events[0].end] == "Russian forces shelled Kyiv"


def test_only_one_event_of_a_sentence_with_a_chief_relation_is_main(parser):
    events, _ = reading("Turkey condemned the attack by rebels on police and recalled its envoy from Greece.", parser)
    assert [e.salience for e in events].count("main") == 1


def test_a_described_group_is_entered_into_the_cast_but_a_thing_is_not(parser):
    events, cast = reading("Police arrested white ranchers and guards.", parser)
    assert cast.get(events[0].recipients[0]).name in ("white ranchers", "guards")
    assert reading("Police attacked a table.", parser)[0][0].recipients == ()


def renamed_codebook(folder):
    """The built-in types under other names, triggers in reverse order."""
    path = folder / "renamed.tsv"
    parts = []
    for table in ("types", "modes", "triggers"):
        lines = (HOME / "plover" / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
        header, *rows = [line for line in lines if line and not line.startswith("#")]
        column = header.split("\t").index("type")
        renamed = []
        for row in rows:
            cells = row.split("\t")
            cells[column] = cells[column] and (cells[column] if cells[column] == "-" else "X" + cells[column])
            renamed.append("\t".join(cells))
        parts += [f"[{table}]", header, *(reversed(renamed) if table == "triggers" else renamed)]
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return path


def test_renaming_all_types_and_turning_the_file_round_changes_only_the_labels(parser, tmp_path):
    text = (
        "Russian forces shelled Kyiv and seized the airport. Turkey said it would send aid to Ukraine. "
        "Greece rejected the offer. Students marched against the government. Farmers fled."
    )
    plain, _ = reading(text, parser)
    other, _ = reading(text, parser, load_codebook(renamed_codebook(tmp_path)))
    assert [e.type for e in other] == ["X" + e.type for e in plain]
    assert [(e.trigger, e.mode, e.initiators, e.status, e.factuality) for e in other] == [
        (e.trigger, e.mode, e.initiators, e.status, e.factuality) for e in plain
    ]


_PIECES = [
    "Russia",
    "rebels",
    "attacked",
    "the",
    "talks",
    "not",
    "will",
    "say",
    "that",
    "“",
    "”",
    ",",
    ".",
    "\n",
    "14",
    "of",
    "𝔘",
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(_PIECES),
        max_size=40,
    )
)
def test_any_words_give_events_within_the_text_in_order(parser, tokens):
    text = " ".join(tokens)
    events, _ = reading(text, parser)
    assert all(0 <= e.start <= e.trigger.start < e.trigger.end <= e.end <= len(text) for e in events)
    assert [(e.start, e.end) for e in events] == sorted((e.start, e.end) for e in events)
