"""What was taken or damaged: things by kind, with brand, colour and the words around them."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re

from bot.extract import belongings, money
from bot.extract.span import Span, meets

#: kind: the words that name such a thing
KINDS: dict[str, str] = {
    "phone": r"fones?|smart ?phones?|handsets?|sim cards?|(?:mobile )?phones?|iphone(?: \d+)?(?: pro)?(?: max)?|samsung(?: galaxy)?(?: s\d+)?|pixel \d|mobile|nokia|galaxy s?\d*",
    "laptop": r"monitors?|printers?|routers?|hard ?drives?|usb sticks?|memory sticks?|notebooks?(?= computer)|laptops?|macbook(?: air| pro)?|chromebook|computers?|pc",
    "tablet": r"(?:kids )?tablets?|ipads?|kindle",
    "console": r"vr headsets?|steam deck|gameboy|game ?boys?|ps[45]|playstation(?: \d)?|x ?box|nintendo|(?:nintendo )?switch(?! (?:on|off|to))|console|pads|controllers?",
    "game": r"games|mario kart",
    "tv": r"tvs?|tellys?|televisions?",
    "audio": r"amps?|amplifier|record player|vinyl|records(?= (?:collection|player))|decks|ear ?buds|ear ?pods|radios?|hi[- ]?fi|walkman|mp3 player|soundbar|speakers?|stereo|airpods|headphones|earphones",
    "camera": r"cam(?:corder|era)s?|binoculars|telescope|lens(?:es)?|tripod|ring doorbells?|door ?bells?|cameras?|gopro|drone",
    "watch": r"smart ?watch(?:es)?|time ?piece|watch(?:es)?|rolex(?: submariner)?|fitbit|apple watch",
    "jewellery": r"bangles?|cuff ?links?|brooch(?:es)?|pendants?|pearls|diamonds?|crucifix|signet rings?|studs|hoops|tiara|jewell?ery|(?:wedding|engagement|gold|silver|sovereign|diamond)? ?(?:rings?|chains?|necklaces?|bracelets?|earrings?|locket)",
    "cash": r"petty cash|(?:rent|holiday|dinner|lunch|christmas|birthday) money|coppers|wages|pension|deposit|inheritance|the float|till drawer|euros|dollars|tips(?= jar)|tip jar|piggy bank|cash|money|takings|foreign currency|roll of notes|savings",
    "wallet": r"wallits?|money clip|card holder|billfold|wallets?|purses?",
    "bag": r"(?:laptop|tote|shoulder|sports?|gym|school|clutch|bum|carrier|duffle|duffel|tool|gold|sling) bags?|holdalls?|brief ?cases?|satchels?|luggage|my case|cases|(?:hand|ruck|back|man|takings )?bags?|handbags?|rucksack|backpack|suitcases?",
    "card": r"travel ?cards?|railcard|gift ?(?:cards?|vouchers?)|vouchers?|blue badge|lanyard|work pass|oyster card|cheque ?books?|chequebooks?|bank ?book|driving licence|licen[cs]e|birth certificates?|tickets?|scratch ?cards?|(?:bank|debit|credit) cards?|cards|bus pass|driving licen[cs]e|passports?|id",
    "keys": r"key ?fobs?|fobs?|key ?rings?|spare keys?|(?:house |car |spare |the )?keys?(?: to [a-z' ]{3,15})?",
    "bike": r"push ?bikes?|trikes?|tricycles?|e[- ]?mtbs?|unicycle|tandem|racers?(?= bike)|(?:mountain |push |pedal |road |e-?|electric |lads |lasses |lassies |kids |sons |daughters |wee )*(?:bikes?|bicycles?|cycles?)|bmx",
    "e-scooter": r"scooters?|hoverboards?|skateboards?|roller ?(?:skates|blades)|e[- ]?scooters?|electric scooters?",
    "tool": r"tool ?(?:box(?:es)?|kits?|chests?|bags?)|spanners?|sockets?|hammers?|nail ?guns?|mixers?|sanders?|routers?(?= bit)|planers?|lathes?|jigsaws?|torch(?:es)?|wheel ?barrows?|spades?|forks?|shovels?|axes?|crowbars?|scaffold(?:ing)?(?: boards?| poles?)?|pressure washers?|jet ?wash(?:er)?|welders?|multi ?tools?|angle grinders?|disc cutters?|impact drivers?|laser levels?|stihl saws?|wacker plates?|kango|cement mixer|pumps?|jump leads|battery chargers?|chargers?|extension leads?|(?:power )?tools?|drills?|grinders?|strimmers?|chainsaws?|saws?|generators?|ladders?|breaker|compressor|jack",
    "garden": r"hedge ?(?:trimmers?|cutters?)|leaf ?blowers?|rotavators?|hanging baskets?|statues?|gnomes?|ornaments?|bench(?:es)?|patio set|patio heater|chiminea|fire ?pit|barbe[cq]ues?|trampolines?|paddling pool|hose ?pipes?|planters?|trees?|shrubs|bird ?(?:bath|table)|water ?feature|sun ?loungers?|parasol|koi|paving(?: slabs)?|flag ?stones?|york stone|stone \w+|decking|lawn ?mowers?|mowers?|garden furniture|plants?|pots?|coop|hot tub|bbq",
    "vehicle": r"camper ?vans?|motor ?homes?|tractors?|diggers?|mini ?diggers?|horse ?boxe?s?|boats?|canoes?|kayaks?|dinghy|jet ?skis?|outboard(?: motor)?s?|lorr(?:y|ies)|trucks?|moto(?:r|r ?cycle)s?|golf buggy|go[- ]?karts?|(?:motor ?)?cars?|vans?|motorbikes?|mopeds?|caravans?|trailers?|quads?",
    "vehicle part": r"cat ?converters?|alloys|exhausts?|head ?lights?|tail ?lights?|hub ?caps?|wheel ?trims?|spare wheel|roof ?(?:rack|box|bars)|tail ?gate|badge(?= off)|steering wheel|air ?bags?|car (?:radio|stereo|battery|seat)|child seats?|dash ?cams?|fuel|diesel|petrol|red diesel|heating oil|bike rack|tow ?bar|catalytic converters?|cat(?= (?:off|from|cut|sawn))|number plates?|wing mirrors?(?: glass)?|(?:alloy )?wheels?|tyres?|batter(?:y|ies)|windscreens?|bumper",
    "building": r"(?:front |back |patio |kitchen |bathroom |shop |side |car |bedroom )*(?:windows?|doors?|locks?)|fence|gates?|walls?|garage door|greenhouse|roof tiles?",
    "parcel": r"package|packets?(?= from)|post(?= (?:was|has|taken|stolen))|mail(?= (?:was|has))|letters?|jiffy bag|click and collect|(?:dpd |evri |hermes |amazon |royal mail )?parcels?|deliver(?:y|ies)|packages?",
    "clothing": r"hood(?:ie|y|ies)|track ?suits?|jeans|trackies|jumpers?|shirts?|t[- ]?shirts?|dress(?:es)?|wedding dress|suits?(?! me)|boots|hats?|caps?|beanies?|scar(?:f|ves)|puffa|parka|uniforms?|underwear|knickers|bras?|washing(?= off| line)|laundry|kit bag|football kit|body ?warmer|gilet|belt|handkerchief|sandals|crocs|blazers?|clothes|coats?|jackets?|trainers|shoes|gloves|slippers|north face|designer clothes",
    "cosmetics": r"perfumes?|aftershave|make ?up|cosmetics|fragrances?",
    "food": r"milk|bread|bacon|lamb|chicken|booze and food|ready meals|razor ?blades|razors|nappies|coffee|butter|sweets|crisps|shopping|honey|salmon|fish(?! (?:tank|and))|eggs|seed potatoes|trolley full|deodorants?|shampoo|toiletries|batteries pack|sandwich(?:es)?|meat|steaks?|cheese|chocolate|groceries|food|joints|baby (?:milk|formula)|washing powder|detergent",
    "alcohol": r"prosecco|cider|rum|brandy|tequila|cognac|port(?= wine)|kegs?|(?:beer )?barrels?|six[- ]?packs?|cans of \w+|bottles? of \w+|baileys|jack daniels|smirnoff|stella|carling|(?:bottles? of |litre of |crates? of )?(?:vodka|whisky|wine|beer|gin|spirits|alcohol|booze|bells|champagne|lager)",
    "tobacco": r"rolling tobacco|baccy|ciggies|vape (?:kit|pen|juice)s?|vapes|lighters?|cigars?|(?:two hundred )?(?:fags|cigarettes|cigs|tobacco|vapes?)",
    "medication": r"pills|painkillers|insulin|epi ?pens?|diazepam|morphine|oxygen|first aid kit|antibiotics|pregabalin|codeine|meds|medication|tablets(?= for)|prescription|methadone|inhaler",
    "medical": r"wheel ?chairs?|zimmer(?: frame)?|walking sticks?|crutches|rollator|defib(?:rillator)?|ramp|dentures|false teeth|prosthetic|stair ?lift|blood pressure monitor|hearing aids?|wheelchair|mobility scooter|walking frame",
    "eyewear": r"specs|spectacles|shades(?! of)|reading glasses|contact lenses|(?:sun)?glasses",
    "instrument": r"saxophones?|sax|trumpets?|trombones?|flutes?|clarinets?|cellos?|drum ?kits?|drums?|pianos?|ukuleles?|banjos?|accordions?|bagpipes?|cornets?|mandolins?|synths?|guitars?|fender strat|keyboard|violin",
    "medals": r"medal|war medals|british empire medal|troph(?:y|ies)|badges|medals", "document": r"diary|diaries|wills?(?= (?:and|was|papers))|folders?|papers|photos?(?= (?:album|of))|photo ?albums?|certificates?|note ?books?|contracts?|logbook|v5|deeds|documents|birth certificate|paperwork", "safe": r"cash ?box(?:es)?|lock ?box|safes?(?= |$|,)|strongbox|safe(?= (?:was|with|and|gone))",
    "charity box": r"collection tins?|donation box|charity bucket|collection plate|charity (?:box|tin)|poppy tin|collection box", "metal": r"lead flashing|roof(?:ing)? lead|copper (?:pipes?|cable|wire)|cables?|cabling|pipes?|railings?|man ?hole covers?|drain covers?|grates?|plaques?|bronze|brass|radiators?|guttering|gullies|slates|tiles|bricks|lead(?= (?:off|from|has|was|flashing))|copper|scrap",
    "pram": r"push ?chairs?|buggies|strollers?|cots?|moses basket|car seats?|high ?chairs?|prams?|buggy|pushchair", "clock": r"grandfather|barometer|(?:carriage |grandfather )?clocks?", "sat nav": r"sat ?navs?|tomtom|dashcam",
    "appliance": r"toasters?|cookers?|air ?fryers?|coffee machine|freezers?|dishwasher|tumble dryer|vacuum|hair ?(?:dryer|straighteners)|straighteners|ghds?|fans?(?= heater)|heaters?|sewing machine|blender|ovens?|solar panels?|gas bottles?|gas canisters?|calor gas|boiler|dyson|hoover|microwave|washing machine|fridge|kettle",
    "livestock": r"cows?|calves|calf|lambs?|ewes?|tups?|rams?(?! raid)|pigs?|pon(?:y|ies)|foals?|ducks?|geese|goats?|pigeons?|bees|bee ?hives?|hives|quad and trailer|heifers?|cockerels?|alpacas?|racing pigeons?|sheep|hens|chickens|horses?|cattle", "crypto": r"btc|ethereum|eth|usdt|nfts?|bitcoin|crypto", "pet": r"pupp(?:y|ies)|pups?|kittens?|parrots?|rabbits?|tortoises?|hamsters?|ferrets?|snakes?|spaniel|french bulldog|frenchie|dachshund|whippet|lurcher|staffy|cockapoo|labrador|(?:my |the |our )(?:dog|cat|puppy)(?= (?:was|has been|got) (?:taken|stolen))",
    "coin": r"sovereigns?(?! ring)|half sovereigns?|stamps?|stamp collection|coin collection|pokemon cards|football cards|comics|krugerrand|coins?", "fishing gear": r"rods?|reels?|golf clubs?|golf bag|tents?|sleeping bags?|cricket bat|tennis racke?t|football|saddles?|tack|dumb ?bells?|weights|treadmill|rowing machine|paddle ?boards?|surf ?boards?|snooker cue|darts|skis|crossbow|air rifle|shotguns?|fishing (?:rods?|gear|tackle)", "bin": r"wheelie bins?", "stock": r"(?:christmas|xmas|birthday|kids) presents|presents|gifts?|toys?|lego|dolls?|teddy(?: bear)?|ashes|urn|flags?|rugs?|carpets?|paintings?|pictures?(?= (?:frame|off))|mirrors?|vases?|antiques?|silver ?ware|cutlery|china|crockery|lamps?|mattress|sofa|settee|tables?(?! top)|chairs?|books?|umbrellas?|brolly|brollies|helmets?|(?:bike )?lights|flasks?|shop ?till|tills?|candlesticks?|chalices?|headstone|hymn books|sound system|portaloo|pallets?|stock|goods|merchandise",
}  # fmt: skip
_COLOUR = r"(?:black|white|grey|gray|silver|red|blue|green|yellow|orange|purple|pink|gold|brown|tan|dark|light|navy|rose gold)"
_BRAND = (
    r"(?:apple|samsung|huawei|motorola|google|dell|hp|lenovo|acer|sony|lg|dewalt|makita|milwaukee|stihl|hilti|bosch|carrera|trek|boardman|specialized|giant|"
    r"ribble|brompton|cube|merida|whyte|ktm|yamaha|kawasaki|tag heuer|seiko|breitling|tissot|fossil|swarovski|pandora|asus|microsoft|surface|beats|bose|jbl|canon|nikon|dyson|karcher|"
    r"snap[- ]on|ryobi|festool|einhell|nintendo|xbox|oppo|oneplus|honor|iphone|macbook|garmin|ray[- ]?ban|stone island|moncler|canada goose|ralph lauren|ted baker|mulberry|prada|silver cross|"
    r"apollo|michael kors|gucci|louis vuitton|casio|omega|chanel|dior|bugaboo|north face|nike|adidas|flymo|halfords|scott|cannondale|raleigh|voodoo|pure air)"
)
#: One pattern for all: a message is walked once, the group that fits is the kind.
_THINGS = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<{kind.replace(' ', '_').replace('-', '_')}>{words})" for kind, words in KINDS.items()
    )
    + r")\b",
    re.IGNORECASE,
)
_KIND_OF = {kind.replace(" ", "_").replace("-", "_"): kind for kind in KINDS}
_BEFORE = re.compile(
    rf"(?:(?<![\d.,£])\b(?:{_COLOUR}|{_BRAND}|\d{{1,2}}|two|three|pair of|couple of|new|old|gold|silver) )+$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?:,? (?:{_COLOUR}|{_BRAND})\b)+", re.IGNORECASE)
_LOSS = re.compile(
    r"\b(?:took|taken|take|stole|stolen|steal\w*|nick(?:ed|in\w*)?|pinch(?:ed)?|rob(?:bed|bing)?|snatch(?:ed)?|grab(?:bed)?|missing|gone|went|lost|swiped|lifted|"
    r"half[- ]?inched|had (?:me|my|away|the|it)|'ve had|ve had|have had|made off with|got away with|walked (?:out|off) with|left with|ran (?:out|off) with|"
    r"smash(?:ed|ing)?|broke(?:n)?|kick(?:ed)? (?:in|off|my|the)|damag(?:ed?|ing)|keyed|scratch(?:ed)?|slash(?:ed)?|graffiti(?:ed)?|spray(?:ed)?|vandali[sz]ed|"
    r"put (?:through|in)|bent|snapped|burnt|burned|torched|forced|ripped|cut|sawn|dented|done in|shoplifted|cleared)\b",
    re.IGNORECASE,
)
_TAKEN_LIST = re.compile(
    r"\b(?:(?:took|taken|nicked|stole|stolen|pinched|grabbed|swiped|snatched|robbed|emptied|cleared out|got away with|made off with|walked (?:out|off) with|"
    r"left with|ran (?:out|off) with|missing(?: is| are)?|gone(?: is| are)|(?:'ve|have|has) (?:had|got|been in and had)|lost|broke|smashed|damaged)|"
    r"(?P<weak>had|got|have|with|containing|contained|contents|inside (?:it )?(?:was|were)|in it (?:was|were))) (?:all |off with )?"
    r"(?P<list>[^.!?;\n]*?)(?=\s*(?:[.!?;\n]|$|\bbut\b|\bfrom (?:my|the|our|a|in)\b|\bout (?:of|my|the)\b|\boff (?:me|my|the|our)\b|\bwhile\b|\bwhen\b|\bwhilst\b|"
    r"\b(?:and|n|then) (?:then|he|she|they|i|we|took|nicked|stole|stolen|grabbed|robbed|smashed|broke|ran|left|drove|went|walked|legged|rode|it)\b|\bdown (?:his|her|their)\b|\binto (?:his|her|their|a)\b|"
    r"\bin (?:his|her|it|the|my|our)\b|\b(?:last night|yesterday|this morning|today|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|around|about \d|at \d)\b))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r",| (?:and|n|plus|with) |&", re.IGNORECASE)
_MINE = re.compile(
    r"(?:all )?(?:my|me|our|the|a|an|his|her|their|\d+|two|three|four|some|wife'?s|husband'?s|mum'?s|dad'?s|nan'?s|\w+'s)\s+(?:\w+)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?:my|our|his|her|mum'?s|dad'?s|nan'?s|wife'?s|son'?s|daughter'?s)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
#: "Took me to hospital", "took ages", "lost control": nothing was taken.
_NOT_TAKEN = re.compile(
    r"(?:me|him|her|us|them|you|it|off|place|ages|over|part|long|care|control|my (?:son|daughter|mum|dad|nan|statement|word|time|mind|temper|name)|"
    r"(?:a |some |the )?(?:photos?|pictures?|pics?|videos?|statement|bus|tram|train|taxi|while|look|turn|swing|punch|call|breath|message|text|walk|lift|knife)|the (?:door|way|law|same))\b",
    re.IGNORECASE,
)
#: "He had a black coat" describes him, "it had a flat tyre" the car.
_NOT_BY_HAD = frozenset(
    ("clothing", "building", "vehicle", "vehicle part", "card", "bike", "garden")
)
_CLAUSE = re.compile(r"[^.!?;\n]+")
#: A clause about people, cameras or how to reach the writer lists no property.
_NO_LIST = re.compile(
    r"\b(?:he|she|they|him|them|lads?|man|men|woman|women|boys?|girls?|wearing|cctv|door ?bell|camera|ring|call|text|email|contact|number is|my (?:phone|mobile|number|email)|"
    r"neighbours?|witness\w*|saw|seen|didn'?t|hasn'?t|haven'?t|wasn'?t|not|no|can|could|should|will|do|what|why|how|who|reg|plate)\b(?! (?:insurance|serial))",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:(?:and|plus|also|oh|just|only|n|&)\s+)+", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|was|are|were|it'?s|that'?s|has|have|had|got|went|came|go|going|get|been|said|says|told|think|want|need|am|i'?m|we|i|you|put|left|locked|parked|drove)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:is|was|are|were|it'?s|its|that'?s)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"\b(?:nothing (?:was |has been |is |seems |looks )?(?:taken|stolen|missing|gone|nicked|damaged)|nowt (?:taken|missing|gone|nicked|stolen)|empty[ -]handed|"
    r"(?:didn'?t|did not|never) (?:take|get|steal|nick) (?:anything|owt|nothing)|didn'?t get (?:in|away with anything))\b",
    re.IGNORECASE,
)
#: An amount of something, whatever it is: "five legs of lamb", "62 pound 40 of diesel".
_NUMBERS = r"(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|some|several|a couple of|a few)"
_AMOUNT = re.compile(
    rf"\b(?:{_NUMBERS} (?:\w+ )?(?:legs?|jars?|packs?|packets?|bottles?|box(?:es)?|cases?|joints?|trays?|tins?|cans?|crates?|lit(?:re|er)s?|tubs?|sets?|pairs?|sheets?|rolls?|lengths?|reels?|tubes?|slabs?|kilos?|tonnes?|blocks?|sacks?|bundles?|carrier bags?|bags?)"
    r"|(?:£\s?)?\d+(?:\.\d\d)? ?(?:pounds?|quid)?(?: \d\d)?(?: worth)?|£\d+(?:\.\d\d)?(?: worth)?) of (?!(?:the|them|it|us|my|age|an?)\b)[a-z]+(?: (?!and\b|on\b|in\b|at\b|from\b|was\b|is\b|to\b)[a-z]+)?",
    re.IGNORECASE,
)
#: Things added by name: "a further item: a set of smokers", "oh and they had the pipe kit as well".
_ADDED = re.compile(
    r"\b(?:(?:further|another|one more|more|extra|other|additional|forgotten) (?:items?|things?)\b[^.:;!?]{0,40}[:-] ?|"
    r"(?:they|he|she)(?:'ve|'d| have| had)? (?:also )?(?:had|took|got|nicked|taken) (?=(?:[^.,;!?]{3,50}) (?:an? all|and all|as well|aswell|too)\b))"
    r"(?P<list>[^.;!?]+?)(?=\s*(?:[.;!?]|$| (?:an? all|and all|as well|aswell|too)\b))",
    re.IGNORECASE,
)
_MADE_GONE = re.compile(
    rf"\b(?:all )?(?:my|me|our|the) (?P<make>{_BRAND})\b(?= (?:\w+ ){{0,2}}(?:gone|missing|nicked|stolen|taken|pinched|robbed)\b)",
    re.IGNORECASE,
)
#: No thing that was taken: "the gate chain", "on the ring", "counted the stock".
_NO_THING = re.compile(
    r"(?:\b(?:gate|door|security|padlock|anchor|dog|supply) |\b(?:on|over) (?:the|my|our|her|his|a) |\bcount(?:ed|ing) (?:up )?(?:the|our|my) |\b(?:check(?:ed|ing)|did|do|done) (?:the|our|my|a) )$",
    re.IGNORECASE,
)
_NOT_HERE = frozenset(("chain", "chains", "ring", "stock", "camera", "cameras"))
#: Kinds that name the place of a thing more often than the thing taken.
_WEAK = frozenset(("vehicle", "building", "card", "stock", "metal", "garden", "coin", "food"))


def spans(text: str, asked: bool = False) -> list[Span]:
    """Things that `text` says were taken or damaged; the value is `{item, kind, value_gbp}`.

    Without words of loss or damage nothing counts, unless the person was `asked` for it.
    """
    if none(text) and not asked:
        return []
    if not (asked or _LOSS.search(text) or _ADDED.search(text)):
        return []
    lists = [*_lists(text), *_by_name(text)]
    found = [span for span in _named(text, asked) if not meets(span.start, span.end, lists)]
    return belongings.settled(text, _priced(text, [*found, *lists]), asked)


def _named(text: str, asked: bool) -> list[Span]:
    found: list[Span] = []
    for match in _THINGS.finditer(text):
        kind = _KIND_OF[match.lastgroup or ""]
        if kind in _WEAK and not asked and not _beside_loss(text, match):
            continue
        if not asked and not _near_loss(text, match):
            continue
        start, end = _extended(text, match)
        if found and start < found[-1].end:
            start = match.start()  # "north face gloves": the make was read before
        if found and start < found[-1].end:
            continue
        said = text[start:end].strip(" ,")
        named = match.group(0).strip().lower()
        if named in _NOT_HERE and _NO_THING.search(text[: match.end() - len(named)]):
            continue
        found.append(Span(start, end, said, {"item": said, "kind": kind, "value_gbp": None}))
    return found


def _by_name(text: str) -> list[Span]:
    """Things named as added, as an amount or by their make alone."""
    found = [_thing(text, *one.span("list")) for one in _ADDED.finditer(text)]
    for pattern, group in ((_MADE_GONE, "make"), (_AMOUNT, 0)):
        for match in pattern.finditer(text):
            one = _thing(text, *match.span(group))
            if not meets(one.start, one.end, found):
                found.append(one)
    return found


def _thing(text: str, start: int, end: int) -> Span:
    said = text[start:end].strip(" ,")
    start = text.index(said, start)
    return _item(start, said, min(set(_kinds(said)) - _WEAK, default="other"))


def _item(start: int, said: str, kind: str) -> Span:
    value = {"item": said, "kind": kind, "value_gbp": None}
    return Span(start, start + len(said), said, value)


def _kinds(words: str) -> list[str]:
    """The kinds of the things that `words` name, in order."""
    return [_KIND_OF[match.lastgroup or ""] for match in _THINGS.finditer(words)]


def _lists(text: str) -> list[Span]:
    """All that stands after a verb of taking: "took my laptop, a jewellery box and nan's ashes"."""
    found: list[Span] = []
    for match in _TAKEN_LIST.finditer(text):
        words = match.group("list").rstrip(" ,")
        things = _kinds(words)
        sure = [kind for kind in things if kind not in _NOT_BY_HAD]
        mine = _MINE.match(words)
        if len(things) == 1 and not _SEVERAL.search(words):
            continue  # one thing that is known is read by itself
        unknown = not match.group("weak") and mine and len(words.split()) < 8
        if _NOT_TAKEN.match(words) or not (sure or unknown):
            continue
        start = match.start("list")
        kind = sure[0] if sure else things[0] if things else "other"
        found.append(_item(start, words, kind))
    return found


def listed(text: str, held: bool) -> list[Span]:
    """Things that a message lists without a verb ("Dell, silver, a work one"), each a clause.

    For a report of theft: with `held` (things were told before) a clause that describes one of
    them counts too ("the phone is a samsung").
    """
    found: list[Span] = []
    for match in _CLAUSE.finditer(text):
        amounts = [m.span() for m in _AMOUNT.finditer(text, *match.span())]
        if amounts and not _VERB.search(match.group(0)):
            found += [_thing(text, *one) for one in amounts]
            continue
        pieces = [match.span()] if _lists_things(match.group(0), held) else []
        if not pieces:
            at = match.start()
            for piece in match.group(0).split(","):
                if _lists_things(piece, held):
                    pieces.append((at, at + len(piece)))
                at += len(piece) + 1
        for begin, end in pieces:
            words = _AND.sub("", text[begin:end].strip(" ,-"))
            start = text.index(words, begin)
            found.append(_thing(text, start, start + len(words)))
    return found


def _lists_things(clause: str, held: bool) -> bool:
    """Whether a clause names or describes things and does not talk of something else."""
    words = _AND.sub("", clause.strip(" ,-"))
    if not words or _NO_LIST.search(words) or none(words):
        return False
    things = set(_kinds(words)) - _WEAK
    made = re.search(rf"\b{_BRAND}\b", words, re.IGNORECASE)
    coloured = re.search(rf"\b{_COLOUR}\b", words, re.IGNORECASE)
    if not (things or made):
        return False
    verb = _VERB.search(words)
    if held and (made or coloured) and (not verb or _IS.search(words)):
        return True
    return (
        bool(things)
        and not verb
        and bool(len(things) > 1 or _MINE.match(words) or made or coloured)
    )


def _near_loss(text: str, match: re.Match[str]) -> bool:
    """Whether words of loss stand in the same sentence, or the thing is named as somebody's."""
    start = max((m.end() for m in re.finditer(r"[.!?;]\s", text[: match.start()])), default=0)
    stop = re.search(r"[.!?;](?:\s|$)", text[match.end() :])
    end = match.end() + stop.start() if stop else len(text)
    if _LOSS.search(text, start, end):
        return not re.search(r"\b(?:do|use|with|like|good at) $", text[: match.start()])
    return bool(_OWNED.search(text[max(0, match.start() - 24) : match.start()]))


