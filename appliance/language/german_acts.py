"""What German callers say to take, to decline or to put off an offer."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs
from appliance.language.german_repairs import CORRECT, HELP, HOLD, REPEAT, REPEAT_ALONE, SLOWER

_WE: Final = "(?:ich|wir)"
_CAN_YOU: Final = "(?:(?:können|könnten|würden|kannst|könntest|mögen) (?:sie|du)(?: mir)? )?"
_IT: Final = "(?:das|es|dies|die|ihn|sie|mich|mir)"

ACTS: Final = DialogueActs(
    polite=(
        "(?:rufen|melden|versuchen|probieren) sie(?: (?:sich|mich|uns|es|bitte|doch|lieber|gern"
        "|dann|mal))*|sie können (?:mich|uns)|noch ?mal",
        "ach|oh|ah|äh|ähm|öh|hm|hmm|mm|na|tja|also|dann|denn|mal|doch mal|eben|nun|jetzt",
        "danke(?: (?:schön|sehr|ihnen|dir|vielmals))?|vielen(?: lieben)? dank|besten dank|wirklich",
        "ehrlich gesagt|eigentlich|schon mal|so|noch|auch|ja gut|bitte schön|guten (?:tag|morgen)",
        "hallo|grüß gott|lieber herr|meine liebe|das ist (?:sehr )?(?:nett|lieb|freundlich)(?: von"
        " ihnen)?|sehr (?:nett|freundlich)|da|zuerst|erst|erstmal|erst mal|vorher|und|überhaupt|im"
        " moment|im augenblick|zur zeit|momentan|gerade",
        "würde mir(?: gut)? (?:besser )?passen|(?:wäre|ist|passt) (?:mir )?(?:besser|lieber)"
        "|lieber",
    ),
    yes=(
        "ich bin so ?weit|ich bin bereit",
        "wenn (?:das|es) (?:geht|möglich ist|ginge|klappt)|(?:das )?wäre (?:mir "
        "|uns )?(?:eine )?(?:große|echte|riesige) (?:hilfe|erleichterung)|(?:einen|eine|den"
        "|die) (?:kollegen|kollegin|mitarbeiter|mitarbeiterin|menschen)(?= (?:bitte|gern))"
        "|(?:nein|nee|ne) doch(?= (?:schicken|verbinden|machen|rufen|reservieren|buchen"
        "|notieren) sie)",
        "(?:nein |nee |ach )?(?:gar |überhaupt |absolut )?kein (?:problem|ding|thema|umstand)"
        "|(?:da |ich )?(?:hätte|habe|hab) (?:ich )?(?:da |gar |auch "
        "|überhaupt )?nichts (?:dagegen|dawider)|dagegen (?:spricht|habe ich|hab ich"
        "|hätte ich) nichts|wenn es (?:ihnen )?keine (?:umstände|mühe) macht",
        "das (?:tut|hat) es|in der tat|(?:grundsätzlich|im prinzip|prinzipiell"
        "|eigentlich) (?:ja|schon|gern|gerne)|geben sie mir (?:mal |bitte |ruhig )*(?:einen"
        "|eine|den|die|ihren|ihre) (?:kollegen|kollegin|menschen|mitarbeiter|mitarbeiterin)",
        "(?:sie (?:können|dürfen|könnten) )?(?:mich |uns )(?:bitte |ruhig |gern |gerne |mal "
        "|doch )*(?:verbinden|durchstellen|weiterleiten|weiterverbinden|zurückrufen|anrufen)"
        "|(?:verbinden|stellen|leiten) sie (?:mich|uns)(?: (?:bitte|ruhig|gern|gerne|mal|doch"
        "|weiter|durch|einfach))*(?: (?:mit|zu) (?:jemandem|(?:einem|einer|ihrem"
        "|ihrer) \\S+))?(?: (?:durch|weiter))?",
        "nur zu|hundertprozentig|hundert"
        " prozent|(?:ich|wir) (?:wäre|wären|bin) (?:ihnen )?(?:sehr |ganz )?(?:dankbar|verbunden"
        "|froh|dafür)|das wäre (?:eine hilfe|hilfreich|ein traum|mir recht|mir lieb|sehr"
        " freundlich)|mir recht|ist mir recht|das trifft zu|trifft zu|bin ich dabei|da bin ich"
        " dabei|ja (?:habe|bin|war|will|möchte|kann|mache|tue|machen) (?:ich|sie)(?: (?:schon|gern"
        "|gerne|das|sehr gern))*|so machen wir (?:es|das)|machen wir(?: (?:so|das|es|mal))*|läuft"
        "|geht in ordnung|immer gern|aber klar|aber natürlich|schießen sie los|wie sie (?:möchten"
        "|wollen|meinen)|sowieso|auf alle|recht so|schon recht|wäre schön|wäre (?:nett|gut|super"
        "|toll|prima|klasse)|klasse|spitze|sehr schön|nehme ich|den nehme ich|das nehme ich",
        "ja|jo|jawohl|jawoll|jep|jap|joa|jup|jepp|ja ja|aber ja|na ja klar|jaja|yes|doch|doch doch",
        "gern|gerne|sehr gern|sehr gerne|liebend gern|mit vergnügen|ja gern|ja gerne|na klar|klar",
        "(?:ja )?(?:natürlich|sicher|selbstverständlich|freilich|logisch|logo|gewiss|durchaus"
        "|genau)",
        "sicherlich|aber sicher|auf jeden fall|auf alle fälle|unbedingt|absolut|definitiv|bestimmt",
        "okay|ist okay|in ordnung|einverstanden|meinetwegen|von mir aus|(?:warum|wieso)(?:"
        " eigentlich| denn| auch)? nicht|gut",
        "(?:das |ja das )?(?:ist|wäre|klingt|hört sich) (?:ja |sehr |ganz )?(?:gut|schön|toll"
        "|prima|super|lieb|nett|perfekt|okay|richtig|korrekt|recht|in ordnung|fein|wunderbar"
        "|bestens)(?: an)?",
        "richtig|korrekt|stimmt|stimmt genau|das stimmt(?: genau| so)?|so ist es|exakt|ganz genau",
        "passt|passt (?:gut|schon|mir|so)|das passt(?: (?:gut|mir|so|schon))?|geht klar|das geht"
        "|alles klar",
        "prima|super|toll|perfekt|wunderbar|fein|schön|bestens|ausgezeichnet|sehr gut|abgemacht"
        "|top",
        "(?:ja )?(?:bitte )?(?:mach|machen|tu|tun|nehmen|schicken|senden|notieren|reservieren"
        f"|buchen) (?:sie|du|wir)? ?(?:{_IT} )?(?:ruhig|so|nur|bitte|doch|mal|gern|gerne)?",
        f"{_CAN_YOU}(?:bitte )?(?:verbinden|verbinde|stellen) (?:sie )?(?:mich )?(?:bitte |ruhig "
        "|gern )?(?:durch|weiter)?",
        "(?:das )?(?:können|dürfen) sie(?: (?:gern|gerne|ruhig|machen|tun|das))*|nur zu|legen sie"
        " los",
        f"{_WE} (?:denke|glaube|denken|glauben|hoffe) (?:schon|ja)|{_WE} bitte darum|bitte ja"
        "|bitte tun",
        f"(?:{_WE} )?(?:würde|hätte|möchte|will|hätten|würden|möchten) {_WE}? ?(?:{_IT} )?(?:sehr"
        " )?(?:gern|gerne|schon|so)(?: (?:machen|haben|annehmen|tun))?",
        f"{_WE} (?:möchte|will|wollen|möchten|brauche|brauchen|nehme|nehmen) (?:das|es)|da (?:sage"
        "|sag) ich nicht nein|spricht nichts dagegen|nichts dagegen|kein problem|keine frage",
        "(?:das )?(?:habe|hab) ich (?:schon|bereits|doch|so gesagt)|bin ich|will ich|möchte"
        " ich|genau (?:so|das|das meine ich|deswegen|darum)|wenn sie (?:so )?(?:freundlich|nett"
        "|lieb|gut) (?:wären|sind)|wenn es (?:geht|ihnen nichts ausmacht)|ich bin dafür|ich bin"
        " einverstanden",
        "wenn sie (?:das )?(?:möchten|wollen|meinen|können|könnten)|sehr wohl|ohne weiteres"
        "|allerdings",
    ),
    yes_alone=(
        "(?:das )?(?:mach|mache|tue|tu) ich|(?:das )?(?:habe|hab) ich",
        "mhm",
        "bitte|bitte sehr|bitte gern|schon|gesehen|so ist das|tun sie das|soll sein|kann man"
        " machen|meine ich|müsste|sollte|könnte|würde ich|das wäre es|das ist es|hatte ich|waren"
        " wir|war ich",
    ),
    no=(
        "ich weiß (?:jetzt |nun |schon )*(?:bescheid|genug)|(?:das |es )?(?:behalte"
        "|behalt) ich lieber für mich|(?:ich|wir) (?:habe|haben) (?:mich"
        "|uns) dagegen entschieden|ich wollte (?:es |das )*nur (?:mal |kurz |eben )*(?:fragen"
        "|wissen|hören|schauen|nachfragen)",
        "ich warte (?:lieber |erst |dann |mal )*(?:auf (?:den|die|das|einen) \\S+|ab)"
        "|das hat (?:doch |ja )?keinen (?:sinn|zweck)|(?:mir )?(?:wäre"
        "|ist) (?:es )?(?:mir )?lieber wenn nicht"
        "|(?:das )?halte ich (?:für )?nicht (?:für )?(?:nötig|notwendig|sinnvoll)",
        "machen sie sich (?:bitte |mal |da |bloß )*(?:keine (?:mühe|umstände|arbeit)"
        "|nicht die mühe|keinen stress) ?…|das brauchen sie …nicht|(?:das |es )?(?:lasse"
        "|lass) ich (?:lieber|mal|besser|dann)(?: (?:sein|bleiben))?|(?:leider"
        "|bedauerlicherweise) (?:nicht|nein|nee)|da (?:habe|hab) ich kein(?:e|en)? (?:interesse"
        "|bedarf|lust) ?…|(?:ich )?bedaure",
        f"{_WE} (?:komme?|kommen)(?: (?:schon|da|damit|gut|auch|so|selbst|alleine?))* (?:klar"
        f"|zurecht|zurande|weiter) ?…|{_WE} (?:rufe?|melde?|schreibe?"
        f"|komme?)(?: \\S+){{0,2}} (?:lieber|selbst|selber)(?: \\S+){{0,3}}|(?:ich"
        f"|wir) (?:suche?|schaue?|finde?|hole?|gucke?|mache?|sehe)(?: \\S+){{0,3}} (?:selbst"
        f"|selber|alleine?)(?: \\S+){{0,2}}|das (?:schaffe?|kriege?|bekomme?|regle) ich (?:schon"
        "|selbst|selber|alleine?) ?…",
        "(?:ich|wir) (?:rufe?|melde|mache|versuche|komme|finde|suche|nehme|kümmere|schaue"
        "|frage)(?: (?:lieber|da|das|es|mich|dann|schon|ihn|sie|gern))* (?:selbst|selber|allein)"
        " ?…|das (?:mache|mach|erledige|schaffe|finde|kann|weiß|kenne) ich (?:schon |lieber"
        " )?(?:selbst|selber|allein|schon) ?…|das ist (?:mir )?(?:zu )?(?:privat|persönlich"
        "|vertraulich|geheim|meine sache|unwichtig)|nichts da|ach was|ich pfeife drauf|(?:das"
        " )?(?:sage|sag|gebe|verrate) ich (?:ihnen )?nicht|(?:mir )?nicht recht|weit gefehlt|das"
        " tut nicht not|(?:ich )?komme (?:schon )?(?:zurecht|klar|allein klar)|weder noch|keine"
        " von beiden|(?:kein|keine) (?:gute )?(?:idee|chance|lust)|nix|überhaupt nichts"
        "|danke nein danke|ich lehne ab|schon erledigt|muss ich ablehnen|da muss ich passen|ich"
        " möchte lieber nicht …|besten dank nein|das wird nichts|nicht die bohne|nicht im"
        " (?:geringsten|traum|mindesten)|im leben nicht",
        "nein|nee|ne|nö|nein nein|nie|niemals|ach nein|na nein|nicht doch|no|nope|ganz und gar"
        " nicht",
        "auf (?:gar )?keinen fall|keinesfalls|keineswegs|unter (?:gar )?keinen umständen|im"
        " gegenteil",
        "(?:nicht|gar nicht|überhaupt nicht|nicht wirklich|eher nicht|lieber nicht|besser nicht"
        "|bloß nicht)",
        "(?:das |es )?(?:ist |wäre |wird )?(?:wirklich )?nicht (?:nötig|notwendig|erforderlich"
        "|richtig|gut|korrekt|wahr|so|der fall|mehr|mehr nötig|in ordnung|mein ding|interessiert"
        "|gewünscht|recht)",
        f"{_WE} (?:glaube|denke|wüsste|finde|hoffe) (?:eher |das )?nicht|nicht dass ich wüsste"
        "|kaum",
        f"{_WE} (?:will|möchte|brauche|wollen|möchten|brauchen|kann|mag|würde)(?: {_IT})?(?:"
        " (?:wirklich|eigentlich|jetzt|lieber|gar|da|aber))? (?:nicht|kein|keine|keinen|nichts"
        "|niemanden) …",
        f"{_WE} (?:verzichte|lehne|passe|sage nein|bin nicht interessiert) …|kein(?:e)? interesse"
        "|danke nein",
        "(?:das )?(?:muss|braucht|soll|sollte|möchte|will|brauche) (?:es |ich |wirklich |jetzt"
        " )*nicht(?: sein| haben| unbedingt)?|(?:das )?(?:brauchen|müssen|sollen|dürfen|können)"
        " sie (?:wirklich |mir |mich |das )*nicht …|kein(?:en)? bedarf|nicht mit mir",
        "(?:bitte )?(?:verbinden|rufen|machen|tun|schicken|stellen|buchen|reservieren|notieren"
        f"|senden|legen|mach|tu) (?:sie )?(?:{_IT} )?(?:bitte |lieber |bloß )?(?:nicht|nichts"
        "|niemanden) …",
        f"(?:{_IT} )?(?:bitte |lieber )?nicht (?:verbinden|zurückrufen|anrufen|durchstellen|buchen"
        "|schicken|machen|reservieren|verbunden|nötig) …|hat sich erledigt|erledigt|erübrigt sich"
        "|schon gut",
        "(?:ach )?(?:vergessen sie(?: es| das)?|vergiss es|lassen sie (?:es|das|mal|gut sein|nur"
        "|bleiben)|lassen wir(?: (?:es|das|mal|lieber))*(?: (?:sein|bleiben|lieber))?|lass (?:es"
        "|mal|gut sein|stecken))",
        "(?:das )?(?:war es|war alles|war schon alles|wär es|wäre es|ist alles|reicht)(?: (?:schon"
        "|dann|für heute))?",
        "falsch|verkehrt|unsinn|quatsch|von wegen|stopp|stop|nichts|sonst nichts|gar nichts|nichts"
        " mehr|nichts weiter|kommt nicht in ?frage|das geht (?:sie|dich) nichts an|geht (?:gar"
        " )?nicht",
        "(?:das |da )?(?:stimmt|passt|geht|gilt|trifft)(?: (?:so|das|mir|da|gar|leider|aber|zu))*"
        " nicht(?: (?:ganz|so|zu|mehr))?|noch nie|bisher nicht|nicht dass|danke es geht|alles gut"
        "|es reicht",
        "nicht (?:für mich|heute mehr|interessant|einverstanden|daran|das|nötig danke)|um himmels"
        " willen|gott bewahre|bloß nicht|muss nicht sein|muss (?:echt |wirklich )?nicht"
        "|spar(?:en)? sie sich …",
    ),
    no_alone=(
        f"(?:das )?(?:habe|bin|will|möchte|kann|darf|weiß|war|hatte|mag) {_WE} (?:nicht|noch"
        " nicht)",
        f"{_WE} (?:habe|bin|will|möchte|kann|darf|war|hatte|mag) (?:\\w+ )?(?:nicht|kein|keine"
        "|keinen)",
    ),
    negation=("nicht|kein|keine|keinen|keiner|keins|niemals|nie|nichts",),
    not_now=(
        "(?:diese|die nächste|kommende) (?:woche|tage) (?:lieber |leider |geht es |passt es "
        "|eher )*nicht|(?:diesen monat|dieses wochenende|heute (?:abend|nachmittag)) (?:lieber "
        "|leider |eher )*nicht|(?:nicht|erst|bloß nicht) vor (?:dem )?\\S+"
        "|(?:ich )?bin (?:ich )?noch nicht (?:so ?weit|fertig|bereit|zu hause)",
        "(?:jetzt|heute|momentan|gerade|im moment)? ?(?:passt|geht) (?:es|das) (?:mir )?(?:gerade "
        "|jetzt |heute |momentan |im moment )?(?:nicht|schlecht|ganz schlecht|nicht so gut)|ich"
        " bin (?:gerade|grad|noch) (?:im|in|unterwegs|am|beim|auf) ?…|ich (?:sitze|sitz|fahre"
        "|stehe) (?:gerade|noch) ?…",
        "(?:jetzt|heute|momentan|gerade|grad|im moment|im augenblick|zur zeit|derzeit|noch|diesmal"
        "|dieses mal|jetzt gerade|heute mal|da) (?:lieber |eher |gerade |mal )?nicht",
        "nicht (?:jetzt|heute|sofort|gleich|im moment|gerade|momentan|mehr heute|diesmal|diese"
        f" woche)|(?:{_WE} )?(?:habe|hab|haben) (?:{_WE} )?(?:jetzt|gerade|grad|im moment)? ?keine"
        " zeit|(?:es|das) (?:passt|geht|ist) (?:jetzt|gerade|grad|im moment|heute)(?: gerade)?"
        " (?:nicht|schlecht)(?: gut)?",
    ),
    later=(
        "(?:wenn|sobald|nachdem) sie (?:\\S+ )?(?:fertig|ausgeredet|zu ende|erklärt|gesagt) …"
        "|(?:lassen sie mich|ich muss) (?:erst|zuerst|noch) (?:ausreden|erzählen|zu ende) ?…"
        "|(?:morgen|übermorgen|nächste woche|dann|später) noch ?mal",
        "nach (?:den|meinem|meiner|meinen|unserem|unserer) …",
        "gleich(?= (?:ich|wir|wenn|sobald|danach|nachdem|muss|aber))|(?:am|zum) (?:ende"
        "|schluss)(?: (?:des gesprächs|vom gespräch))?|nachdem (?:ich|wir) …",
        "(?:ich )?(?:überlege|überleg) (?:es |mir |ich )*(?:mir )?(?:noch|das)? ?…|wenn (?:ich"
        "|wir) …|sobald (?:ich|wir) …|nachher gern|irgendwann (?:mal|später)?|die (?:tage|nächsten"
        " tage)|kommende woche",
        "(?:ein (?:bisschen|wenig) |etwas |vielleicht |lieber |erst |dann )*(?:später|nachher"
        "|danach|hinterher|demnächst|bald)(?: (?:vielleicht|dann|mal|gern|gerne|am tag|wieder"
        "|noch))*",
        "(?:erst |lieber |vielleicht |dann |eher |besser )*(?:morgen|übermorgen|heute (?:abend"
        "|nachmittag)|nächste woche|nächsten (?:\\w+)|am (?:abend|nachmittag|montag|dienstag"
        "|mittwoch|donnerstag|freitag|samstag|wochenende))(?: (?:früh|vormittag|mittag|nachmittag"
        "|abend|wieder))?",
        "(?:ein )?(?:anderes?|andern?) mal|ein andermal|(?:erst |lieber )?(?:nach|ab|gegen|um|in)"
        " (?:dem|der|feierabend|fünf|sechs|sieben|acht|zwei|drei|vier|zehn|ein|einer|einem|halb"
        "|meiner|siebzehn|achtzehn|sechzehn|fünfzehn)(?: \\w+){0,3}",
        f"{_WE} (?:melde mich|melden uns|rufe|rufen|komme|überlege"
        "|überleg)(?! (?:\\S+ )*(?:selbst|selber|lieber|allein|klar|zurecht)) …|wenn ich …"
        "|sobald …",
    ),
    unsure=(
        "ich kann mich (?:noch |gerade )?nicht entscheiden|(?:das |es )?(?:habe"
        "|hab) ich vergessen|ich (?:habe|hab) (?:es|das) vergessen",
        "(?:das )?kann ich (?:ihnen |dir |jetzt |so |gerade |da )*nicht (?:sagen|beantworten)"
        "|ich kann (?:es |das |ihnen |ihnen das |jetzt |so )*nicht (?:sagen|beantworten)|(?:das"
        "|es) (?:habe|hab) ich (?:schon|bereits)",
        "vielleicht|eventuell|möglicherweise|mal sehen|mal schauen|kommt (?:ganz )?d(?:a)?rauf an"
        "|je nachdem",
        f"{_WE} (?:weiß|wissen) (?:es |das )?(?:noch |gerade |jetzt )?(?:nicht|noch nicht)(?:"
        " (?:genau|so recht))?",
        "(?:ich )?bin (?:ich )?(?:mir )?(?:noch )?nicht (?:ganz )?sicher|nicht sicher|keine ahnung"
        "|jein|weiß (?:ich )?nicht(?: genau)?|schwer zu sagen|muss ich (?:erst |mal )?(?:überlegen"
        "|nachdenken|fragen) …|ich muss (?:erst |mal )*(?:überlegen|nachdenken) …|egal|das ist mir"
        " egal|ist mir egal",
    ),
    contrast=(
        "bevor sie (?:das|es|mich) (?:machen|tun|verbinden|buchen|schicken)",
        "aber|nur(?! (?:zu|mal|kurz|eben|fragen|wissen))|jedoch|allerdings erst|bevor|außer"
        "|bloß|sondern|doch zuerst|doch vorher",
    ),
    enquires=(
        "(?:(?:erst|erst ?mal|zuerst|vorher|zunächst) )?(?:will|möchte|wollte|würde|muss"
        "|müsste) ich (?:(?:erst|erst ?mal|zuerst|vorher|gern|gerne|noch|mal|nur|doch) )*wissen"
        "|ich (?:will|möchte|wollte|würde|muss|müsste) (?:(?:erst|erst ?mal|zuerst|vorher|gern"
        "|gerne|noch|mal|nur|doch) )*wissen",
    ),
    spelled=("mit (?:einem|zwei|doppel|nur einem) \\w|mit (?:\\w )*\\w",),
    repeat=REPEAT,
    repeat_alone=REPEAT_ALONE,
    slower=SLOWER,
    hold=HOLD,
    help=HELP,
    correct=CORRECT,
)
