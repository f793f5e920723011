"""The vocabulary of British time expressions: hours, weekdays, months, parts of a day, feast days.

Parts of a day follow the conventions of the gold table (early hours 0 to 5, morning 6 to 12,
tea time 16 to 19, night 20 to 06); hours over 24 run into the next day.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "a couple": 2,
    "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "ninety": 90, "several": 3,
    "fifteen": 15, "twenty five": 25, "twenty-five": 25, "quarter": 15, "half": 30,
}  # fmt: skip
HOUR = r"(?:2[0-3]|[01]?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
HOUR_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
MINUTES = r"(?:oh five|ten|fifteen|twenty[ -]five|twenty|thirty[ -]five|thirty|forty[ -]five|forty|fifty[ -]five|fifty)"
_UNITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
COUNT = (
    rf"(?:\d{{1,3}}|(?:twenty|thirty|forty|fifty)[ -]{_UNITS}|"
    r"a couple of|couple of|a couple|couple|a few|few|an|a|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|several)"
)

_FIRSTS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENTHS = ("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth")  # fmt: skip
ORDINALS = dict(
    zip(
        (*_FIRSTS, *_TEENTHS, *(f"twenty {f}" for f in _FIRSTS), "thirtieth", "thirty first"),
        range(1, 32),
        strict=True,
    )
)
#: A day of the month in words.
ORDINAL = "(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)).replace(" ", "[ -]") + ")"

WEEKDAYS = {
    0: r"mon(?:day)?|mondy|munday", 1: r"tue(?:s(?:day)?)?|teusday|tusday|tuseday",
    2: r"wed(?:nesday|s)?|wensday|wednsday|wedensday|wendsday",
    3: r"thu(?:r(?:s(?:day)?)?)?|thrusday|thurday|thirsday", 4: r"fri(?:day)?|firday|friady",
    5: r"sat(?:urday)?|saterday|satarday|satday",
    6: r"sun(?:day)?|sundy",
}  # fmt: skip
WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS.values()) + r")"
# "sat" and "sun" are words too: they count only beside another word of time.
AMBIGUOUS_DAYS = {"sat", "sun", "mon", "wed", "weds"}

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

# name: (first hour, last hour) of a part of the day
PARTS: tuple[tuple[str, float, float], ...] = (
    (r"(?:the )?(?:early|small|wee) hours(?: of(?: the)? morning)?", 0, 5),
    (r"before dawn|middle of the night|dead of night", 0, 6),
    (r"(?:very )?first thing(?: in the morning)?", 6, 9),
    (r"last thing(?: at night)?", 22, 24),
    (r"mid[ -]?morning", 9.5, 11.5),
    (r"early (?:this )?morning", 5, 8),
    (r"late morning", 10, 12),
    (r"mid[ -]?afternoon", 14, 16),
    (r"late afternoon", 15, 18),
    (r"late (?:on|at night)", 22, 26),
    (r"mornin[g']?", 6, 12),
    (r"(?:dinner|lunch)[ -]?(?:time|hour)?", 12, 14),
    (r"home time|school kick(?:ing)? out time", 15, 16),
    (r"after school", 15, 18),
    (r"tea[ -]?time", 16, 19),
    (r"after work", 17, 19),
    (r"rush hour", 16, 18.5),
    (r"afternoon|arvo|aft", 12, 18),
    (r"eve(?:ning)?s?", 18, 23),
    (r"over ?night|thru the night|through the night|during the night|in the night", 22, 31),
    (r"nights?|nites?|noite", 20, 30),
)

#: (word before, hours of the part): the hours that are meant
NARROWED: dict[tuple[str, tuple[float, float]], tuple[float, float]] = {
    ("early", (6, 12)): (5, 8), ("late", (6, 12)): (10, 12), ("early", (12, 18)): (12, 14),
    ("late", (12, 18)): (15, 18), ("early", (18, 23)): (18, 20), ("late", (18, 23)): (21, 23),
    ("late", (20, 30)): (22, 26), ("late", (18, 30)): (22, 26),
}  # fmt: skip

#: Words of time that tell no time: a greeting, a shift.
NO_TIME = re.compile(
    r"\bgood (?:morning|afternoon|evening|night)\b|^\W*(?:morning|afternoon|evening)(?: all| officer)?(?=[.!]\s+\w|, (?:i|my|we|can|just|there|some|hi|could|how)\b)|\b(?:night|day|late|early|morning|evening|nite) ?shifts?\b|"
    r"\b(?:was|i'?m|im|am|been|on|working|work|works|do) nights\b|\b(?:every|most|some|many) (?:single )?(?:days?|nights|nites|mornings|evenings|afternoons|weekends)\b(?! (?:ago|back|since|this|last))|\b(?:every|most|each) (?:single )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:days|nights|nites) (?:running|in a row|on the trot)\b|\bevery (?:single )?(?:night|nite|morning|evening|afternoon|day|weekend|week)\b(?! (?:this|last|since))|\bnight ?clubs?\b|\bnights? out\b|\b(?:day|night) ?time\b(?= tv)"
)
#: Before a time: when it was last seen, and when it was found.
LEFT = re.compile(
    r"\b(?:(?:was|were) (?:still )?(?:there|fine|ok|okay|here)|still there|left it|parked(?: it)?|locked(?: it| up)?|last (?:saw|seen|used)|put it|shut up|went to bed|washed it)\b[^.!?;]{0,20}$",
    re.IGNORECASE,
)
FOUND = re.compile(
    r"\b(?:woke(?: up)?|found|noticed|got (?:up|back|home|in)|came (?:back|home|down|out|in)|went out|was gone|discovered|realised)\b[^.!?;]{0,25}$",
    re.IGNORECASE,
)

# "between locking up Thursday at 5 and ...": other words may stand after "between", not after the rest.
LEAD_WORD = re.compile(
    r"\b(?:(between)\b[^.!?]{0,16}|(from|since|before|after|by)\s+(?:about |around |the |last |early |at )*)$"
)

# feast days with a fixed date; (month, day) of the first day and number of days
FIXED_DAYS: tuple[tuple[str, tuple[int, int], int], ...] = (
    (r"new year'?s? eve|nye", (12, 31), 1),
    (r"new year'?s? day|new year'?s(?! eve)", (1, 1), 1),
    (r"between (?:christmas|xmas|crimbo) and new year'?s?", (12, 26), 6),
    (r"(?:christmas|xmas|crimbo) eve", (12, 24), 1),
    (r"over (?:christmas|xmas|crimbo)", (12, 24), 3),
    (r"(?:christmas|xmas|crimbo)(?: day)?", (12, 25), 1),
    (r"boxing day", (12, 26), 1),
    (r"(?:bonfire|bonny|firework|fireworks|guy fawkes) (?:night|nite)|guy fawkes", (11, 5), 1),
    (r"mischief night", (11, 4), 1),
    (r"hallowe'?en", (10, 31), 1),
    (r"armistice day|remembrance day", (11, 11), 1),
    (r"valentine'?s(?: day)?", (2, 14), 1),
    (r"st patrick'?s day|paddy'?s day", (3, 17), 1),
    (r"st george'?s day", (4, 23), 1),
)


def number(word: str) -> int:
    """The value of a small number in figures or words (`COUNT` and `HOUR` shapes)."""
    word = word.strip()
    if word.isdigit():
        return int(word)
    word = re.sub(r"[\s-]+", " ", word)
    tens, _, units = word.partition(" ")
    return NUMBERS[word] if word in NUMBERS else NUMBERS[tens] + NUMBERS[units]


def ordinal(word: str) -> int:
    """The number of a day of the month in figures or words."""
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits.group(0))
    return ORDINALS[re.sub(r"[\s-]+", " ", word)]


def month(word: str) -> int:
    """The number of a month name, short or long."""
    return MONTHS[word[:3]]


def weekday(word: str) -> int:
    """The number (Monday 0) of a weekday as typed, spelling mistakes and all."""
    return next(n for n, pattern in WEEKDAYS.items() if re.fullmatch(pattern, word))