def _extended(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The thing with the colours and makes that stand beside it."""
    before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
    after = _AFTER.match(text, match.end())
    return (before.start() if before else match.start()), (after.end() if after else match.end())


def _beside_loss(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start() - 40) : match.start()],
        text[match.end() : match.end() + 45],
    )
    near = re.split(r"[.!?,]", before)[-1] + " | " + re.split(r"[.!?,]", after)[0]
    return bool(_LOSS.search(near)) and not re.search(
        r"\b(?:in|from|through|outside|of|into|by|near|off) (?:the |my |our |a |me )?$", before
    )


def _priced(text: str, found: list[Span]) -> list[Span]:
    found.sort(key=lambda s: s.start)
    for price in money.spans(text):
        before = [s for s in found if s.end <= price.start]
        near = before and price.start - before[-1].end < 40
        if near and before[-1].value["value_gbp"] is None:
            before[-1].value["value_gbp"] = price.value
    return found


def is_thing(words: str) -> bool:
    """Whether the last of `words` names a thing ("petrol generator"): it is nobody's name."""
    return any(match.end() == len(words) for match in _THINGS.finditer(words))


def has_thing(text: str) -> bool:
    """Whether `text` names a thing that people lose, clothes apart."""
    return any(kind not in _NOT_BY_HAD for kind in _kinds(text))


def make(text: str) -> str:
    """The make with which `text` begins ("hp its a dell"), or nothing."""
    match = re.match(rf"{_BRAND}\b", text, re.IGNORECASE)
    return match.group(0) if match else ""


def none(text: str) -> Span | None:
    """Words that say that nothing was taken or damaged, or None."""
    match = _NOTHING.search(text)
    return Span(match.start(), match.end(), match.group(0), "none") if match else None
