"""English: which words end a turn, and which cannot.

Written from grammar, not from examples: a word that governs what follows it (conjunction,
determiner, preposition, auxiliary, a verb without its object) leaves the sentence open, unless a
question word at its beginning has taken the place of what is missing ("which floor are you on").
"""

from __future__ import annotations

import re
from typing import Final

from appliance.language.turn_ends import TurnEnds


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


def _rules(lines: str) -> re.Pattern[str]:
    """One rule a line; names in angle brackets stand for PARTS."""
    for name, part in _PARTS.items():
        lines = lines.replace(f"<{name}>", part)
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines.strip().splitlines()))


_MODALS: Final = "will would could can shall should may might must do does did"
_BE: Final = "is are am was were"
_OBJECTS: Final = (
    "make makes making keep keeps take takes taking bring bringing want wants need needs get gets"
    " getting give giving buy buying send sending put putting use using find finding let lets have"
    " having see seeing order ordered ordering book booked booking reserve ask tell bought lost"
    " received got brought sent made took gave wanted needed include includes cancel change cost"
    " contain contains consider prefer suggest mention mean means say saying know wish discuss"
    " arrange collect become becomes rent hire check confirm reach repair fix report replace visit"
    " install sign pick pass forward describe provide offer accept add remove update print transfer"
    " contact inform notify remind meet show hold handle test measure carry fill settle borrow"
)
_ADJECTIVES: Final = (
    "big small large little new old young red blue green black white brown grey high low long short"
    " wrong right strange different special cheap expensive heavy light early late first second"
    " third last next other same certain whole main extra double single spare good bad nice great"
)
_CLAUSES: Final = (
    "wondering hoping trying planning supposed meant going able unable about used due calling"
    " phoning ringing looking waiting asking interested afraid called named allowed"
)
_PARTS: Final = {
    "lead": r"(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|yes|yeah|no|well|so|and|but"
    r"|okay|oh|um|uh|er|right|sorry|please|excuse me|look|listen|you see|actually|basically|just"
    r"|now) )*",  # what is said before a sentence
    "be": _any(_BE),
    "aux": _any(f"{_BE} {_MODALS} be been has have had"),
    "modal": _any(_MODALS),
    "verb": _any(f"{_BE} {_MODALS}"),
    "object": _any(_OBJECTS),  # verbs that want an object or a clause
    "clause": _any(_CLAUSES),
    "subject": _any("i we he she they you it there that this"),
    "i": _any("i we he she they"),
    "you": _any("i we he she they you it"),
    "adjective": _any(_ADJECTIVES),
    "alone": _any("book order reserve ask cancel change know take"),  # of these, without one too
    "the": _any("the a an my your our their his her its that this those these some any every"),
    "wh": _any("what which who whom whose where when why how"),
    "object wh": r"(?:what|which|who|whom|how (?:many|much))",
    "stranded": _any("of at for from with without by about to into than like in on up through"),
    "if": r"(?:if|whenever|although|though|even though|even if|unless|as soon as|as long as|in case"
    r"|every time|once|while|since|after|before|until)",
    "number": r"(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen)\b ?)+",
    "ordinal": r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth|\w+teenth|\w+tieth)",
}

