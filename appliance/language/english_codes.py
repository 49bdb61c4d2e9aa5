"""What is dictated in English: telephone numbers, codes, keys, addresses of the internet.

A number behind a word that asks for digits ("PIN", "extension", "reference") is read digit by
digit, as one who writes it down needs it.
"""

from __future__ import annotations

import re
from typing import Final

from appliance.language.english_numbers import COUNTED, letters, number, spelled
from appliance.language.rules import Rule, either, rule

_TOP_LEVELS: Final = (
    "com org net info edu gov int io ai app dev biz eu uk ie de fr es it nl be at ch us ca au nz in"
    " jp cn example test local health care clinic"
).split()
_HOST: Final = (
    r"(?<![\w@.-])(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,62})\.){1,6}"
    rf"(?:{either(_TOP_LEVELS)})(?![\w@-]|\.\w)"
)
_ANY_HOST: Final = r"(?:[a-zA-Z0-9](?:[\w-]{0,62})\.){1,6}[a-zA-Z]{2,12}(?![\w-])"
_PATH: Final = r"(?P<path>(?:/[A-Za-z0-9][\w-]{0,40}){1,3}/?)?(?![\w/?#=&%~+-])"
_AWAY: Final = r"(?P<away>[/?#][^\s<>()\"]{0,500}[^\s<>().,;:!?'\"])?"
_VERBS: Final = (
    "call dial ring phone telephone mobile cell text fax extension code pin room press number"
    " numbers"
).split()
_NAMED: Final = (
    "zip|zip ?code|postal code|postcode|pass ?code|password|otp|ext|id|passport|pass ?port"
    "|sort code|account|acct|reference|ref|case|ticket|order|invoice|booking|confirmation|tracking"
    "|serial|policy|claim|customer|member|membership|patient|registration|licen[cs]e|permit|nhs"
    "|verification|security|access|door|gate|voucher|gift|receipt|part|model|job|docket|employee"
    "|student|staff|meeting|conference|loan|vat|tax|iban|bic|routing|cvv|cvc|flight|po box"
    "|p\\.? ?o\\.? ?box|transaction|file|unit|credit card|debit card|card"
)
_LINK: Final = (
    r"\.?(?:\s(?:code|number|num|no\.?|id|ref|reference))?"
    r"(?:\s?[:#=]|\s(?:is|was|ending(?:\s(?:in|with))?|ends\s(?:in|with)|of))?\s?#?\s?"
)
_GROUPED: Final = r"(?P<digits>\d{1,12}(?:[ -]\d{1,12}){0,8})(?![\w,]*\d|\.\d|%|:\d)"
_CALLS: Final = (
    r"(?=[.,;:!?)'\"]|$|\s(?:in|if|for|or|and|now|immediately|at|when|is|to|straight|right|first"
    r"|on|from|as|instead|any|24|before|then|but|unless|only|directly|anyway|with|without)\b)"
)


def _dots(host: str) -> str:
    said = host.replace(".", " dot ").replace("-", " dash ").replace("_", " underscore ")
    return re.sub(r"\d+", lambda figures: f" {_figures(figures.group())} ", said)


def _figures(digits: str) -> str:
    return spelled(digits) if len(digits) > 2 or digits[0] == "0" else number(digits)


def _email(match: re.Match[str]) -> str:
    said = match.group().replace("@", " at ").replace("+", " plus ").replace("%", " percent ")
    return f" {_dots(said)} "


def _web(match: re.Match[str]) -> str:
    """``example.com/book`` -> example dot com slash book; what no one could note down is left."""
    path = (match["path"] or "").rstrip("/")
    return " " + _dots(match["host"]) + _dots(path.replace("/", " slash ")) + " "


def _telephone(match: re.Match[str]) -> str:
    """``020 7946 0000`` digit by digit, a short rest between the groups."""
    text = match.group()
    groups = re.findall(r"\d+", text)
    count = sum(map(len, groups))
    if not (count >= 8 or (count == 7 and (text[0] in "0+(" or "-" in text or len(groups) == 1))):
        return text
    if len(groups) == 1 and text[0] not in "0+" and text.endswith("000"):
        return text
    return ("plus " if text.startswith("+") else "") + ", ".join(map(spelled, groups))


