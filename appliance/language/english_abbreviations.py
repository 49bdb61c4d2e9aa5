"""What is abbreviated in English: titles, streets, firms, Latin; and Roman numerals."""

from __future__ import annotations

import re
from typing import Final

from appliance.language.english_numbers import DOT, number, ordinal, roman
from appliance.language.rules import either, rule

_TITLES: Final = {
    "Dr": "Doctor", "Prof": "Professor", "Mr": "Mister", "Mrs": "Missus", "Sgt": "Sergeant",
    "Capt": "Captain", "Rev": "Reverend", "Lt": "Lieutenant", "Col": "Colonel", "Cpl": "Corporal",
    "Maj": "Major", "Cmdr": "Commander", "Hon": "Honourable", "Gov": "Governor", "Sen": "Senator",
    "Messrs": "Messieurs", "Supt": "Superintendent", "Insp": "Inspector", "Cllr": "Councillor",
    "Pte": "Private", "Br": "Brother", "Mx": "Mix", "Pvt": "Private",
    "Adm": "Admiral", "Ald": "Alderman", "Amb": "Ambassador",
}  # fmt: skip
_DOTTED_TITLES: Final = {
    "Gen": "General", "Rep": "Representative", "Pres": "President", "Fr": "Father", "Ms": "Ms",
    "Supt": "Superintendent", "Ven": "Venerable", "Bros": "Brothers",
}  # fmt: skip
_STREETS: Final = {
    "St": "Street", "Rd": "Road", "Ave": "Avenue", "Av": "Avenue", "Ln": "Lane", "Dr": "Drive",
    "Blvd": "Boulevard", "Hwy": "Highway", "Pkwy": "Parkway", "Ct": "Court", "Sq": "Square",
    "Pl": "Place", "Ter": "Terrace", "Terr": "Terrace", "Cres": "Crescent", "Cl": "Close",
    "Cir": "Circle", "Gdns": "Gardens", "Grn": "Green", "Gro": "Grove", "Expy": "Expressway",
    "Pk": "Park", "Trl": "Trail", "Bldg": "Building", "Tpke": "Turnpike", "Rte": "Route",
}  # fmt: skip
_SURE_STREETS: Final = "Rd Ave Ln Blvd Hwy Pkwy Cres Gdns Terr Expy Bldg Tpke".split()
_WINDS: Final = {
    "N": "north", "S": "south", "E": "east", "W": "west", "NW": "north west", "NE": "north east",
    "SW": "south west", "SE": "south east",
}  # fmt: skip
_ROOMS: Final = {
    "Ste": "Suite", "Apt": "Apartment", "Apts": "Apartments", "Flr": "Floor", "Fl": "Floor",
    "Rm": "Room", "Bldg": "Building", "Rte": "Route", "Hwy": "Highway", "Jct": "Junction",
    "Blk": "Block",
}  # fmt: skip
_BEFORE_FIGURES: Final = {
    "p": "page", "pp": "pages", "pg": "page", "pgs": "pages", "vol": "volume", "vols": "volumes",
    "fig": "figure", "figs": "figures", "ch": "chapter", "chap": "chapter", "sec": "section",
    "sect": "section", "art": "article", "para": "paragraph", "par": "paragraph", "no": "number",
    "nos": "numbers", "nr": "number", "min": "minimum", "max": "maximum", "ca": "about",
    "c": "about", "est": "established", "approx": "about", "ed": "edition", "ver": "version",
    "ver. ": "version", "eq": "equation", "ln": "line", "item": "item", "q": "question",
    "qty": "quantity", "ref": "reference", "tel": "telephone", "ph": "phone", "mob": "mobile",
    "cert": "certificate", "circa": "about", "avg": "average",
}  # fmt: skip
_WORDS: Final = {
    "incl": "including", "excl": "excluding", "approx": "about", "avg": "average",
    "dept": "department", "depts": "departments", "govt": "government", "asst": "assistant",
    "assoc": "associate", "appt": "appointment", "appts": "appointments", "min": "minimum",
    "max": "maximum", "misc": "miscellaneous", "tel": "telephone", "mgr": "manager",
    "mgmt": "management", "acct": "account", "addr": "address", "bldg": "building",
    "hosp": "hospital", "univ": "university", "mins": "minutes", "hrs": "hours", "hr": "hour",
    "yrs": "years", "yr": "year", "wks": "weeks", "wk": "week", "mths": "months", "sec": "second",
    "secs": "seconds", "temp": "temperature", "tbsp": "tablespoon", "tsp": "teaspoon",
    "lbs": "pounds", "vs": "versus", "ext": "extension", "pls": "please", "inc": "including",
    "qty": "quantity", "cont": "continued", "est": "estimated", "intl": "international",
    "natl": "national", "sched": "schedule", "attn": "attention", "ref": "reference",
    "resp": "respectively", "viz": "namely", "mtg": "meeting", "mos": "months", "dep": "departs",
    "arr": "arrives", "opp": "opposite", "mob": "mobile", "orig": "original", "vol": "volume",
}  # fmt: skip
_SURE: Final = (
    "incl excl approx dept depts govt asst appt appts hrs mins yrs wks tbsp tsp lbs vs tel ext"
    " mgmt bldg intl attn pls avg mths mtg secs misc"
).split()
"""Of these, also without a full stop."""
_SLASHED: Final = {
    "w/o": "without", "w/c": "week commencing", "w/e": "week ending", "w/": "with ",
    "c/o": "care of", "n/a": "not applicable", "b/c": "because", "a/c": "account", "t/a":
    "trading as", "f/t": "full time", "p/t": "part time", "y/n": "yes or no", "and/or": "and or",
    "a/c no": "account number", "p/x": "part exchange", "o/s": "outstanding",
}  # fmt: skip
_KINGS: Final = (
    "Henry|Elizabeth|Charles|George|Edward|William|James|Richard|Louis|Philip|Philippe|Francis|Pius"
    "|John|Paul|Benedict|Leo|Gregory|Clement|Innocent|Alexander|Nicholas|Catherine|Peter|Frederick"
    "|Friedrich|Wilhelm|Ivan|Napoleon|Mary|Robert|Malcolm|David|Juan|Carlos|Felipe|Ferdinand|Otto"
    "|Leopold|Albert|Victor|Umberto|Margaret|Margrethe|Ramses|Ramesses|Urban|Sixtus|Boniface"
    "|Harald|Olaf|Olav|Gustav|Christian|Haakon|Baudouin|Rainier|Darius|Xerxes|Ptolemy|Constantine"
    "|Justinian|Joseph|Maximilian|Rudolf|Conrad|Harold|Anne|Stephen|Julius|Adrian|Martin|Eugene"
    "|Emmanuel|Alfonso|Isabella|Pedro|Manuel|Afonso|Abdullah|Hussein|Mohammed|Hassan|Rama|Karl|Carl"
)
_RULER: Final = r"(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Prince|Kaiser|Sultan|Duke)"
_NUMERAL: Final = (
    r"(?P<roman>(?:X{1,3}(?:IX|IV|VI{1,3}|V|I{1,3})|XL(?:IX|IV|VI{0,3}|I{1,3})?|L(?:X{1,3})?"
    r"(?:IX|IV|VI{1,3}|I{1,3})|X{2,3}|IX|IV|VI{1,3}|I{2,3}))(?!\w|['’.]\w)"
)
_ONE_LETTER: Final = r"(?P<roman>[IVX])(?!\w|['’.]\w)"
_PARTS: Final = (
    "War|Chapter|Part|Volume|Phase|Act|Scene|Section|Type|Class|Stage|Book|Level|Grade|Article"
    "|Title|Category|Tier|Schedule|Appendix|Table|Figure|Unit|Module|Round|Episode|Season|Bowl"
)
_PAST_OF_KING: Final = r"(?=\s?[.,;:!?)]|$|\s(?:was|died|ruled|reigned|of|and|had|became|in|is)\b)"


