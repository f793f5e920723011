"""Who did it, as described: groups of people and the words that describe them."""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re

from bot.extract.span import Span

_NOUN = (
    r"lads?|man|men|males?|females?|wom[ae]n|boys?|girls?|lass(?:es|ie)?|lad|fellas?|blokes?|guys?|gentlem[ae]n|lad(?:y|ies)(?: driver)?|kids?|youths?|"
    r"teens?|teenagers?|geezers?|person|people|couple|gang|group|mandem|scallies|scally|smackheads?|druggies|delivery rider|rider|"
    r"driver|postman|neighbours?|next door neighbour|boyfriend|girlfriend|old boy|old dear|dude|chap|yobs?|thugs?|"
    r"(?:cold )?caller|copper|police officer|offenders?|suspects?|attackers?|toddlers?|birds?|bikers?|cyclists?|riders?|security guard|wheelchair user|dealers?|workm[ae]n|builders?|"
    r"students?|pensioners?|strangers?|scrotes?|pri?cks?|tossers?|clowns?|idiots?|muppets?|"
    r"loons?|bairns?|weans?|gadg(?:ie|e)s?|gadgies|fellers?|mush|gals?|gents?|dudes|roadm[ae]n|boy racers?|joyriders?|doorm[ae]n|bouncers?|tramps?|beggars?|hoodlums?|louts?|bullies|bully|nutters?|weirdos?|creeps?|pervs?|perverts?|paedos?|peados?|racists?|intruders?|prowlers?|stalkers?|vandals?|looters?|squatters?|crackheads?|addicts?|alkies|alky|dossers?|rough sleepers?|"
    r"child(?:ren)?|babies|baby|grown ups?|adults?|oap|granny|grannies|old timer|lady|ladies|school ?(?:boy|girl|kid)s?|school ?children|teenage[rd]s?|twins|brothers|sisters|teacher|nurse|cleaner|carer|(?:\w+ )?(?:delivery|taxi|bus|lorry|van|hgv|uber|cab|truck|tram|bin lorry) drivers?|passengers?|motorcyclists?|pedestrians?|jogger(?= )|dog walkers?|postie|scooter riders?|courier|salesm[ae]n|workers?|officers?|ringleader|shopper|"
    r"drunks?|junkies|junkie|customers?|shoplifters?|burglars?|thie(?:f|ves)|robbers?|muggers?"
)
_DETERMINER = (
    r"(?:the same|(?:a )?(?:bunch|load|pair|mob|pack|crowd|group|gang|couple) of(?: about)?(?: (?:two|three|four|five|six|seven|eight|ten|\d+))?|loads of|both|twa|yon|that there|this here|like (?:five|six|\d+)|at least|around|roughly|a gang of(?: about)?|a group of(?: about)?|gang of(?: about)?|group of(?: about)?|same|some|the|this|that|them|these|those|a couple of|a|an|"
    r"my next door|me next door|my|me|our|two|three|four|five|six|seven|eight|ten|several|\d+|one|yer)"
)
_ADJECTIVE = (
    r"(?:about|ten|eight|six|tall|short|big|wee|little|small|skinny|slim|thin|fat|stocky|heavy[ -]?set|large|medium(?: build)?|muscly|muscular|hench|"
    r"lanky|chubby|young(?:ish)?|old(?:er)?|elderly|middle[ -]aged|teenage|white|black|asian|mixed race|brown|pakistani|indian|polish|"
    r"romanian|turkish|irish|scottish|eastern european|african|caribbean|somali|sikh|muslim|chinese|traveller|bald|blonde?|ginger|"
    r"tanned|scruffy|tidy looking|athletic|burly|beefy|plump|frail|gaunt|petite|wiry|toned|curvy|podgy|tubby|obese|overweight|average build|large build|slim build|stocky build|clean[ -]shaven|unshaven|dark[ -]skinned|light[ -]skinned|olive[ -]skinned|fair[ -]skinned|suspicious(?: looking)?|aggressive|angry|drunken|intoxicated|foreign looking|scary|creepy|weird|odd|smartly dressed|well[ -]spoken|barefoot|half[ -]naked|naked|topless|shirtless|hijabi|jewish|hindu|bengali|bangladeshi|filipino|japanese|korean|thai|iranian|iraqi|afghan|syrian|eritrean|sudanese|ethiopian|moroccan|algerian|libyan|egyptian|greek|russian|ukrainian|lithuanian|latvian|hungarian|czech|slovakian|german|american|australian|brazilian|jamaican|latino|hispanic|mediterranean|oriental|middle eastern|north african|west indian|roma|gypsy|geordie|brummie|cockney|mancunian|northern|southern|glaswegian|teenaged|tiny|giant|blond|dark[ -]haired|long[ -]haired|short[ -]haired|curly[ -]haired|hooded|masked|drunk|homeless|well dressed|dodgy(?: looking)?|rough looking|ged|light skinned|dark skinned|"
    r"barber|foreign|vietnamese|kurdish|albanian|spanish|french|italian|portuguese|bulgarian|nigerian|ghanaian|arab|arabic|english|welsh|scouse|posh|pissed(?: up)?|"
    r"tallish|shortish|slender|pale|spotty|same|younger|bearded|tattooed|massive|huge|balding|(?:grey|dark|fair|blonde?|red|ginger)[ -]haired|"
    r"unknown|random|strange|next door|teen|local|known|late|early|twenty|\d\d(?: year old)?)"
)
#: A word that describes a person, at the start of the words looked at.
ADJECTIVE = re.compile(rf"(?:{_ADJECTIVE})\b", re.IGNORECASE)
_PEOPLE = re.compile(
    rf"\b(?:{_DETERMINER}\s+)?(?:{_ADJECTIVE},?\s+){{0,4}}(?:{_NOUN})\b(?: of [A-Z][a-z]+ (?:heritage|appearance))?",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    rf"\b{_ADJECTIVE}\s+(?:{_NOUN})\b|\b(?:two|three|four|five|six|\d+|a|an|some|one|same|the)\s+(?:{_ADJECTIVE}\s+)*(?:{_NOUN})\b",
    re.I,
)
#: No description: anyone could be meant ("a person", "the people").
_ANYONE = re.compile(
    r"(?:a|an|the|some|any|my|our|this|that|real|other)?\s*(?:person|people|neighbours?|customers?|driver|couple|family|officers?|child(?:ren)?|babies|baby|nurse|teacher|cleaner|carer|adults?|workers?|passengers?|pedestrians?|shopper|salesm[ae]n|courier|dog walkers?|granny|motorcyclists?|doorm[ae]n|bouncers?|postie|brothers|sisters|twins)",
    re.I,
)
#: A word that says enough of a person by itself.
_TELLING = re.compile(r"\b(?:smack ?heads?|druggies|junkies?|yobs?|thugs?|scall(?:y|ies)|mandem|drunks?|scrotes?|cold callers?|copper|bikers?|dealers?)\b", re.I)  # fmt: skip
#: "The one in the green", "two on an electric scooter", "one of em tall".
_ONE_OF = re.compile(
    r"\b(?:the )?(?:(?:other|younger|older|taller|shorter|bigger|smaller|first|second|main|tall|short|fat|skinny|big|little) (?:one|lad|guy|man|fella)|both|one|two|three|four|other one|another)"
    r"(?: of (?:them|em|'em|the lads))?,? (?:(?:was|is|were|looked|had|has|have|got) )?(?=(?:in|on|with|wearing|driving|riding|all|about|abt|tall|short|fat|thin|skinny|stocky|young|old|black|white|asian|blonde?|ginger|bald|a |an |"
    r"very|really|quite|proper|dead|late|early|mid|maybe|small|big|red|blue|grey|green|hooded|masked|\d\d)\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:she|he|his|her|they|two of them|one of em)\b", re.IGNORECASE)
