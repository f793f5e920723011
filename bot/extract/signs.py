"""Small facts in what people type: hurt, weapon, witnesses, cameras, who they are, anonymity, hate.

Each function gives one `Span` or None. "none" means that the person says there is none.
"""

# ruff: noqa: E501 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re

from bot.extract.span import Span

_I = re.IGNORECASE
_NO_INJURY = re.compile(
    r"\b(?:no ?(?:one|body|ones|bodys)(?:'?s|'?ve)? (?:was |is |got |were |has |been |else )*(?:hurt|injured|harmed|touched)|(?:not|n'?t) (?:been )?(?:hurt|injured)|no injur(?:y|ies)|"
    r"(?:wasn'?t|weren'?t|isn'?t|aren'?t) (?:hurt|injured)|unhurt|uninjured|no (?:staff|workers?|customers?|passengers?|kids|children|injuries)(?: (?:was|were|got|are|is))?(?: (?:hurt|injured|harmed))?(?<=hurt|ured|rmed|ries))\b", _I)  # fmt: skip
_BODY = (
    r"(?:head|face|nose|lips?|mouth|jaw|tooth|teeth|eyes?|ears?|cheek|chin|necks?|throat|shoulders?|arms?|elbows?|wrists?|hands?|fingers?|thumbs?|knuckles?|"
    r"ribs?|chest|stomach|belly|hip|legs?|thighs?|knees?|calf|shin|ankles?|foot|feet|toes?|skull|forehead)"
)
_HURT = (
    r"(?:broken?|broke|fractured|dislocated|split|cut|cuts|fat|swollen|swelling|sore|loose|chipped|black|bruise[sd]?|bruising|bloody|bleeding|bled|stiff|aching|aches|"
    r"grazed?|grazes|gashe?[sd]?|scratche?[sd]?|punctures?|puncture (?:marks?|wounds?)|stitche?[sd]?|sprained|twisted|burn(?:t|ed|s)?|bitten|bite(?: marks?)?|numb|"
    r"hurts?|hurting|killing|throbbing|sting(?:s|ing)?|concuss\w+|whiplash|lump|wound|knocked out)"
)
_INJURY = re.compile(
    rf"\b(?:{_HURT}(?:,? (?:\w+ ){{0,5}}?){_BODY}\b|{_BODY}(?:'?s| is| are| was| got| feels?)?(?:,? (?:\w+ ){{0,4}}?){_HURT}\b|"
    r"(?:\w+ ){0,2}(?:stitches|staples|puncture (?:marks?|wounds?)|bite marks?|black eye|whiplash|concuss\w+|bruis(?:e|es|ed|ing)|bleeding|unconscious)(?: (?:in|on|to|all up|across) (?:my|me|his|her|the) (?:\w+ )?\w+)?|"
    rf"(?:it'?s|its|got|hit|punched|kicked|caught|bit|bitten)(?: (?:him|her|me))?(?: (?:in|on|to|round))? (?:my|me|his|her|the) (?:\w+ )?{_BODY}\b[^.!?;]{{0,40}}|"
    r"knocked (?:me|him|her|them) out|(?:was|got|is|were|am|i'm) (?:badly |slightly )?(?:hurt|injured)|in hospital|(?:went|been|taken) to (?:the )?(?:a&e|a and e|hospital|minor injuries)|"
    r"(?:punched|kicked|slapped|headbutted|stabbed|bitten|bit|scratched) (?:me|him|her)\b(?: [a-z]+){0,4})",
    _I,
)
_NO_WEAPON = re.compile(
    r"\b(?:no weapons?|(?:didn'?t|did not|never) (?:see|saw|have) (?:a |any )?weapons?|without a weapon|unarmed)\b",
    _I,
)
_WEAPON = re.compile(
    r"\b(?:a |an |with |the )*(?:kitchen |stanley |flick |zombie |baseball |metal |iron |cricket |broken )?"
    r"(?:kni(?:fe|ves)|machetes?|blades?|guns?|pistol|shotgun|firearm|air rifle|bb gun|bat|hammer|crow ?bar|screwdriver|axe|hatchet|sword|"
    r"knuckle ?duster|acid|pole|golf club|bottle (?:over|at)|iron bar|chisel|wrench|brick (?:at|over))\b", _I)  # fmt: skip
