"""Where something happened: postcode, road, junction, landmark, area and borough, as typed and as meant."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.extract import venues
from bot.extract.places import COMMON, OF_A_NAME, Place, gazetteer, is_surname
from bot.extract.span import Span

_POSTCODE = re.compile(
    r"\b(?P<area>[A-Za-z]{1,2}|[0oO][lL])\s?(?P<district>\d{1,2}|[0-9][oO])[\s-]*(?P<sector>\d)(?P<unit>[A-Za-z]{2})\b"
)
#: Every postcode area there is: "HE11 0SS" is none.
_UK_AREA = re.compile(
    r"AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|HA|HD|HG|HP|HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_DISTRICT = re.compile(
    r"\b(?P<code>(?:BL|OL|SK|WN|M|WA)\d{1,2})\b(?: (?P<sector>\d)(?=\b|some))?", re.IGNORECASE
)
_KINDS = (
    r"road|rd|street|st|str|lane|ln|avenue|ave|av|drive|dr|close|crescent|cres|grove|gardens|gdns|way|terrace|place|"
    r"court|square|brow|fold|croft|villas|cottages|row|mews|rise|view|walk|bank|parade|precinct|green|boulevard|approach"
)
_FULL = {"rd": "Road", "st": "Street", "str": "Street", "ln": "Lane", "ave": "Avenue", "av": "Avenue",
         "dr": "Drive", "cres": "Crescent", "gdns": "Gardens"}  # fmt: skip
# Words that cannot be part of a road's name: the name starts after them.
_STOP = (
    "the", "a", "an", "of", "on", "at", "in", "to", "from", "near", "by", "off", "outside",
    "along", "down", "up", "round", "around", "behind", "opposite", "and", "or", "with", "for",
    "was", "is", "are", "its", "it's", "it", "my", "our", "his", "her", "their", "this", "that",
    "where", "we", "i", "he", "she", "they", "live", "lives", "living", "house", "flat", "corner",
    "end", "top", "bottom", "address", "middle", "side", "across", "into", "onto", "over", "past",
    "you", "went", "walking", "parked", "who", "been", "have", "has", "hit", "me", "then", "but",
    "just", "junction", "junc", "meets", "next", "over", "there", "one", "some", "same",
    "another", "like", "every", "whole", "main", "back", "front", "between", "about", "lights",
)  # fmt: skip
_BEFORE = frozenset(("meant", "mean", "pothole", "is", "called", "say", "said", "live", "shop"))
_ROAD = re.compile(
    rf"(?P<number>\b(?:(?:flat|apartment|apt|unit) \d+[a-z]?,? )?(?:no\.? |number )?\d{{1,4}}[a-z]?,? )?"
    rf"(?P<name>\b(?:st )?[A-Za-z][A-Za-z'\u2019.-]*(?: [A-Za-z][A-Za-z'\u2019-]*){{0,3}}?) (?P<kind>{_KINDS})\b\.?"
    r"(?P<way> (?:north|south|east|west)\b)?",
    re.IGNORECASE,
)
_MOTORWAY = re.compile(
    r"\b(?P<road>(?:M6|M60|M61|M62|M66|M67|M56|M602|A\d{1,4}(?:\(M\))?|B\d{3,4}))\b"
    r"(?P<rest>(?:[\s,]+(?:anti ?-?clockwise|clockwise|northbound|southbound|eastbound|westbound|inbound|outbound|"
    r"(?:at |by |near )?(?:j|junc|junction) ?\d+[a-z]?))*)",
    re.IGNORECASE,
)
_W3W = re.compile(r"///[a-z]+\.[a-z]+\.[a-z]+\b")
_LATLON = re.compile(r"\b(?P<lat>5\d\.\d{3,}),\s*(?P<lon>-?\d\.\d{3,})\b")
_SHOPS = (
    r"asda|tesco(?: extra| express)?|aldi|lidl|sainsbury'?s|morrisons|co-?op|spar|b&q|mcdonald'?s|maccies|greggs|boots|"
    r"costa|primark|argos|m&s|home bargains|b&m|wilko|poundland|kfc|iceland|cineworld|premier inn|ikea|"
    r"wetherspoons?|spoons|nisa|one stop|currys|halfords|superdrug|screwfix|jd"
)
_THINGS = (
    r"park|pub|school|primary|high school|college|uni(?:versity)?|hospital|church|mosque|temple|synagogue|library|gym|"
    r"station|stn|bus station|bus stop|tram stop|metrolink|car park|town hall|town centre|town center|market|precinct|"
    r"shopping centre|retail park|leisure centre|petrol station|garage|cemetery|canal(?: towpath)?|towpath|reservoir|"
    r"playing fields?|rec|nightclub|club|hotel|surgery|post office|interchange|roundabout|estate|industrial estate|"
    r"taxi rank|cash ?point|skate ?park|bridge|platform(?: \d+)?|chippy|takeaway|bookies|bank|cash machine|off licence|corner shop|chemist|nursery|ginnel|allotments|alley(?:way)?|underpass|subway"
)
_LANDMARK = re.compile(
    rf"(?:^|\b)(?P<lead>outside|(?:down|up|round|over|got) to|behind|near|by|opposite|next to|in|at|inside|round the back of|back of|from|across|through|along|around|round) "
    rf"(?:(?:the|my|our|a|his|her) )?(?P<name>(?:(?!(?:the|a|and|my|our|to|at|in|on|by|near|was|is|it|this|that|last)\b)"
    rf"[A-Za-z'\u2019&.-]+ ){{0,3}}?(?:{_SHOPS}|{_THINGS}))\b",
    re.IGNORECASE,
)
#: Without such a word only at the start: "central library manchester".
_BARE_LANDMARK = re.compile(
    rf"^\W*(?P<name>(?:(?!(?:the|a|and|my|our|to|at|in|on|by|was|is|it|this|that|no|yes|some|i)\b)[A-Za-z'\u2019&-]+ ){{1,3}}(?:{_THINGS}))\b"
    r"(?:\s*(?:$|[,.;]|(?:in|on|at|by|near)\b)|\s+(?P<next>[A-Za-z]+))",
    re.IGNORECASE,
)
_SHOP = re.compile(rf"\b(?:{_SHOPS})\b", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:at|in|outside|from|into|round|round at)? ?(?:my|our|me|mums?|my mums?|my mams|my nans|his|her) "
    r"(?P<name>(?:own )?(?:house|home|flat|garden|drive(?:way)?|garage|shed|street|front door|back garden|work|office|shop|school))\b"
    r"|\b(?:at|from) (?P<bare>home|work|ours|mine)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:went|go|going|been|taken|took \w+|off|down|rushed|drove|got|sent|straight)(?: \w+)? (?:to|in|into) (?:the )?$",
    re.IGNORECASE,
)
#: "Clayton Vale", "Reddish Baths": the name goes on after the place.
_GOES_ON = re.compile(r"(?: [A-Z][a-z]+){1,2}(?=\s*(?:[,.;!?]|$|[a-z]))")
_BEFORE_PLACE = re.compile(
    r"(?:\b(?:in|at|near|from|of|around|round|to|towards|through|outside|on|live in|is|area|[A-Z][a-z]+ and|,)\s*|^)$",
    re.I,
)


@dataclass
class Where:
    """A place as said, with its parts: `borough` only where the words or the gazetteer tell it."""

    start: int
    end: int
    said: str
    road: str | None = None
    junction_with: str | None = None
    landmark: str | None = None
    area: str | None = None
    borough: str | None = None
    postcode: str | None = None
    in_gm: bool | None = None
    precision: str = "vague"
    _kept: list[str] = field(default_factory=list)

    def value(self) -> dict[str, str | bool | None]:
        """The JSON value of the detail `location`."""
        return {
            "said": self.said, "road": self.road, "junction_with": self.junction_with,
            "landmark": self.landmark, "area": self.area, "borough": self.borough,
            "postcode": self.postcode, "in_gm": self.in_gm, "precision": self.precision,
        }  # fmt: skip


def find(text: str) -> Where | None:
    """The place that `text` tells, all its parts together, or None where it names none."""
    pieces: list[tuple[int, int]] = []
    where = Where(0, 0, "")
    for step in (_postcode, _exact, _roads, _areas, _landmarks, _home):
        pieces += step(text, where, pieces)
    if not pieces:
        return None
    where.start, where.end = _bounds(text, pieces)
    where.said = text[where.start : where.end].strip(" ,.")
    return where


def spans(text: str) -> list[Span]:
    """The place of `text` as a `Span` with the JSON value of the detail `location`, or nothing."""
    where = find(text)
    return [Span(where.start, where.end, where.said, where.value())] if where else []


def _bounds(text: str, pieces: list[tuple[int, int]]) -> tuple[int, int]:
    # Pieces close together are one place ("12 Hyde Road, Gorton"); a far one is kept in the parts.
    ordered = sorted(pieces)
    start, end = ordered[0]
    for at, to in ordered[1:]:
        if at - end <= 18 and not re.search(r"[.!?]\s", text[end:at]):
            end = max(end, to)
    lead = re.search(
        r"(?:\b(?:outside|behind|near|by|opposite|corner of|end of|back of)\s+(?:the\s+)?)$",
        text[:start],
        re.I,
    )
    return (lead.start() if lead else start), end


def _tidy(words: str) -> str:
    return " ".join(w[:1].upper() + w[1:] for w in words.split())


def _postcode(text: str, where: Where, _: list[tuple[int, int]]) -> list[tuple[int, int]]:
    for match in _POSTCODE.finditer(text):
        area = match.group("area").upper().replace("0", "O")
        district = match.group("district").upper().replace("O", "0")
        outward = area + district
        if not _UK_AREA.fullmatch(area):
            continue
        where.postcode = f"{outward} {match.group('sector')}{match.group('unit').upper()}"
        _district(outward, where, "address")
        return [match.span()]
    for match in _DISTRICT.finditer(text):
        if re.match(r"M(?:6|60|61|62|66|67|56)$", match.group("code"), re.I) and not re.search(
            r"postcode|area|live|in\s$|^\s*$", text[: match.start()] or ""
        ):
            continue  # a motorway far more often
        where.postcode = match.group("code").upper() + (
            f" {match.group('sector')}" if match.group("sector") else ""
        )
        _district(match.group("code").upper(), where, "area")
        return [match.span()]
    return []


def _district(outward: str, where: Where, precision: str) -> None:
    book = gazetteer()
    area = re.match(r"[A-Z]+", outward)
    where.borough = book.districts.get(outward)
    where.in_gm = bool(where.borough or (area and area.group(0) in book.areas))
    where.precision = precision


def _exact(text: str, where: Where, _: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if match := _W3W.search(text):
        where.landmark = match.group(0)
        return [match.span()]
    if match := _LATLON.search(text):
        where.landmark, where.precision = f"{match.group('lat')},{match.group('lon')}", "landmark"
        return [match.span()]
    return []


def _roads(text: str, where: Where, _: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    names: list[str] = []
    for match in _MOTORWAY.finditer(text):
        if re.fullmatch(r"[AaBb]\d{1,2}", match.group("road")) and not match.group("rest"):
            continue  # a paper size or a car (A4, A3), unless a junction or direction follows
        names.append(match.group("road").upper())
        found.append(match.span())
        if junction := re.search(r"(?:j|junc|junction) ?(\d+[a-z]?)", match.group("rest"), re.I):
            where.junction_with = "J" + junction.group(1).upper()
    for match, road in _named_roads(text):
        if not any(match.start() < e and match.end() > s for s, e in found):
            names.append(road[0])
            found.append((road[1], match.end()))
    if names:
        where.road = names[0]
        between = text[found[0][1] : found[1][0]] if len(found) > 1 else ""
        if len(names) > 1 and re.fullmatch(
            r"\s*(?:and|&|meets|at|/|x|with|junction with|,)\s*", between, re.I
        ):
            where.junction_with = names[1]
        if where.precision in ("vague", "area"):
            where.precision = "address" if where.road[:1].isdigit() else "road"
    return found


def _named_roads(text: str) -> Iterator[tuple[re.Match[str], tuple[str, int]]]:
    """The roads of `text`. A match that is none gives up its first word ("manchester. st peters")."""
    at = 0
    while match := _ROAD.search(text, at):
        if road := _road(match):
            yield match, road
            at = match.end()
        else:
            space = text.find(" ", match.start("name"))
            at = space + 1 if 0 <= space < match.end() else match.end()


def _ends_before(word: str) -> bool:
    """Whether a road's name can only start after `word`: "on", "meant", "manchester."."""
    small = word.lower()
    return small in _STOP or small in _BEFORE or (small.endswith(".") and len(small) > 3)


