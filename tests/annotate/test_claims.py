"""Claims: sources, contents, stance, nesting, conditions, addressees and times, on crisis news of our own."""

from __future__ import annotations

import time

import numpy as np
import pytest

from dateline.annotate.actors import find_actors
from dateline.annotate.attribution.columns import columns_of
from dateline.annotate.attribution.nesting import settle
from dateline.annotate.attribution.network import load_networks
from dateline.annotate.attribution.relations import Relation
from dateline.annotate.attribution.rescoring import load_trees, rescored, rescoring_features
from dateline.annotate.casting.cast import Cast
from dateline.annotate.claims import attribute, find_claims, possible_claims
from dateline.annotate.context import Context
from dateline.annotate.places import find_places
from dateline.annotate.threads import one_thread
from dateline.annotate.times import find_times
from dateline.codebook import load_codebook
from dateline.records import Report
from tests.conftest import SEED


@pytest.fixture(scope="session")
def read(parse):
    """Read a text: gives its claims as dictionaries of words, in order."""

    def read_(text: str, published: str = "2022-03-04") -> list[dict]:
        words = parse(text)
        context = Context(report=Report(text=text, published=published), codebook=load_codebook())
        times = find_times(words, context)
        cast = find_actors(words, context, find_places(words, context))
        claims = find_claims(words, context, cast, times)

        def named(actor: str | None) -> str | None:
            return None if actor is None else cast.get(actor).name

        def cut(span) -> str | None:
            return None if span is None else text[span.start : span.end]

        return [
            {
                "source": named(c.source), "source_words": cut(c.source_span),
                "cue": c.cue, "cue_words": cut(c.cue_span),
                "content": [text[a:b] for a, b in c.content], "mode": c.mode, "stance": c.stance,
                "addressee": named(c.addressee), "condition": cut(c.condition), "parent": c.parent,
                "said_at": None if c.said_at is None else text[times[c.said_at].start : times[c.said_at].end],
            }
            for c in claims
        ]  # fmt: skip

    return read_


@pytest.fixture(scope="session")
def one(read):
    """The outermost claim with a given cue lemma."""

    def one_(text: str, cue: str) -> dict:
        found = [c for c in read(text) if c["cue"] == cue]
        assert found, f"no claim with cue {cue!r} in {text!r}: {read(text)}"
        return found[0]

    return one_


@pytest.mark.parametrize(
    ("text", "cue", "source", "content"),
    [
        ("The defence ministry said two bridges had collapsed.", "say", "The defence ministry",
         ["two bridges had collapsed"]),
        ("Two bridges had collapsed, the mayor said on Monday.", "say", "the mayor", ["Two bridges had collapsed"]),
        ("“We have no water,” said Olena Koval, a nurse. “We melt snow.”", "say", "Olena Koval, a nurse",
         ["“We have no water,”", "“We melt snow.”"]),
        ("According to the governor, three villages were cut off.", "accord", "the governor",
         ["three villages were cut off"]),
        ("Residents fear that the dam will burst.", "fear", "Residents", ["that the dam will burst"]),
    ],
)  # fmt: skip
def test_source_and_content_are_the_exact_words(one, text, cue, source, content):
    claim = one(text, cue)
    assert claim["source_words"] == source
    assert claim["content"] == content


@pytest.mark.parametrize(
    ("text", "cue", "stance"),
    [
        ("The army said it had taken the port.", "say", "asserts"),
        ("The ministry denied that its jets had bombed the market.", "deny", "denies"),
        ("Officials expect the talks to resume.", "expect", "expects"),
        ("The president promised to rebuild the bridge.", "promise", "promises"),
        ("Turkey offered to host the talks.", "offer", "offers"),
        ("The pope urged both sides to lay down their arms.", "urge", "urges"),
        ("The minister demanded that the troops withdraw.", "demand", "demands"),
        ("The ministry accused the rebels of shelling the hospital.", "accuse", "accuses"),
        ("The general admitted that the convoy had been lost.", "admit", "admits"),
        ("The prime minister doubts that the truce will hold.", "doubt", "doubts"),
        ("The prime minister did not say whether the truce would hold.", "say", "doubts"),
        ("The government did not rule out new sanctions.", "rule", "admits"),
        ("The Kremlin ruled out new talks.", "rule", "denies"),
        ("The spokesman refused to confirm that a plane had been lost.", "refuse", "doubts"),
    ],
)
def test_stance_follows_the_cue_and_its_context(one, text, cue, stance):
    assert one(text, cue)["stance"] == stance