_NO_WITNESS = re.compile(
    r"\b(?:no ?(?:one|body) (?:else )?(?:saw|seen|heard|(?:was )?(?:about|around|there)|in sight|that i know of)|no witness(?:es)?|no one else|(?:was|were) on (?:my|our) own)\b",
    _I,
)
_WITNESS = re.compile(
    r"\b(?:(?:(?:my|the|a|our|two|some|both|his|her) )+(?:next door )?(?:neighbours?|mate|friend|mates|friends|husband|wife|partner|son|daughter|colleague|mum|dad|brother|sister|"
    r"me|security|guard|student|man|woman|lady|lad|girl|boy|customer|customers|people|passer ?by|postman|staff|worker|manager|driver|bus driver|landlord|housemate|flatmate|couple)"
    r"(?:,? (?:called |named )?(?!saw\b|seen\b|was\b|were\b|also\b|all\b|heard\b|who\b)[A-Za-z][a-z'-]+){0,2}(?: (?:across the road|over the road|next door|opposite|at number \d+))? "
    r"(?:also |all |might'?ve |mightve |may have |must have |who )*(?:saw|seen|heard|witnessed|watched|was there|were there)(?: (?:it|him|them|her|everything|the whole thing|the lot|two|some|someone))?"
    r"|(?:the|a|one|this) (?:lady|man|woman|lad|girl|bloke|chap|guy|fella|person|driver|couple|neighbour) (?:who|that) (?:left|saw|gave|stopped|filmed|rang|helped|came|took|was there|heard|seen)\b[^.!?;]{0,40}?\b(?:called|named|name is|name'?s) [A-Z]?[a-z'-]+(?: [A-Z][a-z'-]+)?"
    r"|(?:her|his|their) (?:name is|name'?s|names) [A-Z]?[a-z'-]+|(?:she|he|they) (?:gave|left) (?:me|us) (?:her|his|their) (?:number|name|details|card)(?:,? (?:and )?(?:her|his) name(?: is|'?s) [A-Za-z'-]+)?"
    r"|(?:(?:my|me|the|our|her|his|a) )?(?:\w+ )?(?!(?:we|they|he|she|you|who|never|just|also|only|and|then|not|really|first|last|ever|ive|have|had|all|one|nobody|no-one|anyone|someone|actually)\b)[A-Z][a-z'-]+ (?:also )?(?:saw|seen|heard|witnessed) (?:all of |most of )?(?:it|him|them|her|everything|the whole thing|the lot|all)"
    r"|witness(?:es)?(?: (?:called|is|are) [A-Za-z ]{2,20})?)\b", _I)  # fmt: skip
_NO_EVIDENCE = re.compile(
    r"\b(?:no (?:cctv|cctvs|cameras?|dash ?cam|footage|photos?|evidence|video|door ?bell|recordings?|proof)(?: (?:or|nor|and) \w+)?|"
    r"(?:don'?t|haven'?t|dont|havent|ain'?t|not) (?:have|got)? ?(?:any |a )?(?:cctv|cameras?|dash ?cam|footage|photos?|evidence|proof|video)|"
    r"cctv (?:isn'?t|isnt|wasn'?t|wasnt|is not|doesn'?t|doesnt|not) (?:\w+ )?work\w*)\b",
    _I,
)
_EVIDENCE = re.compile(
    r"\b(?:(?:it'?s |its |got it |caught |all )?on (?:cctv|camera|video|the ring|film|my ring|tape)|(?:ring |video |nest |blink |eufy )?door ?bell(?: cam(?:era)?)?|ring cam(?:era)?|"
    r"got (?:him|her|them|it|it all) on (?:ring|camera|cctv|video|film)|(?:cctv|camera)s?(?: (?:footage|camera|cameras|in the [a-z]+|at the [a-z]+|(?:on|over|above|by|outside) the [a-z]+(?: (?:store|shed|shop|door|gate|wall|front|park|house|post|station|block|entrance|till|counter|stop|yard))?|of (?:it|him|them)))?|"
    r"dash ?cam(?: footage)?|body ?cam|security camera|"
    r"(?:bank |phone |card )?statements?(?! (?:to|from|at) (?:the |you|police))|(?:a |my |the )?(?:diary|diaries|log ?book|(?<=a )log|(?<=kept )log|notebook|journal)(?: of (?:it|everything|all of it|it all|the dates))?|"
    r"(?:all (?:the|his|her|their|of the) |kept (?:all )?(?:the |his |her )?|saved (?:all )?(?:the |his |her )?|(?:got|have|ive|i've|still have|with) (?:still )?(?:all )?(?:the |his |her |a |some |my )?)"
    r"(?:text messages|texts|messages|emails|e-mails|whats ?apps?(?: messages| chats?)?|voice ?mails?|voice notes?|letters|receipts?|invoices?|recordings?|chat logs?)|screen ?shots?(?: of [a-z]+)?|call logs?|"
    r"(?:got |have |took |taken |a |some |the )*(?:photos?|photographs?|pictures?|pics|videos?|footage|recording|messages saved|half a screenshot)|"
    r"(?<=and )(?:the |a |my |his |her |their )?(?:\w+ )?(?:contract|agreement|adverts?|listing|invoice|receipts?)|air ?tag|fingerprints?|dna)\b", _I)  # fmt: skip