def _vanity(match: re.Match[str]) -> str:
    """``1-800-FLOWERS`` -> one eight hundred FLOWERS."""
    area = number(match["area"]) if match["area"].endswith("00") else spelled(match["area"])
    word = match["word"]
    rest = " ".join(letters(part) if part.isdecimal() else part for part in word.split("-"))
    return f"{'one ' if match['one'] else ''}{area} {rest}"


def _dictated(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match["digits"])
    joint = " " if all(len(group) == 1 for group in groups) else ", "
    before = match["before"].replace("#", " number ")
    return before + joint.join(map(spelled, groups))


def _keys(match: re.Match[str], hash_key: str) -> str:
    names = {"*": "star", "#": hash_key}
    said = [names.get(key) or spelled(key) for key in match.group() if not key.isspace()]
    return f" {' '.join(said)} "


def _versions(match: re.Match[str]) -> str:
    parts = match["parts"].split(".")
    thousands = len(parts) > 2 and len(parts[0]) <= 3 and all(len(p) == 3 for p in parts[1:])
    if thousands and not match["v"] and parts[0].strip("0"):
        return number("".join(parts))
    joint = " dot " if len(parts) == 4 else " point "
    said = joint.join(number(part) for part in parts)
    return ("version " if match["v"] else "") + said


def _code(match: re.Match[str]) -> str:
    """Letters and figures in turn, ``X7K9Q2``: one by one."""
    code = match.group()
    changes = sum(a.isdecimal() != b.isdecimal() for a, b in zip(code, code[1:], strict=False))
    return letters(code.replace("-", "")) if changes >= 2 else code


def _spelt(match: re.Match[str]) -> str:
    return match.groupdict().get("before", "") + letters(match["code"])


ADDRESSES: Final = (
    rule(r"\d{16,}", lambda match: f" {spelled(match.group())} "),
    rule(r"(?<![\w.+%-])[\w+%-]{1,64}(?:\.[\w+%-]{1,64}){0,5}@\w[\w-]{0,63}(?:\.\w[\w-]{0,63}){0,6}",
         _email),
    rule(rf"\b(?:https?|ftp)://(?P<host>{_ANY_HOST})(?::\d{{1,5}})?(?:{_PATH}|{_AWAY})", _web,
         re.IGNORECASE),
    rule(rf"\b(?P<host>www\.{_ANY_HOST})(?:{_PATH}|{_AWAY})", _web, re.IGNORECASE),
    rule(rf"(?P<host>{_HOST})(?:{_PATH}|{_AWAY})", _web),
    rule(r"(?<![\w./])/(?=[a-z]{2,20}/)((?:[a-z][\w.-]{0,30}/){0,6}[a-z][\w.-]{0,30})",
         lambda match: " slash " + _dots(match[1].replace("etc", "e t c").replace("/", " slash "))),
    rule(r"(?<=\w)\.(?=(?:pdf|docx?|xlsx?|txt|csv|jpe?g|png|zip|html?|py|js|mp3|wav|exe)\b)",
         " dot "),
)  # fmt: skip


def key_rules(hash_key: str) -> tuple[Rule, ...]:
    """The keys of a telephone; ``hash_key``: what # is called in the caller's country."""

    def keys(match: re.Match[str]) -> str:
        return _keys(match, hash_key)

    return (
        rule(r"(?<![\w*#])(?:\*\d|[*#]{2}\d|#\d{1,6}[#*])[\d*#]{0,16}(?![\w])", keys),
        rule(r"(?<![\w*#])\d{1,12}[*#](?!\w)", keys),
        rule(r"(?<![\w#])#(?![\w#])", f" {hash_key} "),
        rule(r"(?<![\w*])\*(?![\w*])", " star "),
        rule(r"\b([A-GJX])#(?!\w)", r"\1 sharp"),
        rule(r"(?<![\w#])#(?=[A-Za-z])", " hashtag "),
    )  # fmt: skip