def _road(match: re.Match[str]) -> tuple[str, int] | None:
    kind = match.group("kind").lower()
    words = match.group("name").split()
    start = match.start("name")
    # "massive pothole on Wythen Road", "meant Elder Road": the name starts after such a word
    cut = max((i + 1 for i, w in enumerate(words) if _ends_before(w)), default=0)
    start += sum(len(word) + 1 for word in words[:cut])
    words = words[cut:]
    # "high st" and "the way": a name must remain, and "way", "view", "place" need a capital
    if not words or words[-1].lower() in _STOP:
        return None
    weak = kind in (
        "way",
        "view",
        "walk",
        "place",
        "bank",
        "green",
        "rise",
        "row",
        "close",
        "court",
        "square",
        "fold",
        "croft",
        "villas",
        "cottages",
        "drive",
        "st",
        "approach",
    )
    plain = weak and not words[0][0].isupper() and not match.group("number")
    if plain and not (_set_off(match, start) if kind != "st" else len(words[-1]) >= 4):
        return None
    number = (
        (match.group("number") or "").strip(" ,")
        if len(words) == len(match.group("name").split())
        else ""
    )
    name = " ".join([_tidy(" ".join(words)), _FULL.get(kind, kind.capitalize())])
    if match.group("way"):
        name += match.group("way").title()
    full = f"{_tidy(number)} {name}".strip()
    return full, (match.start() if number else start)


