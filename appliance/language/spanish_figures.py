"""Spanish words for figures and signs. Numbers themselves are read by damga."""

from __future__ import annotations

from typing import Final

from appliance.language.figures import Figures

SPANISH: Final = Figures(
    code="es",
    months=tuple(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
        " diciembre".split()
    ),
    date="{day} de {month} de {year}",
    to="a", minus="menos", plus="más", at="arroba", dot="punto", dash="guion",
    underscore="guion bajo", slash="barra", star="asterisco", hash="almohadilla", times="por",
    by="por", equals="igual a", percent="por ciento", about="aproximadamente", and_="y",
    degrees="grados{}", celsius=" Celsius", fahrenheit=" Fahrenheit",
    cues=r"PIN|código(?: postal| PIN)?|C\.?P\.?|extensión|ext|referencia|ref|contraseña|clave"
    r"|número de (?:pedido|cliente|factura|reserva|cuenta|expediente|tarjeta|referencia)"
    r"|expediente|terminada en|termina en|acaba en|llame al|marque el",
    presses=r"(?:pulse|marque|presione|oprima)(?: la tecla| el| la)?|la tecla",
    days={
        "lun": "lunes", "mar": "martes", "mié": "miércoles", "jue": "jueves", "vie":
        "viernes", "sáb": "sábado", "dom": "domingo",
    },
    replaced={
        "p.ej.": "por ejemplo", "p. ej.": "por ejemplo", "etc.": "etcétera",
        "aprox.": "aproximadamente", "tel.": "teléfono", "Tel.": "teléfono", "tfno.": "teléfono",
        "av.": "avenida", "Av.": "Avenida", "Avda.": "Avenida", "avda.": "avenida",
        "C/": "calle ", "c/": "calle ", "n.º": "número", "nº": "número", "N.º": "número",
        "Nº": "número", "núm.": "número", "Sr.": "señor", "Sra.": "señora", "Srta.": "señorita",
        "Sres.": "señores", "Dr.": "doctor", "Dra.": "doctora", "Ud.": "usted", "Uds.": "ustedes",
        "D.": "don", "Dña.": "doña", "pág.": "página", "págs.": "páginas", "máx.": "máximo",
        "mín.": "mínimo", "incl.": "incluido", "IVA": "iva", "EE.UU.": "Estados Unidos",
        "EE. UU.": "Estados Unidos", "h.": "horas", "hrs.": "horas", "hs": "horas", "Pza.": "Plaza",
        "Prof.": "profesor", "a.m.": "de la mañana", "p.m.": "de la tarde",
        "1/2 hora": "media hora", "½ hora": "media hora", "1/4 de hora": "un cuarto de hora",
        "1/2": "un medio", "½": "un medio", "1/4": "un cuarto", "¼": "un cuarto",
        "3/4": "tres cuartos", "¾": "tres cuartos", "1/3": "un tercio", "⅓": "un tercio",
        "2/3": "dos tercios", "⅔": "dos tercios", "24/7": "las veinticuatro horas",
    },
    money={
        "€": ("euro", "euros", "céntimos"), "$": ("dólar", "dólares", "centavos"),
        "£": ("libra", "libras", "peniques"), "CHF": ("franco suizo", "francos suizos", "céntimos"),
        "¥": ("yen", "yenes", ""), "EUR": ("euro", "euros", "céntimos"),
    },
    ruler_ordinals=10,
)  # fmt: skip