def _title(match: re.Match[str]) -> str:
    return _TITLES.get(match["title"]) or _DOTTED_TITLES[match["title"]]


def _street(match: re.Match[str]) -> str:
    wind = match.groupdict().get("wind")
    return f"{_STREETS[match['street']]}{' ' + _WINDS[wind] if wind else ''}"


def _word(match: re.Match[str]) -> str:
    word = _WORDS[match["word"].lower()]
    return word.capitalize() if match["word"][0].isupper() else word


def _before_figures(match: re.Match[str]) -> str:
    return _BEFORE_FIGURES[match["word"].lower()] + " "


def _slashed(match: re.Match[str]) -> str:
    return _SLASHED[match.group().lower()]


def _regnal(match: re.Match[str]) -> str:
    return f"{match['name']} the {ordinal(str(roman(match['roman'])))}"


def _numeral(match: re.Match[str]) -> str:
    return f"{match['name']} {number(str(roman(match['roman'])))}"


def _initials(match: re.Match[str]) -> str:
    """``U.S.`` -> U S."""
    ends = match.string[match.end() :].strip(" \"'”)") == "" and match.start() > 0
    return " ".join(match.group().replace(".", " ").split()) + ("." if ends else "")


_STREET: Final = rf"(?P<street>{either(_STREETS)})"
_WIND: Final = rf"(?:,?\s(?P<wind>{either(_WINDS)})\b(?!['’.]\w))?"
_END: Final = r"(?=\s?[,;:!?)]|\.(?=\s|$)|\s+[a-z\d(]|\s?$)"

