"""What a short answer does: yes, no, don't know, skip, why, start again, ... by plain words.

The act head decides what these do not. Safety questions get rules of their own, because
"yes I'm safe" is a no to "Is anyone in danger right now, including you?".
"""

# ruff: noqa: E501 - a pattern cut in two is harder to read and to mend
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.triage.text import fold, says

# Everything here is matched on folded text: lower case, no apostrophes, single spaces.
_END: Final = r"[ .,!?x👍]*$"
_POLITE: Final = (
    r"(?: (?:please|pls|plz|thanks|thank you|ta|cheers|love|mate|pal|sir|dear|tho|tbh))*"
)

_YES_WORDS: Final = (
    r"(?:yes+|yeah+|yea|yeh|ye|yep|yup|yh|ya|y|aye|yas|yuss|ok|okay|k|sure|correct|right|"
    r"definitely|defo|absolutely|of course|course|obviously|indeed|true|tak|si|oui|ja|da|haan)"
)
_NO_WORDS: Final = (
    r"(?:no+|nope|nah+|na|nay|negative|not really|none|nothing|nowt|never|no one|nobody|"
    r"no-one|nie|non|nu|nahi)"
)
_DUNNO: Final = re.compile(
    r"^(?:(?:i |im |am )?(?:really |honestly )?(?:dont|do not|didnt|not|cant|couldnt|wouldnt) "
    r"(?:really )?(?:know|no|sure|certain|say|remember|recall|tell)\b"
    r"|dunno|duno|idk|no idea|no clue|not a clue|havent a clue|haven?t the foggiest|unsure|maybe"
    r"|perhaps|possibly|not sure|unknown|who knows|god knows|hard to (?:say|tell)|depends|"
    r"could be|might (?:be|have)|search me|cant (?:say|tell|remember)|i think so but|undecided"
    r"|probably|prob|🤷)"
)
_SKIP: Final = re.compile(
    r"^(?:(?:can (?:we|i|you) |lets |just |ill |id rather |rather |please )*"
    r"(?:skip|pass|next|move on|leave (?:it|that)(?: blank| out)?|not (?:say|saying|answer\w*)"
    r"|prefer not|rather not|dont want to (?:say|answer)|no comment|not telling|none of your)\b)"
)
_WHY: Final = re.compile(
    r"^(?:but )?(?:why|what for|whats (?:that|it|this) (?:for|got)|how come|whys|what do you need|"
    r"what (?:has|does) (?:that|it)|do you (?:really )?need|whats it to)\b"
)
_REPEAT: Final = re.compile(
    r"^(?:(?:sorry|pardon|huh|eh|wha?t|you what|come again|say (?:that )?again|repeat|again)[?!. ]*$"
    r"|(?:can|could) you (?:say|repeat|ask|explain|rephrase)\b"
    r"|(?:i )?(?:dont|didnt|do not|did not) (?:understand|get (?:it|that|the question|what you))"
    r"|what (?:do|did|does) (?:you|u|that|it|this) mean|whats (?:that|the question|it) (?:mean|again)"
    r"|what was the question)"
)
_START_AGAIN: Final = re.compile(
    r"\b(?:start (?:again|over|afresh|fresh|from the (?:start|beginning|top))|begin again|"
    r"from the (?:start|beginning)|(?:go )?(?:again )?from (?:the )?top|reset(?: it| this)?|restart|"
    r"redo (?:it|the whole|this)|scrap (?:that|it|this) (?:and|ill)|wipe it|new one forget|"
    r"back to (?:the )?(?:start|beginning|first))\b"
)
_RETRACT: Final = re.compile(
    r"\b(?:ignore (?:that|me|this|it|all|what|my|everything)|its (?:all )?(?:fine|ok|okay|good|"
    r"sorted|nothing) (?:now|really|here)?|everythings? (?:is )?(?:fine|ok|okay|sorted|alright)|"
    r"false alarm|wrong (?:chat|number|person|window)|my (?:mate|friend|son|daughter|kid|little "
    r"brother|brother|sister|lad|child|cousin)s? (?:typed|wrote|sent|was messing|messing|did that|"
    r"had my phone|got my phone)|that was(?:nt)? (?:me|my)|wasnt me|i was (?:joking|only joking|"
    r"just joking|messing|lying|drunk|exaggerating)|i made (?:it|that) up|didnt mean (?:it|that|to "
    r"send)|forget (?:i|what i|everything|that i)(?: said| wrote| typed)?|nothing(?:s)? (?:is )?"
    r"(?:wrong|happened|going on)|no (?:need|problem here)|there is no problem|we(?:re| are) (?:fine|"
    r"happy|ok|okay|good) (?:now|here)|hes (?:calmed down|gone to bed|sorry|fine now|lovely really)|"
    r"all (?:good|sorted|fine) now|delete (?:that|this|what|it|everything)|dont (?:come|send "
    r"(?:any(?:one|body)|police|them))(?: now)?|it was (?:nothing|a joke|a mistake|my fault)|"
    r"sorry to (?:have )?bother(?:ed)?|take it back|disregard)\b"
)
_CANCEL: Final = re.compile(
    r"^(?:please |can you |i want to |id like to |just |no |actually )*(?:cancel|stop|exit|quit|"
    r"forget (?:it|about it)|never ?mind|nvm|leave it|dont bother|drop it|withdraw|bin it|"
    r"changed? my mind|changed? me mind|dont want to (?:report|do) (?:it|this))\b"
)
_THANKS: Final = re.compile(
    rf"^(?:(?:ok|okay|no|right|brill|great|aw|ah|thats|all|lovely|perfect) )*(?:thanks?|thank (?:you|u)|"
    rf"thankyou|thx|ta|cheers|nice one|appreciate (?:it|that)|much appreciated)(?: \w+){{0,4}}{_END}"
)
_SEND: Final = re.compile(
    r"^(?:(?:yes|yeah|yep|ok|okay|aye|spot on|looks? good|thats right|all good|please|fine|just|"
    r"happy with that)[,. ]*)*(?:just )?(?:send|submit|post|fire|put) (?:it|that|this|the)?"
)
_SEND_ANYWHERE: Final = re.compile(
    r"\b(?:send|sent|submit|post|fire) (?:it|that|this|please|off|away|now)\b|\b(?:submit|send)"
    + _END
    + r"|\bput (?:it|that|this) through\b|\bgo ed\b|\bgo ahead\b"
)
_NOT_YET: Final = re.compile(
    r"^(?:who|what|when|where|how|can|will|does|do)\b|\b(?:dont|do not|not|wait|hang on|hold on|before|yet|first|cancel|stop|but|isnt)\b"
)
_IS_RIGHT: Final = re.compile(
    r"\b(?:sounds?|looks?|seems?|reads?|all) (?:about )?(?:right|good|ok|okay|fine|correct|spot on)\b|\bthats (?:about|right|correct|spot on)\b"
    r"|\bspot on\b|\bconfirm\b|\bhappy with (?:that|it)\b|^its (?:fine|ok|okay|good|all good|right)\b"
)
_NOTHING_ELSE: Final = re.compile(
    r"^(?:(?:no|nope|nah|ok)[,. ]*)?(?:thats|that is|think thats|its) (?:all|it|everything|the lot)\b"
    r"|^(?:nothing|nowt|nothing else|nowt else|all done|done|finished|im done|im good|no more)"
    r"(?: (?:to add|to tell|more|else|really))*" + _END
)
_HUMAN: Final = re.compile(
    r"\b(?:(?:real|actual|proper|human|live) (?:person|human|officer|copper|people|being|operator)|"
    r"(?:speak|talk|chat|spk) (?:to|with) (?:a |an |the |some ?one|some ?body|any ?one|any ?body)?"
    r"(?:person|human|officer|police ?(?:man|woman|officer)?|some ?one|some ?body|operator|agent|"
    r"adviser|advisor|handler|real|woman|lady|actual|him|her|u|you)?|human being|a human|"
    r"not a (?:bot|robot|machine|computer)|connect me|put me through)\b"
    r"|^(?:human|person|agent|operator|officer|police|someone|advisor|adviser)(?: please| pls)?"
    + _END
)
_YES: Final = re.compile(rf"^{_YES_WORDS}{_POLITE}{_END}")
_NO: Final = re.compile(rf"^{_NO_WORDS}{_POLITE}{_END}")
_YES_START: Final = re.compile(rf"^{_YES_WORDS}\b(?! (?:but no|well no))")
# Words that begin a sentence as often as they answer a question.
_OPENER: Final = re.compile(r"^(?:right|ok|okay|alright|sure|well|so)\b")
_NO_START: Final = re.compile(rf"^{_NO_WORDS}\b(?! (?:idea|clue))")