def test_the_source_is_the_actor_behind_pronoun_title_and_metonym(read):
    text = (
        "President Volodymyr Zelenskiy arrived late. He said the city would hold.\n\n"
        "The Kremlin said the offer stood. Moscow said no more would be offered."
    )
    assert [c["source"] for c in read(text)][:2] == ["Volodymyr Zelenskiy", "Kremlin"]


def test_a_source_nobody_named_becomes_an_unnamed_actor(read):
    [claim] = read("Two officials who asked not to be named said the convoy had turned back.")[-1:]
    assert claim["source"] is not None
    assert "officials" in claim["source"]


def test_a_claim_passed_on_stands_in_the_claim_that_passes_it_on(read):
    claims = read("The agency reported that officials said the dam had burst.")
    inner = next(c for c in claims if c["cue"] == "say")
    assert inner["source_words"] == "officials"
    assert inner["content"] == ["the dam had burst"]
    assert claims[inner["parent"]]["cue"] == "report"


def test_a_quotation_without_cue_belongs_to_who_was_just_heard(read):
    claims = read("“The roof fell in,” said Olena Koval.\n\n“Nobody came to help us that night.”")
    assert claims[-1]["content"] == ["“Nobody came to help us that night.”"]
    assert claims[-1]["source"] == "Olena Koval"
    assert claims[-1]["cue"] == ""


def test_a_quotation_follows_its_speaker_within_a_paragraph(read):
    claims = read("Olena Koval stood by the ruined house. “It came from the east, we all heard it.”")
    assert [c["content"] for c in claims] == [["“It came from the east, we all heard it.”"]]
    assert claims[0]["source"] == "Olena Koval"


def test_reopened_marks_carry_a_quotation_over_paragraphs(read):
    text = "“The first night was long,” the mayor said. “We counted the blasts.\n\n“The second night was worse.”"
    [claim] = [c for c in read(text) if c["parent"] is None]
    assert claim["content"][-1] == "“The second night was worse.”"


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “green corridor” stayed shut all day.",
        "His film “The Long Road Home” opened in Lviv.",
        "Snow fell on the camp overnight. Trucks queued at the border.",
    ],
)
def test_scare_quotes_titles_and_plain_reports_are_no_claims(read, text):
    assert [c["content"] for c in read(text) if c["mode"] != "indirect"] == []


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Russia said it would talk, provided Kyiv lays down its arms.", "Kyiv lays down its arms"),
        ("The union said it would strike unless wages rise.", "wages rise"),
        ("The rebels promised to free the crew on condition that the siege ends.", "the siege ends"),
        ("The minister asked if the road was open.", None),
        ("The agency said it provided food to the camp.", None),
    ],
)
def test_conditions_are_the_words_behind_provided_and_unless(read, text, condition):
    assert next((c["condition"] for c in read(text)), None) == condition


def test_a_claim_knows_to_whom_and_when_it_was_made(one):
    claim = one("Zelenskiy told European leaders on Thursday night that the city would hold.", "tell")
    assert claim["addressee"] == "European leaders"
    assert "Thursday" in claim["said_at"]


@pytest.mark.parametrize("text", ["", " ", "“", "\n\n“”\n", "said", "“" * 500, "He said “" * 200])
def test_any_text_is_read_without_error(read, text):
    read(text)


def test_claims_are_in_order_and_parents_exist(read):
    claims = read("AP reported that officials said the mayor believed the dam would hold. Kyiv denied it.")
    assert all(c["parent"] is None or 0 <= c["parent"] < len(claims) for c in claims)


