"""What a person says about 999, their place and their voice: small, plain patterns."""

# ruff: noqa: E501 - a pattern cut in two is harder to read and to mend
from __future__ import annotations

import re
from typing import Final

from bot.triage.text import fold, says

_RANG: Final = re.compile(
    r"\b(on (the )?(phone|line|call)?( to| with)? ?(the )?(999|ambulance|police|operator)"
    r"|on to (999|the ambulance|the police)"
    r"|(ive|i have|weve|we have|have|already|just|did|i|she|he|hes|shes|someones|mum|dad|they)"
    r" (already |just )?(rang|rung|ringed|called|phoned|dialled|dialed|text|texted|contacted)"
    r"( for)?( the| an)? ?(999|ambulance|police|fire brigade|fire service|112)"
    r"|(999|ambulance|police|fire (brigade|service)) (are |is |were |was )?(already )?"
    r"(coming|on (its|the|their) way|here|been called|called|rung)"
    r"|(done|rung|rang) (it|them) already|already (rang|rung|called) (it|them))\b"
)
_FUTURE: Final = re.compile(r"\b(should|shall|can|could|do|if|will|would|going to|wont|tried to)\b")
_CANNOT_SPEAK: Final = re.compile(
    r"\b(can ?not|cant|carnt|not able to|unable to|dare ?nt|not safe to|too scared to)"
    r" (speak|talk|make a noise|make (a )?sound|whisper|ring|call|phone)\b"
    r"|\b(hell|he will|theyll|they will|shell) hear( me)?\b"
)
_CANNOT_PHONE: Final = re.compile(
    r"\b(im|i am|we are|were) (profoundly |completely |partially )?(deaf|mute|non[- ]?verbal"
    r"|hard of hearing|speech impaired)\b"
    r"|\b(ive|i have|got|have) no (phone|signal|credit|mobile|battery)\b"
    r"|\b(dont have|havent got|not got) (a |any )?(phone|signal|credit|mobile)\b"
    r"|\b(he|she|they)s? (took|taken|got|smashed|broke|has) my phone\b"
    r"|\bcant use (a |the )?(phone|telephone)\b"
)
_SHARE: Final = re.compile(
    r"\b(share|send|use|give)( you| u)? (my |our )?(location|gps|position)\b"
)
_PLACE: Final = re.compile(
    r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"
    r"|\b\d{1,4}[a-z]? [a-z' ]{2,30}\b(road|rd|street|st|avenue|ave|lane|ln|drive|dr|close|cl"
    r"|court|ct|grove|gr|way|crescent|cres|place|pl|terrace|gardens|square|house|walk|row)\b"
    r"|///?\w+\.\w+\.\w+"
)
_OWN: Final = re.compile(r"\b(i|im|ive|ill|id|me|my|mine|myself|meself|mesen|we|were|us|our)\b")
_OTHER: Final = re.compile(
    r"\b(he|shes?|hes|they|theyre|him|her|them|someone|somebody|a (man|woman|lad|girl|boy|bloke"
    r"|fella|lady|kid)|man|woman|bloke|my (mate|mates|friend|son|daughter|lad|mum|mam|dad|sister"
    r"|brother|partner|husband|wife|boyfriend|girlfriend|ex|neighbour|neighbor|nan|housemate"
    r"|flatmate|colleague|client|tenant|patient|uncle|aunty|auntie|cousin|step\w+))\b"
)
_SELF_HARM: Final = re.compile(
    r"\b(i|ive|im|i have|i am|i just)( just| already)? (took|taken|swallowed|cut|cutting|bleeding"
    r"|overdosed|drank|drunk|jumped|slit|hurt|stood|sat|standing|sitting|holding)\b"
)