FIRST: Final = (
    rule(rf"(?<![\w/])(?:{either(_SLASHED)})(?![\w/])", _slashed, re.IGNORECASE),
    rule(r"(?<![\w/])w/(?=\s?\w)", "with ", re.IGNORECASE),
    rule(r"\bP\.?\s?O\.?\s?Box\b", "P O Box", re.IGNORECASE),
    rule(r"\bPh\.?\s?D\b\.?", "P H D"),
    rule(r"\bM\.\s?Sc\b\.?", "M S C"),
    rule(r"\bB\.\s?Sc\b\.?", "B S C"),
    rule(rf"(?<![\w.])(?P<word>{either(_BEFORE_FIGURES)})\.\s?(?=\d)", _before_figures,
         re.IGNORECASE),
    rule(r"(?<![\w.])(?P<word>pp?|nos|no|vol|fig|ch|min|max|approx|ca)\s(?=\d{1,4}\b(?!\s?(?:%|am|pm))"
         r")(?<!\bno\s)(?<!\bNo\s)(?<!\bp\s)", _before_figures),
    rule(r"№\s?(?=\d)", "number "),
    rule(r"(?<!\w)(?:§§|§)\s?(?=\d)", "section "),
    # streets, before titles: "5 Oak Dr", "12 Mill St. Ives Road"
    rule(rf"(?<=[A-Za-z]\s){_STREET}\b\.?,?\s(?P<wind>{either(_WINDS)})\b(?!['’.]\w|\s[A-Z])",
         _street),
    rule(rf"(?<=[a-z]\s)(?P<street>{either(_SURE_STREETS)})\b{DOT}", _street),
    rule(rf"(?:(?<=[A-Z]\w\s)|(?<=[A-Z]\w\w\s)|(?<=[A-Z]\w{{3}}\s)|(?<=[A-Z]\w{{4}}\s)"
         rf"|(?<=[A-Z]\w{{5}}\s)|(?<=[A-Z]\w{{6}}\s)|(?<=[A-Z]\w{{7}}\s)|(?<=[A-Z]\w{{8}}\s)"
         rf"|(?<=[A-Z]\w{{9}}\s)|(?<=\dth\s)|(?<=\dst\s)|(?<=\dnd\s)|(?<=\drd\s))"
         rf"(?P<street>St|Sq|Ct|Pl|Cl|Ter|Cir|Gro|Trl|Pk|Av)\b{DOT}{_END}", _street),
    rule(rf"(?<=\d\s)(?P<name>(?:(?:N|S|E|W|NE|NW|SE|SW)\.?\s)?(?:[A-Z]\w{{1,15}}\s|\d{{1,3}}(?:th|st|nd|rd)\s){{1,3}})"
         rf"{_STREET}\b{DOT}{_WIND}", lambda match: match["name"] + _street(match)),
    rule(r"(?<=\d\s)(?P<wind>NE|NW|SE|SW|[NSEW])\b\.?(?=\s[A-Z]\w)",
         lambda match: _WINDS[match["wind"]].title()),
    rule(rf"\b(?P<room>{either(_ROOMS)})\b\.?\s?(?=#?\d)",
         lambda match: _ROOMS[match["room"]] + " "),
)  # fmt: skip
"""Before figures become words."""