# Yes, no and "don't know" in other languages: only to a safety question, only as the whole message
# (as an answer to "What is your name?" Maya is a name).
_FOREIGN_YES: Final = re.compile(
    r"^(?:tak|taip|igen|evet|si|sí|sim|oui|ja|da|haa|haan|han|ji|ji haan|po|so|ydw|oes|ydy|ie|erê|erê belê|belê"
    r"|نعم|ايوه|اه|ہاں|جی|جی ہاں|بله|آره|بەڵێ|ئا|হ্যাঁ|হ্যা|ਹਾਂ|ਹਾਂਜੀ|हाँ|हां|जी|હા|так|да|是|有|係|对|對|安全|አዎ|እወ)"
    + _END
)
_FOREIGN_NO: Final = re.compile(
    r"^(?:nie|ne|nem|hayır|hayir|não|nao|non|nein|nu|nahi|nahin|nahee|maya|na|nac ydw|nac oes|nage|jo|yo"
    r"|لا|كلا|نہیں|نہی|نه|نخیر|نەخێر|না|ਨਹੀਂ|ਨਾ|नहीं|ना|ના|нет|не|ні|不|不是|没有|沒有|冇|唔係|不安全|唔安全|አይ|ኣይፋል|👎|❌|🚫)"
    + _END
)
_FOREIGN_DUNNO: Final = re.compile(
    r"^(?:nie wiem|nu (?:stiu|știu)|no (?:lo )?se|no (?:lo )?sé|je (?:ne )?sais pas|n[aã]o sei|nem tudom|nezinau|ne[zž]inau"
    r"|pata nahi|pata nahin|bilmiyorum|ma garanayo|не знаю|لا اعرف|لا أعرف|ما بعرف|پتہ نہیں|معلوم نہیں|نمیدانم|نمی دانم"
    r"|জানি না|पता नहीं|ਪਤਾ ਨਹੀਂ|ખબર નથી|不知道|唔知)" + _END
)
_SAFE: Final = re.compile(
    r"\b(?:(?:im|i am|we are|were|weve|all|everyone|everyones|everybody|everybodys|hes|shes|theyre|"
    r"kids are|its) (?:\w+ ){0,2}(?:safe|ok|okay|fine|alright|all right|good|sound|well|unhurt)"
    r"(?! (?:if|unless|but))|all (?:safe|clear|ok|good|fine)|no ?(?:one|body)(?:s| is| was)? "
    r"(?:\w+ )?(?:in danger|hurt|in the house|in(?! (?:here|with|trouble))|there|here|at risk|injured)|none of us|"
    r"(?:been|went|gone|looked) (?:in|through|round|into) (?:every|all the) rooms?|"
    r"(?:it )?(?:happened|was) (?:last|yesterday|on|ages|weeks|months|years|days|this morning|earlier)|"
    r"\d+ (?:days|weeks|months|years) ago|(?:its|it is|thats) over|long gone|theyve (?:all )?gone|"
    r"hes (?:gone|in custody|left|been arrested|in prison|in hospital)|shes gone|they have gone|"
    r"they left|just (?:want|need) (?:to|a) (?:report|crime|number|log)|just shook up|at my \w+ now)\b"
)
# Said to any question: "no danger", "nobody's hurt", "not in danger no". The whole message.
_NO_DANGER: Final = re.compile(
    r"^(?:no[,. ]+|nope[,. ]+|nah[,. ]+)?(?:theres |there is |there was |im |i am |were |we are |its )?"
    r"(?:(?:no|not|never|isnt|aint|wasnt)(?: (?:any|in|in any|a|really|really in|at any))? (?:danger|risk|harm)"
    r"|(?:no ?(?:one|body)|none of us|nobody else)(?:s| is| was| got| were)? (?:\w+ )?(?:hurt|injured|harmed|in (?:any )?danger|at risk)"
    r"|not (?:hurt|injured|an emergency)|no (?:injuries|injury|emergency)"
    r"|(?:every(?:one|body)s?|all|we all)(?: is| are)? (?:safe|ok|okay|fine|unhurt)(?: and well)?)"
    r"(?: (?:no|now|here|at all|tho|though|thanks|thank god|right now|at the moment|just (?:shook up|shocked|annoyed)))*[ .,!]*$"
)
_PLACE_ONLY: Final = re.compile(
    r"^(?:it was |its |just |right )?(?:outside|inside|in|at|near|by|behind|opposite|on|next to|round the back of|in front of"
    r"|back of|front of)(?: of)? (?:(?:my|our|the|a|his|her|me|mums|dads|work)\b ?)?(?:(?!he\b|hes\b|she\b|shes\b|they\b"
    r"|theyre\b|someone|somebody|man\b|lads?\b|with\b|now\b|knife|fire|help|hiding|locked|trapped|boot\b)[a-z0-9']+ ?){1,5}$"
)
_DANGER_YES: Final = re.compile(
    r"\b(?:still (?:here|in|inside|outside|at|going|there|happening|has|havent)|(?:hes|shes|theyre|he is|"
    r"they are|she is) (?:still|here|outside|inside|in|at(?! \d| mine\b)|kicking|upstairs|downstairs|trying|coming|"
    r"with (?:her|him|them))|(?:havent|hasnt) (?:left|gone)|not safe|in danger|scared|help|hurry|quick|"
    r"my (?:\w+ )?(?:is|are)$|(?:is|are) (?:bleeding|hurt|trapped|hiding)|not me but)\b"
)
_CAN_TYPE_NO: Final = re.compile(
    r"\b(?:(?:he|she|they|hes|shes|theyre|my \w+)(?: \w+){0,3} (?:can see|checks?|reads?|watch\w*|looks?|"
    r"next to|sat|here|in the room|with me|about|listening|coming back|might see|monitors?|has my|in bed)|"
    r"not safe|isnt safe|unsafe|(?:his|her|shared) phone|cant (?:now|talk|type)|be quick|not for long|"
    r"gotta go|got to go|brb|no ?(?:,|not) safe)\b"
)
_CAN_TYPE_YES: Final = re.compile(
    r"\b(?:(?:im|i am|on me|on my|all) (?:\w+ )?(?:alone|own|safe|ok|fine|by myself)|(?:hes|shes|theyre|he is) "
    r"(?:out|at work|away|asleep|gone|not here|in bed asleep)|its (?:safe|ok|fine|my work)|safe(?: to)?|"
    r"no ?(?:one|body)(?:s)? (?:\w+ )?(?:here|can see|around|about|else|is here)|ok to type|fine|"
    r"(?:should|shud) be (?:ok|fine|alright|all right)?|go on|go ahead|at (?:work|my friend\w*|the library|"
    r"my mums|my sisters))\b"
)

