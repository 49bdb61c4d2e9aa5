"""What Dutch callers say to take, to decline, to put off, and to hear something again."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs

_CAN_YOU: Final = (
    "(?:(?:kunt|kan|zou|wilt|wil|zoudt|kun) (?:u|je|jij)(?: me| mij| dat)?(?: willen| kunnen)? )?"
)
_IT: Final = "(?:het|dat|dit|die|mij|me|hem|ons)"

ACTS: Final = DialogueActs(
    polite=(
        "(?:bel|belt|probeert|probeer)(?: (?:u|me|mij|ons|het|dan|liever|eens))+|u (?:kunt|mag) (?:me|mij|ons)",
        "helaas|jammer genoeg|spijtig genoeg|alleen(?= graag)",
        "ach|oh|o|eh|ehm|uh|uhm|euh|hm|mm|nou|tja|dus|dan|even|eens|eigenlijk|gewoon|toch|wel"
        "|nu|zo|ook|echt|eerlijk gezegd|en|weer|zeg|kijk|namelijk|eerst|nog|op zich|hoor|maar even"
        "|misschien even",
        "dank u(?: (?:wel|zeer|vriendelijk))?|dank je(?: wel)?|dankuwel|dankjewel|bedankt"
        "|hartelijk dank|hartelijk bedankt|dankzij u|meneer|mevrouw|vriendelijk|heel vriendelijk"
        "|dat is (?:heel |erg )?(?:aardig|lief|vriendelijk)(?: van u)?|aardig van u|alvast",
        "hallo|goedemorgen|goedemiddag|goedenavond|goedendag|dag|hoi|liever|beter|(?:zou|komt|past"
        "|lijkt) (?:me |mij )?(?:beter|goed|het beste)(?: uit(?:komen)?| zijn| passen)?|is beter"
        "|voor mij|voor ons|van mij|daarvoor|op dit moment|op het moment|vooraf",
    ),
    yes=(
        "als (?:dat|het) (?:kan|gaat|lukt|mag|mogelijk is|zou kunnen)|dat is (?:zeker|inderdaad|helemaal|absoluut) (?:zo|waar|juist)",
        "(?:dat |het |die )?(?:lijkt|klinkt|is|komt)(?: (?:me|mij|ons))?(?: (?:wel|heel|erg|best|een|echt))* (?:handig|wat|plan|goed plan|goed idee|fijn|prettig|makkelijk|mooi|leuk|prima|welkom)",
        "als het (?:niet te veel|geen|niet veel) (?:moeite|gedoe|last|werk) (?:is|geeft|kost)|toe (?:dan )?maar|toe dan|(?:ik |daar )*heb (?:ik )?(?:er |daar )?(?:niks|niets) (?:op )?tegen|(?:ja hoor |nee hoor )?(?:geen|helemaal geen) (?:punt|probleem|bezwaar|moeite)",
        "ik ben (?:er|hier|daar) (?:al )?(?:eens|eerder|vaker|al eens|een paar keer) geweest|(?:in principe|op zich|eigenlijk) (?:wel|ja|graag)|u (?:mag|kunt) (?:me|mij) (?:gerust |graag |wel |maar )*(?:doorverbinden|verbinden|terugbellen|bellen|doorschakelen)(?: hoor)?",
        "als u (?:wilt|wil|kunt|dat wilt|het niet erg vindt|zo vriendelijk wilt zijn)|ik denk"
        " (?:het|van) wel|ik geloof (?:het|van) wel|dat (?:zou|komt|helpt|is) (?:heel |erg |echt"
        " )?(?:fijn|goed uit|mooi|helpen|handig|geweldig|top|welkom|een goed idee)(?: (?:zijn"
        "|uit))?|ik zou (?:het|dat) (?:heel |erg |zeer )?(?:op prijs stellen|waarderen|fijn vinden"
        "|graag willen)|daar ben ik (?:blij|voor|het mee eens)(?: mee)?|mee eens|eens|dat is zo|zo"
        " is dat|nou zeker|zeker wel graag|heel fijn|fijn ja|gaat uw gang|komt u maar|ga je gang"
        "|brand maar los|zegt u maar|doen we|dat doen we|zo doen we (?:dat|het)|goed hoor|dat is"
        " (?:hem|precies|helemaal goed|afgesproken|goed hoor|me goed)|als het kan graag|met alle"
        " liefde|heel goed idee|zonder meer|alleszins|klinkt (?:goed|prima)|dat klinkt (?:goed"
        "|prima)|ja (?:dat|ik|u|het|hij) (?:wil|heb|ben|mag|kan|klopt)(?: (?:ik|u|zeker|graag"
        "|wel))*"
        "|van harte|ik neem het|die neem ik|tuurlijk wel",
        "ja|jawel|ja hoor|jaja|ja ja|jazeker|ja zeker|jep|jup|ja graag|joh ja|yes|zeker|zeker wel"
        "|zeker weten|vast|vast wel|uiteraard|natuurlijk|tuurlijk|vanzelfsprekend|absoluut|beslist"
        "|inderdaad|precies|exact|juist|klopt|dat klopt(?: (?:helemaal|precies|als een bus))?"
        "|helemaal|volledig|correct|dat is (?:juist|correct|waar|goed|prima|het|okay|mooi|zo|in"
        " orde|akkoord|fijn|perfect)|zo is het|ongetwijfeld|zonder twijfel|reken maar|nou en of"
        "|allicht|welzeker|waarachtig",
        "graag|heel graag|zeer graag|graag zelfs|erg graag|met plezier|met alle plezier|met"
        " genoegen|gaarne|alstublieft ja|ja alstublieft|okay|oke|goed|is goed|prima|best|mij best"
        "|best hoor|akkoord|in orde|afgesproken|top|perfect|uitstekend|fijn|mooi|super|geweldig"
        "|heerlijk|leuk|goed idee|heel goed|helemaal goed|heel fijn|lijkt me (?:goed|prima|fijn"
        "|een goed idee|uitstekend)|(?:dat|het) (?:lijkt|zou) (?:me |mij )?(?:goed|prima|fijn|mooi"
        "|geweldig|perfect|leuk|een goed idee|heel fijn|handig|super)(?: zijn| vinden)?|vooruit"
        "|vooruit dan(?: maar)?|toe maar|ga (?:uw|je) gang|gaat uw gang|kom maar op|van mij (?:wel"
        "|mag het)|mij goed|wat mij betreft(?: (?:wel|prima|goed))?|waarom niet|geen probleem|geen"
        " bezwaar|dat is geen probleem|prima hoor",
        "(?:doe|schrijf|noteer|stuur|boek|reserveer|bel|regel|maak|zet|neem|leg|vertel)(?:"
        " (?:maar|het|dat|mij|me|u|gerust|zo|op|vast|door|dan|terug|toch|even|er|hem))*|(?:dat"
        " )?(?:mag(?! ik)|kunt u doen|kan(?! (?:ik|u|je|dat|het))|mag u|mag wel|mag hoor|kan wel|kan hoor|mag altijd)(?: (?:zeker"
        "|hoor|graag|gerust))*|u mag(?: (?:het|dat|hem))?(?: (?:noteren|hebben|doen))?",
        "(?:ik|wij|we) (?:wil|zou|willen|zouden|denk|geloof|hoop|neem aan|ga akkoord|bevestig"
        f"|vind)(?: (?:{_IT}))?(?: (?:wel|graag|heel|zo|van|prima|goed|fijn|best|akkoord|ja|willen"
        "|hebben|zeker))+|(?:dat |het )?(?:wil|zou) (?:ik|ik wel|ik graag|ik heel graag)(?: (?:wel"
        "|graag|willen|fijn vinden|op prijs stellen))*|als (?:u|het) (?:dat )?(?:wilt|kunt|zo"
        " vriendelijk|kan|mogelijk|zou willen|niet te veel moeite|zo goed|geen moeite|lukt)(?:"
        " \\S+){{0,3}}|ik (?:denk|geloof|meen) (?:het wel|van wel|het)|dat dacht ik wel|daar zeg"
        " ik geen nee tegen|ik heb er geen bezwaar tegen|ik sta ervoor open|zal wel",
        f"{_CAN_YOU}(?:verbind|verbindt u|schakel|zet|verbinden|doorverbinden)(?: (?:me|mij|maar"
        "|even|gerust|u))*(?: (?:door|doorverbinden))?(?: (?:met|naar) \\S+(?: \\S+){{0,2}})?"
        "|doorverbinden(?: graag| maar)?|(?:verbind|verbindt) (?:u )?(?:me|mij) (?:maar )?door",
    ),
    yes_alone=(
        "mhm",
        "alstublieft|alsjeblieft|ben ik|heb ik|dat ben ik|dat heb ik|ik ben er geweest|al eens|wil"
        " ik|ik wil|ik zou|toch wel|wel hoor|doe ik",
    ),
    no=(
        "(?:dat |het )?is (?:nergens|helemaal niet|niet) voor nodig|ik heb (?:het )?liever (?:van )?niet|(?:dat |het )?heeft (?:toch )?geen (?:zin|nut)|ik wacht (?:\\S+ ){0,4}af",
        "(?:doet u|doe|u hoeft|je hoeft)(?: (?:maar|vooral|toch|echt))* geen moeite(?: (?:te )?(?:doen|hoor))?|(?:bespaar|spaar)(?: (?:u|je|uzelf))* de moeite|daar zit ik niet op te wachten|ik kom er (?:wel|zelf|vanzelf|zo)(?: (?:wel|zelf|zo))* uit|dat gaat (?:me|mij) te ver|dat voert te ver",
        "ik (?:bel|doe|regel|zoek|vind|kijk|haal|pak|kom|probeer|schrijf)(?: \\S+){0,3} zelf(?: \\S+){0,3}|(?:helaas|jammer genoeg) niet|(?:dat |het )?(?:moet|wordt) (?:het |dat )?(?:maar )?niet(?: worden)?",
        "(?:u|je) (?:hoeft|moet) (?:me|mij|ons|dat|het|niets|niks)? ?(?:echt |vooral )?(?:niet|niets|niks) …|dat hoeft u (?:echt )?niet …|niet dat ik weet",
        "laat u maar(?: zitten)?|dat (?:zeg|geef|vertel|wil|doe) ik(?: (?:liever|u|nu))* niet ?…"
        "|ik (?:bel|doe|regel|zoek|vind|kijk|kom)(?: (?:het|dat|u|hem|er|wel|liever|dan))* (?:zelf"
        "|zelf wel|wel zelf) ?(?:wel)?(?: (?:terug|uit|op|even))?|dat is (?:privé|persoonlijk"
        "|vertrouwelijk|mijn zaak|overbodig|onnodig)|(?:dat )?gaat (?:u|je) niks aan|ben je gek"
        "|bent u gek|kom nou|natuurlijk niet|in geen honderd jaar|van mijn leven niet|allesbehalve"
        "|verre van|juist niet|ik sla (?:even )?over|laten we (?:dat |het )?(?:maar )?niet ?…"
        "|laten we het (?:hierbij|daarbij) laten|ik ben van gedachten veranderd|geen haar op mijn"
        " hoofd ?…|daar heb ik geen (?:zin|behoefte) (?:in|aan)|niet met mij|voor mij niet|van mij"
        " hoeft het niet|ik wil er niks van weten|ik zie ervan af|geen dank je|ik"
        " kom er zelf wel uit|dat lukt zelf wel|onzin nee|echt niet|ik dacht het niet|geenszins",
        "nee|neen|nee nee|nee hoor|nee bedankt|nou nee|ach nee|nee joh|no|nooit|nooit van mijn"
        " leven|nimmer|absoluut niet|zeker niet|natuurlijk niet|uiteraard niet|beslist niet"
        "|helemaal niet|geenszins|allerminst|in geen geval|op geen enkele manier|onder geen"
        " (?:beding|enkele voorwaarde|voorwaarde)|geen sprake van|daar is geen sprake van|geen"
        " denken aan|vergeet het(?: maar)?|vergeet maar|niet echt|niet bepaald|niet per se|liever"
        " niet|beter van niet|toch maar niet|maar niet|niet dus|niks|niets|niks meer|niets meer"
        "|verder niets|verder niks|verder niet|niks anders|niemand|geen van beide|ook niet|mij"
        " niet gezien|dank u nee|integendeel",
        "(?:dat |het |dit )?(?:hoeft|is|was|klopt|gaat|zal|wordt|past|kan|lijkt|zou|hoef"
        "|werkt)(?: (?:u|ik|echt|voor mij|voor ons|helemaal|zo|me|mij|dat|het))* niet(?: (?:nodig"
        "|waar|juist|goed|correct|zo|meer|hoor|zo nodig|de bedoeling|echt|helemaal|te|hoeven|zijn"
        "|het|door|op|nodig zijn|interessant|gewenst|mogelijk))*|niet (?:nodig|goed|juist|waar"
        "|correct|interessant|voor mij|geïnteresseerd|meer nodig|meer|gewenst|zo|akkoord|dat"
        "|helemaal|nodig hoor|gewenst)|geen (?:behoefte|interesse|zin|belangstelling|trek) ?…"
        "|onnodig",
        "(?:ik|wij|we) (?:wil|hoef|hoeft|denk|geloof|wens|willen|hoeven|vind|zou|heb|lust|zie)(?:"
        f" (?:{_IT}|echt|daar|er|liever|eigenlijk|nu|nog|dat))* (?:niet|geen|niets|niks|niemand"
        f"|nooit) ?…|(?:dat |het |daar )?(?:wil|hoef|denk|geloof|dacht) ik(?: (?:{_IT}|echt"
        "|liever))* (?:niet|geen|niets|niks) ?…|ik (?:dacht|denk|geloof|vrees|hoop) van niet|ik"
        " (?:bedank|pas|weiger|heb liever niet) ?…|ik red (?:me|het) (?:wel|zelf) ?…",
        f"(?:bel|verbind|schakel|zet|stuur|doe|boek|reserveer|noteer|maak|schrijf)(?: (?:{_IT}"
        "|maar|u))* (?:niet|niets|niks|nooit) ?…|niet (?:doorverbinden|bellen|terugbellen|boeken"
        "|doen|reserveren|sturen|noteren|opschrijven) ?…|doe (?:maar )?geen (?:moeite|…)|laat"
        " (?:maar|zitten|het|dat|dan)(?: (?:zitten|maar|zo|gaan|dan))*|fout|onjuist|verkeerd|dat"
        " is (?:fout|onjuist|verkeerd|onzin|het niet)|klopt niet|stop|hou op|houd op|onzin",
        "dat (?:was|is) (?:het|alles|alles wel|het wel)(?: (?:wel|dan|voor vandaag|hoor))*|dat was"
        " alles|was het|meer niet|meer hoeft niet|dat gaat (?:u|je) niets aan|het is (?:zo"
        " )?(?:goed|wel goed) zo|is goed zo|laat maar zitten|daar begin ik niet aan|gaat niet door"
        "|het hoeft niet",
    ),
    no_alone=(
        "ik (?:ben|heb|kan|mag|weet|wil|was|had)(?: (?:er|dat|het|hier|nog))* (?:niet|geen|nooit"
        "|niet geweest)|(?:dat |daar )?(?:ben|heb|kan|mag|wil) ik(?: (?:nog|er))* (?:niet|nooit)"
        "|nog nooit|nooit geweest",
    ),
    negation=("niet|geen|nooit|niets|niks|niemand|zonder",),
    not_now=(
        "ik (?:rijd|rij) (?:nu|net|even|auto|op dit moment)(?: auto)?|ik ben (?:nu |net |even )?(?:aan het \\S+|onderweg|bezig)|niet (?:deze|die|komende|dit) (?:week|maand|ochtend|middag|avond|weekend|zomer)",
        "(?:deze|die|komende|dit) (?:week|maand|ochtend|middag|avond|weekend|zomer|dagen) (?:even |liever |maar )?niet|(?:niet|pas) (?:voor|eerder dan|tot) \\S+|(?:ik ben|we zijn) (?:nog )?niet zover",
        "ik (?:zit|rij|rijd|sta|ben) (?:nu |net |even |nog )*(?:in|aan|achter|op|bezig|te"
        "|onderweg) ?…|(?:nu|vandaag|even) (?:komt|past|schikt|lukt) (?:het |me |mij |dat"
        " )*(?:niet|slecht) ?(?:goed|zo goed|uit)?",
        "(?:nu|vandaag|op dit moment|momenteel|nog|vanavond|deze keer|dit keer|voorlopig|even|nu"
        " even|vandaag even|nu nog) (?:even |liever |maar )?niet|niet (?:nu|vandaag|op dit moment"
        "|direct|meteen|vanavond|deze keer|nu meteen|nu direct|zo snel)|(?:ik )?heb (?:ik )?(?:nu "
        "|even |vandaag |nou )*geen tijd(?: (?:nu|ervoor))?|(?:nu |het |dat )*(?:komt|past|is"
        "|schikt) (?:nu |het |even |me |mij |nu even )*(?:niet|slecht)(?: (?:goed|uit|zo goed"
        "|handig))* ?(?:uit)?|ik kan nu (?:even )?niet|nu kan ik niet",
    ),
    later=(
        "(?:alleen |pas |dan |maar )*(?:als|wanneer|zodra|nadat|zo gauw) (?:ik|wij|we|het gesprek) …|een ander (?:keertje|keer|moment)(?: (?:graag|misschien|wel|dan))*|aan het (?:eind|einde)(?: van het gesprek)?",
        "als ik (?:straks |weer |eenmaal )?\\S+ …|over (?:een|twee|half|een half|een paar) (?:uur"
        "|uurtje|kwartier|dagen|minuten|uren)(?: \\S+)?|belt u (?:me )?(?:later|morgen|straks"
        "|volgende week|dan) ?…|bel (?:me )?(?:later|morgen|straks|volgende week|vanavond) ?…|ik"
        " laat het (?:nog |u )*weten|een dezer dagen",
        "(?:een beetje |iets |wat |misschien |liever |maar |dan )*(?:later|straks|strakjes|daarna"
        "|hierna|binnenkort|zometeen|zo meteen|dadelijk|een andere keer|een ander moment|een"
        " andere dag|volgende keer|de volgende keer|over een tijdje)(?: (?:misschien|dan|graag|wel"
        "|pas|op de dag|vandaag|maar|eens))*",
        "(?:pas |liever |misschien |dan |maar |beter |vanaf |graag )*(?:morgen|morgenochtend"
        "|morgenmiddag|morgenavond|overmorgen|vanavond|vanmiddag|volgende week|volgende maand"
        "|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|in het weekend|'s avonds|s"
        " avonds|na het weekend)(?: (?:vroeg|ochtend|middag|avond|pas|graag|dan))*",
        "(?:pas |liever |dan |graag )*(?:na|vanaf|tegen|rond|om|over) (?:mijn |het |de |een |half "
        "|vijven|vieren|zessen|zevenen|achten|vijf|zes|zeven|acht|negen|tien|elf|twaalf|een|twee"
        "|drie|vier|\\S+tien)(?: ?\\S+){0,3}|als ik (?:thuis|klaar|tijd|terug|van|weer|uit) ?…"
        "|wanneer ik …|zodra …|ik (?:bel|kom|denk er|laat|probeer|meld)(?: (?:u|er|het|later"
        "|dan|me|nog|straks|morgen|even|over na|terug|na|over|weten|op terug|er nog over))+",
    ),
    unsure=(
        "(?:dat )?kan ik (?:u |je )?(?:echt |zo |nu )?niet zeggen|ik kan (?:het|dat|u|u het|het u) (?:zo |echt |nu )?niet zeggen|laat (?:me|mij) (?:er |daar )?(?:even|eens|eerst)? ?(?:over )?(?:na)?denken ?…|even (?:na)?denken|(?:dat )?heb ik al|ik heb (?:het|dat|er) al(?: een)?",
        "misschien|wellicht|mogelijk|eventueel|(?:dat |het )?(?:ik )?weet (?:ik )?(?:het |dat"
        " )?(?:nog |eigenlijk |echt )*niet(?: (?:zeker|goed|precies))*|(?:ik )?ben (?:er )?(?:nog"
        " )?niet (?:zeker|uit)|niet zeker|geen idee|dat hangt ervan af|hangt ervan af|ligt eraan"
        "|dat ligt eraan|(?:dat |daar )?moet ik (?:nog |even |eerst )*(?:over nadenken|nadenken"
        "|kijken|vragen|overleggen|bedenken) ?…|ik moet (?:er |nog |even |eerst |daar )*(?:over"
        " nadenken|nadenken|kijken|overleggen) ?…|ik twijfel ?…|maakt (?:me|mij) niet uit|maakt"
        " niet uit|het maakt me niet uit|zie wel|we zien wel|moeilijk te zeggen|kan zijn|zou"
        " kunnen",
    ),
    contrast=(
        "voor(?:dat)? u (?:dat|het|me|mij) (?:doet|doorverbindt|boekt|stuurt)",
        "(?<!laat )(?<!laat u )(?<!doe )(?<!toch )(?<!het )(?<!me )(?<!mij )(?<!kom )(?<!bel"
        " )(?<!toe )(?<!op"
        " )(?<!dan )(?<!zeg )(?<!vraag )(?<!nou )(?<!alleen )maar(?! (?:even|door|op|zo|toe|een"
        " beetje|terug|vast|zitten|het|dat|graag))"
        "|alleen|echter|behalve|mits|hoewel|voordat|tenzij|maar(?= (?:dan |niet nu|het liefst))"
        "|maar"
        "(?= (?:het (?:is|was|kan|gaat)))|maar(?= (?:dat (?:is|was|kan)))",
    ),
    repeat=(
        "(?:welke|hoeveel|hoe|wat voor) ?(?:\\S+ ){0,2}?(?:zei|zegt|bedoelde|noemde) u(?: (?:ook alweer|nou|net|daar|nu))?|(?:welke|hoeveel|hoe) (?:\\S+ ){0,2}?(?:was|is) (?:dat|het) (?:ook )?(?:al)?weer|wat (?:was|is) (?:de|uw) vraag(?: (?:ook alweer|nou|precies))?|wat (?:wilde|wou|wilt|vroeg) u (?:\\S+ )?(?:weten|vragen|zeggen)?(?: ook alweer)?",
        "u (?:viel|bent|was) (?:even |net |nu )?(?:weg|slecht te verstaan|onverstaanbaar) ?…|het"
        " laatste(?: (?:stukje|stuk|deel|woord|heb|versta|hoor|ving|kon) ?…|(?= (?:graag|alstublieft)|$))|wat zei u(?: (?:daar|net|nou|precies|als"
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
        "|(?:sorry )?(?:ik )?(?:versta|verstond|hoor|begrijp|begreep|hoorde|snap|snapte)(?: (?:ik|u|het|dat|je|de|laatste|stukje|even|nu|helaas|niet|er|deze))* (?:niet"
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
    ),
    repeat_alone=(
        "pardon|sorry|wat|hè|he|huh|hoe|wablief|wablieft|excuseer|excuus|neem me niet kwalijk"
        "|neemt u mij niet kwalijk|sorry wat|wat sorry|watte|hm",
    ),
    slower=(
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
    ),
    hold=(
        "eventjes|even|(?:twee|vijf|een paar|paar) (?:minuutjes|minuten|seconden|tellen"
        "|secondjes)(?: …)?|waar heb ik …|ik moet (?:even |nog |eerst )*(?:zoeken|pakken|kijken"
        "|mijn|een pen|halen) ?…|wacht(?: (?:even|eens|u))* ik …|er wordt (?:aangebeld|geklopt) ?…"
        "|geef me (?:even|een|twee)(?: (?:moment|tel|minu|second|ogenblik)\\S*)? ?(?:tijd)?|ik kom er zo (?:aan|op)|ogenblik ?…",
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
        "|een pen|zo weer) ?…|(?:ik )?(?:pak|zoek|haal) (?:een|mijn|de|het|even|er)(?!.* zelf) ?…|laat (?:me"
        "|mij) (?:even|eens)(?! (?:er )?(?:over )?(?:na)?denken) ?…|er (?:belt|klopt|staat) (?:iemand )?…|de (?:deurbel|bel) ?…|ho|ho"
        " even|hold on",
    ),
    help=(
        "(?:wat|waarmee) (?:kun|kan|kunt) (?:je|jij|u)(?: (?:zoal|allemaal|dan|me|vertellen|doen))*|waar (?:weet|heeft|hebt) (?:u|je) (?:\\S+ )?(?:iets|alles|wat|verstand) van",
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
    ),
    correct=(
        "(?:dat|het) (?:moet|moest)(?= (?:de|het|een) \\S+ (?:zijn|wezen)$)",
        "(?:nee |sorry )*(?:u|je) (?:heeft|hebt) (?:me|mij|het|dat) (?:verkeerd|niet goed|fout) (?:begrepen|verstaan|gehoord)|(?:nee |sorry )*(?:dat|het) (?:moet|moest) (?:zijn|wezen)",
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
    ),
    enquires=(
        "(?:eerst )?(?:wil|wou|wilde|zou|moet) ik (?:eerst |graag |wel |even |nog )*(?:willen )?weten|ik (?:wil|wou|wilde|zou|moet) (?:eerst |graag |wel |even |nog )*(?:willen )?weten",
    ),
    spelled=("met (?:een|één|twee|dubbel|dubbele|alleen een|maar een) \\w|met (?:\\w )*\\w",),
)
