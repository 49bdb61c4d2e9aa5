"""French words for figures and signs. Numbers themselves are read by damga."""

from __future__ import annotations

from typing import Final

from appliance.language.figures import Figures

FRENCH: Final = Figures(
    code="fr",
    months=tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre".split()
    ),
    date="{day} {month} {year}",
    first="1er",
    to="à", minus="moins", plus="plus", at="arobase", dot="point", dash="tiret",
    underscore="tiret bas", slash="barre oblique", star="étoile", hash="dièse", times="fois",
    by="sur", equals="égale", percent="pour cent", about="environ", and_="et",
    degrees="degrés{}", celsius=" Celsius", fahrenheit=" Fahrenheit",
    cues=r"PIN|code(?: postal| PIN| secret)?|poste|référence|réf|numéro de (?:dossier|client"
    r"|commande|facture|réservation|compte|ticket|carte)|mot de passe|dossier|se terminant par"
    r"|composez le|appelez le|extension",
    presses=r"(?:appuyez sur|tapez|composez|faites)(?: la touche| le)?|la touche",
    days={
        "lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven":
        "vendredi", "sam": "samedi", "dim": "dimanche",
    },
    replaced={
        "p.ex.": "par exemple", "p. ex.": "par exemple",
        "etc.": "et cetera", "c.-à-d.": "c'est-à-dire", "c-à-d": "c'est-à-dire",
        "env.": "environ", "tél.": "téléphone", "Tél.": "téléphone", "av.": "avenue",
        "bd": "boulevard", "bd.": "boulevard", "Bd": "Boulevard", "Av.": "Avenue",
        "n°": "numéro", "N°": "numéro", "nº": "numéro", "M.": "monsieur", "Mme": "madame",
        "Mlle": "mademoiselle", "MM.": "messieurs", "Mmes": "mesdames", "Dr": "docteur",
        "Dr.": "docteur", "Pr": "professeur", "St": "Saint", "Ste": "Sainte", "max.": "maximum",
        "min.": "minimum", "approx.": "approximativement", "incl.": "inclus", "TTC": "T T C",
        "HT": "hors taxe", "TVA": "T V A", "RDV": "rendez-vous", "rdv": "rendez-vous",
        "svp": "s'il vous plaît", "s.v.p.": "s'il vous plaît", "SVP": "s'il vous plaît",
        "apr.": "après", "cf.": "confer", "ex.": "exemple", "janv.": "janvier", "févr.": "février",
        "avr.": "avril", "juil.": "juillet", "sept.": "septembre", "oct.": "octobre",
        "nov.": "novembre", "déc.": "décembre", "1/2 heure": "une demi-heure",
        "½ heure": "une demi-heure", "1/2 journée": "une demi-journée",
        "1/4 d'heure": "un quart d'heure", "3/4 d'heure": "trois quarts d'heure",
        "1/2": "un demi", "½": "un demi", "1/4": "un quart", "¼": "un quart",
        "3/4": "trois quarts", "¾": "trois quarts", "1/3": "un tiers", "⅓": "un tiers",
        "2/3": "deux tiers", "⅔": "deux tiers", "24h/24": "vingt-quatre heures sur vingt-quatre",
        "7j/7": "sept jours sur sept", "24/7": "vingt-quatre heures sur vingt-quatre",
        "24/24": "vingt-quatre heures sur vingt-quatre", "7/7": "sept jours sur sept",
    },
    money={
        "€": ("euro", "euros", "centimes"), "$": ("dollar", "dollars", "cents"),
        "£": ("livre", "livres", "pence"), "CHF": ("franc suisse", "francs suisses", "centimes"),
        "¥": ("yen", "yens", ""), "EUR": ("euro", "euros", "centimes"),
    },
    ruler_ordinals=1,
    telephone=False,
)  # fmt: skip
