"""What Italian callers say to take, to decline, to put off, and to hear something again."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs

_CAN_YOU: Final = (
    "(?:(?:me |mi |lo |ce |le )*(?:può|potrebbe|puoi|potresti|vuole|vorrebbe|possono|le dispiace"
    "|le dispiacerebbe)(?: per (?:favore|cortesia|piacere))? )?"
)
_PASS: Final = (
    "(?:mi passi|me lo passi|me la passi|mi passa|passarmi|passarmelo|passarmela|mi metta in"
    " contatto|mi colleghi|mi trasferisca|trasferirmi|collegarmi|passi pure|mi ci passi)"
)

ACTS: Final = DialogueActs(
    polite=(
        "in linea di (?:massima|principio)|in teoria|di principio",
        "ah|oh|eh|ehm|uhm|em|mm|hm|beh|be'|mah|allora|dunque|ecco|guardi|senta|scusi|ora|adesso"
        "|solo|proprio|davvero|veramente|anche|infatti|comunque|quindi|poi|in realtà|a dire il"
        " vero|sinceramente|onestamente|e|ma dai",
        "(?:molte |mille |tante )?grazie(?: (?:mille|tante|molte|a lei|signora|signore|infinite"
        "|lo stesso))?|la ringrazio|per (?:favore|cortesia|piacere|gentilezza)|(?:molto "
        "|gentilissim[oa]|troppo )?gentile|è (?:molto )?gentile|gentilissim[oa]|cortesemente"
        "|signora|signore|signorina",
        "buongiorno|buonasera|buon giorno|buona sera|salve|pronto|ciao|prima|intanto|per il"
        " momento|per ora|piuttosto|meglio|sarebbe meglio|mi andrebbe meglio|è meglio|per me|per"
        " noi|che|sa|se possibile|facciamo|se è possibile",
    ),
    yes=(
        "(?:me l[oa] |mi )(?:può|potrebbe|vuole) (?:passare|trasferire|collegare|inoltrare)|mi"
        " (?:inoltri|indirizzi|smisti|dirotti|metta in (?:comunicazione|linea|contatto))(?:"
        " (?:all'\\S+|(?:a|con|al|alla) \\S+))?|mi farebbe (?:molto |davvero |proprio |tanto |un "
        "|gran |grande |grosso |enorme )*(?:piacere|comodo|favore|cortesia)|gliene sarei (?:molto"
        " |davvero |infinitamente )*(?:grat[oa]|riconoscente|obbligat[oa])|non ho (?:nulla"
        "|niente) in contrario|non sarebbe (?:affatto )?male|con gioia|(?:mi )?ha capito bene"
        "|sarebbe (?:molto |davvero )*gentile(?: da parte sua)?|(?:è )?tutto chiaro|è chiaro",
        "le sarei (?:molto |davvero )?(?:grat[oa]|riconoscente)|mi farebbe (?:molto )?(?:piacere"
        "|comodo|un favore)|affermativo|precisamente|è proprio (?:lui|quello|quella|questo)|sì"
        " (?:lo è|può|lo sono|ce l'ho|sarebbe bello|lo vorrei)|se non (?:disturbo|chiedo troppo"
        "|le spiace|è un disturbo)|sono d'accordo|siamo d'accordo|così va bene|lo prendo|la"
        " prendo|va bene va bene|va bene sì|mi pare giusto|mi sembra (?:giusto|perfetto|ottimo"
        "|buono|una buona idea)|per forza|più che volentieri|altro che|e come no|sia|ok sì|dai va"
        " bene|vada per|aggiudicato|gliene sarei grat[oa]|molto bene sì|quello sì",
        "sì|sì sì|eh sì|ma sì|beh sì|sì certo|già|certo|certo che sì|certamente|sicuro"
        "|sicuramente|di sicuro|ovvio|ovviamente|naturalmente|chiaro|assolutamente|assolutamente"
        " sì|esatto|esattamente|esatto così|giusto|corretto|è (?:giusto|corretto|vero|esatto"
        "|così)|vero|proprio così|è proprio così|appunto|per l'appunto|infatti sì|eccome|altroché"
        "|indubbiamente|senza dubbio|senz'altro|senza problemi|come no|ci mancherebbe|perché no|e"
        " perché no",
        "va bene|va benissimo|va bene così|mi va bene|per me va bene|d'accordo|okay|bene"
        "|benissimo|molto bene|perfetto|ottimo|ottima idea|buona idea|fantastico|splendido"
        "|magnifico|bello|sarebbe (?:bello|perfetto|fantastico|ottimo|gentile|bellissimo|l'ideale"
        "|un piacere|utile)|volentieri|molto volentieri|ben volentieri|con piacere|con molto"
        " piacere|magari|magari sì|si può fare|affare fatto|andata|ci sto|ci sto sì|nessun"
        " problema|non c'è problema|non c'è alcun problema|nessuna obiezione|non vedo perché no",
        "(?:faccia|facciamo|fallo|lo faccia|la faccia|proceda|prego|vada|dica|scriva|prenoti"
        "|mandi|segni|annoti|prenda nota|me la mandi|me lo mandi|lo mandi|me lo prenoti|lo"
        " prenoti|la prenoti|mi richiami|richiamatemi|mi chiami)(?: (?:pure|così|allora|quello"
        "|lei))*|pure|avanti|vai|prego faccia|dai|dai sì|andiamo",
        "(?:lo |mi |la |ne )?(?:vorrei|voglio|desidero|accetto|confermo|piacerebbe|piacerebbe"
        " molto|farebbe piacere|farebbe comodo|interessa|interesserebbe|preferisco|gradirei)(?:"
        " (?:sì|questo|quello|così|molto|tanto))*|mi sta bene|(?:credo|penso|direi|spero|suppongo"
        "|immagino|pare|mi pare|mi sembra|sembra|dico)(?: (?:proprio|di))* (?:di sì|sì|così)|se"
        " (?:vuole|può|è così gentile|crede|non le dispiace|non è un problema|potesse|fosse così"
        " gentile|non è di troppo disturbo)|come (?:vuole|desidera|preferisce)|quando vuole|con"
        " certezza|non dico di no|d'accordissimo|sarei (?:felice|content[oa])|certo che (?:può"
        "|vorrei)|può|può pure|può farlo|può prenderlo|potete",
        f"{_CAN_YOU}{_PASS}(?: (?:con|a|al|alla|un|una|il|la|qualcuno|l'operatore)(?:"
        " \\S+){{0,1}})?",
    ),
    yes_alone=(
        "mhm|per (?:favore|cortesia|piacere)|ci sono (?:già )?stat[oa]|l'ho fatto|lo sono|ce l'ho"
        "|ho|si|lo è|una volta|un paio di volte",
    ),
    no=(
        "non (?:deve|dovete|c'è (?:alcun )?bisogno|ce n'è (?:alcun )?bisogno|ha bisogno|vale la"
        " pena|me ne serve) ?…|(?:lei )?si (?:sbaglia|confonde|è sbagliat[oa])|sono contrari[oa]"
        "|non è più ?…|non (?:mi )?serve più|meglio (?:lasciar perdere|lasciare perdere|evitare"
        "|lasciar stare)|ho (?:già )?(?:tutto )?(?:quello|ciò) che mi (?:serve|serviva|occorre)"
        "|posso (?:farne a meno|fare a meno|fare senza) ?…|(?:le |gliel'|gliel)?ho (?:già )?detto"
        " di no ?…|(?:ci penso|faccio|richiamo|chiamo|me ne occupo|provvedo|guardo|vengo|lo"
        " faccio|cerco) (?:io|da sol[oa]|da me)(?: (?:dopo|stess[oa]))?|(?:è|sono cose|sono"
        " fatti) (?:privat[oiea]|personal[ei]|riservat[oa]|miei|fatti miei|affari miei)|non sono"
        " affari suoi|fatti suoi|mai stat[oa](?: \\S+){0,2}|mai più|lungi da me|men che meno"
        "|figuriamoci|si figuri no|ma figurati|ma va|ma quando mai|quando mai|per l'amor di dio"
        "|dio me ne guardi|ho cambiato idea|al contrario|anzi no|sto bene così|stiamo bene così"
        "|preferisco (?:richiamare|fare|chiamare|farlo|cercare|venire) (?:io|da sol[oa]|di"
        " persona) ?…|ne faccio (?:volentieri )?a meno|niente da fare|dubito|ne dubito|sarebbe"
        " inutile|inutile|non più|più niente|manco per niente|nessun bisogno|nessun interesse",
        "non (?:lo|la|li|le|gli|ne|mi|ci|vi|si|glielo|gliela|me lo|me la) …",
        "no|no no|nah|ma no|eh no|beh no|macchè|direi di no|di no|che no|niente|nient'altro"
        "|niente altro|nulla|nulla più|niente affatto|niente grazie|per niente|affatto"
        "|assolutamente no|certo che no|certamente no|ovviamente no|sicuramente no|meglio di no"
        "|no grazie|grazie no|in nessun caso|in nessun modo|per carità|per nessun motivo|per"
        " nessuna ragione|manco per (?:sogno|idea|scherzo)|neanche per (?:sogno|idea|scherzo)"
        "|nemmeno per (?:sogno|idea|scherzo)|nemmeno|neanche|neppure|neanche un po'|mai|mai e poi"
        " mai|giammai|nessuno|nessuna|non se ne parla(?: \\S+)?|ci mancherebbe altro|tutt'altro"
        "|negativo|col cavolo",
        "non (?:credo|penso|serve|occorre|importa|è (?:necessario|il caso|così|vero|giusto"
        "|corretto|esatto|questo|quello|importante)|sarà (?:necessario|il caso)|ce n'è bisogno"
        "|c'è bisogno|voglio|vorrei|desidero|mi (?:interessa|serve|va|piace|passi|chiami|richiami"
        "|mandi|pare|sembra|occorre|chiamate|richiamate)|la voglio|lo voglio|lo faccia|lo prenoti"
        "|ho bisogno|ne ho bisogno|fa (?:niente|nulla|per me)|si disturbi|si preoccupi|me la|me"
        " lo|mi|passi|prenoti|chiami|intendo|sono d'accordo|sono interessat[oa]|vogliamo|fa|spero"
        "|proprio|esattamente|direi|proprio no|necessariamente|particolarmente|tanto|molto|troppo"
        "|del tutto|ci penso|va bene) ?…",
        "(?:è|questo è|era) (?:sbagliato|errato|falso|un errore|scorretto)|sbagliato|errato|falso"
        "|errore|(?:lasci|lascia|lasciamo|lasciate)(?: (?:perdere|stare|correre|così))*|(?:se ne"
        "|se lo) dimentichi|lo dimentichi|dimentichi|annulli|basta(?: così)?|(?:è|era|questo è)"
        " tutto|tutto qui|è tutto grazie|a posto(?: così)?|sono a posto(?: così)?|siamo a posto"
        "|va bene così grazie|si fermi|stop|preferisco (?:di no|non|che non) ?…|preferirei (?:di"
        " no|non|che non) ?…|senza (?:passarmi|essere) …|rifiuto …|passo|rinuncio|faccio (?:da"
        " solo|da sola|a meno)|me la cavo …",
    ),
    no_alone=(
        "(?:è|sarebbe) troppo (?:caro|tardi|lontano|lungo|complicato)|(?:mi hanno|mi ha|l'ho|ho"
        "|abbiamo) già (?:richiamat[oa]|chiamat[oa]|parlato|trovat[oa]|ricevut[oa]|prenotat[oa]"
        "|segnat[oa]|fatto da me)|non (?:lo )?(?:sono|posso|ho|ci sono|ce l'ho|sono mai stat[oa]"
        "|ci sono mai stat[oa]|lo so fare|saprei|era|l'ho fatto|possiamo|abbiamo)",
    ),
    negation=("non|no|né|mai|mica|neanche|nemmeno|senza",),
    not_now=(
        "non (?:questa (?:settimana|mattina|sera)|questo (?:mese|pomeriggio)|stamattina|stamani"
        "|in settimana)|(?:questa settimana|stamani|questo mese) no|(?:può|possono) aspettare"
        "|(?:adesso|ora|oggi|in questo momento) (?:non (?:posso|riesco|è il momento|ho tempo|mi"
        " va|è possibile)|sono (?:occupat[oa]|al lavoro|in macchina|impegnat[oa])) ?…|sto"
        " (?:guidando|lavorando|uscendo|mangiando) ?…|sono (?:alla guida|in riunione|al lavoro|di"
        " corsa|in macchina) ?…",
        "(?:oggi|adesso|ora|per ora|per il momento|al momento|in questo momento|stavolta|questa"
        " volta|stasera|subito|stamattina) no|non (?:ora|adesso|oggi|subito|ancora|in questo"
        " momento|per ora|per il momento|stasera|questa volta|proprio adesso|proprio ora|al"
        " momento|immediatamente)|non ho tempo(?: (?:adesso|ora))?|non è (?:il|un buon) momento(?:"
        " (?:giusto|adatto))?|(?:adesso|ora|oggi) non posso|non posso (?:adesso|ora|oggi)",
    ),
    later=(
        "una volta che …|a fine \\S+|(?:ne |ci )?(?:devo|dovrei|vorrei) (?:prima )?(?:parlarne"
        "|sentire|consultare) ?…|ne (?:devo|dovrei|vorrei) (?:prima )?parlare ?…|alla fine(?:"
        " d\\S+(?: \\S+)?)?|non prima d\\S+ \\S+(?: prossima)?|(?:rimandiamo|rinviamo|spostiamo)"
        " ?…|ne (?:parliamo|riparliamo) (?:poi|dopo|più tardi|domani|un altro \\S+|un'altra"
        " volta)|(?:in )?un'altra occasione|quando \\S+ …|(?:tra|fra) (?:un'ora|un'oretta"
        "|mezz'ora|poco|un po'|qualche \\S+|cinque \\S+|due \\S+)(?: (?:magari|forse|va bene))*"
        "|mi richiami (?:dopo|domani|più tardi|stasera|tra|la) ?…|le faccio sapere ?…",
        "(?:un po' |forse |magari |più |meglio |ma )*(?:più tardi|dopo|in seguito|tra poco|fra"
        " poco|più avanti|in un altro momento|un altro giorno|un'altra volta|un altro momento|la"
        " prossima volta|tra un po'|fra un po'|poi|tra un'ora|fra un'ora|presto)(?: (?:magari"
        "|semmai|forse|però))*|in un secondo momento",
        "(?:meglio |forse |magari |facciamo |solo |ma |per )*(?:domani|dopodomani|domattina"
        "|stasera|questa sera|oggi pomeriggio|nel pomeriggio|in serata|in mattinata|lunedì"
        "|martedì|mercoledì|giovedì|venerdì|sabato|domenica|la settimana prossima|la prossima"
        " settimana|il mese prossimo|il \\S+ prossimo|settimana prossima)(?: (?:mattina"
        "|pomeriggio|sera|prossimo|presto|magari))*",
        "(?:dopo|verso|dalle|alle|a partire dalle|prima delle) (?:le |il |la )?(?:\\S+)(?: (?:e"
        " mezza|di sera|di domani))?|dopo (?:il|la|le|l') ?\\S+|(?:tra|fra) (?:un|una|un'|due"
        "|dieci|cinque|mezz'|qualche) ?\\S+(?: \\S+)?|quando (?:esco|arrivo|finisco|torno|ho"
        "|posso|avrò|sono|rientro|stacco) ?…|appena …|(?:vi |la |le |ti )?(?:richiamo|richiamerò"
        "|risento|risentirò|ricontatto|richiamo)(?: io)?(?: (?:più tardi|dopo|domani))?|ci"
        " (?:penso|penserò|devo pensare|rifletto) ?…",
    ),
    unsure=(
        "(?:ne |ci )?(?:devo|dovrei) (?:prima )?(?:pensarci|riflettere|rifletterci) ?…|sì e no"
        "|vedrò|se (?:è(?! così| possibile)|mia|mio|ho|posso|c'è|costa|il|la) ?…|(?:voglio|vorrei"
        "|volevo) (?:annullare|disdire|spostare|riagganciare|parlare con qualcun altro) ?…"
        "|(?:mandi|invii) (?:piuttosto|meglio)|si (?:è|sono) (?:rott|spent|bloccat|cadut)\\S+ ?…"
        "|bisogna vedere|chi lo sa|mi lasci (?:un po' )?(?:pensare|riflettere|pensarci) ?…|non ho"
        " (?:ancora )?deciso ?…|non (?:lo )?so (?:ancora )?(?:se|quando|come) …",
        "forse|può darsi|può essere|non (?:lo )?so(?: (?:ancora|bene|di preciso|se|proprio))*|boh"
        "|non (?:ne )?(?:sono|siamo) (?:(?:tanto|molto|del tutto|ancora|proprio) )?(?:sicur[oai]"
        "|cert[oaie])|dipende|chissà|vedremo|vediamo|devo (?:pensarci|vedere|chiedere|controllare"
        "|riflettere) ?…|ci devo pensare|mi faccia pensare ?…|non saprei(?: \\S+)?|nessuna idea"
        "|non ne ho idea|è indifferente|fa lo stesso|per me è uguale|probabilmente|eventualmente"
        "|difficile da dire|ni",
    ),
    contrast=(
        "(?:mi dica|mi spieghi) (?:prima|piuttosto|solo)(?: se)?|(?:volevo|vorrei) (?:prima |solo"
        " |soltanto )+sapere(?: se)?|prima (?:mi dica|mi spieghi|vorrei sapere|voglio sapere"
        "|volevo sapere)(?: se)?|ma|però|solo che|tuttavia|anche se|a patto|purché|tranne|prima"
        " di (?:questo|tutto|prenotare)|soltanto",
    ),
    repeat=(
        "(?:a |di |per )?(?:che|quale|quanto|quanti|quando|dove|chi)(?: \\S+)? (?:mi )?(?:ha"
        " detto|aveva detto|diceva|hai detto)|qual (?:era|è) (?:già )?la (?:sua )?domanda|(?:che"
        " cosa|cosa|che) mi (?:stava|sta) (?:chiedendo|dicendo)|cosa mi ha chiesto",
        "(?:è|si è) (?:caduta|interrotta|sentito|persa) ?…|l'ultima (?:parte|parola|frase|cosa)"
        " ?…|come (?:diceva|dice|ha detto|era) ?…|cosa (?:diceva|ha detto|mi ha detto|stava"
        " dicendo|dice) ?…|me lo (?:ridice|ripete|ridica|può ripetere|può ridire|dice di nuovo)"
        " ?…|la sento (?:male|malissimo|lontan[oa]|a tratti|poco) ?…|non (?:ho|l'ho|la|si)"
        " (?:afferrato|sentit[oa]|capit[oa]|sente|sento|capisco) ?…|non ho seguito ?…|ero"
        " distratt[oa] ?…|in che senso",
        f"{_CAN_YOU}(?:per (?:favore|cortesia|piacere) )?(?:me lo |me la |mi |lo |la |ce lo"
        " )*(?:ripetere|ripetermi|ripetermelo|ripeterlo|ripeterla|ripeta|ripete|ripeti|ripetimi"
        "|ripetiamo|ridire|ridirmi|ridirmelo|ridirlo|ridica|ridice|ridici|ridà|rileggere|rilegga"
        "|ripetermela) ?…",
        f"{_CAN_YOU}(?:me lo |me la |mi |lo |la )*(?:dire|dica|dirmi|dirmelo|dirlo|dice|dare|dia"
        "|leggere|spiegare|spieghi)(?: (?:lo|la|il|l'))? …(?: (?:di nuovo|un'altra volta|ancora"
        " una volta|ancora|nuovamente|da capo))",
        "(?:ancora una volta|di nuovo|da capo|nuovamente|ancora)(?: per (?:favore|cortesia"
        "|piacere))?|come (?:scusi|ha detto|dice|diceva|prego|era|hai detto|sarebbe|sarebbe a"
        " dire|scusa)(?: (?:scusi|l'ultima parte|prima|alla fine))*|scusi (?:come|cosa|non ho"
        " (?:capito|sentito)|può) ?…|(?:che cosa|cosa|che) (?:ha detto|diceva|dice|hai detto"
        "|stava dicendo|intende|vuol dire|vuole dire|ha appena detto)(?: (?:scusi|alla fine|prima"
        "|di preciso|adesso|esattamente|per ultimo))*|chiedo scusa non ho …|diceva",
        "(?:scusi )?non (?:la |l'|lo |ho |si |riesco a |sono riuscit[oa] a |vi |ti |ho mica |ci"
        " )*(?:ho |è )?(?:capito|capisco|sentito|sento|sente|seguo|afferrato|colto|capirla"
        "|sentirla|sentire|capire|udito|inteso|seguita|sentita|capita)(?: (?:bene|niente|nulla"
        "|tutto|l'ultima \\S+|la fine|quello che ha detto|molto bene))* ?…|(?:mi è sfuggit[oa]|mi"
        " sono pers[oa]|ho perso) ?…|(?:si sente|la sento|la linea|la voce|sento) (?:\\S+"
        " ){0,2}?(?:male|malissimo|disturbata|poco|a scatti|bassa|va e viene|cade|pianissimo) ?…"
        "|(?:parli|parlare) (?:un po' |un pochino )?più (?:forte|ad alta voce|chiaro) ?…|più forte"
        + f"|{_CAN_YOU}parlare (?:un po' )?più (?:forte|chiaro|ad alta voce)",
    ),
    repeat_alone=(
        "scusi|mi scusi|scusa|prego|come|cosa|che cosa|eh|pardon|che|chiedo scusa|scusi come|come"
        " scusi|cosa scusi",
    ),
    slower=(
        "(?:più|con più) (?:calma|tranquillità) ?…|non corra(?: così| tanto)?|non riesco a"
        " (?:scrivere|seguirla|starle dietro) ?…|non le sto dietro ?…|vada (?:con calma|più piano"
        "|adagio) ?…|parli (?:più )?(?:piano|adagio|lentamente) ?…|abbia pazienza ?…"
        "|lenta(?:mente)? ?…",
        f"{_CAN_YOU}(?:per (?:favore|cortesia|piacere) )?(?:me lo |mi |lo )*(?:parlare|parli|parla"
        "|dire|dica|dirlo|dirmelo|andare|vada|ripetere|ripeta|ripeterlo|leggere|legga)(?: (?:un"
        "|po'|pochino|lo|per|favore|cortesia|molto))* ?…(?:più |così |meno )?(?:piano|lentamente"
        "|adagio|lento|veloce|velocemente|in fretta|calma)",
        "(?:un (?:po'|pochino|poco) |molto )?(?:più |meno )(?:piano|lentamente|adagio|lento"
        "|veloce|velocemente|calma)|piano|non così (?:in fretta|veloce|velocemente)|con calma"
        "|rallenti(?: …)?|può rallentare ?…|piano piano|vada piano ?…",
        "(?:lei )?(?:va|parla|sta andando|sta parlando|è|andava|vai|parli|è andata|è andato)(?:"
        " (?:un po'|per me|davvero))* (?:troppo|così) (?:veloce|in fretta|velocemente|rapido"
        "|svelt[oa]|forte|di corsa) ?…|troppo (?:veloce|in fretta|velocemente|svelt[oa]) ?…|sto"
        " (?:scrivendo|prendendo nota|prendendo appunti|segnando)",
    ),
    hold=(
        "(?:controllo|guardo|consulto|do un'occhiata|verifico) (?:l'\\S+|in|all'\\S+|nell'\\S+"
        "|sull'\\S+|sul|nel|al|la|il|i|le) ?…|(?:controllo|guardo|consulto|do un'occhiata) (?:in "
        "|al|l|nel|sul)\\S+|mi (?:lasci|faccia) (?:prima )?(?:finire|terminare|spiegare|spiegarle"
        "|parlare) ?…|aspetti che …",
        "(?:due|cinque|un paio di) (?:minuti|secondi|attimi|minutini)(?: …)?|dove ho messo ?…"
        "|(?:devo|mi serve|mi tocca) (?:solo |prima )?(?:trovare|prendere|cercare|un attimo) ?…"
        "|(?:prendo|cerco|tiro fuori|vedo) (?:un|una|il|la|gli|i|carta|se) ?…|mi dia (?:un|due"
        "|solo) ?…|arrivo ?…|sono subito (?:da lei|qui) ?…|non se ne vada ?…|hanno suonato ?…",
        "(?:solo |mi dia |ancora |aspetti |aspetta |attenda |giusto )?(?:un|una) (?:momento"
        "|momentino|attimo|attimino|secondo|secondino|minuto|minutino|istante)(?: (?:solo"
        "|soltanto|che|per (?:favore|cortesia|piacere)))?(?: …)?|(?:aspetti|aspetta|attenda"
        "|aspettate|attendi|resti|rimanga)(?: (?:un|in|che|pure|lì|solo|per|linea|al)(?: \\S+)*)?"
        "|momento|attimo",
        "non (?:riattacchi|riagganci|metta giù|chiuda|vada via|butti giù|attacchi) ?…|(?:torno"
        "|arrivo|rientro)(?: (?:subito|tra un attimo|tra un momento|fra poco))*|eccomi subito"
        "|(?:mi lasci|mi faccia|fammi|mi dia) (?:un|il tempo|prendere|cercare|vedere|guardare"
        "|controllare|trovare|segnare|scrivere) ?…",
        "vado (?:un attimo )?a (?:prendere|cercare|vedere|controllare|guardare) ?…|(?:sto|stavo)"
        " (?:cercando|guardando|prendendo|controllando) ?…|(?:cerco|prendo|guardo|controllo"
        "|recupero) (?:un attimo |solo |subito )?(?:un|una|il|la|gli|gli occhiali|i|le|l'|se|nel)"
        " ?…|(?:suonano|bussano) ?…|che (?:cerco|prendo|guardo|controllo|scrivo|vado) …|devo"
        " (?:solo |un attimo )?(?:prendere|cercare|trovare) …",
    ),
    help=(
        "(?:lei|tu) (?:che )?cosa (?:mi )?(?:sa|può|sai|puoi|fa)(?: (?:fare|dire|dirmi))?|(?:su"
        "|di) (?:quali|che) (?:argomenti|temi|cose) …|non so (?:che )?cosa (?:devo |posso"
        " )?(?:dire|chiedere|domandare|dirle|chiederle|dirti|chiederti) ?…|non so (?:che|cosa)"
        " (?:dire|chiedere|chiederle) ?…|(?:che cosa|cosa) (?:devo|dovrei) (?:dire|fare"
        "|chiedere)(?: (?:adesso|ora))?|mi faccia (?:qualche|un) esempio ?…|(?:di|su) (?:che"
        " )?cosa (?:posso|si può|possiamo|si occupa) ?…|cos'è questo (?:numero|servizio) ?…|di"
        " cosa si occupa ?…|cosa offre ?…|(?:che cosa|cosa) sa(?: (?:fare|lei))*|che servizio è ?…",
        "(?:che cosa|cosa|che|di cosa|su cosa|quali cose) (?:le |ti |vi |si )?(?:posso|può|potrei"
        "|possiamo|si può|dovrei|devo)(?: io)?(?: (?:chiedere|chiederle|chiederti|fare|dire|dirle"
        "|domandare|domandarle|sapere|scegliere))(?: (?:qui|esattamente|a lei|di preciso|in"
        " questo numero))*",
        "(?:che cosa|cosa|in cosa|in che modo|come|che) (?:mi )?(?:può|sa|puoi|sai|fa|offre"
        "|potrebbe)(?: lei)?(?: (?:fare|aiutarmi|dirmi|rispondere|offrirmi|dire|fare per me|per"
        " me|lei|di bello))*|a cosa serve ?…|a che serve ?…",
        "come (?:funziona|si usa|si fa|faccio|va|funzionate)(?: (?:qui|questo|questa cosa|il"
        " servizio|questo servizio|tutto questo|la cosa))*|aiuto|mi aiuti|(?:mi )?(?:può"
        "|potrebbe) aiutare|può aiutarmi|ho bisogno (?:di aiuto|d'aiuto)|quali (?:sono le"
        " (?:opzioni|possibilità|scelte)|domande|opzioni|servizi|informazioni) ?…|che (?:domande"
        "|servizi|informazioni|opzioni|tipo di domande) ?…",
    ),
    correct=(
        "(?:no )?(?:mi )?(?:ha|avete|hai) (?:capito|sentito|inteso|segnato) male(?: (?:è|era|io"
        "|ho detto))?|(?:no |scusi )*(?:era|è) (?:sbagliato|un errore)(?= \\S+ \\S+)|lo cambi"
        " (?:in|con|a)|ritiro tutto|non (?:era|è) (?:\\S+ ){1,3}(?:era|è|ma)|mi sono espress[oa]"
        " male|dovrebbe essere|deve essere |(?:no |scusi |ah )*(?:io )?(?:intendevo(?: dire)?"
        "|volevo dire|voglio dire|mi riferivo a|ho detto|avevo detto|dicevo|parlavo di)",
        "(?:no |scusi |mi scusi |oh )*(?:mi (?:sono|ero) (?:sbagliat[oa]|confus[oa]|espress[oa]"
        " male)|ho sbagliato|mi sbaglio|mi correggo|ho fatto confusione|ho detto male)(?:"
        " (?:giorno|con il|data|numero|nome))*|anzi|o meglio|correggo|correzione|no aspetti"
        "|aspetti no|rettifico",
        "non ho detto(?: \\S+){1,3} (?:ho detto|ma)|(?:anzi |meglio |alla fine )?(?:metta"
        "|facciamo|mettiamo|faccia) (?:invece|piuttosto|meglio)|(?:metta|mettiamo)(?= (?:\\S+dì))",
    ),
)