FEATURE = re.compile(
    r"\b(?:wearing|hood(?:ie|ies|y|ed|s)?|bally|ballys|balaclavas?|mask(?:ed|s)?|beards?|tracksuits?|trackies|jackets?|coats?|jeans|caps?|beanies?|hats?|trainers|top|shirt|"
    r"gloves|rucksack|beard|goatee|bald|hair(?:ed)?|ponytail|braids|dreads|tattoos?|scar|glasses|accent|skinny|slim|stocky|tall|short|"
    r"build|6ft|5ft|\d ?(?:ft|foot|')|aged|in (?:his|her|their) (?:teens|\d0'?s|twenties|thirties|forties|fifties)|years? old|all in black|"
    r"dressed|white|black|asian|mixed race|puffa|north face|limp|nose ring|suit|blazer|school uniform|dressing gown|pyjamas|voice|brief ?case|lanyard|polo|uniform|scrubs|graz(?:e|es)|teeth|tooth|blanket|scarf|helmets?|shoes?|socks|boots|curly|mop|shaved head|skinhead|crew cut|mullet|bob|fringe|mo(?:u)?stache|tash|stubble|gilet|hi[- ]?vis|trackie?s?|joggers|shorts|skirt|dress|leggings|vest|fleece|parka|anorak|apron|badge|headscarf|hijab|turban|ginger|blonde?|brunette|fat|thin|lanky|chubby|heavy set|hench|muscly|skinhead|freckles|piercings?|earrings?|spots|face|scouse|geordie|brummie|irish|scottish|welsh|polish|romanian|eastern european|foreign|male|female|teens?|teenagers?|twenties|thirties|forties|fifties|sixties|seventies|(?:early|mid|late) (?:teens|\d0'?s|twenties|thirties|forties|fifties)|\d0s|about \d\d|abt \d\d|one eye|eyelash|crutch(?:es)?|walking stick|wheelchair|bandana|snood|gloves?|hood up|face cover(?:ed|ing)?|eyes|birth ?mark|lisp|stutter|stammer|stank|sideburns|quiff|afro|cornrows|dreadlocks|nightie|onesie|hospital gown|bandage|sling|dungarees|cardigan|jumper|sweatshirt|sweater|kilt|sandals|flip flops|sliders|crocs|wellies|chinos|cargos|leather|denim|puffer|bomber|trench ?coat|overalls|boiler suit|hard hat|visor|earpiece|eyebrows?|nostril|nose|lip|moles?|wrinkl\w+)\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:(?:it was|it's|its|by|was|think it'?s|think it was|know it was|i know|reckon it'?s|from|called|named|name is|name's)\s+)?"
    r"(?P<who>(?:my|me|our|the|his|her|their) (?:ex(?:[ -](?:husband|wife|boyfriend|girlfriend|partner|bf|gf|missus|fella))?|neighbours?|next door(?: neighbour)?|"
    r"husband|wife|partner|boyfriend|girlfriend|son|daughter|brother|sister|dad|mum|stepdad|uncle|cousin|nephew|manager|boss|landlord|"
    r"flatmate|housemate|lodger|lad next door|man next door|family (?:next door|over the road)|bloke (?:next door|at number \d+|from number \d+)|"
    r"carer|teacher|tenant|cleaner|builder|workmate|colleague|gaffer|foreman|owner|shopkeeper|barman|caretaker|warden|grandson|granddaughter|stepson|stepdaughter|niece|auntie?|mate|friend|flat ?mate|bloke upstairs|woman upstairs|man upstairs|landlady)(?:'?s (?:son|daughter|mate|boyfriend|girlfriend|brother|sister|cousin|kids?|lad|ex|husband|wife|dad|mum|friend|partner))?)\b"
    r"|\b(?:called|named|goes by|known as|name(?: is|'s))\s+(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)",
)
_UNSEEN = re.compile(
    r"\b(?:(?:did ?n'?t|didnt|never|not|no one|nobody) (?:actually )?(?:see|saw|seen|get a look at|catch) (?:anyone|anybody|who|them|him|her|it|nobody|nowt|owt|the (?:person|thief|face))|"
    r"no ?(?:idea|clue) who|don'?t know who|dont no who|dunno who|no one saw|not seen anyone|no suspects?|"
    r"(?:do not|don'?t|dont) (?:actually )?know (?:who|them|the person)|"
    r"did ?n'?t see (?:a thing|anything|nothing)|saw no ?(?:one|body)|seen no ?(?:one|body))\b",
    re.IGNORECASE,
)
_VICTIM = re.compile(r"\b(?:i am|i'm|im|as) a?n? ?\d*\b.{0,12}$", re.IGNORECASE)
_VEHICLES = re.compile(
    r"\b(?:(?:a|the|in a|on a|on|in)\s+)?(?:(?:black|white|grey|gray|silver|red|blue|green|yellow|orange|dark|light|gold|purple|brown)[ -]?(?:blue|grey|coloured)?\s+)?"
    r"(?:(?:ford|vauxhall|bmw|audi|vw|volkswagen|merc(?:edes)?|toyota|nissan|peugeot|renault|citroen|fiat|seat|skoda|kia|hyundai|honda|mazda|mini|tesla|range rover|"
    r"land rover|golf|corsa|astra|fiesta|focus|transit|polo|clio|qashqai|juke|vivaro|sprinter|caddy|kangoo)\s*){1,3}"
    r"(?:van|car|estate|hatchback|saloon|\d series|cooper|panda|model \d|q\d|a\d)?"
    r"|\b(?:black|white|grey|silver|red|blue|green|yellow|orange|electric|off[ -]?road)\s+(?:van|car|moped|scooter|motorbike|bike|quad|e-?bike|"
    r"surron|sur-ron|truck|lorry|pick ?up|people carrier|taxi)\b|\b(?:sur-?ron|moped|quad bike|off[ -]road bike|electric scooter|e-?scooter|mobility scooter|pedal bikes|talaria)\b",
    re.IGNORECASE,
)


