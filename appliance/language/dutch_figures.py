"""Dutch words for figures and signs. Numbers themselves are read by num2words."""

from __future__ import annotations

from typing import Final

from appliance.language.figures import Figures

DUTCH: Final = Figures(
    code="nl",
    months=tuple(
        "januari februari maart april mei juni juli augustus september oktober november"
        " december".split()
    ),
    date="{day} {month} {year}",
    to="tot", minus="min", plus="plus", at="apenstaartje", dot="punt", dash="streepje",
    underscore="laag streepje", slash="schuine streep", star="sterretje", hash="hekje",
    times="keer", by="bij", equals="is", percent="procent", about="ongeveer", and_="en",
    degrees="graden{}", celsius=" Celsius", fahrenheit=" Fahrenheit",
    cues=r"pincode|PIN|postcode|code|toestel|doorkiesnummer|wachtwoord|referentie(?:nummer)?"
    r"|klantnummer|ordernummer|bestelnummer|factuurnummer|rekeningnummer|dossiernummer|kenmerk"
    r"|kaartnummer|telefoonnummer|eindigend op|eindigt op|bel(?:t u)?",
    presses=r"(?:druk op|toets|kies)(?: de)?(?: toets)?",
    hour="{hour} uur {minute}",
    days={
        "ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr":
        "vrijdag", "za": "zaterdag", "zo": "zondag",
    },
    replaced={
        "bijv.": "bijvoorbeeld",
        "bv.": "bijvoorbeeld", "d.w.z.": "dat wil zeggen", "enz.": "enzovoort",
        "etc.": "et cetera", "ca.": "circa", "o.a.": "onder andere", "m.b.t.": "met betrekking tot",
        "i.v.m.": "in verband met", "i.p.v.": "in plaats van", "a.u.b.": "alstublieft",
        "t/m": "tot en met", "incl.": "inclusief", "excl.": "exclusief", "evt.": "eventueel",
        "nr.": "nummer", "Nr.": "nummer", "tel.": "telefoon", "Tel.": "telefoon",
        "dhr.": "de heer", "Dhr.": "De heer", "mevr.": "mevrouw", "Mevr.": "Mevrouw",
        "mw.": "mevrouw", "dr.": "dokter", "Dr.": "Dokter", "prof.": "professor",
        "St.": "Sint", "btw": "b t w", "BTW": "B T W", "max.": "maximaal", "min.": "minimaal",
        "p.p.": "per persoon", "p.w.": "per week", "blz.": "bladzijde", "vgl.": "vergelijk",
        "1/2 uur": "een half uur", "½ uur": "een half uur", "1/4 uur": "een kwartier",
        "¼ uur": "een kwartier", "3/4 uur": "drie kwartier", "1/2": "een half", "½": "een half",
        "1/4": "een kwart", "¼": "een kwart", "3/4": "driekwart", "¾": "driekwart",
        "1/3": "een derde", "⅓": "een derde", "2/3": "twee derde", "⅔": "twee derde",
        "24/7": "vierentwintig uur per dag", "jan.": "januari", "feb.": "februari",
        "mrt.": "maart", "apr.": "april", "jun.": "juni", "jul.": "juli", "aug.": "augustus",
        "sept.": "september", "sep.": "september", "okt.": "oktober", "nov.": "november",
        "dec.": "december", "u.": "uur",
    },
    money={
        "€": ("euro", "euro", "cent"), "$": ("dollar", "dollar", "cent"),
        "£": ("pond", "pond", "pence"), "CHF": ("frank", "frank", "rappen"),
        "¥": ("yen", "yen", ""), "EUR": ("euro", "euro", "cent"),
    },
    units={
        "km/u": ("kilometer per uur", "kilometer per uur"), "km": ("kilometer", "kilometer"),
        "km/h": ("kilometer per uur", "kilometer per uur"), "m": ("meter", "meter"),
        "cm": ("centimeter", "centimeter"), "mm": ("millimeter", "millimeter"),
        "m²": ("vierkante meter", "vierkante meter"), "m2": ("vierkante meter", "vierkante meter"),
        "m³": ("kubieke meter", "kubieke meter"), "kg": ("kilo", "kilo"), "g": ("gram", "gram"),
        "gr": ("gram", "gram"), "mg": ("milligram", "milligram"), "l": ("liter", "liter"),
        "ml": ("milliliter", "milliliter"), "u": ("uur", "uur"), "min": ("minuut", "minuten"),
        "sec": ("seconde", "seconden"), "kW": ("kilowatt", "kilowatt"),
        "kWh": ("kilowattuur", "kilowattuur"), "MB": ("megabyte", "megabyte"),
        "GB": ("gigabyte", "gigabyte"), "cl": ("centiliter", "centiliter"),
        "mln": ("miljoen", "miljoen"), "mld": ("miljard", "miljard"),
    },
    ordinals={r"(\d{1,4})(?:e|de|ste)": "{}"},
    ruler="de {}",
)  # fmt: skip