#: None here, but somebody else has one: "no cameras on ours but one opposite".
_ELSEWHERE = re.compile(
    r"\b(?:opposite|across the (?:road|street|way)|over the road|next door|neighbours?|(?:corner )?shop|pub|school|church|(?:number|no\.?) \d+)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"[^.!?;,]+")
_HAS_ONE = re.compile(
    r"\b(?:has|have|got|might have|there'?s|is) (?:\w+ )?(?:one|some|cctv|cameras?|a door ?bell)\b|\bone (?:opposite|across|over|next door|on the)\b|\b(?:does|do)$",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"\b(?:(?:rather|prefer) not (?:to )?be named|(?:don'?t|dont|do not) (?:want|wanna|wish) (?:to )?(?:be named|naming)|(?:don'?t|dont|do not) want (?:owt|anything|any of (?:it|this)) (?:with|that has|traced|coming back|going back) (?:to )?(?:me|my name)|anonymous(?:ly)?|anon|no names?(?: please)?|(?:do not|don'?t|dont|not) (?:want|wanna have|like) (?:my|me) name (?:on|in|to|near|used|given|anywhere|going)[a-z ]{0,20}|"
    r"(?:do not|don'?t|dont) (?:put|write|use|record|take|save|leave|keep) (?:my name|me name|that|it|my details)(?: down)?(?= *(?:$|[.,!?]|down|on|in|please|pls))|"
    r"(?:take|leave|keep) (?:my|me) (?:name|details) off|keep me out of (?:it|this)|(?:need|want) (?:my|me) name forget|"
    r"(?:rather|prefer) (?:nobody|no one|no-one|they|he|she) (?:know|knew|didn'?t know)[a-z ]{0,20}|(?:nobody|no one|they|he|she|no-one) (?:can|must|should) ?(?:not|n'?t)? (?:know|find out) (?:it was|its|it'?s|it is|that it was) me|(?:do not|don'?t|dont|not|rather not|prefer not to|wont|won'?t|not going to|wouldn'?t) (?:want to |wanna |be )?(?:giv(?:e|ing)|leav(?:e|ing)|say(?:ing)?|tell(?:ing)? you) "
    r"(?:you )?(?:my |me |a |out my )?(?:name|details|number)|(?:keep|leave) (?:my |me )?(?:name|details) out(?: of it)?|without (?:giving )?my name|don'?t (?:want|use) my name|"
    r"(?:doesn'?t|don'?t|dont) (?:want|need) (?:anyone|him|them|her|people) (?:to know|knowing) (?:it was|it'?s) me|can'?t (?:know|find out) it was me)\b", _I)  # fmt: skip
_NOT_ANONYMOUS = re.compile(
    r"\b(?:not anonymous|don'?t (?:mind|need) (?:to be anonymous|giving my name)|(?:happy|ok|okay|fine) (?:to give|giving|with) my (?:name|details)|(?:can|you can) (?:have|use) my name|(?<!to )(?<!not )(?<!n't )give my name)\b",
    _I,
)
_THIRD = re.compile(
    r"\b(?:(?:on behalf of|reporting (?:this )?for|for) (?:my|a|the) (?:\w+ )?(?:mum|mam|dad|nan|gran\w*|son|daughter|friend|mate|neighbour|client|tenant|pupil|patient|brother|sister|wife|husband|partner|lad|lass)|"
    r"(?:my|me|our) (?:\w+ )?(?:mum|mam|dad|nan|nana|gran|grandad|grandma|son|daughter|lad|lass|boy|girl|friend|mate|brother|sister|wife|husband|partner|auntie|uncle|grandson|neighbour|client)(?:'?s)? "
    r"(?:bike|phone|car|house|flat|bag|purse|shed|garage|home|has been|have been|was|got|had|been|is being|gets)|"
    r"(?:it )?(?:happened to|wasn'?t me (?:it was|its)|its not me its|is for) (?:my|a|someone)|i'?m (?:a|his|her|their|the) (?:carer|social worker|support worker|teacher|parent|mum|dad|nurse))\b", _I)  # fmt: skip
_WITNESSED = re.compile(
    r"\b(?:i(?:'ve|'m| have| just| was)* ?(?:just )?(?:saw|seen|witness(?:ed|ing)?|heard|watched|noticed|spotted|can see|can hear)|passing on information|want to pass on|just (?:want|wanted) (?:you )?to (?:let you|know)|"
    r"(?:neighbour|next door)(?:'?s)? (?:house|car|shed)|someone else'?s|got (?:some )?info(?:rmation)?|information about)\b", _I)  # fmt: skip
_OWN = re.compile(
    r"\b(?:my|our|me|us) (?:own )?(?:\w+ ){0,2}?(?:house|home|flat|shed|garage|car|van|bike|phone|bag|purse|wallet|shop|store|window|windows|door|garden|drive|fence|motor|motorbike|laptop|iphone|"
    r"property|gate|wall|keys|cat|catalytic|wing|tyres?|place|stuff|things|handbag|watch|parcel|tools?|face|staff|business)\b"
    r"|\b(?:i|we)(?:'ve| have| was| were|'m| got| just got| am|ve)* (?:been |being |just been |just got |got )*(?:burgled|robbed|mugged|attacked|assaulted|targeted|punched|abused|threatened|harassed|followed|scammed|hit|spat)\b"
    r"|\b(?:robbed|mugged|attacked|threatened|spat at|shouted at|punched|burgled|abused|called) (?:me|us)\b|\bit happened to me\b|\bcalled me (?:a|an)\b", _I)  # fmt: skip
_HATE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (value, re.compile(words, _I))
    for value, words in (
        ("race", r"\b(?:racis\w+|racial\w*|paki\w*|n[- ]word|nigg\w+|(?:because|cos|coz) (?:i'?m|im|he'?s|she'?s|we'?re|of being) (?:black|asian|brown|chinese|polish|romanian|african|a foreigner|foreign)|"
                 r"go (?:back|home) to (?:your|my|ur|our|where)[a-z ]*|(?:my|his|her|our) (?:skin|race|colour|ethnicity|nationality)|gyps[yi]\w*|pikey\w*|chink\w*|black (?:bastard|b\w*|c\w*)|"
                 r"monkey (?:noises|chants?)|because of (?:my|his|her|our) (?:race|skin|colour|accent)|not from (?:here|this country))\b"),
        ("religion", r"\b(?:islamophob\w+|anti[- ]?semit\w+|(?:my|her|his|the) (?:hijab|headscarf|niqab|burqa|turban|kippah|scarf off)|(?:because|cos|coz) (?:i'?m|im|we'?re|she'?s|he'?s) (?:a )?(?:muslim|jewish|sikh|hindu|christian|catholic)|"
                     r"dirty (?:muslim|jew)s?|terrorists?|swastika|(?:my|our|his|her) (?:religion|faith|mosque|synagogue)|muslim scum|bacon (?:on|through)|jew(?:ish)? (?:scum|bastards?))\b"),
        ("sexual_orientation", r"\b(?:homophob\w+|faggots?|fags?(?= (?:and|off|you))|poofs?\w*|queers?|dykes?|lezz?a?\w*|batty ?\w*|(?:because|cos|coz) (?:i'?m|im|we'?re|he'?s|she'?s) (?:a )?(?:gay|lesbian|bi|bisexual)|"
                               r"gay (?:slur|boy|bastards?|c\w+)|(?:my|his|her) sexuality|holding hands with (?:my|his|her) (?:boyfriend|girlfriend|husband|wife|partner)|anti[- ]gay|called (?:me|us|him) gay)\b"),
        ("transgender", r"\b(?:transphob\w+|tranny|trannies|(?:because|cos|coz) (?:i'?m|im|she'?s|he'?s|they'?re) trans\w*|i'?m trans\w*|shemale|being trans\w*)\b"),
        ("disability", r"\b(?:(?:because|cos|coz) (?:i'?m|im|he'?s|she'?s|of (?:my|his|her)) (?:disab\w+|deaf|blind|autis\w+|in a wheelchair|wheelchair|disability|learning)|spastic|spaz|retard\w*|mong|cripple|"
                       r"(?:my|his|her) (?:disability|autism|wheelchair)|disability hate)\b"),
    )
)  # fmt: skip
_NOT_HATE = re.compile(
    r"\b(?:not (?:a )?(?:hate|racist|racial|homophobic)|nothing to do with (?:race|religion|who i am)|don'?t think (?:it'?s|it was) (?:racist|hate|racial))\b",
    _I,
)
_FIRST_TIME = re.compile(
    r"\b(?:first time|never happened before|(?:hasn'?t|not|never) happened before|one[- ]off)\b", _I
)
_AGAIN = re.compile(
    r"\b(?:(?:second|third|fourth|2nd|3rd|4th|5th|\d+) time|happened before|every (?:night|day|week|weekend|evening|friday|saturday)|again and again|keeps? (?:happening|on|coming|doing)|"
    r"(?:has|have|had) been (?:going on|happening)|for (?:weeks|months|years|ages|the (?:last|past) \w+ (?:weeks|months|years))|always (?:the same|doing)|(?:it'?s|its|been) constant|third burglary|most nights)\b", _I)  # fmt: skip


