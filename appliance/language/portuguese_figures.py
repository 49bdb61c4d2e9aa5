"""Portuguese words for figures and signs. Numbers themselves are read by num2words."""

from __future__ import annotations

from typing import Final

from appliance.language.figures import Figures

PORTUGUESE: Final = Figures(
    code="pt",
    months=tuple(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
        " dezembro".split()
    ),
    date="{day} de {month} de {year}",
    first="primeiro",
    to="a", minus="menos", plus="mais", at="arroba", dot="ponto", dash="hífen",
    underscore="sublinhado", slash="barra", star="asterisco", hash="cardinal", times="vezes",
    by="por", equals="igual a", percent="por cento", about="cerca de", and_="e",
    degrees="graus{}", celsius=" Celsius", fahrenheit=" Fahrenheit",
    cues=r"PIN|código(?: postal| PIN)?|CEP|ramal|extensão|referência|ref|senha|palavra-passe"
    r"|número de? ?(?:pedido|cliente|fatura|reserva|conta|processo|cartão|encomenda)|protocolo"
    r"|processo|terminado em|termina em|ligue(?: para)?(?: o)?",
    presses=r"(?:prima|pressione|digite|carregue|tecle)(?: a tecla| o| a| no| na)?|a tecla",
    hour="{hour} horas e {minute}",
    days={
        "seg": "segunda", "ter": "terça", "qua": "quarta", "qui": "quinta", "sex":
        "sexta", "sáb": "sábado", "dom": "domingo",
    },
    replaced={
        "p.ex.": "por exemplo", "p. ex.": "por exemplo", "ex.:": "por exemplo", "etc.": "et cetera",
        "aprox.": "aproximadamente", "tel.": "telefone", "Tel.": "telefone", "av.": "avenida",
        "Av.": "Avenida", "R.": "Rua", "n.º": "número", "nº": "número", "N.º": "número",
        "Nº": "número", "Sr.": "senhor", "Sra.": "senhora", "Srs.": "senhores", "Dr.": "doutor",
        "Dra.": "doutora", "Prof.": "professor", "Profa.": "professora", "Eng.": "engenheiro",
        "pág.": "página", "máx.": "máximo", "mín.": "mínimo", "incl.": "incluído", "IVA": "iva",
        "hrs": "horas", "hs": "horas", "V.Ex.ª": "Vossa Excelência", "1/2 hora": "meia hora",
        "½ hora": "meia hora", "1/4 de hora": "um quarto de hora", "1/2": "um meio",
        "½": "um meio", "1/4": "um quarto", "¼": "um quarto", "3/4": "três quartos",
        "¾": "três quartos", "1/3": "um terço", "⅓": "um terço", "2/3": "dois terços",
        "⅔": "dois terços", "24/7": "vinte e quatro horas por dia",
        "2ª-feira": "segunda-feira", "3ª-feira": "terça-feira", "4ª-feira": "quarta-feira",
        "5ª-feira": "quinta-feira", "6ª-feira": "sexta-feira",
    },
    money={
        "R$": ("real", "reais", "centavos"), "€": ("euro", "euros", "cêntimos"),
        "$": ("dólar", "dólares", "centavos"), "£": ("libra", "libras", "pence"),
        "CHF": ("franco suíço", "francos suíços", "cêntimos"), "¥": ("iene", "ienes", ""),
        "EUR": ("euro", "euros", "cêntimos"),
    },
    units={
        "km/h": ("quilómetro por hora", "quilómetros por hora"),
        "km": ("quilómetro", "quilómetros"), "m": ("metro", "metros"),
        "cm": ("centímetro", "centímetros"), "mm": ("milímetro", "milímetros"),
        "m²": ("metro quadrado", "metros quadrados"), "m2": ("metro quadrado", "metros quadrados"),
        "m³": ("metro cúbico", "metros cúbicos"), "kg": ("quilo", "quilos"),
        "g": ("grama", "gramas"), "mg": ("miligrama", "miligramas"), "l": ("litro", "litros"),
        "L": ("litro", "litros"), "ml": ("mililitro", "mililitros"), "h": ("hora", "horas"),
        "min": ("minuto", "minutos"), "seg": ("segundo", "segundos"),
        "s": ("segundo", "segundos"), "kW": ("quilowatt", "quilowatts"),
        "kWh": ("quilowatt-hora", "quilowatts-hora"), "MB": ("megabyte", "megabytes"),
        "GB": ("gigabyte", "gigabytes"), "mi": ("milhão", "milhões"),
    },
    ordinals={r"(\d{1,4})\.?º": "{}", r"(\d{1,4})\.?ª": "a"},
    after={
        r"\bum(?= horas?\b)": "uma",
        r"\bdois(?= horas\b)": "duas",
        r"(?<=\buma )horas\b": "hora",
        r"(?<= e uma )hora\b": "horas",
    },
    ruler_ordinals=10,
)  # fmt: skip