_TAKEN_BACK: Final = re.compile(
    r"\b(?:ignore (?:that|me|this|it|all|what|my|everything)|false alarm|wrong (?:chat|number|person|window)"
    r"|my (?:mate|friend|son|daughter|kid|little brother|brother|sister|lad|child|cousin)s? (?:typed|wrote|sent"
    r"|was messing|messing|did that|had my phone|got my phone)|i was (?:joking|messing)|delete (?:that|this|what)"
    r"|forget (?:i|what i|everything|that i)|this was a mistake|made (?:it|that) up)\b"
)
_FOREIGN: Final = (("yes", _FOREIGN_YES), ("no", _FOREIGN_NO), ("dont_know", _FOREIGN_DUNNO))

# In order of weight; an account ("what happened") may well begin with "why" or name a stop.
_REPAIRS: Final = (
    ("start_again", _START_AGAIN, None),
    ("retract", _RETRACT, None),
    ("cancel", _CANCEL, "location"),
    ("human", _HUMAN, None),
    ("skip", _SKIP, None),
    ("why", _WHY, "what_happened"),
    ("repeat", _REPEAT, None),
)

SURE_OF_ANSWER: Final = {
    "yes": 0.85,
    "no": 0.85,
    "confirm_send": 0.6,
    "nothing_else": 1.1,
    "dont_know": 0.55,
}
# The safety questions, and those whose yes sends the report: "just me" sends nothing.
SURE_ONLY: Final = frozenset(("safe_now", "safe_to_chat", "summary", "send_now", "change_what"))
# Throws a report away: never on a guess.
BY_WORDS_ONLY: Final = frozenset({"start_again"})
SHORT: Final = 12  # words: a longer message is judged by the head, not by how it begins