def spans(text: str) -> list[Span]:
    """The people whom `text` describes; each value is the description as said.

    A bare noun with no describing word ("people are worried") is no description.
    """
    found: list[Span] = []
    for match in _PEOPLE.finditer(text):
        phrase = match.group(0)
        if found and match.start() < found[-1].end:
            continue  # "ged lad, curly mop, man bag": still the first
        near = _feature_near(text, match.end()) or _named_first(text, match)
        telling = _DESCRIBED.search(phrase) or near or _TELLING.search(phrase)
        if not telling or _ANYONE.fullmatch(phrase.strip()):
            continue
        found.append(_described(text, match.start(), match.end()))
    for match in _KNOWN.finditer(text):
        group = "who" if match.group("who") else "name"
        if not any(match.start(group) < s.end and match.end(group) > s.start for s in found):
            found.append(Span(*match.span(group), match.group(group), match.group(group)))
    for match in _ONE_OF.finditer(text):
        if all(match.end() <= s.start or match.start() >= s.end for s in found):
            found.append(_described(text, *match.span()))
    found = [s for s in found if not _no_one(text, s)]
    if not found:
        pronoun = _PRONOUN.search(text)
        if pronoun and FEATURE.search(text[pronoun.end() : pronoun.end() + 50]):
            found.append(_described(text, pronoun.start(), pronoun.end()))
    return sorted(found, key=lambda s: s.start)


