"""What Dutch callers say about the conversation itself: to hear something again or more slowly, to
have the agent wait, to learn what it can do, to correct themselves. What they say to an offer is in
``dutch_acts.py``."""

from __future__ import annotations

from typing import Final

_CAN_YOU: Final = (
    "(?:(?:kunt|kan|zou|wilt|wil|zoudt|kun) (?:u|je|jij)(?: me| mij| dat)?(?: willen| kunnen)? )?"
)

REPEAT: Final = (
    "(?:hoe|wat|welke|wie) (?:\\S+ ){0,2}ook (?:al)?weer|wat (?:vroeg|wilde|zei|wou) u|ik heb"
    " (?:de|het|uw) \\S+ niet (?:goed |helemaal )?(?:verstaan|gehoord|meegekregen|gevolgd)",
    "(?:welke|hoeveel|hoe|wat voor) ?(?:\\S+ ){0,2}?(?:zei|zegt|bedoelde"
    "|noemde) u(?: (?:ook alweer|nou|net|daar|nu))?|(?:welke|hoeveel|hoe) (?:\\S+ ){0,2}?(?:was"
    "|is) (?:dat|het) (?:ook )?(?:al)?weer|wat (?:was|is) (?:de|uw) vraag(?: (?:ook alweer|nou"
    "|precies))?|wat (?:wilde|wou|wilt|vroeg) u (?:\\S+ )?(?:weten|vragen"
    "|zeggen)?(?: ook alweer)?",
    "u (?:viel|bent|was) (?:even |net |nu )?(?:weg|slecht te verstaan|onverstaanbaar) ?…|het"
    " laatste(?: (?:stukje|stuk|deel|woord|heb|versta|hoor|ving|kon) ?…|(?= (?:graag"
    "|alstublieft)|$))|wat zei u(?: (?:daar|net|nou|precies|als"
    " laatste))*|wat (?:was|is) het(?: laatste)?|(?:ik )?(?:versta|hoor|begrijp) u (?:heel "
    "|erg |zo |niet )*(?:slecht|niet|amper|goed)? ?…|ik ben u kwijt ?…|ik kon (?:het|u|dat)"
    " niet (?:horen|verstaan|volgen) ?…|zegt u dat nog eens ?…|hoe was (?:het|dat)(?: ook"
    " alweer)?|ik luisterde even niet ?…",
    f"{_CAN_YOU}(?:alstublieft |alsjeblieft )?(?:\\S+ ){{0,4}}?(?:nog (?:een keer|eens|een"
    " keertje|eenmaal|een maal)|opnieuw|nogmaals)(?: (?:zeggen|herhalen|vertellen|uitleggen"
    "|noemen|voorlezen|alstublieft|alsjeblieft|graag|willen))*",
    f"{_CAN_YOU}(?:herhaal|herhalen|herhaalt) ?…|{_CAN_YOU}… herhalen(?: alstublieft|"
    " alsjeblieft)?|(?:zeg|zegt|vertel|lees|noem) (?:u )?… (?:nog (?:een keer|eens)|opnieuw)"
    " ?…",
    "(?:sorry |pardon )?(?:wat|hoe) (?:zegt|zei|zeg|bedoelt|bedoel|bedoelde|was|is|heeft)(?:"
    " (?:u|je|dat|het|net|nou|nu|daar|ook alweer|precies|gezegd|als laatste|zonet|laatst"
    "|zojuist|daarmee|sorry))*|wat was dat(?: (?:laatste|nou|net))?|wat blieft(?: u)?|wablieft"
    "|wablief|watblief|hoe bedoelt u(?: dat)?|hoezo|nog eens|nog een keer|opnieuw|nogmaals|wat"
    " u zei",
    "(?:sorry )?(?:ik )?(?:kan|heb|kon|ving)(?: (?:ik|u|het|dat|je|de|laatste|stukje|even|nu"
    "|helaas|niet|er|deze))* (?:niet|niets|niks|slecht|nauwelijks|amper|geen)(?: \\S+){0,2}"
    " (?:verstaan|gehoord|horen|begrepen|meegekregen|volgen|mee|opgevangen|gevolgd|woord)(?: \\S+)?"
    "|(?:sorry )?(?:ik )?(?:versta|verstond|hoor|begrijp|begreep|hoorde|snap|snapte)(?: (?:ik|u"
    "|het|dat|je|de|laatste|stukje|even|nu|helaas|niet|er|deze))* (?:niet"
    "|niets|niks|slecht|nauwelijks|amper|geen)(?: (?:goed|helemaal|verstaan|gehoord|horen"
    "|begrepen|meegekregen|zo goed|volgen|meer|mee|verstond|helder|op|gevolgd|van|woord|van"
    " verstaan))*|(?:dat |u |het )(?:heb|versta|hoor|verstond|hoorde|begreep|begrijp|snap|ging"
    "|kwam)(?: (?:ik|ontging|me|mij))*(?: (?:even|nu|helaas))* (?:niet|slecht|mij)(?:"
    " \\S+){0,2}|(?:de lijn|de verbinding|het|u|dat) (?:is|was|valt|viel|klinkt|bent"
    "|kraakt)(?: (?:heel|erg|nogal|wat|een beetje|steeds))* (?:slecht|zacht|onduidelijk|weg"
    "|ver weg|onverstaanbaar|kwijt) ?…|(?:praat|spreek|praten|spreken) (?:\\S+"
    " ){0,2}?(?:harder|luider|duidelijker) ?…|(?:iets |wat |een beetje )?(?:harder|luider)(?:"
    " (?:praten|spreken))?"
    f"|{_CAN_YOU}(?:iets |wat |een beetje )?(?:harder|luider|duidelijker) (?:praten|spreken)"
    " ?…",
)
REPEAT_ALONE: Final = (
    "pardon|sorry|wat|hè|he|huh|hoe|wablief|wablieft|excuseer|excuus|neem me niet kwalijk"
    "|neemt u mij niet kwalijk|sorry wat|wat sorry|watte|hm",
)
SLOWER: Final = (
    "(?:kunt u )?(?:wat |iets )?(?:meer )?(?:tijd|rust) (?:nemen|graag)?|ik kan (?:het|u) niet"
    " (?:bijhouden|bijbenen|volgen) ?…|niet zo'n haast|doe (?:eens |maar )?rustig(?: aan)?|ik"
    " moet (?:het |dit )?(?:opschrijven|meeschrijven|noteren) ?…|rustig ?(?:graag"
    "|alstublieft)?|langzaam ?(?:graag|alstublieft)?",
    f"{_CAN_YOU}(?:alstublieft )?(?:het |dat )?(?:iets |wat |een (?:beetje|stukje) |veel |nog"
    " eens |nog een keer |heel |even )*(?:langzamer|langzaam|trager|rustiger|rustig)(?: (?:aan"
    "|praten|spreken|zeggen|herhalen|alstublieft|graag|kunnen|voor mij|lezen|doen))*",
    "(?:praat|spreek|zeg|ga|doe|lees|spreekt|praat)(?: (?:u|het|dat|maar|eens|alstublieft|iets"
    "|wat|een beetje))* (?:langzamer|langzaam|trager|rustig|rustiger|kalm) ?…|niet zo (?:snel"
    "|vlug|rap|gauw|hard)|rustig aan|kalm aan|langzaam aan|eventjes rustig",
    "(?:u|dat|het|je)(?: (?:gaat|praat|spreekt|ging|is|was|gaat me|gaat mij|ga))(?: (?:me|mij"
    "|voor mij|veel|wat|een beetje|even|echt))* (?:te|zo) (?:snel|vlug|rap|gauw) ?…|(?:veel"
    " )?te (?:snel|vlug|rap)(?: voor mij)?|ik (?:schrijf|typ|noteer) (?:het )?(?:even )?mee",
)
HOLD: Final = (
    "eventjes|even|(?:twee|vijf|een paar|paar) (?:minuutjes|minuten|seconden|tellen"
    "|secondjes)(?: …)?|waar heb ik …|ik moet (?:even |nog |eerst )*(?:zoeken|pakken|kijken"
    "|mijn|een pen|halen) ?…|wacht(?: (?:even|eens|u))* ik …|er wordt (?:aangebeld|geklopt) ?…"
    "|geef me (?:even|een|twee)(?: (?:moment|tel|minu|second|ogenblik)\\S*)? ?(?:tijd)?"
    "|ik kom er zo (?:aan|op)|ogenblik ?…",
    "(?:heel |nog |een |1 |wacht |ho |op |momentje |geef me |geeft u mij |hebt u |heeft u"
    " )*(?:ogenblik|ogenblikje|moment|momentje|seconde|secondje|minuut|minuutje|tel|tel hoor"
    "|tel even|tellen)(?: (?:geduld|graag|hoor|alstublieft|alsjeblieft|nog|even))*(?: ik …)?"
    "|(?:even|heel even|nog even|een beetje) (?:geduld|wachten|tijd|kijken|zoeken|pakken"
    "|opschrijven|pen pakken)(?: (?:hoor|alstublieft|graag))*|momentje|wacht(?:en)?(?: (?:u|je"
    "|maar|even|eens|eventjes|hoor|een|heel|nog|alstublieft|graag|daar|moment|momentje))*"
    "|wacht u even ?…",
    "(?:blijf|blijft)(?: (?:u|even|nog|maar))* (?:hangen|aan de lijn|aan|wachten) ?…|niet"
    " ophangen ?…|hang niet op ?…|(?:ik )?(?:ben|kom)(?: ik)? (?:zo |dadelijk |meteen |direct "
    "|gelijk |er zo |straks )+(?:terug|weer|er|bij u|weer terug|weer bij u) ?…|zo terug|ben zo"
    " terug",
    "ik (?:pak|zoek|haal|kijk|ga|moet|schrijf|zet|doe|loop|check|ben)(?: (?:er|het|mijn|hem"
    "|nog|ook))* ?(?:even|eventjes|snel|vlug|gauw|net|op zoek|aan het zoeken|mijn|naar mijn"
    "|een pen|zo weer) ?…|(?:ik )?(?:pak|zoek|haal) (?:een|mijn|de|het|even|er)(?!.* zelf) ?…"
    "|laat (?:me"
    "|mij) (?:even|eens)(?! (?:er )?(?:over )?(?:na)?denken) ?…|er (?:belt|klopt"
    "|staat) (?:iemand )?…|de (?:deurbel|bel) ?…|ho|ho"
    " even|hold on",
)
HELP: Final = (
    "(?:wat|waarmee) (?:kun|kan|kunt) (?:je|jij|u)(?: (?:zoal|allemaal|dan|me|vertellen|doen))*"
    "|waar (?:weet|heeft|hebt) (?:u|je) (?:\\S+ )?(?:iets|alles|wat|verstand) van",
    "ik weet niet wat ik (?:moet|kan|zal) (?:zeggen|vragen)|wat (?:moet|zal) ik (?:zeggen|doen"
    "|vragen)(?: dan)?|geef (?:eens |me )*(?:een )?voorbeeld(?:en)? ?…|waarover kan ik ?…|wat"
    " is dit(?: voor (?:nummer|dienst))?|wat doet u(?: (?:allemaal|eigenlijk|precies|zoal))*"
    "|waar weet u (?:iets|alles|wat) ?…|waar kunt u ?…|wat voor (?:vragen|dingen) ?…",
    "wat (?:kan|mag|kunnen|moet|zal|zou) (?:ik|je|men|we)(?: (?:u|hier|zoal|allemaal|dan"
    "|eigenlijk|aan u|je|jullie|kunnen))*(?: (?:vragen|zeggen|doen|kiezen|weten|regelen"
    "|opvragen))(?: (?:aan u|hier|eigenlijk|allemaal))*",
    "(?:wat|waar|waarmee|hoe|waarbij) (?:kunt|kan|weet|doet|biedt|zou) (?:u|je|jij|dit)(?:"
    " (?:voor|me|mij|allemaal|zoal|mee|bij|hier|eigenlijk|kunnen|betekenen|helpen|vertellen"
    "|doen|antwoorden|beantwoorden|aanbieden|weten|over vertellen|ermee))*|wat weet u(?:"
    " (?:allemaal|zoal))?",
    "hoe (?:werkt|gaat|gebruik|doe|moet) (?:ik )?(?:dit|dat|het|deze \\S+|u)(?: (?:hier"
    "|allemaal|eigenlijk|precies|nou|dan|systeem))*|help|hulp|(?:ik heb )?hulp(?: nodig)?"
    "|(?:kunt|kan|wilt) u (?:me|mij) helpen|help (?:me|mij)(?: (?:even|eens))?|welke (?:vragen"
    "|mogelijkheden|opties|keuzes|onderwerpen|diensten) ?…|wat zijn (?:de|mijn)"
    " (?:mogelijkheden|opties|keuzes)|waarvoor bent u(?: er)?",
)
CORRECT: Final = (
    "(?:dat|het) (?:moet|moest)(?= (?:de|het|een) \\S+ (?:zijn|wezen)$)",
    "(?:nee |sorry )*(?:u|je) (?:heeft|hebt) (?:me|mij|het|dat) (?:verkeerd|niet goed"
    "|fout) (?:begrepen|verstaan|gehoord)|(?:nee |sorry )*(?:dat|het) (?:moet|moest) (?:zijn"
    "|wezen)",
    "(?:nee |sorry )*(?:dat was|het was|dat is) (?:fout|verkeerd|niet goed)(?= het )|het is"
    " niet (?:\\S+ ){1,3}(?:het is|maar)|ik neem het terug|het moet (?:zijn|wel)|verander"
    " (?:het|dat) (?:in|naar)|maak (?:er|daar|dat)(?: (?:toch|maar|dan|liever))*(?= (?:\\S+dag"
    "|\\S+ \\S+ van))|ik had (?:\\S+ ){0,2}(?:moeten zeggen|willen zeggen)",
    "(?:nee |sorry |pardon |oh )*(?:ik|we) (?:bedoelde|bedoel|bedoelden|wilde zeggen|zei|had"
    " gezegd|heb gezegd|wou zeggen)(?: (?:eigenlijk|natuurlijk|toch))*",
    "(?:nee |sorry |pardon |oh )*(?:ik (?:vergis|vergiste|versprak|verspreek|corrigeer"
    "|verbeter) (?:me|mij|mezelf)|ik heb (?:me|mij) (?:vergist|versproken|verteld)|ik had het"
    " (?:mis|verkeerd|fout)|ik zit (?:fout|ernaast)|foutje|vergissing|correctie|ik zei het"
    " verkeerd)(?: (?:in de dag|van dag|met de \\S+))*|nee wacht|wacht nee|of liever(?:"
    " gezegd)?|beter gezegd",
    "ik (?:zei|heb) niet(?: \\S+){1,3} (?:ik zei|maar)|maak (?:er|daar)(?: (?:toch|maar|liever"
    "|dan))* |(?:maak|doe|zet) (?:er |het |dan |toch |maar )*(?:toch|liever)(?: (?:maar|op))*"
    "|toch liever",
)
