"""What the benchmark's people type: twelve turns of a burglary report, and dangerous messages."""

from __future__ import annotations

#: One chat of 12 turns, the same for the desk and for the baseline.
TURNS = (
    "hello",
    "I want to report a burglary, someone broke in while I was at work",
    "no one is in danger, they've gone",
    "the back door was kicked in and the drawers were all out",
    "14 Slade Lane, Levenshulme",
    "yesterday between 8 and 5",
    "a laptop and a jewellery box",
    "a Dell one, silver",
    "didn't see anyone",
    "the neighbour might have a doorbell camera",
    "Sam Patel 07700 900123",
    "nothing else",
)
#: For long chats: said again and again while the report is open.
LONG = ("hang on", "why do you need that?", "the laptop was silver", "dunno", "it was about 3pm")
#: Dangerous first messages; each chat sends them in turn, so that many are new danger.
DANGEROUS = (
    "there's a man with a knife outside my door",
    "he's kicking the door in right now",
    "someone is breaking into next door now",
    "my husband is hitting me please help",
    "theres a fire in the flat below and people inside",
    "I've taken a load of tablets",
    "my little boy has gone missing in the park",
    "man bleeding on the floor outside the pub",
    "help",
    "hes here",
)
