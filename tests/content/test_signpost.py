"""Agencies are named by the display rules: shown channels, scope met, three at most."""

import itertools

import pytest

from bot.content import channels, signpost, types
from bot.content.guard import clean, digits
from bot.content.loader import load
from bot.content.signpost import named, signposts
from bot.content.wording import problems

BOROUGHS = (None, *load().force.boroughs, "not_sure")
SHOWN = {c.value for a in load().agencies.values() for c in channels.shown(a)}
HIDDEN = {
    c.value
    for a in load().agencies.values()
    for c in a.channels
    if (not c.show or a.never_signpost) and c.type in ("web", "email") and c.value not in SHOWN
}


def agencies_of(answer):
    return [load().agencies[name] for name in answer.agencies]


@pytest.mark.parametrize("type_id", [t.id for t in types.all_types()])
def test_every_type_by_borough_shows_shown_channels_in_scope_and_no_more_than_three(type_id):
    seen = set()
    for borough, deaf, danger in itertools.product(
        BOROUGHS, (False, True), ("none", "check", "now")
    ):
        found = signposts(type_id, borough=borough, deaf=deaf, danger=danger, safe=True)
        if (found.lines, deaf, danger) in seen:  # most types read the same in every borough
            continue
        seen.add((found.lines, deaf, danger))
        assert len(found.agencies) <= (1 if danger == "now" else 3)
        for agency in agencies_of(found):
            assert channels.shown(agency) and agency.scope in ("anyone", "borough", "area")
            if agency.scope != "anyone":
                assert borough in agency.boroughs
        text = "\n".join(found.lines)
        assert clean(text)[1] == []
        assert not HIDDEN & set(text.replace(";", " ").replace(". ", " ").split())
        assert problems(text, deaf=deaf, danger=danger) == []


@pytest.mark.parametrize("agency", list(load().agencies.values()), ids=lambda a: a.id)
def test_every_agency_says_shown_numbers_and_gives_the_deaf_another_way(agency):
    for deaf in (False, True):
        line = channels.line(agency, deaf=deaf)
        assert clean(line)[1] == [] and not HIDDEN & set(line.rstrip(".").replace(";", " ").split())
        assert bool(line) <= bool(channels.shown(agency))
        if deaf and agency.id not in signpost.ACCESS:
            assert problems(line, deaf=True) == []


def test_the_borough_is_asked_before_a_council_and_one_council_is_shown():
    assert signposts("noise").needs == "borough" and signposts("noise").lines == ()
    found = signposts("noise", borough="Salford")
    assert found.agencies[0] == "council_salford"
    assert len([a for a in found.agencies if a.startswith("council_")]) == 1


def test_a_person_who_does_not_know_the_borough_gets_the_finder():
    assert signposts("noise", borough="not_sure").agencies[0] == "council_any"


def test_a_landlord_is_shown_when_it_is_named_and_not_before():
    assert "landlord_salix" not in signposts("noise", borough="Salford").agencies
    landlord = signpost.landlord_named("i rent off salix homes in weaste")
    assert landlord == "Salix Homes"
    found = signposts("noise", borough="Salford", landlord=landlord)
    assert "landlord_salix" in found.agencies and "0800 218 2000" in "\n".join(found.lines)


def test_a_protected_person_sees_no_number_before_typing_is_safe():
    found = signposts("domestic_abuse")
    assert found.needs == "safe_to_chat" and not found.lines
    assert "national_da_helpline" in signposts("domestic_abuse", safe=True).agencies


def test_999_stands_first_whenever_danger_is_open():
    for danger in ("check", "now"):
        assert "999" in signposts("fraud", danger=danger).lines[0]


def test_helplines_for_own_behaviour_are_never_offered_by_the_bot():
    for type_id in (t.id for t in types.all_types()):
        found = signposts(type_id, borough="Bury", safe=True, text="i hit her")
        assert not {"respect_phoneline", "stop_it_now"} & set(found.agencies)
    assert named(["respect_phoneline", "stop_it_now"], borough="Bury").agencies == ()


def test_nobody_is_sent_to_our_own_chat_or_form():
    assert named(["gmp_live_chat", "gmp_online_report"], borough="Bury").agencies == ()


def test_the_next_agency_is_shown_when_the_first_has_nothing_and_the_first_is_named():
    found = named(["canal_river_trust", "environment_agency"], borough="Bury")
    assert found.agencies == ("environment_agency",)
    assert "Canal & River Trust" in found.lines[0]
    assert "no checked way" in named(["canal_river_trust"], borough="Bury").lines[0]


def test_travelsafe_is_an_extra_for_someone_travelling_and_never_first():
    on_tram = named(["travelsafe_gm", "rspca", "travelsafe_gm"], text="i'm on the tram now")
    assert on_tram.agencies == ("rspca", "travelsafe_gm")
    assert "travelsafe_gm" not in named(["rspca", "travelsafe_gm"]).agencies


def test_british_transport_police_are_for_trains():
    assert "btp" not in signposts("asb_nuisance", borough="Bury", text="kids in the park").agencies
    assert "btp" in signposts("asb_nuisance", borough="Bury", text="lads on the train").agencies


def test_hours_that_nobody_verified_are_not_stated():
    for agency in load().agencies.values():
        line = channels.line(agency)
        if not agency.hours_verified:
            assert "Open 24" not in line and "Monday" not in line


def test_a_deaf_person_gets_relay_and_never_55():
    line = "\n".join(signposts("fraud", deaf=True).lines)
    assert "18001 0300 123 2040" in line
    assert "silent_solution_55" not in named(["silent_solution_55"], deaf=True).agencies


def test_the_right_channel_of_a_council_is_chosen_by_what_it_serves():
    asb = "\n".join(signposts("asb_nuisance", borough="Trafford").lines)
    assert "0161 912 3434" in asb
    dogs = signposts("council_environment", borough="Oldham", text="a stray dog on our road")
    assert digits("0161 334 0042") in digits("".join(dogs.lines).replace(" ", ""))