# Acts that nothing was asked for: only these are read in a first message.
UNASKED: Final = frozenset({"start_again", "retract", "cancel", "thanks"})


def by_words(text: str, asked: str | None) -> str | None:
    """The act where the words make it plain; None leaves it to the head.

    `asked` is the id of the open question. For `safe_now` yes means danger, for
    `safe_to_chat` yes means that it is safe to type.
    """
    folded = fold(text)
    if not folded:
        return None
    if asked in ("safe_now", "safe_to_chat"):
        return _safety(folded, asked)
    if asked is None:
        return _unasked(folded)
    return _repair(folded, asked) or _short_answer(folded, asked)


def is_bare(text: str) -> bool:
    """Whether the text is a yes, a no, a "don't know" or a "skip" and nothing more."""
    folded = fold(text)
    rules = (_YES, _NO, _NOTHING_ELSE, _DUNNO, _SKIP, _NO_DANGER)
    return len(folded.split()) <= 4 and any(one.search(folded) for one in rules)


def is_place(text: str) -> bool:
    """Whether the text is a place and nothing more: "outside my house", "in the car park"."""
    return says(_PLACE_ONLY, text)


def beside_retraction(text: str) -> str:
    """What else the message says."""
    return _RETRACT.sub(" ; ", fold(text))