@pytest.mark.skipif(not SEED.exists(), reason="the seed report lies beside the checkout only where it is shared")
def test_the_seed_report_names_its_sources(read):
    claims = read(SEED.read_text(encoding="utf-8"), "2022-02-25")
    said = {(c["source"], c["content"][0]) for c in claims}
    for source, words in (
        ("Zelenskiy", "that he was Russia’s No. 1 target"),
        ("Kremlin", "Kyiv had rejected the offer"),
        ("Putin", "that the West left him no other choice"),
        ("Peskov", "Ukrainian officials were unwilling to travel"),
        ("Lavrov", "it was too late"),
        ("Blinken", "Kyiv “could well be under siege”"),
        ("US officials", "they expected Russia to exercise its veto"),
        ("Zhyhanov", "“What are you doing? What is this?”"),
        ("Vashaka", "“We’re all scared and worried."),
        ("Associated Press", "In Kyiv"),
    ):
        assert any(source in (who or "") and what.startswith(words) for who, what in said), (source, words, said)


@pytest.mark.skipif(not SEED.exists(), reason="the seed report lies beside the checkout only where it is shared")
def test_the_seed_reports_military_keeps_its_pronoun(read):
    claims = read(SEED.read_text(encoding="utf-8"), "2022-02-25")
    sources = {c["source_words"]: c["source"] for c in claims if c["cue"] in ("say", "claim")}
    assert sources["It"] == sources["Russia’s military"] is not None


@pytest.mark.parametrize(
    "text",
    [
        "The army attacked the port at dawn.",
        "Rebels hit a school and shelled the market.",
        "The so-called “green corridor” stayed shut.",
    ],
)
def test_deeds_are_no_claims(read, text):
    assert read(text) == []


def test_a_quotation_may_be_signed_with_a_dash(read):
    [claim] = read("“We melted snow for tea and slept in our coats.” — Olena Koval, nurse")
    assert claim["source_words"] == "Olena Koval, nurse"
    assert claim["content"] == ["“We melted snow for tea and slept in our coats.”"]


def test_the_lines_of_a_transcript_belong_to_who_is_named_in_capitals(read):
    claims = read("KOVAL: Who opened the gate?\n\nBONDAR: Nobody knows who did.")
    assert [(c["source_words"], c["content"]) for c in claims if c["parent"] is None] == [
        ("KOVAL", ["Who opened the gate?"]),
        ("BONDAR", ["Nobody knows who did."]),
    ]


def test_a_cue_at_a_paragraphs_end_announces_the_next_paragraphs_quotation(read):
    claims = read("The mayor wrote to the council:\n\n“We cannot hold the bridge without more men.”")
    assert claims[0]["source_words"] == "The mayor"
    assert claims[0]["content"] == ["“We cannot hold the bridge without more men.”"]


def test_nested_claims_go_to_any_depth(read):
    claims = read("AP reported that two officials said the mayor believed the dam would hold.")
    depth = {c["cue"]: c["parent"] for c in claims}
    assert depth["report"] is None
    assert claims[depth["say"]]["cue"] == "report"


def test_time_grows_in_line_with_the_text(parse):
    """Ten thousand marks, and one long paragraph, cost no more by the word than a short text."""

    def seconds(text: str) -> float:
        words = parse(text)
        context = Context(report=Report(text=text, published="2022-03-04"), codebook=load_codebook())
        began = time.process_time()
        with one_thread():
            find_claims(words, context, Cast(words), [])
        return time.process_time() - began

    piece = "He said “we hold.” Officials denied it, “again and again.” "
    seconds(piece)
    assert seconds(piece * 800) < 8 * 3 * max(seconds(piece * 100), 0.02)


def test_what_is_found_in_a_text_does_not_depend_on_those_read_with_it(parse):
    texts = [
        "Monday\nThe army denied that it had lost the town. “We hold it,” the mayor said.",
        "It rained.",
        "",
        "“Nobody” came, AP reported that officials said.\n“Wait,” the guard told them: “the bridge is shut.”",
    ]
    all_words = list(map(parse, texts))
    alone = [attribute([words])[0].relations for words in all_words]
    assert sum(map(len, alone)) >= 4
    assert [said.relations for said in attribute(all_words)] == alone
    assert [said.relations for said in attribute(all_words[::-1])] == alone[::-1]