LATER: Final = (
    rule(rf"\b(?P<name>{_KINGS})\s{_NUMERAL}", _regnal),
    rule(rf"\b(?P<name>{_RULER}\s[A-Z][a-z]{{2,15}})\s(?P<roman>[IVX]{{1,5}})(?![\w'])", _regnal),
    rule(rf"\b(?P<name>{_KINGS})\s(?P<roman>[IVX])(?!\w|['’.]\w){_PAST_OF_KING}", _regnal),
    rule(rf"\b(?P<name>{_PARTS})\s{_ONE_LETTER}", _numeral),
    rule(rf"\b(?P<name>[A-Za-z][a-z]{{1,20}}|[A-Z]{{2,12}})\s{_NUMERAL}", _numeral),
    # titles and names
    rule(rf"(?:(?<=\w,\s)|(?<=\w\s))(?:Jr|jr)\b{DOT}", "junior"),
    rule(rf"(?:(?<=[a-z]\s)|(?<=[a-z],\s))Sr\b{DOT}(?!\.?\s[A-Z])", "senior"),
    rule(rf"\b(?P<title>{either(_TITLES)})\b\.?(?=\s+[A-Z])", _title),
    rule(rf"\b(?P<title>{either(_DOTTED_TITLES)})\.(?=\s+[A-Z])", _title),
    rule(r"\b(?:Dr|dr)\.(?=\s+[a-z])", "doctor"),
    rule(r"\bMr\b\.?(?=\s)", "Mister"),
    rule(r"\bMrs\b\.?(?=\s)", "Missus"),
    rule(r"\bFt\b\.?(?=\s+[A-Z])", "Fort"),
    rule(r"\bMt\b\.?(?=\s+[A-Z])", "Mount"),
    rule(r"\bMts\b\.?(?=\s+[A-Z])", "Mountains"),
    rule(r"\bSt\b\.?(?=\s+[A-Z])", "Saint"),
    rule(r"\bSts\b\.?(?=\s+[A-Z])", "Saints"),
    # firms
    rule(rf"(?<=\s)&\s?Co\b{DOT}", "and Company"),
    rule(r"(?<=[A-Za-z]\s)Co\.(?=\s+[a-z(]|[,;:!?])", "Company"),
    rule(rf"(?<=[A-Za-z],\s)(?:Inc|inc)\b{DOT}|(?<=[A-Z][a-z]\s)Inc\b{DOT}|(?<=[a-z]\s)Inc\b{DOT}",
         "Incorporated"),
    rule(rf"(?<=[A-Za-z]\s)Ltd\b{DOT}", "Limited"),
    rule(rf"(?<=[A-Za-z]\s)Corp\b{DOT}", "Corporation"),
    rule(rf"(?<=[A-Za-z]\s)Bros\b{DOT}", "Brothers"),
    # Latin and the like
    rule(r"\be\.\s?g\b\.?,?|\beg\.,?|\beg,", "for example", re.IGNORECASE),
    rule(r"\bi\.\s?e\b\.?,?", "that is", re.IGNORECASE),
    rule(rf"\b(?i:etc)\b{DOT}", "and so on"),
    rule(r"\bet\sal\b\.", "and others"),
    rule(r"\ba\.\s?k\.\s?a\b\.?|\baka\b", "also known as", re.IGNORECASE),
    rule(r"\bd\.\s?o\.\s?b\b\.?|\bDOB\b", "date of birth", re.IGNORECASE),
    rule(r"\bN\.\s?B\b\.", "note"),
    rule(r"(?<=[a-z]\s)v\.(?=\s[A-Z])", "versus"),
    rule(r"\bVAT\b", "V A T"),
    rule(r"\bID(s?)\b", r"I D\1"),
    rule(r"\bFAQ(s?)\b", r"F A Q\1"),
    rule(r"\b(?:ASAP|asap)\b", "A S A P"),
    rule(rf"\b(?P<word>{either(_SURE)})\b{DOT}(?!['’-]\w)", _word, re.IGNORECASE),
    rule(rf"\b(?P<word>{either(_WORDS)})\.(?=\s+[A-Za-z\d(£$€]|[,;:!?)])", _word),
    rule(r"\b(?:[A-Z]\.\s?){2,8}(?<!\s)|\b(?:[A-Z]\.){1,8}[A-Z]\b", _initials),
)  # fmt: skip
