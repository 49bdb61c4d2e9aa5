"""The words that English callers use of what endangers life.

Torn out of its sentence a clause may mean nearly anything, so what is only likely to be a cry for
help must also name a danger. By kinds, so that none is forgotten: body, violence, fire, water and
what falls down.
"""

from __future__ import annotations

import re
from typing import Final

_BODY: Final = (
    r"breath\w*|chok\w+|suffocat\w+|unconscious|unresponsive|respond\w*|collaps\w+|faint\w*"
    r"|passed out|pulse|heart|chest|strokes?|seizures?|fits|having a fit|convuls\w+|paraly\w+"
    r"|droop\w+|slurr\w+|numb|bleed\w*|bled|blood\w*|wounds?|injur\w+|hurt\w*|broken|burn\w*"
    r"|scald\w*|swallow\w*|drank|wheez\w+|overdos\w+|poison\w*|pills|tablets|bleach|acid"
    r"|allergic|allergy|swell\w*|swollen|swelling|stung|sting|bitten|bit|epipen|labour|labor"
    r"|contractions|waters|miscarr\w+|limp|blue|grey|fever|wake\w*|woken|waking|moving|moves?"
    r"|fallen|fell|falls?|dying|die|dies|dead|pain\w*"
)
_VIOLENCE: Final = (
    r"kill\w*|suicid\w+|hang\w*|cut|end (?:it|my life)|live any\s?more|jump\w*|stab\w*|shot"
    r"|shoot\w*|guns?|knife|knives|weapons?|bombs?|attack\w*|beat\w*|hit|hits|hitting|punch\w*"
    r"|kick\w*|rap(?:e|ed|ing)|threat\w+|burglar\w*|break(?:ing|s)? in\w*|broken? in\w*"
    r"|intruder\w*|robb\w+|kidnap\w*|abduct\w*|taken|follow\w*|scream\w*|afraid|scared|fight\w*"
    r"|missing"
)
_FIRE_AND_WATER: Final = (
    r"fire|flames?|smok\w+|gas|monoxide|explo\w+|sparks?|sparking|electr\w+|drown\w*|flood\w*"
    r"|rising|under water|gone under|pouring|trapped|stuck|locked in|crush\w*|buried|underneath"
    r"|rubble|ledge|roof|ice|lightning|crash\w*|accidents?|run over|knocked (?:down|over|off)"
    r"|hit by|lying|collapsing|hissing|cellar|leak\w*|chemicals?"
)
_HELP: Final = r"emergency|ambulance|police|fire brigade|help|urgent\w*|come quick\w*|hurry"

DANGER: Final = re.compile(rf"\b(?:{_BODY}|{_VIOLENCE}|{_FIRE_AND_WATER}|{_HELP})\b")
OVER: Final = re.compile(
    r"\b(?:last (?:night|week|month|year|summer|winter|spring|autumn|time)|ago|yesterday|years"
    r"|as a (?:girl|boy|child|baby)|put (?:it|the fire) out|only a test|nearly|once|used to)\b"
)
"""What happened before and may be over: worth a question, no alarm."""
