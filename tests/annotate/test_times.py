"""Time expressions: where they are, what they mean, and the stretch of time that holds it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.annotate.context import Context
from dateline.annotate.times import find_times
from dateline.codebook import load_codebook
from dateline.records import Report
from tests.conftest import ROOT, SEED
from tests.marked import unmark

FRIDAY = "2022-03-04"
GOLD = ROOT / "gate" / "gold" / "times.jsonl"


@pytest.fixture(scope="session")
def times(parse):
    def find(text, published=FRIDAY, **report):
        context = Context(report=Report(text=text, published=published, **report), codebook=load_codebook())
        return find_times(parse(text), context)

    return find


@pytest.fixture(scope="session")
def values(times):
    def find(text, published=FRIDAY, **report):
        return [time.value for time in times(text, published, **report)]

    return find


@pytest.mark.parametrize(("marked", "value"), [
    ("Shelling resumed on [Thursday].", "2022-03-03"),
    ("Talks opened [Friday] and stalled.", "2022-03-04"),  # today, not a week ago
    ("Ministers will meet on [Monday].", "2022-03-07"),
    ("The hearing opens on [Tuesday].", "2022-03-08"),
    ("Ministers are due to meet on [Monday].", "2022-03-07"),
    ("Nothing has moved since [Monday].", "2022-02-28"),
    ("The truce holds until [Sunday].", "2022-03-06"),
    ("None of them could be reached [Wednesday].", "2022-03-02"),
    ("He left [last Tuesday].", "2022-03-01"),
    ("He returns [next Tuesday].", "2022-03-08"),
    ("He will speak [this Sunday].", "2022-03-06"),
    ("It fell on [Wednesday of last week].", "2022-02-23"),
])  # fmt: skip
def test_a_weekday_goes_the_way_its_verb_does(times, marked, value):
    text, [span] = unmark(marked)
    [found] = times(text)
    assert (found.start, found.end, found.value) == (*span, value)


@pytest.mark.parametrize(("marked", "value"), [
    ("It began on [24 February 2022].", "2022-02-24"),
    ("It began on [Feb. 24, 2022].", "2022-02-24"),
    ("It began on [February 24].", "2022-02-24"),
    ("It began on [the 24th].", "2022-02-24"),
    ("It began on [24.02.2022].", "2022-02-24"),
    ("It began on [24/2/22].", "2022-02-24"),
    ("It began on [2022-02-24].", "2022-02-24"),
    ("The vote is on [March 15].", "2022-03-15"),
    ("Inspectors came in [November].", "2021-11"),
    ("The harvest is due in [August].", "2022-08"),
    ("It ended in [March 2014].", "2014-03"),
    ("It ended in [July last year].", "2021-07"),
    ("Output fell in [the fourth quarter of 2021].", "2021-Q4"),
    ("Prices rose in [the first half of 2021].", "2021-H1"),
    ("It was built in [the 1990s].", "199"),
    ("It was drawn in [the 19th century].", "18"),
    ("The front was quiet [this winter].", "2021-WI"),
    ("The drill of [Feb 10–20] is over.", "2022-02-10/2022-02-20"),
    ("It opens between [3 and 5 March].", "2022-03-03/2022-03-05"),
    ("It rained over [the weekend].", "2022-W08-WE"),
    ("He spoke on [New Year's Eve].", "2021-12-31"),
    ("They will pray at [Orthodox Easter].", "2022-04-24"),
    ("It lay there in [44 BC].", "BC0044"),
])  # fmt: skip
def test_a_date_is_read_in_any_of_its_forms(times, marked, value):
    text, [span] = unmark(marked)
    [found] = times(text)
    assert (found.start, found.end, found.value) == (*span, value)


@pytest.mark.parametrize(("marked", "value", "earliest"), [
    ("It left at [0600 GMT].", "2022-03-04T06:00Z", "2022-03-04T06:00+00:00"),
    ("It left at [5 a.m. Kyiv time].", "2022-03-04T05:00+02:00", "2022-03-04T05:00+02:00"),
    ("It left Kharkiv at [5:07 a.m. local time].", "2022-03-04T05:07+02:00", "2022-03-04T05:07+02:00"),
    ("It left at [11:05 GMT+2].", "2022-03-04T11:05+02:00", "2022-03-04T11:05+02:00"),
    ("It left at [3:15 p.m. EST].", "2022-03-04T15:15-05:00", "2022-03-04T15:15-05:00"),
    ("It left at [1 p.m. in New York].", "2022-03-04T13:00-05:00", "2022-03-04T13:00-05:00"),
    ("It left at [2022-03-01T05:00Z].", "2022-03-01T05:00Z", "2022-03-01T05:00+00:00"),
    ("It left at [half past six in the morning].", "2022-03-04T06:30", "2022-03-04T06:30+00:00"),
])  # fmt: skip
def test_a_clock_time_keeps_its_zone(times, marked, value, earliest):
    text, [span] = unmark(marked)
    [found] = times(text)
    assert (found.start, found.end, found.value) == (*span, value)
    assert found.earliest == datetime.fromisoformat(earliest)


@pytest.mark.parametrize(("report", "zone"), [
    ({}, "Asia/Kolkata"),
    ({"outlet": "The Irish Gazette"}, "Europe/Dublin"),
    ({"url": "https://news.example.co.il/7"}, "Asia/Jerusalem"),
])  # fmt: skip
def test_ist_is_that_of_the_outlet_and_of_india_where_nothing_speaks_for_another(times, report, zone):
    [found] = times("The vote is at 1.30am IST on Saturday.", **report)
    assert found.zone == zone


def test_a_second_clock_time_tells_the_zone_of_the_first(times):
    first, second = times("It was read out at 5:45 a.m. (0245 GMT).")
    assert (first.value, second.value) == ("2022-03-04T05:45+03:00", "2022-03-04T02:45Z")
    assert first.earliest == second.earliest


def test_the_same_moment_by_other_clocks_may_be_another_day(times):
    _, second = times("The council met at 3 p.m. EST on Thursday (1.30am IST).")
    assert second.value == "2022-03-04T01:30+05:30"


@pytest.mark.parametrize(("marked", "value"), [
    ("He was seized [last night].", "2022-03-03TNI"),
    ("The convoy left [this morning].", "2022-03-04TMO"),
    ("[Before dawn], fire swept the plant.", "2022-03-04TMO"),
    ("The raid was on [Wednesday night].", "2022-03-02TNI"),
    ("It fell in [the early hours of Wednesday].", "2022-03-02TNI"),
    ("Troops pulled back [overnight].", "2022-03-03TNI"),
    ("They will meet [tomorrow].", "2022-03-05"),
    ("Water was cut off [the day before yesterday].", "2022-03-02"),
    ("They left [last week].", "2022-W08"),
    ("They met [three weeks ago].", "2022-W06"),
    ("They met [two days ago].", "2022-03-02"),
    ("They met [eight years ago].", "2014"),
])  # fmt: skip
def test_deictic_words_count_from_the_publication(times, marked, value):
    text, [span] = unmark(marked)
    [found] = times(text)
    assert (found.start, found.end, found.value, found.anchor) == (*span, value, "published")


@pytest.mark.parametrize(("text", "expected"), [
    ("It blew up on Monday. The next day, smoke hung over it.", "2022-03-01"),
    ("It blew up on Monday. The previous day, guards had fled.", "2022-02-27"),
    ("It was signed on June 12, 2019. Three days later it was torn up.", "2019-06-15"),
    ("In 2014 it took the land. A year later it built a bridge.", "2015"),
    ("He resigned on Jan. 5. Earlier that week he had been jeered.", "2022-W01"),
    ("He resigned on Jan. 5. Later that day he flew abroad.", "2022-01-05"),
])  # fmt: skip
def test_words_of_the_story_count_from_the_time_told_before(times, text, expected):
    _, found = times(text)
    assert (found.value, found.anchor) == (expected, 0)


def test_a_length_after_a_happening_is_bounded_by_the_day_it_leads_to(times):
    fire, length = times("A fire broke out on Tuesday. Two days after the fire, the walls were hot.")
    assert (length.value, length.anchor) == ("P2D", 0)
    assert length.earliest == datetime(2022, 3, 3, tzinfo=UTC)
    assert fire.value == "2022-03-01"


def test_days_of_a_war_are_counted_from_its_start(values):
    assert values("On Day 100 of the war in Ukraine, a fifth was occupied.", "2022-06-03") == ["2022-06-03"]


@pytest.mark.parametrize(("marked", "kind", "value"), [
    ("They waited for [weeks].", "DURATION", "PXW"),
    ("They waited for [two and a half years].", "DURATION", "P2Y6M"),
    ("They waited [an hour and a half].", "DURATION", "PT1H30M"),
    ("A [three-day] truce began.", "DURATION", "P3D"),
    ("They lost [more than 80 days].", "DURATION", "P80D"),
    ("Shells fall [daily].", "SET", "P1D"),
    ("They march [every Friday].", "SET", "XXXX-WXX-5"),
    ("Aid comes [twice a week].", "SET", "P1W"),
    ("It is [now] a ruin.", "DATE", "PRESENT_REF"),
])  # fmt: skip
def test_lengths_and_sets_are_told_from_dates(times, marked, kind, value):
    text, [span] = unmark(marked)
    [found] = times(text)
    assert (found.start, found.end, found.type, found.value) == (*span, kind, value)


@pytest.mark.parametrize("text", [
    "She is 44 years old.",
    "The 6-year-old boy fled.",
    "About three-quarters of them left.",
    "You may march if you must.",
    "Sun Microsystems said nothing.",
    "They were in their 30s.",
    "Some 2000 people fled.",
    "The 24th Brigade fell back.",
])  # fmt: skip
def test_words_that_look_like_times_are_left_alone(times, text):
    assert times(text) == []


@pytest.mark.parametrize(("text", "value"), [
    ("Gunfire was heard on Friday.", "XXXX-WXX-5"),
    ("He was killed last year.", "XXXX"),
    ("They met on June 5.", "XXXX-06-05"),
    ("It struck at 5:07 a.m. on Monday.", "XXXX-WXX-1T05:07"),
])  # fmt: skip
def test_relative_times_of_an_undated_report_stay_open(times, text, value):
    [found] = times(text, None)
    assert (found.value, found.earliest, found.latest) == (value, None, None)


def test_days_under_a_dateline_are_days_of_its_place(times):
    [found] = times("Blasts were heard Friday.", dateline_place="Kyiv")
    assert found.zone == "Europe/Kyiv"
    assert found.earliest == datetime(2022, 3, 3, 22, tzinfo=UTC)


def test_numbers_with_slashes_follow_the_other_dates_of_the_report(values):
    assert values("Filed 3/2/2022, not on Feb. 9.")[0] == "2022-03-02"
    assert values("Filed 3/2/2022, not on 9 Feb.")[0] == "2022-02-03"
    assert values("Filed 3/2/2022, not 13/2/2022 as on Feb. 14.")[0] == "2022-02-03"


@pytest.mark.parametrize(("told", "value"), [
    ({"url": "https://www.abqjournal.com/1/raid"}, "2022-03-02"),
    ({"url": "https://news.example.co.uk/1/raid"}, "2022-02-03"),
    ({"outlet": "addisstandard.com"}, "2022-02-03"),
])  # fmt: skip
def test_numbers_with_slashes_follow_the_country_of_the_outlet(times, told, value):
    [found] = times("The raid of 3/2/2022 killed nine.", **told)
    assert found.value == value


def test_numbers_with_slashes_are_not_read_as_a_day_to_come_when_told_in_the_past(values):
    assert values("The raid of 3/5/2022 killed nine.", "2022-03-07") == ["2022-03-05"]


@pytest.mark.parametrize(("text", "day"), [
    ("A month after the coup of 1 February 2021, crowds filled the streets.", "2021-03-01"),
    ("Aid workers left two days after the attack on 27 February.", "2022-03-01"),
    ("Two weeks before the vote of 20 February the general had denied it.", "2022-02-06"),
])  # fmt: skip
def test_a_length_is_counted_from_the_happening_whose_date_follows_it(times, text, day):
    length = times(text)[0]
    assert length.anchor == 1
    assert length.earliest <= datetime.fromisoformat(day).replace(tzinfo=UTC) < length.latest


def test_a_length_is_not_counted_from_a_date_beyond_a_comma(times):
    length, _ = times("Two days after the raid, police named the dead of 20 February.")
    assert length.earliest is None


@pytest.mark.parametrize(("text", "values"), [
    ("The raid began late on Monday. By 4 a.m. it was over.", ["2022-02-28", "2022-03-01T04:00"]),
    ("The raid began on Monday evening. At 3 a.m. the gate fell.", ["2022-02-28TEV", "2022-03-01T03:00"]),
    ("The raid began on Monday evening. Police had come at 3 a.m.", ["2022-02-28TEV", "2022-02-28T03:00"]),
    ("The raid began on Monday. At 3 a.m. the gate fell.", ["2022-02-28", "2022-02-28T03:00"]),
])  # fmt: skip
def test_a_story_told_of_an_evening_goes_on_past_midnight_unless_it_goes_back(times, text, values):
    assert [t.value for t in times(text)] == values


def test_a_weekday_with_its_part_and_date_is_one_time(times):
    [found] = times("On Sunday evening, 27 February, the bridge was blown up.")
    assert (found.value, found.end) == ("2022-02-27TEV", 30)


def test_what_is_due_on_a_day_lies_ahead(times):
    assert times("The train is due in Lviv on Sunday.")[0].value == "2022-03-06"


def test_the_night_before_something_undated_is_not_the_night_of_the_report(times):
    assert times("The night before the vote, ballot boxes were burned.") == []


def test_a_clock_time_may_be_told_in_a_country_s_time(times):
    [found] = times("The talks will begin at 9.30 a.m. Turkish time on Thursday.")
    assert found.value == "2022-03-10T09:30+03:00"


def test_days_of_the_week_in_the_plural_are_a_set(times):
    assert [(t.type, t.value) for t in times("Markets are open on Tuesdays and Fridays.")] == [
        ("SET", "XXXX-WXX-2"),
        ("SET", "XXXX-WXX-5"),
    ]


def test_a_numbered_day_of_what_began_nobody_knows_when_is_the_day_of_the_report_or_the_one_before(times):
    [found] = times("On Day 12 of the siege of Maronvale, water ran out.")
    assert (found.value, found.latest - found.earliest) == (FRIDAY, timedelta(days=2))


def test_a_users_codebook_adds_the_days_on_which_things_began(parse, tmp_path):
    own = tmp_path / "own.tsv"
    own.write_text("[starts]\nday\twhat\twhich\n2022-02-20\tsiege|blockade\tMariupol\n", encoding="utf-8")
    text = "On Day 12 of the siege of Mariupol, water ran out."
    context = Context(report=Report(text=text, published="2022-03-04"), codebook=load_codebook(own))
    [found] = find_times(parse(text), context)
    assert found.value == "2022-03-03"


def test_own_gold_is_met(times):
    """The own gold of the gate: nine in ten values right, and no bounds that leave out the truth."""
    right = total = 0
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told = {key: row[key] for key in ("outlet", "url", "dateline_place") if key in row}
        found = {(t.start, t.end): t for t in times(row["text"], row.get("date"), **told)}
        for gold in row["timex"]:
            total += 1
            time = found.get((gold["start"], gold["end"]))
            right += time is not None and (time.type, time.value) == (gold["type"], gold["value"])
            if time is not None and "earliest" in gold:
                assert time.earliest is None or time.earliest <= datetime.fromisoformat(gold["earliest"]), row["text"]
                assert time.latest is None or time.latest >= datetime.fromisoformat(gold["latest"]), row["text"]
    assert total >= 200
    assert right / total >= 0.9


def test_the_seed_report(times):
    if not Path(SEED).exists():
        pytest.skip(f"no seed report at {SEED}")
    text = SEED.read_text(encoding="utf-8")
    found = {text[t.start : t.end]: t for t in times(text, "2022-02-25")}
    assert found["1.30am IST on Saturday"].value == "2022-02-26T01:30+05:30"
    assert found["Thursday night"].value == "2022-02-24TNI"
    assert found["Day 2"].value == found["Friday"].value == "2022-02-25"
