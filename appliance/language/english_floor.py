"""English as it is said around the turns themselves: listening, thinking, interrupting, waiting.

Canonical forms. What a recogniser makes of a mere sound ("uh-huh" as "I have") is no word of this
page: ``turns/backchannel.py`` judges that by how short and how badly heard it was.
"""

from __future__ import annotations

import re
from typing import Final

BACKCHANNELS: Final = (
    # sounds
    "mhm", "uh huh", "mm", "m", "hm", "ah", "oh", "ooh", "ha", "wow", "amen", "hey", "eh", "aye",
    # yes
    "okay", "all right", "right", "yeah", "yes", "yep", "ya", "sure", "sure thing", "of course",
    "exactly", "precisely", "absolutely", "definitely", "certainly", "totally", "naturally",
    "correct", "true", "indeed", "quite", "righto", "right you are", "for sure", "you bet",
    "i agree", "agreed", "i think so", "i suppose so", "i suppose", "i guess so", "i guess",
    # understood
    "i see", "i see that", "got it", "gotcha", "i got it", "i have got it", "i get it", "got you",
    "i have got you", "got that", "understood", "i understand", "i know", "i follow", "noted",
    "i hear you", "i am with you", "i am listening", "listening", "fair enough", "makes sense",
    "that makes sense", "as i thought", "i thought so", "thought so", "roger", "copy that",
    # good
    "good", "great", "fine", "nice", "cool", "lovely", "perfect", "excellent", "brilliant",
    "wonderful", "smashing", "super", "superb", "fantastic", "fabulous", "marvellous", "splendid",
    "terrific", "amazing", "awesome", "grand", "ace", "interesting", "useful", "helpful",
    "no problem", "not a problem", "no worries", "not bad", "no way", "no kidding",
    # well I never
    "really", "is that so", "is it", "does it", "did they", "well", "well well", "goodness",
    "goodness me", "gosh", "blimey", "my word", "oh dear", "dear me", "you do not say",
    # thanks
    "thank you", "thanks", "thank you very much", "thanks a lot", "ta", "cheers",
    # what stands around them
    "so", "then", "now", "sir", "madam", "go on", "carry on", "please do", "will do",
)  # fmt: skip
GLUE: Final = frozenset(
    "that is it so very really quite sounds sound all then you i to know hear too for me am with a"
    " bit much works suits yes how just like this was about as pretty totally".split()
)
"""Around a backchannel it says no more: "that sounds very good", "good to know"."""
_SOUND: Final = (
    r"(?:u+m+|u+h+|e+r+m*|e+h+m*|m+|hm+|mhm|ah|oh|ooh|oom|tch|tut|well|so|now|okay"
    r"|amen|(?:a )?h(?: [hmn])+|m(?: [hmn])+|mn|tch)"
)
"""The last ones are how a hum is written by a recogniser that looks for letters in it."""
_THINKING: Final = "|".join(
    (
        r"let (?:me|us) (?:just )?(?:think|see|remember|have a think|recall)"
        r"(?: now)?(?: about (?:it|that|this))?",
        r"i (?:am|was) (?:just )?(?:thinking|trying to (?:think|remember))",
        r"i mean|you know|you see|like|sort of|kind of|let us say|say|basically|actually|anyway",
        r"the thing is|how (?:do|did|shall|should|can|would) (?:you|i) (?:say|put|explain|call)"
        r"(?: (?:it|that|this))?",
        r"what (?:was|is|were) (?:it|(?:the|that|his|her) (?:word|name|thing))(?: again| called)?",
        r"what (?:do|did) (?:you|they) call (?:it|that|them)|what is it",
        r"it is on the tip of my tongue",
        r"(?:i had it|i knew it) (?:just now|a (?:second|moment) ago)",
        r"(?:it|that) (?:has|is) (?:gone|slipped my mind)",
        r"i (?:can|do) not (?:quite )?(?:think|remember)(?: (?:it|now|right now))?",
        r"(?:that is a )?good question|now you are asking|where (?:was i|were we)",
        r"gosh|goodness(?: me)?|oh dear|dear me|right|thingy|whatsit|thingamajig",
        r"it is|that is|yes well|yeah",
    )
)
HESITATIONS: Final = re.compile(rf"(?:{_SOUND}|{_THINKING})(?: (?:{_SOUND}|{_THINKING}))*")
_BEFORE: Final = r"(?:(?:oh|okay|please|yes|yeah|but|and|hey|no|sorry|well|right|so)\s+)*"
TAKES_FLOOR: Final = re.compile(
    _BEFORE + r"(?:stop|start|star|wait|no(?! (?:problem|worries|way|kidding)\b)|cancel|enough"
    r"|shut up|quiet|hold on|hang on|hello|sorry|pardon|excuse me|help|what|who|when|where|why"
    r"|how(?! (?:nice|lovely|great|good|interesting|wonderful)\b)|slow down|slower|repeat|again"
    r"|but|never mind|forget it|goodbye|bye|one moment|listen|operator|person)\b"
)
""""Stop" is heard as "start" and "star" now and then."""
_MOMENT: Final = (
    r"(?:moments?|seconds?|secs?|minutes?|mins?|mo|ticks?|jiffy|bit|while)"
    r"(?! (?:ago|later|walk|one|question)\b)"
)
_ARGUES: Final = (
    r"\b(?:you (?:said|say|told|mean|meant)|what|how|why|is that|does|did|wrong|takes?|speak to"
    r"|talk to|every)\b"
)
"""Who says so interrupts, and waits for an answer: "hang on, you said Tuesday"."""
_TO_SAY: Final = (
    r"(?:think|see|know|speak|talk|explain|tell|say|repeat|rephrase|have|be|ask you|ask about|book"
    r"|change|order|make|give you|spell|introduce|finish|start|try that|help|remind|through|in|out)"
)
_TO_DO: Final = (
    r"(?:get|grab|find|fetch|look|check|ask|open|turn|pull|put|write|switch|move|pop|run|go|see)"
)
_DOING: Final = (
    r"(?:getting|grabbing|finding|fetching|looking|checking|asking|opening|turning|pulling|putting)"
)
_WAITS: Final = "|".join(
    (
        r"hold (?:on|the line|up|it|please)|hold your horses|hang on|bear with(?: me)?",
        r"(?:just|wait|half|only|another|excuse me|give me|need|hold) (?:just )?(?:a|one|two|five)"
        rf"(?: (?:half|quick|little|more))? {_MOMENT}",
        rf"(?:one|two) {_MOMENT}|a (?:moment|second|sec|tick)(?: please)?$",
        rf"(?:will not|will only|not) be (?:a|long|one|two)(?: {_MOMENT})?",
        r"stay (?:there|with me|on (?:the )?(?:line|phone))|do not (?:go away|go anywhere|hang up)",
        rf"(?:be|i am) (?:right|straight) back|back in (?:a|one|two|five) {_MOMENT}",
        rf"let me (?:just |quickly |first |go and |try and |try to )*(?!{_TO_SAY}\b)\w+",
        rf"i (?:will|am going to) just (?:go and |quickly )?{_TO_DO}|i am just {_DOING}",
        rf"i will go (?:and )?{_TO_DO}|(?:at|get|answer) the door|the doorbell",
        r"wait (?:i (?:have|need|must|will)|please|there|for me)|(?:can|could|would) you wait",
        r"please wait|i need a (?:pen|minute)",
    )
)
HOLD_ON: Final = re.compile(rf"^(?!.*{_ARGUES}).*\b(?:{_WAITS})\b")
_RETURNS: Final = "|".join(
    (
        r"i am back|back again|here (?:we (?:are|go)|i am|it is)|i am here",
        r"(?:i have )?(?:found|got) it|(?:i am |all )?(?:ready|set|done)",
        r"that is (?:better|it|done)",
        r"hello|are you (?:still )?(?:there|with me)|you still there|go on|go ahead|carry on",
        r"sorry(?: about that| to keep you(?: waiting)?| for (?:that|the wait))?",
        r"where were we|yes|there|(?:thank you|thanks) for (?:waiting|holding|your patience)",
        r"i have (?:got|turned|parked|found|asked|written|opened|put|moved|closed)\b.*",
    )
)
BACK: Final = re.compile(
    r"(?:(?:right|okay|so|yes|there|sorry|well|hello|all right|now|hi|oh|ah|good|great)\s+)*"
    rf"(?:{_RETURNS})(?:\s+(?:again|now|then|please|about that|{_RETURNS}))*"
)