def _first(text: str, *rules: tuple[re.Pattern[str], str | bool | None]) -> Span | None:
    """The first rule that fits; a rule without a value keeps the words themselves."""
    for pattern, value in rules:
        if match := pattern.search(text):
            said = match.group(0).strip()
            return Span(match.start(), match.end(), said, said if value is None else value)
    return None


def injury(text: str) -> Span | None:
    """Who was hurt and how, as said, or "none"."""
    found = [m.group(0).strip() for m in _INJURY.finditer(text)][:4]
    none = _NO_INJURY.search(text)
    if none or not found:
        return Span(*none.span(), none.group(0), "none") if none else None
    said = ", ".join(found)
    # "necks a bit stiff": the part of the body without the s of "is"
    value = re.sub(rf"\b({_BODY})'?s (?=a bit|really|well|proper|stiff|sore|killing|bleeding|hurting)", r"\1 is ", said)  # fmt: skip
    return Span(*next(_INJURY.finditer(text)).span(), said, value)


def weapon(text: str) -> Span | None:
    """The weapon, as said, or "none"."""
    return _first(text, (_NO_WEAPON, "none"), (_WEAPON, None))


def witnesses(text: str) -> Span | None:
    """Who saw or heard it, as said, or "none"."""
    return _first(text, (_NO_WITNESS, "none"), (_WITNESS, None))