def _set_off(match: re.Match[str], start: int) -> bool:
    """Whether a name in small letters stands where a road stands: "im at sandringham close, leigh"."""
    text = match.string
    if not re.search(
        r"(?:^|[.,;]\s*|\b(?:on|in|at|of|near|outside|off|along|down)\s+)$", text[:start]
    ):
        return False
    rest = re.match(r"\s*([.,;!?]|$|[A-Za-z']+)", text[match.end() :])
    after = rest.group(1) if rest else ""
    return not after.isalpha() or gazetteer().get(after) is not None


def _areas(text: str, where: Where, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    book = gazetteer()
    found: list[tuple[int, int]] = []
    for start, end, place in book.find(text):
        if any(start < e and end > s for s, e in pieces):
            continue
        beside = any(not text[e:start].strip(" ,") for _, e in [*pieces, *found] if e <= start)
        if not beside and not _is_place(text, start, end):
            continue
        if place.kind == "landmark" and _TREATED.search(text[:start]):
            continue  # where somebody was treated is not where it happened
        if OF_A_NAME.match(text[end:]) or is_surname(text[:start]):
            continue
        _take(place, where)
        named = _GOES_ON.match(text, end) if text[start].isupper() else None
        found.append((start, named.end() if named else end))
    return found


def _is_place(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    if words.lower() not in COMMON:
        return True
    alone = text.strip(" .!?,").lower() == words.lower()
    led = bool(_BEFORE_PLACE.search(text[:start]))
    if words.lower() in ("town", "sudden", "sale"):
        return alone or (led and start > 0 and (words[0].isupper() or words.lower() == "town"))
    return alone or led or (words[0].isupper() and start > 0)


def _take(place: Place, where: Where) -> None:
    if place.kind == "landmark":
        where.landmark = where.landmark or place.name
        where.precision = "landmark" if where.precision in ("vague", "area") else where.precision
    else:
        # the smaller place is the area, the bigger one tells the borough
        if where.area is None or (where.area == where.borough and place.name != place.borough):
            where.area = place.name
        where.precision = "area" if where.precision == "vague" else where.precision
    where.borough = where.borough or place.borough
    if place.inside is not None and where.in_gm is None:
        where.in_gm = place.inside


def _landmarks(text: str, where: Where, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if where.landmark:
        return []
    match = next((m for m in _LANDMARK.finditer(text) if not _treated(m)), None)
    if match and not any(match.start("name") < e and match.end() > s for s, e in pieces):
        where.landmark = _tidy(match.group("name"))
        where.precision = "landmark" if where.area or where.precision == "area" else where.precision
        return [match.span()]
    bare = _BARE_LANDMARK.match(text)
    if bare and (not bare.group("next") or gazetteer().get(bare.group("next"))):
        where.landmark = _tidy(bare.group("name"))
        return [bare.span("name")]
    if not (where.road or pieces) or venues.sure(text):
        named = venues.find(text)
        if named:
            where.landmark = _tidy(text[slice(*named)])
            return [named]
    shop = _SHOP.search(text)
    if shop and (where.area or len(text) < 30):
        where.landmark = _tidy(shop.group(0))
        return [shop.span()]
    return []


def _treated(match: re.Match[str]) -> bool:
    """ "Been to the hospital", "in hospital": no place of what happened."""
    name = match.group("name").lower()
    if not name.endswith(("hospital", "surgery", "injuries unit")):
        return False
    return match.group("lead").lower() in ("in", "at", "from") or bool(
        _TREATED.search(match.string[: match.start("name")])
    )


def _home(text: str, where: Where, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if pieces:
        return []
    match = _HOME.search(text)
    # "he's at work" says where somebody else is, not where it happened
    if not match or re.search(
        r"\b(?:s?he|they|he'?s|she'?s|they'?re|who)(?: is| are| was| were)?\s*(?:now |still )?$",
        text[: match.start()],
        re.I,
    ):
        return []
    where.landmark = match.group("name") or match.group("bare")
    return [match.span()]
