"""What German callers say about the conversation itself: to hear something again or more slowly, to
have the agent wait, to learn what it can do, to correct themselves. What they say to an offer is in
``german_acts.py``."""

from __future__ import annotations

from typing import Final

_WE: Final = "(?:ich|wir)"
_CAN_YOU: Final = "(?:(?:können|könnten|würden|kannst|könntest|mögen) (?:sie|du)(?: mir)? )?"
_HEARD: Final = f" (?:{_WE}|das|sie|es|jetzt|leider|gerade|akustisch|schlecht|so|dich|da|ihre)"

REPEAT: Final = (
    "(?:den|die|das|ihren) \\S+ (?:habe|hab|konnte) ich (?:\\S+ )?nicht (?:\\S+ )?(?:verstanden"
    "|gehört|mitbekommen|verstehen|hören)",
    "(?:um )?(?:wie viel|wie viele|welche[rnsm]?|was für) (?:\\S+ )?(?:war das"
    "|ist das noch ?mal|sagten sie|haben sie gesagt|meinten sie|noch ?mal)(?: (?:noch ?mal|noch"
    "|gleich|gerade|jetzt|noch gleich))?|(?:was|wie) (?:war|ist|lautet|lautete) (?:noch ?mal "
    "|noch |gleich )*(?:die|ihre) frage(?: (?:noch ?mal|noch|gleich))?|was (?:wollten|möchten"
    "|wollen) sie (?:noch ?mal |noch |jetzt |von mir |noch gleich )*wissen",
    "(?:das )?(?:habe|hab) ich (?:jetzt |leider |gerade |akustisch )*(?:nicht|schlecht|kaum)"
    " ?(?:ganz |richtig |so ganz )?(?:mitgekriegt|mitbekommen|verstanden|gehört|gecheckt"
    "|kapiert)|was (?:sagten|sagen|haben|meinten) sie(?: …)?|(?:jetzt |da )?(?:waren|sind) sie"
    " (?:kurz |gerade |plötzlich )*weg|ich (?:verstehe|höre|hör|versteh) (?:sie )?(?:nur |sehr"
    " |so |ganz |gerade )*(?:schlecht|nicht|kaum|bahnhof) ?(?:gut)?|wie lautet(?:e)? (?:das"
    "|die|der) (?:letzte|noch) ?…|und nochmal|den schluss ?…|das letzte (?:wort|stück|nochmal)"
    " ?…",
    "wie bitte|wie war das(?: nochmal| noch mal| noch einmal| gerade| bitte)?|was bitte|bitte"
    " was|wie meinen(?: sie)?(?: das| bitte)?|wie jetzt|was meinen sie(?: damit)?",
    "(?:entschuldigung |verzeihung )?(?:was|wie) (?:haben|hatten|sagten|sagen|hast|meinten)"
    " (?:sie|du)(?: (?:gerade|eben|da|jetzt|gesagt|gemeint|zuletzt|denn|noch))*",
    f"(?:bitte )?{_CAN_YOU}(?:bitte )?(?:das |es |den |die |mir )*(?:\\w+ )?(?:bitte )?(?:noch"
    " ?mals?|noch einmal|erneut) ?(?:sagen|wiederholen|erklären|hören|vorlesen|bitte|sprechen"
    "|langsam)* ?(?:bitte)?",
    f"(?:bitte )?{_CAN_YOU}(?:bitte )?(?:wiederhole|wiederholen|wiederhol) …|(?:bitte"
    f" )?{_CAN_YOU}… wiederholen(?: bitte)?|wiederholung",
    "(?:sagen|sag|erzählen|lesen) (?:sie )?… (?:noch ?mals?|noch einmal)(?: \\w+)?|(?:von vorn"
    "|von vorne) ?(?:bitte)?|noch ?mal (?:bitte|von vorn)|noch einmal bitte",
    f"(?:{_WE} |das |sie |es )*(?:(?:habe|hab|haben|konnte|kann|konnten|könnte)(?:{_HEARD})*"
    " (?:nicht|nichts|schlecht|kaum)(?: (?:ganz|richtig|so gut|gut|recht|mehr))* (?:verstanden"
    "|gehört|hören|verstehen|mitbekommen|mitgekriegt|folgen)|(?:verstehe|höre|versteh|hör)"
    f"(?:{_HEARD})* (?:nicht|nichts|schlecht|kaum)(?: (?:ganz|richtig|so gut|gut|recht|mehr))*)",
    "(?:das |die |sie |es )*(?:war|ist|sind|verbindung ist|verbindung war|waren|leitung"
    " ist)(?: (?:mir|jetzt|akustisch|sehr|zu|ganz|so|etwas|ein bisschen|gerade|wieder|kurz))*"
    " (?:leise|schlecht|undeutlich|unverständlich|weg|laut draußen|abgehackt)(?: \\w+)?",
    f"{_CAN_YOU}(?:bitte )?(?:etwas |ein bisschen )?lauter(?: (?:sprechen|reden|bitte))*"
    "|(?:sprechen|reden) sie (?:bitte )?(?:etwas |ein bisschen )?(?:lauter|deutlicher)|was war"
    " das",
)
REPEAT_ALONE: Final = (
    "bitte|was|wie|hä|hm|entschuldigung|entschuldigen sie(?: bitte)?|verzeihung|pardon|sorry|hää",
)
SLOWER: Final = (
    "(?:mal |bitte )?(?:etwas |ein bisschen )?(?:mehr )?(?:ruhe|tempo raus)|da komme ich nicht"
    " (?:mit|hinterher) ?…|ich komme nicht (?:mit|hinterher) ?…|(?:viel )?zu hastig|gemach"
    "|machen sie langsam ?…",
    "(?:bitte )?(?:(?:können|könnten|würden) sie )?(?:mal )?(?:das )?(?:bitte )?(?:etwas |ein"
    " (?:bisschen|wenig) |viel |noch ?mal |noch einmal |schön |ganz |noch )*(?:langsam"
    "|langsamer)(?: (?:sprechen|reden|bitte|sagen|wiederholen|machen|noch ?mal))*",
    "(?:sprechen|reden|sagen|machen|lesen) sie (?:es |das |bitte |doch |mal )*(?:etwas |ein"
    " bisschen |noch ?mal )*(?:langsam|langsamer) …|nicht so (?:schnell|hastig|flott|fix"
    "|rasch) ?(?:bitte)?",
    "(?:sie|das|es) (?:sprechen|reden|geht|ging|ist|war|sind)(?: (?:mir|jetzt|für mich|viel"
    "|ein bisschen|etwas|da|alles))* (?:zu|so) (?:schnell|flott|fix|rasch|hastig) …|(?:viel"
    " )?zu (?:schnell|flott) …|immer mit der ruhe|eins nach dem anderen|ich (?:schreibe"
    "|schreib) mit",
)
HOLD: Final = (
    "(?:da )?(?:muss ich|ich muss)(?: (?:mal|eben|schnell|kurz|nur|erst|grad|gerade"
    "|noch))* (?:in|auf|nach) (?:\\S+ ){1,3}(?:schauen|gucken|sehen|nachsehen|nachschauen"
    "|kucken)",
    "(?:geben sie mir|gib mir) (?:bitte |mal |noch |kurz )*(?:eine|einen|zwei|kurz|ein paar)"
    " ?(?:moment|augenblick|sekunde|sekunden|minute|minuten|zeit)?|zwei (?:minuten"
    "|sekunden)(?: …)?|ich muss (?:nur |erst |mal |schnell |kurz |eben"
    " )*(?:suchen|schauen|gucken|nachsehen|was holen|etwas holen|einen stift|mein|meine) ?…|wo"
    " habe ich … |es klingelt ?…|(?:ein |einen )?(?:kleinen |klitzekleinen )?augenblick ?…",
    "(?:bitte )?(?:nur |noch |kleinen |einen |ein |so |ganz |kurz |mal |kurzen )*(?:moment"
    "|momentchen|augenblick|sekunde|sekündchen|minute|minütchen|augenblickchen)(?: (?:mal"
    "|bitte|noch|kurz|geduld))*",
    "(?:warten|warte|wart|bleiben|bleib|gedulden)(?: (?:sie|bitte|mal|kurz|noch|eben|schnell"
    "|doch|dran|einen|sich|moment|augenblick|sekunde|minute|am|apparat))*",
    "(?:kurz|bitte|einen) (?:warten|dranbleiben)|halt(?: (?:mal|stopp))?(?! (?:da|hier|dort|der"
    "|die|das))|stopp mal|bin"
    " (?:gleich|sofort) (?:wieder) (?:da|zurück|dran) ?…|ich bin (?:gleich|sofort) wieder …"
    "|legen sie nicht auf|nicht auflegen|(?:ich )?(?:bin )?(?:gleich|sofort) (?:wieder )?(?:da"
    "|zurück|so weit|soweit)",
    "(?:lassen sie mich |ich muss |muss |da muss ich |ich )(?:nur |mal |eben |schnell |kurz "
    "|gerade |noch )*(?:hole|hol|suche|such|schaue|schau|gucke|guck|nehme|suchen|holen"
    "|nachsehen|nachschauen|schauen|gucken|mache|mach|sehe)(?! (?:\\S+ )*(?:selbst|selber"
    "|allein)) …|(?:hole|hol|such|suche) (?:mir"
    " )?(?:nur |mal |eben |schnell |kurz |gerade )…",
    "ich (?:bin )?(?:gerade|grad|noch) (?:am )?(?:suchen|suche|hole) …|da (?:klingelt|klopft"
    "|kommt) …|kleinen moment",
)
HELP: Final = (
    "(?:womit|wovon|mit was|wobei) (?:kennen|verstehen) sie (?:sich )?(?:denn |so |eigentlich "
    "|überhaupt )*(?:aus|was|etwas)",
    "(?:was|wobei) (?:kann|können|soll) (?:man|ich|sie) (?:mir |hier |bei ihnen |denn |so "
    "|alles )*(?:fragen|machen|tun|sagen|erledigen)|was (?:soll|muss) ich (?:jetzt |denn"
    " )?(?:sagen|tun|machen)|wer sind sie und was … können|wofür sind sie da|womit kennen sie"
    " sich aus|ich weiß nicht was ich (?:sagen|fragen) …|nennen sie mir (?:ein paar"
    " )?beispiele|was bieten sie(?: (?:an|alles|denn|so))*",
    "was (?:kann|darf|könnte|soll) (?:ich|man|ich denn|man denn|man hier|ich hier)(?:"
    " \\w+){0,3} (?:fragen|sagen|tun|machen|erfahren|erledigen|wissen|wählen)(?: \\w+)?",
    "(?:was|wobei|womit) (?:können|könnten|kannst|wissen|machen) (?:sie|du)(?: (?:denn|alles"
    "|so|mir|für|mich|eigentlich|hier|überhaupt))*(?: (?:tun|machen|helfen|sagen|beantworten"
    "|anbieten|erzählen|wissen))*",
    "wie (?:funktioniert|geht|läuft|benutze|bediene) (?:ich )?(?:das|dies|es|dieses|der"
    "|die)(?: (?:hier|denn|eigentlich|ganze))*",
    "hilfe|(?:können|könnten) sie mir helfen|ich brauche (?:ihre |etwas )?hilfe|helfen sie"
    " mir(?: bitte)?|wozu sind sie (?:da|gut)|welche (?:fragen|möglichkeiten|themen|auskünfte"
    "|optionen) …|was gibt es (?:hier )?(?:alles|für möglichkeiten) …",
)
CORRECT: Final = (
    "(?:das|es) (?:muss|müsste|sollte)(?= (?:der|die|das|ein|eine) \\S+ (?:sein|heißen)$)",
    "(?:nein )?(?:das |da )?(?:haben )?(?:sie )?(?:haben )?(?:mich |das |es |da )*(?:falsch"
    "|missverstanden|nicht richtig) ?(?:verstanden)?(?= es geht)",
    "(?:das war falsch|nein falsch|ich meine|stopp)(?: es ist)?(?= \\S)|(?:ich )?nehme (?:es"
    "|das) zurück|ändern sie (?:es|das) (?:auf|in|bitte auf)|(?:es )?(?:muss|müsste|sollte)"
    " heißen|ich habe (?:das |da |mich )*(?:falsch|verwechselt|verhört|durcheinander)"
    " ?(?:gesagt|gebracht|angegeben)?",
    "(?:nein |halt |entschuldigung |ach )*(?:ich|das|wir) (?:meinte|meine|meinen|wollte sagen|"
    "|sagte|wollte(?! nur)|habe gesagt|heißt)(?: (?:doch|eigentlich|natürlich))*",
    "(?:entschuldigung |sorry )?(?:ich habe|da habe ich|jetzt habe ich|habe) (?:mich |jetzt"
    " )*(?:vertan|versprochen|geirrt|verwechselt|mich vertan|falsch gesagt|das verwechselt)",
    "nein (?:warten sie|halt|moment|doch)|(?:ich )?korrigiere(?: mich)?|korrektur|besser"
    " gesagt|vielmehr|beziehungsweise|ich (?:habe|hab) nicht … gesagt|nicht … gesagt(?:"
    " sondern)?|machen sie (?:doch |lieber )*(?=\\w+tag)|das war falsch|nehmen (?:sie|wir)"
    " (?:doch )?lieber|sagen wir lieber|doch lieber",
)