NUMBERS: Final = (
    rule(r"(?<![\w.,-])(?P<v>[vV]\.?\s?)?(?P<parts>\d{1,6}(?:\.\d{1,6}){2,5})(?!\w|-\d|\.\d|,\d)",
         _versions),
    rule(r"\b[vV](?=\d{1,3}(?:\.\d{1,3})?\b)", "version "),
    rule(r"(?<![\d'])(\d{1,3})((?:['’]\d{3}){1,4})(?![\d'])",
         lambda match: match[1] + match[2].replace("'", "").replace("’", "")),
    rule(r"(?<![\d.,-])([1-9]\d{0,2})((?:\s000){1,3})(?![\d-]|\s\d)",
         lambda match: match[1] + match[2].replace(" ", "")),
    rule(r"\b(?P<one>1-)?(?P<area>\d{3})-(?P<word>(?:\d{1,3}-)?[A-Z]{3,12}(?:-[A-Z]{2,12})?)\b",
         _vanity),
    rule(r"(?<![\d-])\d(?:-\d){2,12}(?![\d-])",
         lambda match: " ".join(map(spelled, match.group().split("-")))),
    rule(rf"\b(?P<before>(?:{either(_VERBS)})\s)(?P<digits>\d{{1,6}}(?:-\d{{1,6}}){{1,5}})(?![\w-])",
         _dictated, re.IGNORECASE),
    rule(rf"\b(?P<before>(?:{_NAMED}|{either(_VERBS)})s?{_LINK})"
         rf"(?P<digits>\d{{1,12}}(?:-\d{{1,12}}|\s\d{{2,12}}){{0,8}})(?<=\d\d)(?<!\D\d\d)(?![\w-]|[.,:]\d|%){COUNTED[:2]}"
         r"!\s(?:people|pieces|copies|items|units|tablets|times|days|hours|minutes|euros|pounds"
         r"|dollars|percent|million|thousand)\b)", _dictated, re.IGNORECASE),
    rule(r"\b(?P<before>(?:pin|otp|code|passcode|password|extension|cvv|cvc)(?:\scode|\snumber)?"
         r"(?:\s?[:=]|\sis)?\s)(?P<digits>\d{1,2}(?:[ -]\d{1,2}){1,5})(?![\w-]|[.,:]\d|%)",
         _dictated, re.IGNORECASE),
    rule(r"\b(?P<before>(?:hello|hi|good\s(?:day|morning|afternoon|evening)),?\s)"
         r"(?P<digits>\d{3,12})(?!\w)", _dictated, re.IGNORECASE),
    rule(r"(?<![\w.,])\+?\(?\d[\d ()/-]{5,40}\d\b(?![.,]\d)|\b\d{3}\.\d{3}\.\d{4}\b", _telephone),
    rule(rf"(?<![\d.,])(?:911|999|112|101|111)(?![\d-]|[.,:]\d){_CALLS}",
         lambda match: spelled(match.group())),
    rule(r"(?<![\w#])x\s?(?P<digits>\d{3,6})\b",
         lambda match: "extension " + spelled(match["digits"])),
    rule(r"(?<!\w)#\s?(?P<digits>\d{4,12})\b", lambda match: "number " + spelled(match["digits"])),
    rule(r"(?<!\w)#\s?(?=\d)", "number "),
    # letters and figures
    rule(r"\b(?P<before>IBAN:?\s(?:is\s)?)(?P<code>[A-Z]{2}\d\d(?:\s?[A-Z\d]{2,4}){2,8}(?:\s?\d{1,2})?)\b",
         lambda match: match["before"] + ", ".join(map(letters, match["code"].split()))),
    rule(r"\b(?P<code>[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b", _spelt),
    rule(rf"\b(?P<before>(?:{_NAMED}|code|number|pin){_LINK})(?P<code>[A-Z]{{1,4}}-?\d{{2,12}})\b"
         rf"(?!-)", lambda match: match["before"] + letters(match["code"].replace("-", "")),
         re.IGNORECASE),
    rule(r"\b(?P<before>[Ff]light(?:\snumber)?\s)(?P<code>[A-Z]{2}\s?\d{1,4})\b",
         lambda match: match["before"] + letters(match["code"].replace(" ", ""))),
    rule(r"\b(?=[A-Z\d-]{0,12}\d)(?=[\d-]{0,12}[A-Z])[A-Z\d]{4,12}(?:-[A-Z\d]{2,8}){0,3}\b", _code),
    rule(r"\b(?P<code>[A-Z]{2}\d{3,4})\b", _spelt),
)  # fmt: skip
