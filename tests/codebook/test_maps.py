"""The names of types in other schemes: only such as those schemes have."""

from __future__ import annotations

from dateline.codebook.plover import event_tables

ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Attack", "Abduction/forced disappearance", "Sexual violence"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    },
}  # fmt: skip
MAPS = event_tables().maps


def test_acled_names_are_those_of_its_codebook_each_under_its_event_type():
    for mapped in MAPS.values():
        events = [event for event in mapped.acled_event.split("|") if event]
        subs = {sub for event in events for sub in ACLED[event]}
        assert {sub for sub in mapped.acled_sub_event.split("|") if sub} <= subs


def test_cameo_codes_begin_with_a_root_and_a_mode_s_with_one_of_its_kind():
    for (_, mode), mapped in MAPS.items():
        assert mapped.cameo.isdigit()
        assert 1 <= int(mapped.cameo[:2]) <= 20
        assert len(mapped.cameo) <= 4 if mode else len(mapped.cameo) <= 3


def test_only_violence_is_a_candidate_for_ucdp():
    assert {name for (name, _), mapped in MAPS.items() if mapped.ucdp} == {"ASSAULT"}


def test_every_type_of_plover_has_a_cameo_root():
    tables = event_tables()
    assert {name for name, kind in tables.types.items() if kind.root and int(kind.root) <= 20} <= {n for n, _ in MAPS}