OVER: Final = re.compile(
    r"^(?:(?:yes|no|okay|all right|right|great|perfect|lovely|well|oh) )*"
    r"(?:(?:no )?(?:thank you|thanks)(?: very much| so much| a lot)?"
    r"(?: (?:goodbye|bye(?: bye)?|have a (?:nice|good) (?:day|evening|weekend|one)|that is all"
    r"|that will be all|that is it|no))"
    r"|(?:goodbye|bye(?: bye)?|see you(?: then| soon| later| tomorrow)?|good night)"
    r"|(?:that is|that will be|that was) (?:all|it|everything)(?: (?:thank you|thanks)(?: bye)?)?"
    r"|no that is (?:all|it|fine))$"
)
CUT_SHORT: Final = re.compile(
    r"(?:^|\s)(?:i'm|(?:i|you|he|she|it|we|they|that|there)'(?:d|ll)|(?:i|you|we|they)'ve"
    r"|(?:you|we|they)'re|(?:he|she|it|that|there|here|what|where|who|how|when|let)'s)$"
)
# a question word has taken the place of what the last word governs; what something is; short
# answers and questions; words that only look as if they governed something
WHOLE: Final = _rules(r"""
^<lead>(?:\w+ (?:know|you tell me|i ask|wonder) )?(?:\w+ )?<wh>\b.* <verb>(?: \w+)* <stranded>$
^<lead><object wh>\b.* <modal> (?:<you>|\w+ \w+) (?:\w+ )*<object>$
^<lead>(?:where|when|how|why)\b.* <modal> <you> (?:\w+ )*<alone>$
\b(?:tell me|know|i ask|say|see|wonder|understand|is) <wh>(?: \w+){1,7} <be>$
^(?:oh |well )*(?:yes|yeah|no|of course|sure|i think|so|neither)\b.{0,12} <you> <aux>(?: not)?$
^<you> <aux>(?: not)?$
\b(?:i|we) (?:think|hope|guess|believe|suppose|am afraid) (?:so|not)$
^(?:so what|<wh>|how so|about what|for what|since when|what about \w+|which one|for whom|really|or)$
\b(?:why|perhaps|maybe|probably|certainly|definitely|of course|rather|better|hopefully) not$
\b(?:for a (?:little |short )?while|ever since|at once|more than once|just once|once or twice)$
\b(?:what for|what like|and so on|or so|even so|if so|just so|i do not know (?:why|how|when|who))$
\b(?:i am (?:not )?sure|i see|let me see|(?:as|like) i said|i (?:do not )?know|i mean it)$
\b(?:i|we) (?:would|will|do not) (?:love|like|have|need|want|plan|intend) to$
\bif (?:i|we|you|that) (?:want|need|can|may|must|could|can not|do not)$
\bas (?:soon|quickly|fast|early|much|many) as (?:you|we|i|he|she|they) can$
""")
# a clause, a noun, a verb or an object that is still to come; a subordinate clause or a subject
# alone
INCOMPLETE: Final = _rules(r"""
\b(?:whether|unless|although|because|if|than|whose|every|and|or|but|as|nor|until|till|so|whereas)$
\b(?:while|except|despite|regarding|concerning|including|instead|via|per|during|like to)$
\b(?:say|said|saying|tell|told|tells|think|thought|sure|hope|mean|heard|afraid|glad|sorry|so) that$
\b(?:true|possible|likely|clear|important|the \w+|him|them|me|us|everyone|someone|you) that$
\b(?:wondering|wonder|asking|told you|sure|phone|understand|remember|me|not) <wh>$
\b(?:know|see|ask|tell you) (?:what|where|when|how|who|which)$
\b(?:a|an|the|my|your|our|their|its|mister|missus|mrs|ms|another of|one of|some of|each of)$
\b(?:very|quite|almost|nearly|roughly|approximately|such|extremely|about|around|between|onto)$
\b(?:into|toward|towards|against|among|from|of|for|with|without|at|by|upon|beside|besides|to)$
\b(?:a|an|my|your|our|their|such|of|very) (?:\w+ )?<adjective>$
\b(?<!to )(?<!at )\w+'s$
\b(?:give|gave|tell|told|show|showed|send|sent|bring|ask|asked|offer|offered|let|lend) (?:me|us)$
\b(?:give|gave|tell|told|show|showed|send|sent|ask|asked|offer|offered|let) (?:him|her|them|you)$
\b(?:do you|does he|does she|do they|would you) (?:think|know|mean|believe|happen to|say)$
\b<aux> (?:any|some|every)(?:one|body|thing)$
\b(?:can|could|would) you (?:\w+ly |please |just )*(?:look|check|see|try|ask|talk|speak)$
^<lead>because(?: \w+){1,2}$
\b(?:open|closed|come|came|coming|arrive|arriving|arrived|call|appointment|meeting|day|be) on$
\b(?:reservation|booking|based|depends|depending|early|late|back|there|here|me|you|us) on$
\b<ordinal> (?:of|on|up)$
\b(?:<i>|<aux>)$
^<lead>(?:<verb>|<wh>(?: \w+)? <modal>) (?:you|it|there|this|that)$
\b<verb> (?:you|it|there|this|that) (?:please|kindly|just|possibly|perhaps|maybe|also)$
\b(?:<aux>|ought|going) not$
\b(?:<aux>|<i>) (?:never|always|already|just|only|recently|still|also|even|probably|definitely)$
\b(?:<subject>) <modal> (?:not )?(?:be|have|like|love|prefer|need|want)$
\b(?:could|can|may|might|shall|should) (?:i|we) (?:\w+ly |please )*<object>$
\b(?:<be>|be|been) (?:\w+ly |just |also |not |still )*<clause>$
\b(?:<you>|to|not|who|that|please|can|could|would) (?:\w+ly |just |also |never |always )*<object>$
\b(?:my|the|your|our|his|her) \w+ (?:just |only |never |always |also )*<object>$
\b(?:seems|seem|became|becoming|sounds|means)$
\bso (?:kind|good|nice|lucky) (?:as|that)(?: you| to)?$
^<lead><if> (?:<subject>|<i>|<the>)(?: \w+){1,8}$
^<lead>when (?:<i>|it|you|there|<the> \w+)(?: \w+){1,8}$
^<lead><the> \w+(?: \w+)? (?:who|which)(?: \w+){1,8}$
^<lead>(?:from|at|in|on) the \w+(?: \w+)? (?:do|can|should|must|would) (?:i|we) \w+$
""")
# what recognisers make of a last "the", "a", "my"; what may be a verb's own particle; a beginning
DOUBTFUL: Final = _rules(r"""
\b(?:in|on|at|of|from|into|about|after|before|either|by|without) (?:it|them|him|her)$
\b(?:in|on|at|of|from|into|either|by|without) that$|\bone with (?:it|them|me|him|her)$
\b(?:mine|this|these|those|his|her|any|some|no|not|more|another|either|like|both)$|\b<wh>$
\b(?:in|on|off|over|up|down|out|through|before|after|since|under|behind|near|once|in a)$
\b(?:though|also|just|only|even|still|really|maybe|perhaps|actually|probably|basically)$
\b(?:next|last|other|same|whole|new|a \w+ly|the <adjective>)$
\b(?:<object>|<clause>)$
\b(?:about|around|least|need|want|order|ordered|over|under) <number>$
^(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|yes|okay|well|right|so|oh|sorry|um)(?: |$))+$
^(?:(?:uh|er|excuse me|you see|listen|look|actually|now|also|yeah|all right)(?: |$))+$
\b(?:what (?:sort|kind|type|time|size)|which \w+|how (?:many|much|long|far|often))$
^<lead>i (?:have|had|got) (?:a|one|another|two|some) (?:\w+ )?(?:questions?|problem|request|issue)$
^<lead><if> (?:<subject>|<i>|<the>)(?: \w+)+$
""")
# a question, a request: it hands over the floor, and a statement does not
INVITES: Final = _rules(r"""
^<lead>(?:<verb>|<wh>|have|has|any|or)\b
^<lead>(?:tell|put|send|give|call|let|connect|transfer|help|cancel|book|repeat|say|show|stop|speak)\b
\b(?:please|<i> (?:(?:would|will|just|really) )*(?:like|want|need|prefer)|looking for)\b
\b(?:can|could|would|will|do|did|may|should|shall|is|are|have) (?:i|you|we|there|it|they)\b
""")
# not behind "or": "do you speak german", "or is it polish"
OWN_QUESTION: Final = _rules(r"""
^(?:and |but |so |also |then |okay |well )*(?:<wh>|how \w+|what \w+|which \w+) <verb> \w+
^(?:and |but |so |also |then |okay |well )*<verb> (?:<you>|there|this|that|<the>) \w+
""")
NEW_ACT: Final = re.compile(
    r"^(?:(?:oh|well|um|uh|er|okay|yeah|yes) )*"
    r"(?:no|nope|stop|wait|hold on|hang on|one (?:moment|second)|just a (?:moment|second|minute)"
    r"|sorry (?:i|what|could|can|no)|i (?:mean|meant)|never mind|forget it|hello|excuse me|what"
    r"|pardon|thank you|thanks|goodbye|bye|please stop|be quiet|listen|that is not|not that|wrong"
    r"|repeat (?:that|it|please)|say (?:that|it) again|(?:could|can) you (?:repeat|say))\b"
    r"|^(?:(?:okay|yes|yeah|right|all right|i see|mhm|uh huh|hm|mm|ah|oh|sure|great|good|perfect"
    r"|lovely|fine|um|uh|er)(?: |$))+$"
)

ENDS: Final = TurnEnds(
    over=OVER,
    cut_short=CUT_SHORT,
    whole=WHOLE,
    incomplete=INCOMPLETE,
    doubtful=DOUBTFUL,
    invites=INVITES,
    own_question=OWN_QUESTION,
    new_act=NEW_ACT,
)
