"""English as it is said around the turns themselves: listening, thinking, interrupting, waiting.

Canonical forms. What a recogniser makes of a mere sound ("uh-huh" as "I have") is no word of this
page: ``turns/backchannel.py`` judges that by how short and how badly heard it was.
"""

from __future__ import annotations

import re
from typing import Final

BACKCHANNELS: Final = (
    "mhm", "uh huh", "mm", "m", "hm", "ah", "oh", "okay", "all right", "right", "yeah", "yes",
    "yep", "sure", "of course", "i see", "i see that", "got it", "gotcha", "i got it", "got you",
    "understood", "i understand", "good", "very good", "great", "fine", "nice", "cool", "lovely",
    "perfect", "excellent", "brilliant", "wonderful", "smashing", "super", "fantastic", "exactly",
    "absolutely", "true", "indeed", "really", "is that so", "is it", "that is good",
    "that is right", "that is fine", "that is great", "that is nice", "that makes sense",
    "makes sense", "fair enough", "no problem", "wow", "ha", "ta", "cheers", "interesting", "well",
    "thank you", "thanks", "thank you very much", "i know", "so", "then", "now", "all good",
    "sounds good", "very nice", "very well", "sir", "madam", "that is it", "amen",
)  # fmt: skip
_SOUND: Final = (
    r"(?:u+m+|u+h+|e+r+m*|e+h+m*|m+|hm+|mhm|ah|oh|ooh|oom|tch|tut|well|so|now|okay"
    r"|amen|(?:a )?h(?: [hmn])+|m(?: [hmn])+|mn|tch)"
)
"""The last ones are how a hum is written by a recogniser that looks for letters in it."""
_THINKING: Final = (
    r"let (?:me|us) (?:just )?(?:think|see)(?: now)?(?: about (?:it|that))?"
    r"|i am (?:just )?thinking|i mean|you know|like|let us say"
    r"|what (?:was|is) (?:it|(?:the|that) (?:word|name))(?: again| called)?"
    r"|what (?:do|did) you call it|how (?:do|shall|can) (?:you|i) (?:say|put)(?: (?:it|that))?"
    r"|(?:that is a )?good question|now you are asking|gosh|goodness|right"
    r"|thingy|whatsit|where was i|it is|i|the|a"
)
HESITATIONS: Final = re.compile(rf"(?:{_SOUND}|{_THINKING})(?: (?:{_SOUND}|{_THINKING}))*")
_BEFORE: Final = r"(?:(?:oh|okay|please|yes|yeah|but|and|hey|no|sorry|well|right|so)\s+)*"
TAKES_FLOOR: Final = re.compile(
    _BEFORE + r"(?:stop|wait|no|cancel|enough|shut up|quiet|hold on|hang on|hello|sorry|pardon"
    r"|excuse me|help|what|who|when|where|why|how|slow down|slower|repeat|again|but|never mind"
    r"|forget it|goodbye|bye|one moment|listen|operator|person)\b"
)
_MOMENT: Final = r"(?:moment|second|sec|secs|seconds|minute|min|mo|tick|jiffy|bit)"
_ARGUES: Final = r"\b(?:you (?:said|say|told|mean|meant)|what|how|why|is that|does|did|wrong)\b"
"""Who says so interrupts, and waits for an answer: "hang on, you said Tuesday"."""
_TO_DO: Final = (
    r"(?:get|find|fetch|grab|look|check|turn|put|ask|open|go|pull|write|see if|read|dig|close|move)"
)
HOLD_ON: Final = re.compile(
    rf"^(?!.*{_ARGUES}).*\b(?:hold (?:on|the line)|hang on|(?:just|wait) (?:a|one) {_MOMENT}"
    rf"|one {_MOMENT}|excuse me a {_MOMENT}|give me (?:just )?(?:a|one|two) {_MOMENT}"
    rf"|(?:will not|not) be a {_MOMENT}|bear with me|hold your horses"
    r"|stay (?:there|on the (?:line|phone))|do not (?:go away|hang up)"
    rf"|(?:i will|i am) (?:be )?right back|back in a {_MOMENT}|let me (?:just |quickly )?{_TO_DO}"
    r"|i (?:will|have to|need to|must) (?:just )?(?:go and )?"
    r"(?:ask|look|check|get|find|fetch) (?:my|him|her|them|it|the)|wait i (?:have|need|must))\b"
)
BACK: Final = re.compile(
    r"(?:(?:right|okay|so|yes|there|sorry|well|hello|all right)\s+)*"
    r"(?:i am back|back again|here (?:we are|i am|it is)|i am here|(?:i have )?found it|hello"
    r"|are you (?:still )?there|go on|sorry(?: about that)?|that is better|i am ready|ready|yes"
    r"|(?:thank you|thanks) for (?:waiting|holding|your patience)"
    r"|i have (?:got|turned|parked|found)\b.*)"
    r"(?:\s+(?:again|now|go on|please|sorry|hello|are you (?:still )?there|i have .*|about that))*"
)
