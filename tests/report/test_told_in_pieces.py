"""Reports told in pieces: what a later message adds, puts right or takes back."""

# ruff: noqa: E501 - what people type stands on one line

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.replay import holds
from bot.report import draft as drafts
from bot.report import fill
from bot.triage.reading import Reading

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=ZoneInfo("Europe/London"))
Turn = tuple[str | None, str, str | None]


def told(kind: str, *turns: Turn) -> drafts.Draft:
    """The draft after turns of (open question, text, act); the first gives the type."""
    made = drafts.new("GM-ACDE-FGHJ")
    for seq, (asked, text, act) in enumerate(turns, 1):
        first = kind if seq == 1 else None
        scores = [(kind, 0.9)] if first else []
        reading = Reading(act, "crime_report", {}, first, scores, "none", 0.0, (), "en", 0.9, "t")
        made = fill.fill(made, reading, text, asked, seq, NOW)
    return made


def check(made: drafts.Draft, wanted: dict[str, str | None]) -> None:
    """Every word wanted is held; None: nothing is held; a name with "!": the word is not held."""
    for name, words in wanted.items():
        if words is None:
            assert name not in made["details"], made["details"][name]
        elif name.startswith("!"):
            assert not holds(made["details"].get(name[1:]), words), made["details"][name[1:]]
        else:
            assert holds(made["details"].get(name), words), (name, made["details"].get(name))