def says_no_danger(text: str) -> bool:
    """Whether the text says, whatever was asked, that nobody is hurt or in danger."""
    folded = fold(text)
    return bool(_NO_DANGER.search(folded)) and not _DANGER_YES.search(
        _NO_DANGER.sub(" ", folded, count=1)
    )


def _short_answer(folded: str, asked: str) -> str | None:
    short = len(folded.split()) <= SHORT
    closing = asked in ("anything_else", "summary", "send_now")
    if closing:
        found = _closing(folded, asked, short)
        if found:
            return found
    if _DUNNO.search(folded) and short:
        return "dont_know"
    if _YES.search(folded) or folded in ("👍", "👌", "✅"):
        return "yes"
    if _NO.search(folded) or _NO_DANGER.search(folded) or folded in ("👎", "❌"):
        return "no"
    return None


def _closing(folded: str, asked: str, short: bool) -> str | None:
    """Send it, that is right, nothing else: only in words that say so."""
    if asked == "anything_else" and (_NO.search(folded) or _NOTHING_ELSE.search(folded)):
        return "no" if _NO.search(folded) else "nothing_else"
    if short and not _NOT_YET.search(folded):
        if _SEND.search(folded) or _SEND_ANYWHERE.search(folded):
            return "confirm_send"
        if asked == "summary" and _IS_RIGHT.search(folded):
            return "yes"
    return None