def test_cues_in_each_others_contents_make_no_circle():
    one = Relation(head=2, chance=0.9, cue=(2, 3), source=None, content=[(4, 8)])
    other = Relation(head=5, chance=0.8, cue=(5, 6), source=None, content=[(0, 4)])
    kept = settle(10, [], [one, other])
    for relation in kept:
        above = [relation]
        while above[-1].parent is not None:
            above.append(above[-1].parent)
            assert len(above) <= len(kept)


@pytest.mark.parametrize(("text", "content"), [
    ("After denying for weeks he planned to invade, Putin argued that he had no choice.", "he planned to invade"),
    ("After denying for months that it would raise taxes, the government raised them.", "that it would raise taxes"),
])  # fmt: skip
def test_how_long_something_was_said_is_no_part_of_it(read, text, content):
    assert content in [" ".join(claim["content"]) for claim in read(text) if claim["cue"] == "deny"]


@pytest.mark.parametrize(
    "text",
    [
        "Warsaw: A convoy of ambulances reached the city on Sunday morning.",
        "A nurse, who asked not to be named, works at the clinic.",
        "It is not known how many people were on the ferry.",
    ],
)
def test_datelines_pleas_for_anonymity_and_unknowns_are_no_claims(read, text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("The paper quoted a harbour pilot as saying that the channel was mined.", "say", "a harbour pilot"),
        ("Having denied that he had fled, the governor went on air.", "deny", "the governor"),
    ],
)
def test_a_participle_has_its_source_from_the_clause_above(one, text, cue, source):
    assert one(text, cue)["source_words"] == source


def test_a_second_clause_with_that_belongs_to_the_first(one):
    claim = one("The mayor told residents that the bridge was shut — and that nobody should try to cross.", "tell")
    assert claim["content"] == ["that the bridge was shut — and that nobody should try to cross"]


def test_what_an_aside_calls_a_quotation_is_no_part_of_it(one):
    claim = one("“Who is in charge here?” driver Olha Bilyk asked — a question put to the whole queue.", "ask")
    assert claim["content"] == ["“Who is in charge here?”"]
    assert claim["mode"] == "direct"


def test_to_defend_is_no_claim_within_a_claim(read):
    claims = read("The president called on volunteers to take up arms and defend the capital against the invaders.")
    assert "defend" not in [claim["cue"] for claim in claims]


def test_the_features_of_a_relation_do_not_depend_on_the_paragraphs_around(parse):
    texts = ["The army denied that it had lost the town.", "Officials said the port was open, but traders doubted it."]
    texts = [f"Monday\n{text}" for text in [*texts, "\n".join(texts)]]  # the first is taken for a title
    columns = [(words, columns_of(words, [])) for words in map(parse, texts)]
    features = [rescoring_features(w, c, possible_claims(w, c, load_networks())) for w, c in columns]
    assert np.allclose(np.concatenate(features[:2]), features[2], atol=1e-3)


def test_rescoring_keeps_what_reaches_the_bar_in_order(parse):
    words = parse("The army denied that it had lost the town. Officials said the port was open.")
    columns = columns_of(words, [])
    kept = rescored(words, columns, possible_claims(words, columns, load_networks()), load_trees(), 0.3)
    assert [words.form[relation.head] for relation in kept] == ["denied", "said"]
    assert all(0.3 <= relation.chance <= 1 for relation in kept)


@pytest.mark.parametrize(
    "opening", ["", "KYIV, Feb 25 (Tessel Wire) - ", "HALYCH, Ukraine — ", "NEW YORK (Tessel Wire) -- "]
)
def test_an_agencys_opening_is_no_part_of_what_is_said(read, opening):
    (claim,) = read(f"{opening}Troops entered the town at dawn, the mayor said.")
    assert claim["content"] == ["Troops entered the town at dawn"]


def test_who_is_named_amid_a_sentence_goes_on_speaking(read):
    claims = read(
        "The dead included four children, director Amal Saleh said, adding that dozens were in intensive care."
    )
    assert [(c["source_words"], c["cue"]) for c in claims] == [
        ("director Amal Saleh", "say"), ("director Amal Saleh", "add")
    ]  # fmt: skip
