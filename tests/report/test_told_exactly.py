"""What a later message makes exact, what is nobody's answer, and whose a name or number is."""

# ruff: noqa: E501 - what people type stands on one line

from __future__ import annotations

import pytest

from tests.report.test_told_in_pieces import Turn, check, told

WHO = "suspect_description"
MORE = "anything_else"
START = (None, "somebody punched me in Bolton at the weekend", None)
THEFT = (None, "someone stole from our shop in Leigh yesterday", None)
CASES: list[tuple[str, list[Turn], dict[str, str | None]]] = [
    # whose name it is
    ("assault", [START, ("contact_details", "Lad called Kieran, works the doors. big lad, shaved head, tattoo on neck", "answer")], {"contact_name": None, WHO: "tattoo"}),
    ("assault", [START, ("contact_details", "bloke named Mick who drinks in there, ginger beard", "answer")], {"contact_name": None, WHO: "ginger"}),
    ("assault", [START, (WHO, "Gary Unsworth. not giving you my phone", "answer")], {"contact_name": "Unsworth", WHO: None}),
    ("assault", [START, (WHO, "Helen Marsh, no phone calls please, email only", "answer")], {"contact_name": "Marsh"}),
    ("theft_general", [THEFT, ("contact_details", "A Honda rotavator, two strimmers, a petrol generator", "answer")], {"contact_name": None, "property": "rotavator strimmers generator"}),
    ("theft_general", [THEFT, ("contact_details", "skinny, black hoodie, got out of a white van w no writing", "answer")], {"contact_name": None, WHO: "skinny hoodie"}),
    # a more exact time
    ("assault", [START, ("contact_details", "saturday night like half 11, cutting through platt fields park", "answer")], {"when": "saturday night half 11", "location": "platt fields"}),
    ("theft_general", [THEFT, ("contact_details", "Time was 18:25 yesterday. I was on the till", "answer")], {"when": "18:25"}),
    ("theft_general", [THEFT, (MORE, "it was about 4pm yesterday", "add_more")], {"when": "4pm"}),
    ("theft_general", [THEFT, (MORE, "the lady next door heard the alarm go about 4pm", "add_more")], {"when": "yesterday 4pm"}),
    ("criminal_damage", [(None, "came to open at 8.30 today and the shop window is put through", None), (WHO, "Camera over the door caught it. 02:14. one male, hood up", "answer")], {"when": "02:14"}),
    ("criminal_damage", [(None, "window was broken last night", None), (MORE, "the footage says 3.40am. one lad", "add_more")], {"when": "3.40am"}),
    ("theft_general", [THEFT, ("when", "about 8:50, no sorry, 9:10, because my class is 9:30", "answer")], {"when": "9:10"}),
    ("theft_general", [THEFT, (MORE, "i told my boss at 6pm yesterday", "add_more")], {"!when": "6pm"}),
    ("fraud", [(None, "he never gave me the keys. I told my bank this morning.", None), (MORE, "I paid on Thursday", "add_more")], {"when": "Thursday"}),
    ("theft_general", [(None, "Shop theft. Today 07:40. Male, 30s, green parka.", None)], {"when": "07:40"}),
    ("vehicle_theft", [(None, "Afternoon. Somebody hit my parked car", None), (MORE, "This morning, ten till twenty to eleven", "answer")], {"when": "this morning"}),
    ("vehicle_theft", [(None, "We woke at 7 this morning and it was gone, was there at 11 last night", None)], {"when": "11 last night"}),
    ("vehicle_theft", [(None, "parked it at 6pm yesterday, noticed at 8 this morning it was gone", None)], {"when": "6pm yesterday 8 this morning"}),
    # where
    ("assault", [(None, "got smacked outside the Rope and Anchor on bradshawgate bolton friday night", None)], {"location": "bradshawgate Rope"}),
    ("assault", [(None, "a man hit me inside the Old Bell", None)], {"location": "Old Bell"}),
    ("theft_general", [(None, "my phone was taken on the tram between Cornbrook and Deansgate", None)], {"location": "Cornbrook"}),
    ("asb_vehicle_bikes", [(None, "Off-road bikes again across Bickershaw country park, no plates", None)], {"location": "Bickershaw"}),
    ("dog", [(None, "got bit by a dog on monday in heywood", None), (WHO, "27 Hornby St. woman bout 30 purple hair nose ring answered the door", "answer")], {"location": "Hornby", WHO: "purple hair"}),
    ("dog", [(None, "bitten by a dog in heywood", None), (WHO, "27 Hornby St. woman bout 30", "answer"), (MORE, "no mate the house was 72 hornby not 27", "correct")], {"location": "72 heywood"}),
    ("dog", [(None, "bitten at 14 Mill Lane in Leigh", None), (MORE, "sorry not 14, it's 41", "correct")], {"location": "41"}),
    ("harassment", [(None, "he came to 6 Acre Fold, Bramhall", None)], {"location": "Acre Fold"}),
    # things
    ("theft_from_vehicle", [(None, "van done last nite all me milwaukee gone drills the lot", None), (MORE, "oh and they had the pipe freezing kit an all add that", "add_more")], {"property": "milwaukee drills pipe freezing"}),
    ("shoplifting", [(None, "Shop theft today. Four legs of lamb and six jars of coffee.", None), (MORE, "Correction, five legs of lamb. Counted the stock.", "correct")], {"property": "five legs coffee", "!property": "stock"}),
    ("shoplifting", [(None, "he walked out without paying", None), ("property", "three bottles of gin and a tray of steaks", "answer")], {"property": "gin steaks"}),
    ("theft_general", [THEFT, (MORE, "62 pound 40 of diesel", "answer")], {"property": "diesel"}),
    ("burglary_nondwelling", [(None, "shed broken into", None), ("property", "he found the gate chain cut on Tuesday morning", "answer")], {"!property": "chain"}),
    ("burglary_nondwelling", [(None, "shed broken into", None), ("summary", "A further item has come to light: a set of brass smokers. Kindly add those.", "correct")], {"property": "smokers"}),
    ("burglary_nondwelling", [(None, "shed broken into, strimmer gone", None), (MORE, "One more thing: two petrol cans", "add_more")], {"property": "strimmer petrol"}),
    # who
    ("phone_theft", [(None, "my phone was stolen on the tram", None), (WHO, "Google Pixel 8, mint colour case, picture of my cat on lock screen", "answer"), (WHO, "One man push against me, brown jacket, blue cap", "answer")], {WHO: "brown jacket", "!suspect_description": "pixel"}),
    ("phone_theft", [(None, "my phone was snatched", None), (WHO, "iphone 13, black, cracked screen", "answer")], {WHO: None}),
    # who saw it
    ("assault", [START, (WHO, "My mate Baz saw it all, he'll talk to you", "human")], {"witnesses": "Baz"}),
    ("assault", [START, (MORE, "The lady who left the note is called Jean and her number is 07700 900123", "add_more")], {"witnesses": "Jean", "contact_phone": None}),
    ("assault", [START, (MORE, "a bloke who stopped to help is named Trevor", "add_more")], {"witnesses": "Trevor"}),
    ("assault", [START, (MORE, "my neighbour heard it, his mobile is 07700 900456", "add_more")], {"contact_phone": None}),
    # cameras
    ("theft_general", [THEFT, (MORE, "no cameras on our side, fella opposite has one but hes away", "answer")], {"evidence": "opposite"}),
    ("theft_general", [THEFT, ("evidence", "no cameras on ours but one opposite", "answer")], {"evidence": "opposite"}),
    ("theft_general", [THEFT, ("evidence", "we have no cctv. the pub has some", "answer")], {"evidence": "pub"}),
    ("theft_general", [THEFT, ("evidence", "There is a camera on the bin store", "answer")], {"evidence": "bin store"}),
    ("theft_general", [THEFT, ("evidence", "no cctv", "no")], {"evidence": "none"}),
    # a no to something else
    ("robbery", [(None, "i got robbed last night", None), ("location", "nah not hurt", "no")], {"location": None}),
    ("robbery", [(None, "i got robbed last night", None), ("location", "no, no weapon either", "no")], {"location": None}),
    ("dog", [(None, "bitten by a dog", None), (WHO, "nah dogs inside the house its not loose. im at home", "no")], {WHO: None}),
    ("dog", [(None, "bitten by a dog", None), (WHO, "no sorry, didn't see anyone", "no")], {WHO: "unknown"}),
    ("dog", [(None, "bitten by a dog", None), (WHO, "nope", "no")], {WHO: "unknown"}),
    # taken back
    ("asb_vehicle_bikes", [(None, "bikes in the park every weekend. I'd rather not be named", None), (MORE, "My number is 07700 900 845 if you need me. Actually no, scratch that, leave that off, I don't want owt with me on it.", "add_more")], {"contact_phone": None, "anonymous": "True"}),
    ("asb_vehicle_bikes", [(None, "bikes in the park", None), ("contact_details", "Sam Patel 07700 900123", "answer"), (MORE, "actually take my number off please", "correct")], {"contact_phone": None}),
    ("asb_vehicle_bikes", [(None, "bikes in the park", None), ("contact_details", "Sam Patel 07700 900123", "answer"), (MORE, "I don't want to be named after all", "add_more")], {"contact_phone": None, "contact_name": None}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "turns", "wanted"), CASES)
def test_what_is_held_is_exact(kind: str, turns: list[Turn], wanted: dict[str, str | None]) -> None:
    """A more exact word counts; another's name, another question's no and a thing do not."""
    check(told(kind, *turns), wanted)