def _repair(folded: str, asked: str) -> str | None:
    """Acts that are not answers: the person steers the talk."""
    if len(folded.split()) <= SHORT:
        for act, pattern, not_after in _REPAIRS:
            if asked != not_after and pattern.search(folded):
                if act == "retract" and asked == "summary" and _IS_RIGHT.search(folded):
                    return "yes"  # of the report as it was read back
                return act
    if _THANKS.search(folded) and "but" not in folded:
        return "thanks"
    return None


def _unasked(folded: str) -> str | None:
    short = len(folded.split()) <= SHORT
    if not short:
        return None
    if _START_AGAIN.search(folded):
        return "start_again"
    if _RETRACT.search(folded):
        return "retract"
    if _CANCEL.search(folded) and len(folded.split()) <= 5:
        return "cancel"
    if _THANKS.search(folded):
        return "thanks"
    return None


def _safety(folded: str, asked: str) -> str | None:
    """Yes, no or don't know to a safety question; in doubt None, never a quiet no."""
    steering = _steering(folded, asked)
    if steering:
        return steering
    if asked == "safe_to_chat":
        return _safe_to_chat(folded)
    return "dont_know" if _DUNNO.search(folded) else _safe_now(folded)


def _steering(folded: str, asked: str) -> str | None:
    """What is no answer to a safety question, and an answer in another language."""
    if len(folded.split()) <= SHORT:
        repair = _repair(folded, asked)
        if repair in ("why", "repeat", "start_again", "human"):
            return repair
        if _TAKEN_BACK.search(folded):
            return "retract"  # "ignore that, all fine now" is no yes: somebody may hold the phone
    for act, rule in _FOREIGN:
        if rule.search(folded):
            return act
    # "Nothing else" answers neither question: it is asked again.
    return "answer" if _NOTHING_ELSE.search(folded) else None


def _safe_now(folded: str) -> str | None:
    """Is anyone in danger? "Yes, we are all safe" is a no."""
    if _NO_DANGER.search(folded):
        return "no"
    safe, danger = bool(_SAFE.search(folded)), bool(_DANGER_YES.search(folded))
    if not danger and _OPENER.match(folded) and len(folded.split()) > SHORT:
        return None  # "right ok, while I'm on, somebody keyed my car" says nothing of danger
    if _NO_START.search(folded):
        return "yes" if danger and not safe and "not me but" in folded else "no"
    if safe and not danger:
        return "no"
    return "yes" if _YES_START.search(folded) or (danger and not safe) else None


_NOT: Final = re.compile(r"\b(?:not|isnt|aint|never|dont|cant|unsafe)\b")


def _safe_to_chat(folded: str) -> str | None:
    if _CAN_TYPE_NO.search(folded) and not _YES_START.search(folded):
        return "no"
    if _NO_START.search(folded):
        if re.search(r"^no ?(?:one|body|ones)\b", folded):
            return "yes"
        # "No, she's upstairs, she's safe" answers something else: it is asked again.
        return "answer" if _SAFE.search(folded) and not _NOT.search(folded) else "no"
    if _YES_START.search(folded) or _CAN_TYPE_YES.search(folded):
        return "yes"
    return "dont_know" if _DUNNO.search(folded) else None


def by_head(scores: Mapping[str, float], asked: str | None) -> str | None:
    """The head's best act; nothing asked leaves only the plainest (module rule UNASKED).

    Where much hangs on it the head answers only when it is sure: a guessed "no" to "is it safe
    to type?" would silence the chat for good. Else it is an `answer`, and asked again.
    """
    if not scores:
        return None if asked is None else "answer"
    best = max(scores, key=lambda name: scores[name])
    if asked is None:
        return None
    if asked in SURE_ONLY and scores[best] < SURE_OF_ANSWER.get(best, 0.0):
        return "answer"
    if best in BY_WORDS_ONLY:
        return "answer"
    return best if best != "none" else None
