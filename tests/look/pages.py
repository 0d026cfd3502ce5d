"""A ledger with all a page can show, made without reading: two reports that differ, names in many scripts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from dateline.ledger import open_ledger
from dateline.link import link
from dateline.records import (
    Actor,
    Claim,
    Dispute,
    Event,
    OpenQuestion,
    Place,
    Quantity,
    Reading,
    Report,
    Reversal,
    Side,
    Span,
    Thread,
    ThreadMove,
    TimeExpression,
    Toll,
    TollEntry,
    Unknown,
)
from tests.ledger.made import made

DAY = datetime(2022, 2, 25, tzinfo=UTC)
# Astral characters, a combining accent and a right-to-left name stand before and inside of marks.
ODD = (
    "😀😀 Olha Melnyk, a neighbour, told \u200f\u05e9\u05e8\u05d4 \u05db\u05d4\u05df\u200e on Friday that "
    "Jose\u0301 <b>Ruiz</b> &amp; 12 men shelled Kyiv 🏚.\r\n\r\n"
    "Russia denied that it shelled Kyiv. How many died is not known."
)
SARA = "\u05e9\u05e8\u05d4 \u05db\u05d4\u05df"
FIRST = "Russia said on Friday that it seized the airport at Hostomel, killing more than 200 soldiers."
SECOND = "Ukraine denied that Russia seized the airport at Hostomel; dozens were killed. Who holds it is unclear."


def span(text, words, after=0):
    start = text.index(words, after)
    return start, start + len(words)


def odd_reading():
    def at(words, after=0):
        return span(ODD, words, after)

    denial = ODD.index("Russia")
    return Reading(
        times=(TimeExpression(start=at("Friday")[0], end=at("Friday")[1], type="DATE", value="2022-02-25",
                              earliest=DAY, latest=DAY + timedelta(days=1)),),
        places=(Place(start=at("Kyiv")[0], end=at("Kyiv")[1], name="Kyiv", kind="literal", lat=50.45, lon=30.52,
                      radius_km=17.0, country="UKR", geonames_id=703448),),
        actors=(Actor(id="a0", name="Olha Melnyk", kind="person", public=False,
                      mentions=((*at("Olha Melnyk"), "name"),)),
                Actor(id="a1", name=SARA, kind="person", mentions=((*at(SARA), "name"),)),
                Actor(id="a2", name="Jose\u0301 <b>Ruiz</b>", kind="armed_force",
                      mentions=((*at("Jose\u0301 <b>Ruiz</b>"), "name"),)),
                Actor(id="a3", name="Russia", kind="government", country="RUS", mentions=((*at("Russia"), "name"),))),
        quantities=(Quantity(start=at("12 men")[0], end=at("12 men")[1], low=12, high=12, precision="exact",
                             unit="troops", of="men"),),
        claims=(Claim(start=at("Olha")[0], end=at("Kyiv")[1], source="a0", source_span=Span(*at("Olha Melnyk")),
                      cue="tell", cue_span=Span(*at("told")), content=((at("that Jose")[0], at("Kyiv")[1]),),
                      addressee="a1", mode="indirect", stance="asserts"),
                Claim(start=denial, end=at("Kyiv", denial)[1], source="a3", source_span=Span(*at("Russia")), cue="deny",
                      cue_span=Span(*at("denied")), content=((at("that it")[0], at("Kyiv", denial)[1]),),
                      mode="indirect", stance="denies")),
        events=(Event(start=at("Jose")[0], end=at("Kyiv")[1], type="ASSAULT", mode="artillery",
                      trigger=Span(*at("shelled")), sentence=Span(0, at("🏚.")[1]), status="happened", factuality=3.0,
                      claim=0, initiators=("a2",), place=0, place_basis="argument", time=0, time_basis="argument",
                      earliest=DAY, latest=DAY + timedelta(days=1), quantities=(0,)),
                Event(start=at("it shelled")[0], end=at("Kyiv", denial)[1], type="ASSAULT",
                      trigger=Span(*at("shelled", denial)), sentence=Span(denial, at("Kyiv.", denial)[1]),
                      status="denied", factuality=-3.0, claim=1, initiators=("a3",))),
        unknowns=(Unknown(start=at("How many")[0], end=at("known")[1], words="How many died"),),
    )  # fmt: skip


def seized(text, who, *, denied):
    number = "more than 200" if not denied else "dozens"
    w, s, p = span(text, who), span(text, "seized"), span(text, "Hostomel")
    q, k = span(text, number), span(text, "kill")
    unknown = span(text, "Who holds it") if denied else None
    return Reading(
        places=(Place(start=p[0], end=p[1], name="Hostomel", kind="literal", lat=50.57, lon=30.26, radius_km=2.0,
                      country="UKR", geonames_id=707155),),
        actors=(Actor(id="a0", name=who, kind="government", mentions=((*w, "name"),)),),
        quantities=(Quantity(start=q[0], end=q[1], low=201 if not denied else 24, high=None if not denied else 99,
                             precision="at_least" if not denied else "dozens", unit="killed"),),
        claims=(Claim(start=w[0], end=p[1], source="a0", source_span=Span(*w), cue="say", content=((s[0], p[1]),),
                      mode="indirect", stance="denies" if denied else "asserts"),),
        events=(Event(start=s[0], end=p[1], type="CONTROL", trigger=Span(*s), sentence=Span(0, p[1] + 1), claim=0,
                      initiators=("a0",), place=0, place_basis="argument", earliest=DAY,
                      latest=DAY + timedelta(hours=8), status="denied" if denied else "happened",
                      factuality=-3.0 if denied else 3.0),
                Event(start=k[0], end=q[1] if not denied else k[1] + 2, type="CASUALTIES", trigger=Span(*k),
                      sentence=Span(0, len(text)), status="happened", factuality=3.0, quantities=(0,), place=0,
                      place_basis="sentence", earliest=DAY, latest=DAY + timedelta(hours=8))),
        unknowns=(Unknown(start=unknown[0], end=unknown[1], words="Who holds it"),) if unknown else (),
    )  # fmt: skip


def fill(place, *, more=0):
    """Make the ledger at a path; ``more``: further reports that all look alike."""
    reports = [
        (Report(text=FIRST, published="2022-02-25T14:00+00:00", outlet="Tessel Wire", title="Airport <seized>"),
         seized(FIRST, "Russia", denied=False)),
        (Report(text=SECOND, published="2022-02-25T18:00+00:00", outlet="Podil Post", title="Airport holds"),
         seized(SECOND, "Ukraine", denied=True)),
        (Report(text=ODD, published="2022-02-26", outlet="Tessel Wire", title="😀 Olha Melnyk saw it"), odd_reading()),
        *(made(i) for i in range(more)),
    ]  # fmt: skip
    one, other, odd = (report.id for report, _ in reports[:3])
    with open_ledger(place) as ledger:
        ledger.add_many(reports, ledger.start_run(version="0", model="m", codebook="c"))
        linked = link(ledger.readings())
        chief = next((i for i in linked.incidents if f"{one}:e0" in i.events), linked.incidents[0])
        entries = tuple(
            TollEntry(quantity=f"{r}:q0", report=r, published=when, source=who, low=low, high=high)
            for r, when, who, low, high in ((one, "2022-02-25T14:00+00:00", "Russia", 201.0, None),
                                            (other, "2022-02-25T18:00+00:00", "Podil Post", 24.0, 99.0))
        )  # fmt: skip
        toll = Toll(kind="killed", low=24, best=24, high=201, entries=entries, victims="UKR")
        incidents = [_with(i, (toll,)) if i is chief else i for i in linked.incidents]
        dispute = Dispute(id="d0", kind="occurrence", about="Russia seized the airport", incident=chief.id, sides=(
            Side(label="asserted", records=(f"{one}:c0",), sources=("Russia",)),
            Side(label="denied", records=(f"{other}:c0", f"{other}:q0"), sources=("Ukraine",))))  # fmt: skip
        ledger.replace_linked(
            incidents, [dispute],
            [Reversal(id="v0", source="Russia", before=f"{one}:c0", after=f"{odd}:c1", about="the airport")],
            [Thread(id="h0", matter="the airport", parties=("Russia", "Ukraine"), state="refused", moves=(
                ThreadMove(record=f"{one}:c0", move="demanded", by="Russia", published="2022-02-25T14:00+00:00"),
                ThreadMove(record=f"{other}:c0", move="refused", by="Ukraine", published="2022-02-25T18:00+00:00")))],
            [OpenQuestion(id="q0", words="Who holds it", unknowns=(f"{other}:u0",), asked="2022-02-25T18:00+00:00"),
             OpenQuestion(id="q1", words="How many died", unknowns=(f"{odd}:u0",), asked="2022-02-26",
                          answer=f"{one}:c0", answered="2022-02-26")],
        )  # fmt: skip
    return {"odd": odd, "incident": chief.id, "dispute": "d0"}


def _with(incident, tolls):
    return msgspec.structs.replace(incident, tolls=tolls)


def copied(ledger):
    """Fill a ledger with a text and a copy of it that differs in a word; ids out of it."""
    told = (
        "Russia said that it seized the airport at Hostomel on Friday, killing more than 200 men and losing {} of them."
    )
    reports = [
        Report(text=told.format(how_many), published=f"2022-02-25T{hour}:00+00:00", outlet=outlet)
        for how_many, hour, outlet in (("seven", 14, "Tessel Wire"), ("nine", 18, "Podil Post"))
    ]
    run = ledger.start_run(version="0", model="m", codebook="c")
    ledger.add_many([(report, seized(report.text, "Russia", denied=False)) for report in reports], run)
    linked = link(ledger.readings())
    ledger.replace_linked(*linked)
    return {"incident": next(i.id for i in linked.incidents if len(i.reports) == 2)}