_TYPE: Final = r"(talk|chat|type|write|speak|text|carry on|go on|keep going|continue)"
_SAFE_TO_TYPE: Final = re.compile(
    rf"\b(safe|fine|ok|okay|alright|all right|free|able|good|happy) to {_TYPE}(ing)?\b|\bi can {_TYPE}\b"
    r"|\b(no ?one|nobody)( else)? (can|will|could) (see|read)\b|\b(yes|yeah|yep|yh|aye),? (its |i am |im )?safe\b"
    r"|\b(im|i am) (all )?(on my own|alone|by myself)\b"
)
_NOT_SAFE_TO_TYPE: Final = re.compile(
    r"\b(not|isnt|aint|never|cant say|dont think|dont know if)( its| it is| really| very| that)* (safe|fine|ok|okay|alright|free|able|good|alone)\b"
    rf"|\bcan(t| not|not) {_TYPE}\b|\b(hes|shes|theyre|he is|she is|they are|someones) (here|back|coming|home now|next to|behind"
    r"|in the (room|house)|watching|reading|stood|sat)\b|\b(for now|not for long|be quick|not much time)\b"
)
_WINDING_UP: Final = re.compile(
    r"\bnothing (else|more)\b|\bthats (it|all|everything|your lot|the lot)\b"
    r"|\b(just )?(send|submit) (it|this|that|the report)\b|\b(thats|that is|its|all) correct\b"
)
_NOT_SURE: Final = re.compile(
    r"\b((not|isnt|aint) ?(really |too |that )?(sure|certain)|unsure|(dont|do not|didnt) (really |even )?(know|no|think)|dunno|idk"
    r"|no (idea|clue)|maybe|might|may ?be|possibly|perhaps|hard to (say|tell)|cant (say|tell)|who knows|depends|kind of|sort of)\b"
)
_BACK: Final = re.compile(
    r"\b(s?hes|s?he|they|theyre|theyve|my \w+|mum|mam|dad|nan)( has| have| is| are|s)?( only)?( just)?( now)? "
    r"(walked (in|through)(?! front)|come (home|back|in)|came (home|back)|got (home|in|back)|back|home|turned up|been found|found|returned|safe and well)\b"
    r"|\b(found|got) (him|her|them)\b(?! (hanging|dead|unconscious|collapsed|bleeding|lying|on the (floor|ground)))|\bback safe\b"
)
_NOT_BACK: Final = re.compile(
    r"\b(if|when|until|till|unless|whether|hope|wish|not|nt|never|before|once)\b[^.,]{0,12}$"
)
_WHAT_TO_DO: Final = re.compile(
    r"\b(should|shud|shld|shall|can|do|ought) (i|we) (to )?(just )?(go|check|look|see|knock|confront|chase|follow|stop|grab|fight"
    r"|open|hide|run|leave|stay|wait|get out|sit|move|do something|do anything)\b"
    r"|\bwhat (do|should|shud|shall|can|am|are) (i|we)( meant| supposed)?( to)? do\b"
)


def safe_to_type(text: str) -> bool:
    """Whether the person says in plain words that typing here is safe, and nothing against it."""
    return says(_SAFE_TO_TYPE, text) and not says(_NOT_SAFE_TO_TYPE, text)


def winding_up(text: str) -> bool:
    """Whether the message ends the report ("nothing else, send it"): it says nothing of danger."""
    return says(_WINDING_UP, text)


def not_sure(text: str) -> bool:
    """Whether words of not knowing stand in the text."""
    return says(_NOT_SURE, text)


def came_back(text: str) -> bool:
    """Whether somebody who was missing is said to be back, not hoped or waited for."""
    folded = fold(text)
    hit = _BACK.search(folded)
    return bool(hit) and not _NOT_BACK.search(folded[: hit.start() if hit else 0])


def asks_what_to_do(text: str) -> bool:
    """Whether somebody in danger asks what to do: go and look, wait, run."""
    return says(_WHAT_TO_DO, text)


def says_rang(text: str) -> bool:
    """Whether the person says that 999 has been rung, not asks whether to."""
    folded = fold(text)
    hit = _RANG.search(folded)
    if not hit:
        return False
    before = folded[max(0, hit.start() - 25) : hit.start()]
    return not _FUTURE.search(before) and not folded.endswith("?")


def cannot_speak(text: str) -> bool:
    """Whether the person says that they cannot talk on a phone."""
    return says(_CANNOT_SPEAK, text)


def cannot_phone(text: str) -> bool:
    """Whether the person says that they have or can use no phone, or that they are deaf."""
    return says(_CANNOT_PHONE, text)


def wants_to_share(text: str) -> bool:
    """Whether the person asks to share their location."""
    return says(_SHARE, text)


def says_where(text: str) -> bool:
    """Whether a postcode or a numbered street stands in the text: do not ask for it again."""
    return says(_PLACE, text)


def about_another(text: str) -> bool:
    """Whether somebody else than the writer is meant, where that is plain."""
    folded = fold(text)
    other = _OTHER.search(folded)
    own = _OWN.search(folded)
    return bool(other and (not own or other.start() < own.start() or "my" in other.group()))