CASES: list[tuple[str, list[Turn], dict[str, str | None]]] = [
    (
        "burglary_dwelling",
        [
            (None, "Somebody got in through the kitchen window while we were out", None),
            ("property", "mums gold bracelet and the xbox", "answer"),
        ],
        {"property": "bracelet xbox"},
    ),
    (
        "burglary_dwelling",
        [
            (None, "front door was forced last night", None),
            ("location", "22 Peel Street, Farnworth", "answer"),
            ("when", "they've had two watches, some cash and my wife's handbag", "answer"),
        ],
        {"property": "watches cash handbag", "location": "farnworth"},
    ),
    (
        "burglary_nondwelling",
        [
            (None, "shed broken into overnight, lawnmower and a strimmer gone", None),
            ("suspect_description", "the strimmer is a stihl, orange one", "answer"),
        ],
        {"property": "lawnmower strimmer stihl"},
    ),
    (
        "bike_theft",
        [
            (None, "my bike got nicked from outside the gym in Bury", None),
            ("when", "yesterday teatime. its a giant defy, blue with white forks", "answer"),
        ],
        {"property": "giant blue", "location": "bury", "when": "yesterday"},
    ),
    (
        "phone_theft",
        [
            (None, "lad on a moped snatched my phone on Deansgate", None),
            ("anything_else", "oh and my purse was in the same hand so thats gone too", "add_more"),
        ],
        {"property": "phone purse"},
    ),
    (
        "theft_general",
        [
            (None, "they took my drill, two ladders and a generator", None),
            ("anything_else", "sorry not the generator, thats turned up in the van", "correct"),
        ],
        {"property": "drill ladders", "!property": "generator"},
    ),
    (
        "theft_general",
        [
            (None, "my laptop was stolen from the library in Wigan", None),
            ("when", "its a lenovo thinkpad not a dell, i mixed them up", "correct"),
        ],
        {"property": "lenovo"},
    ),
    (
        "robbery",
        [
            (None, "two lads robbed me on Hyde Road last night", None),
            ("property", "airpods, wallet n forty quid", "answer"),
            (
                "suspect_description",
                "one in a grey tracksuit, other one taller with braces. both about 17",
                "answer",
            ),
        ],
        {"suspect_description": "grey braces", "property": "airpods wallet"},
    ),
    (
        "assault",
        [
            (None, "bloke punched me outside the kebab shop in Leigh", None),
            ("injury", "bust lip and my wrist is swollen", "answer"),
            ("anything_else", "my cousin Aiden saw everything", "add_more"),
        ],
        {"injury": "lip wrist", "witnesses": "aiden"},
    ),
    (
        "assault",
        [
            (None, "got hit in the queue at the taxi rank in Ashton", None),
            ("injury", "no im ok just shaken up", "no"),
            ("evidence", "the takeaway has cctv", "answer"),
        ],
        {"injury": "none", "evidence": "cctv"},
    ),
    (
        "harassment",
        [
            (None, "neighbour keeps shouting abuse at me", None),
            ("evidence", "ive got screenshots and i keep a log of dates", "answer"),
        ],
        {"evidence": "screenshots log"},
    ),
    (
        "fraud",
        [
            (None, "someone emptied mums account", None),
            ("anything_else", "ive got her bank statements printed out", "add_more"),
        ],
        {"evidence": "statements"},
    ),
    (
        "criminal_damage",
        [
            (None, "car window smashed on friday night", None),
            ("location", "outside ours, 8 Cobden Street", "answer"),
            ("evidence", "its in Radcliffe by the way. no cctv", "answer"),
        ],
        {"location": "cobden radcliffe", "evidence": "none"},
    ),
    (
        "criminal_damage",
        [
            (None, "fence kicked in on saturday", None),
            ("contact_details", "sorry i meant sunday not saturday", "correct"),
        ],
        {"when": "sunday"},
    ),
    (
        "theft_general",
        [
            (None, "bag taken in january from my desk", None),
            ("contact_details", "no wait it was february", "correct"),
        ],
        {"when": "february"},
    ),
    (
        "vehicle_damage",
        [
            (None, "wing mirror knocked off last tuesday about 9am", None),
            ("anything_else", "actually i think it was nearer half ten", "correct"),
        ],
        {"when": "tuesday half ten"},
    ),
    (
        "vehicle_theft",
        [
            (None, "my van has gone. came out at 7 this morning and its not there", None),
            ("location", "I parked it at 10 last night on Moss Lane in Sale", "answer"),
        ],
        {"when": "last night", "location": "sale"},
    ),
    (
        "rtc",
        [
            (None, "someone drove into my parked car and left", None),
            (
                "suspect_description",
                "white transit, plate started PN21, didnt catch the rest",
                "answer",
            ),
        ],
        {"vehicle_reg": "PN21"},
    ),
    (
        "rtc",
        [(None, "a red fiesta hit me, reg ended in JKL i think", None)],
        {"vehicle_reg": "JKL"},
    ),
    (
        "dangerous_driving",
        [
            (None, "black audi doing 80, KR70 summat", None),
            ("anything_else", "it was more like KP70 than KR70", "correct"),
        ],
        {"vehicle_reg": "KP70", "!vehicle_reg": "KR70"},
    ),
    ("asb_nuisance", [(None, "im 26 hes about 40 and he wont stop", None)], {"vehicle_reg": None}),
    (
        "asb_nuisance",
        [(None, "i am 19 and scared to go out, theres 15 kids outside", None)],
        {"vehicle_reg": None},
    ),
    (
        "drug_dealing",
        [
            (None, "theres dealing next door but please keep me out of it", None),
            ("location", "flat 9, Brook House, Salford", "answer"),
        ],
        {"anonymous": "true", "location": "salford"},
    ),
    (
        "drug_dealing",
        [
            (None, "dealing from a flat, i dont want my name used", None),
            ("contact_details", "sarah 07700 900222 oh wait no dont write that down", "answer"),
        ],
        {"anonymous": "true", "contact_name": None},
    ),
    (
        "adult_abuse",
        [
            (None, "my nan's carer is called Julie and shes been taking money", None),
            ("contact_details", "Im her grandson, Peter Yates, 07700 900333", "answer"),
        ],
        {"contact_name": "peter yates"},
    ),
    (
        "hate_crime",
        [
            (None, "man shouted at me on the bus, a lady called Denise helped me", None),
            ("contact_details", "amina yusuf amina.y@example.com", "answer"),
        ],
        {"contact_name": "amina yusuf", "contact_email": "amina.y@example.com"},
    ),
    (
        "theft_general",
        [
            (None, "phone nicked", None),
            ("when", "this morning. im dean foster by the way, 07700900444", "answer"),
        ],
        {"contact_name": "dean foster", "when": "this morning"},
    ),
    (
        "theft_general",
        [
            (None, "tools nicked from site", None),
            ("contact_details", "ring the office, 0161 496 0999, ask for Bernie Walsh", "answer"),
        ],
        {"contact_name": "bernie walsh"},
    ),
    (
        "shoplifting",
        [
            (None, "female just walked out with 8 bottles of vodka", None),
            (
                "suspect_description",
                "30ish, blonde ponytail, pink dressing gown, had a pram",
                "answer",
            ),
        ],
        {"property": "vodka", "suspect_description": "blonde pink"},
    ),
    (
        "shoplifting",
        [
            (None, "shoplifter at 2pm in our Spar on Market Street in Hyde", None),
            ("property", "fella in his 40s, bald, hi vis jacket, took meat and coffee", "answer"),
        ],
        {"suspect_description": "bald", "property": "meat coffee", "location": "hyde"},
    ),
    (
        "dangerous_dog",
        [
            (None, "dog bit my son in the park", None),
            ("location", "Debdale Park Gorton. we took him to the hospital after", "answer"),
            ("injury", "he's got a hole in his hand and two stitches", "answer"),
        ],
        {"location": "gorton", "injury": "hand stitches"},
    ),
    (
        "criminal_damage",
        [
            (None, "someone egged my house", None),
            ("location", "its on Stamford Drive Stalybridge", "answer"),
            (
                "suspect_description",
                "kids. about 13, one on a scooter, one in a school blazer",
                "answer",
            ),
        ],
        {"location": "stalybridge", "suspect_description": "blazer"},
    ),
    (
        "theft_general",
        [
            (None, "parcel taken off my step", None),
            ("location", "oldham", "answer"),
            ("when", "about 3. its 17 Werneth Road", "answer"),
        ],
        {"location": "werneth oldham"},
    ),
    (
        "public_order",
        [
            (None, "fight outside the pub last night", None),
            ("location", "in stockport", "answer"),
            ("anything_else", "it was outside the Crown on Heaton Lane", "add_more"),
        ],
        {"location": "heaton"},
    ),
    (
        "theft_general",
        [
            (None, "handbag gone from the changing rooms at the baths in Denton", None),
            ("anything_else", "i live in Hyde but it was Denton", "answer"),
        ],
        {"location": "denton"},
    ),
    (
        "assault",
        [
            (None, "attacked on Portland Street saturday night", None),
            (
                "anything_else",
                "actually it wasnt Portland Street, it was Princess Street",
                "correct",
            ),
        ],
        {"location": "princess", "!location": "portland"},
    ),
    (
        "assault",
        [(None, "he hit me with a bottle", None), ("weapon", "yeah a glass bottle", "yes")],
        {"weapon": "bottle"},
    ),
    (
        "assault",
        [
            (None, "lad pushed me over", None),
            ("weapon", "no nothing like that", "no"),
            ("witnesses", "nobody else about", "no"),
        ],
        {"weapon": "none", "witnesses": "none"},
    ),
    (
        "burglary_dwelling",
        [
            (None, "we've been burgled", None),
            (
                "suspect_description",
                "no idea, didnt see anyone. nothing on the doorbell",
                "dont_know",
            ),
        ],
        {"suspect_description": "unknown"},
    ),
    (
        "theft_person",
        [
            (None, "bag snatched on Wilmslow Road", None),
            (
                "suspect_description",
                "he had a black puffa jacket and a scar on his chin, about 25. drove off in a silver golf",
                "answer",
            ),
        ],
        {"suspect_description": "scar golf"},
    ),
    (
        "asb_vehicle_bikes",
        [
            (None, "bikes tearing round the estate", None),
            (
                "anything_else",
                "there's four of them in balaclavas, orange ktm and a blue quad",
                "add_more",
            ),
        ],
        {"suspect_description": "balaclavas orange"},
    ),
    (
        "burglary_dwelling",
        [(None, "Good afternoon, our home was broken into on Thursday between 8 and 5", None)],
        {"when": "thursday"},
    ),
    (
        "theft_general",
        [(None, "i work nights so i only noticed this morning that my bike is gone", None)],
        {"when": "this morning"},
    ),
    (
        "theft_general",
        [
            (None, "my coat was stolen at the Printworks", None),
            ("anonymous", "it was a north face one, black", "answer"),
        ],
        {"!anonymous": "north", "property": "north face"},
    ),
    (
        "asb_vehicle_bikes",
        [
            (None, "quads on the field behind Elm Road in Leigh", None),
            ("anonymous", "i'd rather not give my name", "skip"),
            ("anything_else", "you can have my email though, walker@example.com", "answer"),
        ],
        {"contact_email": "walker@example.com", "contact_name": None},
    ),
]


@pytest.mark.parametrize(("kind", "turns", "wanted"), CASES)
def test_what_is_held_after_all_pieces(
    kind: str, turns: list[Turn], wanted: dict[str, str | None]
) -> None:
    """Later words add, correct or take back; what was not said is not held."""
    check(told(kind, *turns), wanted)