def _no_one(text: str, span: Span) -> bool:
    """ "Man bag", or the bare "male" that goes on describing somebody: nobody new."""
    if re.match(
        r"(?: |-)?(?:bag|hole|made|power|utd|united|city)\b", text[span.start + 3 : span.start + 12]
    ):
        return span.said.lower().startswith("man")
    bare = re.match(
        r"(?:fe)?males?\b(?! (?:with|in|on|who|was|were|wearing|and))", span.said, re.IGNORECASE
    )
    before = text[: span.start][-40:]
    return bool(bare and re.search(rf"\b(?:{_NOUN})\b[^.!?;]{{0,25}}, $", before, re.IGNORECASE))


def _named_first(text: str, match: re.Match[str]) -> bool:
    """Whether the message opens with the person: "kid, on a scooter"."""
    opens = not text[: match.start()].strip(" ,.")
    return opens and bool(
        re.match(r",|\.? (?:in|on|with|who|what|that|outside)\b", text[match.end() :])
    )


def groups(text: str) -> list[Span]:
    """The words that name each group alone, without what describes it further."""
    return [Span(m.start(), m.end(), m.group(0), m.group(0)) for m in _PEOPLE.finditer(text)
            if _DESCRIBED.search(m.group(0)) or _feature_near(text, m.end())]  # fmt: skip


def vehicles(text: str) -> list[Span]:
    """The vehicles that `text` names, with colour and make where they stand beside it."""
    return [
        Span(m.start(), m.end(), m.group(0).strip(), m.group(0).strip())
        for m in _VEHICLES.finditer(text)
    ]


def unseen(text: str) -> Span | None:
    """Words that say that nobody was seen or is known, or None."""
    match = _UNSEEN.search(text)
    return Span(match.start(), match.end(), match.group(0), "unknown") if match else None


def _feature_near(text: str, end: int) -> bool:
    return bool(FEATURE.search(re.split(r"[.!?]", text[end : end + 60])[0]))


def _described(text: str, start: int, end: int) -> Span:
    """The group with the clauses after it that go on describing."""
    stop = end
    for clause in re.finditer(r"[^,.;!?]*[,.;!?]?", text[end:]):
        words = clause.group(0)
        if not words or not (
            FEATURE.search(words)
            or _VEHICLES.search(words)
            or re.search(r"\babout \d\d\b|\b\d\ds?\b", words)
        ):
            break
        stop = end + clause.end()
        if words.rstrip().endswith((".", "!", "?")):
            break
    said = text[start:stop].strip(" ,.;!?")
    return Span(start, start + len(said), said, said)