def has_hurt_self(text: str) -> bool:
    """Whether the writer already says that they have acted, so that asking would be cold."""
    return says(_SELF_HARM, text)


_OWN_OFFENCE: Final = re.compile(
    r"\bi(ve| have| did| just|m| think ive| think i)?( just| already| really| once| badly)*"
    r" (hit|punched|slapped|strangled|choked|kicked|battered|beat|beaten|stabbed|attacked|assaulted|raped"
    r"|headbutted|bottled|shoved|pushed|hurt|killed|hitting|hurting|threatened to kill)(?! (him|her|them) (back|off)\b)"
    r"( up)? (my (wife|girlfriend|gf|partner|husband|boyfriend|bf|missus|mrs|bird|fiancee?|ex|kids?|son|daughter|child"
    r"|baby|mum|mam|dad|brother|sister|mate|friend|nan|neighbou?r|lad)|the (kids?|baby|missus|wife)|her|him|someone"
    r"|somebody|a (man|woman|girl|lad|kid|lass|bloke|person))\b(?! (back|off me)\b)"
    r"|\b(hand|turn|give) (myself|meself|mesen|my self) in\b"
    r"|\bam i wanted\b|\b(is|was) there a warrant (out )?(for me|on me|out on me|in my name)\b|\bive got a warrant\b"
    r"|\bi(ve| have|m)( been)? (looking|looked|watching|watched|searching|downloaded|downloading)( at| for)?"
    r"( \w+){0,3} (kids?|children|child|young (girls|boys)|minors?|underage( \w+)?|cp)\b"
    r"|\bi(ve| have)? (touched|abused|messed with|groomed) (a|my|the|some|her|his) ?(\w+ )?(child|kid|kids|girl|boy"
    r"|daughter|son|niece|nephew|sister|brother|stepdaughter|stepson)\b"
    r"|\bi(m| am)( sexually)? attracted to (kids|children|young)"
    r"|\bi (did|done) a hit and run\b|\bi (ran|run) (someone|somebody|a \w+) over\b|\bi (want|need) to confess\b"
)
_STRUCK_BACK: Final = re.compile(
    r"\b(self[- ]?defen[cs]e|(hit|punched|slapped|pushed|kicked|shoved) (him|her|them|\w+ \w+) (back|off)"
    r"|defend(ing|ed)? (myself|meself|my|me)|driving|drove|my (car|van|bike|lorry)|reversed|(hit|hits|punched|slapped|strangled|attacked|grabbed|choked|stabbed|raped) me)\b"
)
_STRANGLED: Final = re.compile(
    r"\b(strangl|chok)(ed|es|ing|d)? (me|her|him|my)\b|\b(been|got|was|being) (strangled|choked)\b"
    r"|\b(hands?|arm|belt|cord|wire|scarf) (was )?(round|around|on) (my|me|her|his) (neck|throat)\b"
    r"|\b(grabbed|held|squeezed|had|pinned|got)( me| her| him)?( by| round)?( my| the| her| his) (neck|throat)\b"
    r"|\bcould(nt| not) breathe\b.{0,30}\b(neck|throat|hands)\b"
)
_LONG_AGO: Final = re.compile(
    r"\b((years?|months?|weeks?) (ago|back)|last (year|month|summer|winter|christmas)|in (19|20)\d\d|used to"
    r"|when i was|ages ago|not now|never)\b"
)
_SECRET: Final = re.compile(
    r"\b((dont|do not|please dont|cant|wont you) tell (my|me|anyone|anybody|nobody|no one|them|him|her|the|school|mum|dad)"
    r"|keep (it|this) (a )?secret|(its|its a) secret|will you tell|promise (not to|you wont|me))\b"
)


def own_offence(text: str) -> bool:
    """Whether the writer tells of an offence of their own (call-handling section 17).

    Not who hit back: that is told by a victim.
    """
    return says(_OWN_OFFENCE, text) and not says(_STRUCK_BACK, text)


def strangled(text: str) -> bool:
    """Whether a neck or throat was held of late: medical advice is due, even without a mark."""
    return says(_STRANGLED, text) and not says(_LONG_AGO, text)


def wants_secrecy(text: str) -> bool:
    """Whether somebody asks that nobody is told."""
    return says(_SECRET, text)
