"""What Dutch callers say to take, to decline or to put off an offer."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs
from appliance.language.dutch_repairs import CORRECT, HELP, HOLD, REPEAT, REPEAT_ALONE, SLOWER

_CAN_YOU: Final = (
    "(?:(?:kunt|kan|zou|wilt|wil|zoudt|kun) (?:u|je|jij)(?: me| mij| dat)?(?: willen| kunnen)? )?"
)
_IT: Final = "(?:het|dat|dit|die|mij|me|hem|ons)"

ACTS: Final = DialogueActs(
    polite=(
        "(?:bel|belt|probeert|probeer)(?: (?:u|me|mij|ons|het|dan|liever|eens))+|u (?:kunt"
        "|mag) (?:me|mij|ons)",
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
        "ik ben (?:er )?(?:klaar|zover)(?: voor)?|doet u (?:dat|het) maar",
        "als (?:dat|het) (?:kan|gaat|lukt|mag|mogelijk is|zou kunnen)|dat is (?:zeker|inderdaad"
        "|helemaal|absoluut) (?:zo|waar|juist)",
        "(?:dat |het |die )?(?:lijkt|klinkt|is|komt)(?: (?:me|mij|ons))?(?: (?:wel|heel|erg"
        "|best|een|echt))* (?:handig|wat|plan|goed plan|goed idee|fijn|prettig|makkelijk|mooi"
        "|leuk|prima|welkom)",
        "als het (?:niet te veel|geen|niet veel) (?:moeite|gedoe|last|werk) (?:is|geeft|kost)"
        "|toe (?:dan )?maar|toe dan|(?:ik |daar )*heb (?:ik )?(?:er |daar )?(?:niks"
        "|niets) (?:op )?tegen|(?:ja hoor |nee hoor )?(?:geen|helemaal geen) (?:punt|probleem"
        "|bezwaar|moeite)",
        "ik ben (?:er|hier|daar) (?:al )?(?:eens|eerder|vaker|al eens|een paar keer) geweest"
        "|(?:in principe|op zich|eigenlijk) (?:wel|ja|graag)|u (?:mag|kunt) (?:me"
        "|mij) (?:gerust |graag |wel |maar )*(?:doorverbinden|verbinden|terugbellen|bellen"
        "|doorschakelen)(?: hoor)?",
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
        " )?(?:mag(?! ik)|kunt u doen|kan(?! (?:ik|u|je|dat|het))|mag u|mag wel|mag hoor|kan wel"
        "|kan hoor|mag altijd)(?: (?:zeker"
        "|hoor|graag|gerust))*|u mag(?: (?:het|dat|hem))?(?: (?:noteren|hebben|doen))?",
        "(?:ik|wij|we) (?:wil|zou|willen|zouden|denk|geloof|hoop|neem aan|ga akkoord|bevestig"
        f"|vind)(?: (?:{_IT}))?(?: (?:wel|graag|heel|zo|van|prima|goed|fijn|best|akkoord|ja|willen"
        "|hebben|zeker))+|(?:dat |het )?(?:wil|zou) (?:ik|ik wel|ik graag|ik heel graag)(?: (?:wel"
        "|graag|willen|fijn vinden|op prijs stellen))*|als (?:u|het) (?:dat )?(?:wilt|kunt|zo"
        " vriendelijk|kan|mogelijk|zou willen|niet te veel moeite|zo goed|geen moeite|lukt)(?:"
        " \\S+){{0,3}}|ik (?:denk|geloof|meen) (?:het wel|van wel|het)|dat dacht ik wel|daar zeg"
        " ik geen nee tegen|ik heb er geen bezwaar tegen|ik sta ervoor open|zal wel",
        f"{_CAN_YOU}(?:verbind|verbindt u|schakel|zet|verbinden|doorverbinden)(?: (?:me|mij|maar"
        "|even|gerust|u))*(?: (?:door|doorverbinden))?(?: (?:met|naar)"
        " (?:(?:een|uw|de|het|die) )?\\S+)?"
        "|doorverbinden(?: graag| maar)?|(?:verbind|verbindt) (?:u )?(?:me|mij) (?:maar )?door",
    ),
    yes_alone=(
        "(?:dat |het )?doe ik",
        "mhm",
        "alstublieft|alsjeblieft|ben ik|heb ik|dat ben ik|dat heb ik|ik ben er geweest|al eens|wil"
        " ik|ik wil|ik zou|toch wel|wel hoor|doe ik",
    ),
    no=(
        "ik weet (?:nu )?(?:genoeg|voldoende)|ik heb (?:verder |nu "
        "|op dit moment )*geen vragen(?: meer)?|dat hou(?:d)? ik liever voor (?:me|mezelf|mij)"
        "|(?:we|wij|ik) (?:doen|doe) (?:het|dat) (?:toch |maar |liever )*niet|ik (?:schrijf"
        "|mail|bel|kom|app|doe) (?:\\S+ ){0,2}liever(?: \\S+){0,3}|ik (?:wilde|wou|wil) (?:het "
        "|dat |u )*alleen (?:maar |even )*(?:weten|vragen|horen|checken)|(?:ik|we) (?:heb"
        "|hebben|zie|zien) (?:er|ervan) (?:toch )?(?:van )?af(?:gezien)?",
        "(?:dat |het )?is (?:nergens|helemaal niet|niet) voor nodig"
        "|ik heb (?:het )?liever (?:van )?niet|(?:dat |het )?heeft (?:toch )?geen (?:zin|nut)"
        "|ik wacht (?:\\S+ ){0,4}af",
        "(?:doet u|doe|u hoeft|je hoeft)(?: (?:maar|vooral|toch"
        "|echt))* geen moeite(?: (?:te )?(?:doen|hoor))?|(?:bespaar|spaar)(?: (?:u|je"
        "|uzelf))* de moeite|daar zit ik niet op te wachten|ik kom er (?:wel|zelf|vanzelf"
        "|zo)(?: (?:wel|zelf|zo))* uit|dat gaat (?:me|mij) te ver|dat voert te ver",
        "ik (?:bel|doe|regel|zoek|vind|kijk|haal|pak|kom|probeer"
        "|schrijf)(?: \\S+){0,3} zelf(?: \\S+){0,3}|(?:helaas|jammer genoeg) niet|(?:dat "
        "|het )?(?:moet|wordt) (?:het |dat )?(?:maar )?niet(?: worden)?",
        "(?:u|je) (?:hoeft|moet) (?:me|mij|ons|dat|het|niets|niks)? ?(?:echt |vooral )?(?:niet"
        "|niets|niks) …|dat hoeft u (?:echt )?niet …|niet dat ik weet",
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
        "(?!(?:is|was|kan|zou|gaat) (?:dat|het) )(?:dat |het |dit )?(?:hoeft|is|was|klopt|gaat"
        "|zal|wordt|past|kan|lijkt|zou|hoef"
        "|werkt)(?: (?:u|ik|echt|voor mij|voor ons|helemaal|zo|me|mij|dat|het))* niet(?: (?:nodig"
        "|waar|juist|goed|correct|zo|meer|hoor|zo nodig|de bedoeling|echt|helemaal|te|hoeven|zijn"
        "|het|door|op|nodig zijn|interessant|gewenst|mogelijk))*|niet (?:nodig|goed|juist|waar"
        "|correct|interessant|voor mij|geïnteresseerd|meer nodig|meer|gewenst|zo|akkoord|dat"
        "|helemaal|nodig hoor|gewenst)|geen (?:behoefte|interesse|zin|belangstelling|trek) ?…"
        "|onnodig",
        "(?:ik|wij|we) (?:wil|hoef|hoeft|denk|geloof|wens|willen|hoeven|vind|zou|heb|lust|zie)(?:"
        f" (?:{_IT}|echt|daar|er|liever|eigenlijk|nu|nog|dat))* (?:niet|geen|(?:niets"
        "|niks)(?! (?:op )?tegen)|niemand"
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
        "(?:ditmaal|dezer dagen) niet",
        "ik (?:rijd|rij) (?:nu|net|even|auto|op dit moment)(?: auto)?|ik ben (?:nu |net "
        "|even )?(?:aan het \\S+|onderweg|bezig)|niet (?:deze|die|komende|dit) (?:week|maand"
        "|ochtend|middag|avond|weekend|zomer)",
        "(?:deze|die|komende|dit) (?:week|maand|ochtend|middag|avond|weekend|zomer"
        "|dagen) (?:even |liever |maar )?niet|(?:niet|pas) (?:voor|eerder dan|tot) \\S+"
        "|(?:ik ben|we zijn) (?:nog )?niet zover",
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
        "(?:als|wanneer|zodra|nadat) u (?:\\S+ )?(?:klaar|uitgepraat|uitgelegd|verteld|gezegd"
        "|uitgesproken) …|laat (?:me|mij) (?:eerst|even eerst) (?:uitpraten|uitspreken"
        "|vertellen|zeggen) ?…",
        "(?:alleen |pas |dan |maar )*(?:als|wanneer|zodra|nadat|zo gauw) (?:ik|wij|we"
        "|het gesprek) …|een ander (?:keertje|keer|moment)(?: (?:graag|misschien|wel|dan))*"
        "|aan het (?:eind|einde)(?: van het gesprek)?",
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
        "ik kan (?:echt |nog )?niet (?:kiezen|beslissen)|ik ben (?:het|dat) vergeten|(?:dat "
        "|het )?ben ik vergeten",
        "(?:dat )?kan ik (?:u |je )?(?:echt |zo |nu )?niet zeggen|ik kan (?:het|dat|u|u het"
        "|het u) (?:zo |echt |nu )?niet zeggen|laat (?:me|mij) (?:er |daar )?(?:even|eens"
        "|eerst)? ?(?:over )?(?:na)?denken ?…|even (?:na)?denken|(?:dat )?heb ik al"
        "|ik heb (?:het|dat|er) al(?: een)?",
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
        "(?<!laat )(?<!laat u )(?<!doet u dat )(?<!doet u het )(?<!doe )(?<!toch )(?<!het"
        " )(?<!me )(?<!mij )(?<!kom )(?<!bel"
        " )(?<!toe )(?<!op"
        " )(?<!dan )(?<!zeg )(?<!vraag )(?<!nou )(?<!alleen )maar(?! (?:even|door|op|zo|toe|een"
        " beetje|terug|vast|zitten|het|dat|graag))"
        "|alleen(?! (?:even|maar) )|echter|behalve|mits|hoewel|voordat|tenzij|maar(?= (?:dan "
        "|niet nu|het liefst))"
        "|maar"
        "(?= (?:het (?:is|was|kan|gaat)))|maar(?= (?:dat (?:is|was|kan)))",
    ),
    enquires=(
        "eerst (?:wil|wou|wilde|zou|moet) ik(?: (?:graag|wel|even|nog))*(?=.* (?:vragen|weten)$)",
        "(?:eerst )?(?:wil|wou|wilde|zou|moet) ik (?:eerst |graag |wel |even "
        "|nog )*(?:willen )?weten|ik (?:wil|wou|wilde|zou|moet) (?:eerst |graag |wel |even "
        "|nog )*(?:willen )?weten",
    ),
    spelled=("met (?:een|één|twee|dubbel|dubbele|alleen een|maar een) \\w|met (?:\\w )*\\w",),
    repeat=REPEAT,
    repeat_alone=REPEAT_ALONE,
    slower=SLOWER,
    hold=HOLD,
    help=HELP,
    correct=CORRECT,
)
