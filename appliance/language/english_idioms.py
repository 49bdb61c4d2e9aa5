"""Ways of saying things on the telephone that share no word with the plain one, and the plain one.

A site writes "how much does it cost"; callers ask what it would set them back. What stands here is
replaced before anything is compared, in the site's questions and in the caller's words alike. So
only what means the same in every trade may stand here, and British and American words for one
thing; what a trade calls its own things belongs into the site's questions.
"""

from __future__ import annotations

from typing import Final

_SAID: Final = {
    # money
    "how much does it cost": (
        "what's the damage", "what is the damage", "what would i be looking at",
        "what am i looking at", "what would that come to", "what does it come to",
        "what do i owe you", "what will it run me", "what would it run me",
        "what's the going rate", "what do you want for it",
    ),
    "cost": ("set me back", "set us back", "money wise", "price wise"),
    "cheapest": ("lowest you could do", "best price you can do", "lowest you can go"),
    "in instalments": ("in monthly bits", "bit by bit", "in monthly parts", "in rates"),
    "credit card": ("american express", "amex", "mastercard", "visa card", "debit card"),
    "cash": ("hard cash", "ready money", "notes and coins"),
    "health insurance": (
        "bupa", "axa", "aetna", "cigna", "blue cross", "blue shield", "medicare", "vitality",
        "allianz", "united healthcare", "kaiser permanente", "humana",
    ),
    # appointments and plans
    "cancel": (
        "call off", "scrap", "scratch", "bin my", "pull out", "back out of", "drop out of",
        "don't need it any more", "don't need it anymore", "won't be needing", "can't make it",
        "won't make it", "not able to make it", "changed our minds about", "changed my mind about",
    ),
    "move to another day": (
        "push back", "push it back", "put off", "put it off", "bring forward", "bring it forward",
        "make it another day", "swap the day", "shift it", "postpone", "do another day instead",
    ),
    "make an appointment": (
        "get seen", "be seen", "get an appointment", "squeeze me in", "fit me in", "slot me in",
        "put me down for", "pencil me in",
    ),
    # time and place
    "come": (
        "pop in", "pop round", "pop by", "pop over", "drop by", "drop in", "swing by", "stop by",
        "call round", "come by", "come round",
    ),
    "close": ("shut", "knock off", "call it a day", "shut up shop", "shut down"),
    "somebody is there": ("anyone's in", "anybody's in", "someone's in", "anyone around"),
    "where are you": (
        "whereabouts are you", "where exactly are you", "where do i find you",
        "where are you based",
        "how do i find you", "where are you at",
    ),
    "address": ("postcode", "post code", "zip code"),
    "train station": ("tube station", "underground station", "metro station", "railway station"),
    "car park": ("parking lot", "parking garage", "parking space", "multi-storey"),
    "park the car": ("leave the car", "leave our car", "leave my car", "put the car"),
    "electric car": ("tesla", "electric vehicle"),
    "charge the car": ("plug in the car", "plug the car in", "top up the battery of the car"),
    # people
    "doctor": ("gp", "physician"),
    "children": ("kids", "little ones", "youngsters", "toddlers"),
    "child": ("kid", "little one", "toddler"),
    "baby": ("newborn", "infant"),
    "speak to a person": (
        "speak to a human", "get a human", "talk to a human", "speak to a real person",
        "get a person on the line", "have a quick word with", "speak to someone real",
        "put me on to somebody", "put me on to someone", "speak to a member of staff",
        "speak with a member of staff",
    ),
    "reception": ("front desk",),
    "call": ("give you a ring", "give you a bell", "give you a buzz"),
    "write an email": ("drop you a line", "drop you an email", "ping you an email"),
    "has died": ("passed away", "has passed on", "is no longer with us"),
    "get married": ("tie the knot", "get hitched", "get wed"),
    "husband": ("hubby",),
    "wife": ("missus",),
    # things, in Britain and America
    "vaccination": ("jab", "booster", "shot against", "injection against", "inoculation"),
    "repeat prescription": ("refill",),
    "run out of": ("nearly out of", "almost out of", "down to my last", "used up all my"),
    "access without steps": (
        "barrier free", "barrier-free", "step free", "step-free", "can't do stairs",
        "can't manage stairs", "can't climb stairs",
    ),
    "luggage": ("bags", "suitcases", "baggage"),
    "dinner": ("supper", "evening meal"),
    "eat": ("grab a bite", "get a bite to eat", "have a bite"),
    "breakfast": ("brekkie",),
    "internet": ("get online", "go online", "wireless network"),
    "fitness room": ("weights room", "lift weights", "pump iron", "treadmill"),
    "swim": ("have a dip", "go for a dip"),
    "bed for a child": ("cot", "crib"),
    "dog": ("labrador", "poodle", "terrier", "puppy", "doggy", "pooch", "dachshund", "spaniel"),
    "lost": ("left behind", "mislaid", "misplaced"),
    "has anybody found": ("has anybody handed in", "has anyone handed in", "did anyone hand in"),
    "meeting room": ("function room", "conference room", "seminar room"),
    "rubbish": ("trash", "garbage"),
    "when are the bins emptied": ("bin day", "when do the bin men come", "when's trash day"),
    "bin": ("wheelie bin", "dustbin", "trash can"),
    "washing machine": ("washer",),
    "parking fine": ("parking ticket", "penalty notice"),
    "local tax": ("council tax", "rates bill", "property tax"),
    "nursery": ("daycare", "day care", "creche", "preschool"),
    "building permit": ("planning permission", "permission to build"),
    "postal vote": ("mail-in ballot", "postal ballot", "absentee ballot", "mail in ballot"),
    "noise": ("racket", "din"),
    "street light": ("street lamp", "lamp post", "lamppost", "lantern"),
    "hole in the road": ("pothole",),
    "identity card": ("id card", "national id"),
    "holiday": ("vacation",),
    "lift": ("elevator",),
    "pharmacy": ("chemist's", "drugstore"),
    "flat": ("apartment",),
}  # fmt: skip

IDIOMS: Final = {said: meant for meant, listed in _SAID.items() for said in listed}
