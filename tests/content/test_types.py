"""Each type of contact has its incident type, a short path, and its way to a person."""

import pytest

from bot.content import types

READY = [
    "burglary_dwelling",
    "burglary_nondwelling",
    "theft_general",
    "theft_person",
    "phone_theft",
    "bike_theft",
    "shoplifting",
    "criminal_damage",
    "vehicle_damage",
    "asb_personal",
    "asb_nuisance",
    "asb_vehicle_bikes",
    "asb_fireworks",
    "hate_crime",
    "drug_dealing",
    "drug_use",
]
ALL = [t.id for t in types.all_types()]


@pytest.mark.parametrize("type_id", ALL)
def test_a_type_has_one_of_the_26_incident_types_and_a_path_within_the_budget(type_id):
    made = types.get(type_id)
    assert made.incident_type in types.incident_types() and len(types.incident_types()) == 26
    assert len(made.asked) <= 9 and len(made.mandatory) <= 6
    assert set(made.mandatory) <= set(made.asked)


@pytest.mark.parametrize("type_id", ALL)
def test_a_type_that_goes_to_a_person_is_asked_its_first_few_questions_at_most(type_id):
    made = types.get(type_id)
    most = {"none": 14, "handoff_now": 3, "handoff_fast": 5, "protected": 3, "own_offence": 1}
    assert len(types.asked(type_id)) <= most[made.to_person]


def test_a_protected_type_asks_first_whether_it_is_safe_to_type():
    for made in types.all_types():
        if made.protected:
            assert made.to_person == "protected" and made.safe_contact == "high"
            assert types.asked(made.id)[0] == "safe_to_chat"


def test_types_with_questions_of_their_own_use_them():
    for type_id in READY:
        assert types.plan(type_id).id == type_id


def test_every_other_collectable_type_keeps_its_incident_type_and_asks_the_general_questions():
    assert types.plan("rtc").id == "other_report" and types.get("rtc").incident_type == "collision"
    for detail in ("what_happened", "location", "when", "suspect_description", "contact_details"):
        assert detail in types.asked("rtc")


def test_assault_and_robbery_are_taken_to_a_reference():
    for type_id in ("assault", "robbery", "retail_worker_assault"):
        assert not types.goes_to_person(type_id)
        assert "hurt_or_weapon" in types.mandatory(type_id)


def test_anonymity_is_asked_of_information_and_hate_and_nowhere_else():
    for made in types.all_types():
        assert ("anonymous" in made.asked) == (made.anonymous == "ask"), made.id


def test_what_is_never_asked_of_a_type_is_not_in_its_path():
    for made in types.all_types():
        assert not set(made.never_ask) & set(types.asked(made.id))


def test_an_alias_leads_to_its_type_and_an_unknown_id_to_none():
    assert types.get("police_complaint").id == "complaint"
    assert types.exists("other_report") and not types.exists("no_such_type")
    with pytest.raises(KeyError):
        types.get("no_such_type")


def test_values_are_nowhere_a_mandatory_question():
    for made in types.all_types():
        assert not {"value", "impact", "dob", "home_address"} & set(made.asked)
