"""Italian words for figures and signs. Numbers themselves are read by damga."""

from __future__ import annotations

from typing import Final

from appliance.language.figures import Figures

ITALIAN: Final = Figures(
    code="it",
    months=tuple(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
        " dicembre".split()
    ),
    date="{day} {month} {year}",
    first="1°",
    to="a", minus="meno", plus="più", at="chiocciola", dot="punto", dash="trattino",
    underscore="trattino basso", slash="barra", star="asterisco", hash="cancelletto",
    times="per", by="per", equals="uguale a", percent="percento", about="circa", and_="e",
    degrees="gradi{}", celsius=" Celsius", fahrenheit=" Fahrenheit",
    cues=r"PIN|codice(?: postale| PIN| cliente| fiscale)?|CAP|interno|riferimento|rif|password"
    r"|numero (?:cliente|ordine|fattura|pratica|prenotazione|conto|carta|di riferimento)"
    r"|pratica|che termina con|termina con|chiami il|componga il",
    presses=r"(?:prema|premi|premere|digiti|digita|digitare)(?: il tasto| il| l')?|il tasto",
    days={
        "lun": "lunedì", "mar": "martedì", "mer": "mercoledì", "gio": "giovedì", "ven":
        "venerdì", "sab": "sabato", "dom": "domenica",
    },
    replaced={
        "p.es.": "per esempio", "p. es.": "per esempio", "es.": "esempio", "ecc.": "eccetera",
        "etc.": "eccetera", "ca.": "circa", "tel.": "telefono", "Tel.": "telefono",
        "n.": "numero", "N.": "numero", "n°": "numero", "N°": "numero", "nr.": "numero",
        "Sig.": "signor", "Sig.ra": "signora", "Sig.na": "signorina", "sig.": "signor",
        "sig.ra": "signora", "Sigg.": "signori", "Dott.": "dottor", "Dott.ssa": "dottoressa",
        "dott.": "dottor", "dott.ssa": "dottoressa", "Dr.": "dottor", "Prof.": "professor",
        "Prof.ssa": "professoressa", "Ing.": "ingegner", "Avv.": "avvocato", "P.zza": "piazza",
        "p.zza": "piazza", "V.le": "viale", "v.le": "viale", "C.so": "corso", "c.so": "corso",
        "pag.": "pagina", "max.": "massimo", "min.": "minuti", "incl.": "incluso", "IVA": "iva",
        "F.lli": "fratelli", "S.p.A.": "esse pi a", "S.r.l.": "esse erre elle",
        "1/2 ora": "mezz'ora", "½ ora": "mezz'ora", "1/4 d'ora": "un quarto d'ora",
        "1/2": "un mezzo", "½": "un mezzo", "1/4": "un quarto", "¼": "un quarto",
        "3/4": "tre quarti", "¾": "tre quarti", "1/3": "un terzo", "⅓": "un terzo",
        "2/3": "due terzi", "⅔": "due terzi", "24/7": "ventiquattro ore su ventiquattro",
        "24h": "ventiquattro ore", "h24": "ventiquattro ore su ventiquattro",
    },
    money={
        "€": ("euro", "euro", "centesimi"), "$": ("dollaro", "dollari", "centesimi"),
        "£": ("sterlina", "sterline", "penny"),
        "CHF": ("franco svizzero", "franchi svizzeri", "centesimi"), "¥": ("yen", "yen", ""),
        "EUR": ("euro", "euro", "centesimi"),
    },
)  # fmt: skip