def evidence(text: str) -> Span | None:
    """Cameras, photos, messages, as said, or "none"."""
    found = list(_EVIDENCE.finditer(text))
    none = _NO_EVIDENCE.search(text)
    other = _elsewhere(text, none.end()) if none else None
    if other:
        return other
    # "no cctv but I took photos": what there is counts
    kept = [m for m in found if not none or m.end() <= none.start() or m.start() >= none.end()]
    if not kept:
        return Span(*none.span(), none.group(0), "none") if none else None
    said = ", ".join(dict.fromkeys(m.group(0).strip() for m in kept[:4]))
    return Span(*kept[0].span(), said, said)


def _elsewhere(text: str, after: int) -> Span | None:
    """Somebody else's camera, told after "no cameras on ours"."""
    for match in _PART.finditer(text, after):
        said = match.group(0).strip() if _ELSEWHERE.search(match.group(0)) else ""
        said = next(
            (part for part in re.split(r"\bbut ", said) if _HAS_ONE.search(part)), ""
        ).strip()
        if said:
            return Span(match.start(), match.end(), said, f"camera: {said}")
    return None


def anonymous(text: str) -> Span | None:
    """True where the person wants to stay anonymous, False where they say that they do not."""
    return _first(text, (_NOT_ANONYMOUS, False), (_ANONYMOUS, True))


def role(text: str) -> Span | None:
    """victim, witness or third_party, by the words."""
    return _first(text, (_THIRD, "third_party"), (_OWN, "victim"), (_WITNESSED, "witness"))


def hate(text: str) -> Span | None:
    """The strand of hostility that the words show, "no" where the person rules it out."""
    if found := _first(text, (_NOT_HATE, "no")):
        return found
    hits = [(m, value) for value, pattern in _HATE if (m := pattern.search(text))]
    if not hits:
        return None
    match, value = min(hits, key=lambda h: h[0].start())
    return Span(match.start(), match.end(), match.group(0), value)


def repeat(text: str) -> Span | None:
    """Has it happened before: "yes" or "no"."""
    return _first(text, (_FIRST_TIME, "no"), (_AGAIN, "yes"))
