"""What Spanish callers say to take, to decline, to put off, and to hear something again."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs

_CAN_YOU: Final = (
    "(?:(?:me |lo |se )*(?:puede|podría|puedes|podrías|quiere|podrían|pueden|sería tan amable de"
    "|le importaría|le importa)(?: usted)? )?"
)
_PASS: Final = (
    "(?:páseme|pásame|pasarme|comuníqueme|comunicarme|conécteme|transfiérame|transferirme|póngame"
    "|me pase|pasar|me pasa|pásemelo|pásela|me comunica|ponerme)"
)

ACTS: Final = DialogueActs(
    polite=(
        "ah|oh|ay|eh|em|mm|hm|pues|bueno|entonces|a ver|mire|mira|oiga|oye|ya|ahora|solo|y|este"
        "|la verdad|hombre|mujer|de verdad|es que|también|realmente|sinceramente|en realidad",
        "(?:muchas |muchísimas |mil )?gracias(?: (?:a usted|señor|señora|señorita|muy amable))?"
        "|por favor|señor|señora|señorita|muy amable|es (?:usted )?muy amable|se lo agradezco|qué"
        " amable|le agradezco|muy gentil",
        "hola|buenos días|buenas tardes|buenas noches|buenas|primero|antes|de momento|por ahora"
        "|mejor|me viene mejor|me vendría mejor|sería mejor|me va mejor|para mí|para nosotros|que"
        "|sabe|si es posible|si no le importa",
    ),
    yes=(
        "(?:póngame|ponerme|me pone) en (?:contacto|comunicación|línea)(?: con \\S+)?"
        "|(?:derív[ae]me|diríjame|dirígeme|redirígame|encamíneme|contácteme|enláceme)(?: (?:con|a"
        "|al)(?: \\S+)?)?|no tengo nada en contra|me apunto|no (?:estaría|vendría) (?:nada )?mal"
        "|(?:me |lo )?ha (?:entendido|cogido|apuntado) bien|sería (?:usted )?muy (?:amable"
        "|gentil)(?: (?:de|por) su parte)?|(?:está|queda|es|me queda|me ha quedado) (?:todo"
        " )?(?:muy |bien )?claro",
        "(?:me|nos) (?:vendría|viene|iría|va|cuadra|haría|ayudaría|sirve|parecería|conviene"
        "|convendría)(?: (?:muy|fenomenal|perfecto|genial|de maravilla|estupendamente|un"
        " gran))*(?: (?:bien|favor|mucho))?|se lo (?:agradecería|agradeceré|agradezco)(?:"
        " (?:mucho|muchísimo))?|de una|por descontado|afirmativo|precisamente|efectivamente sí"
        "|eso quiero|eso digo|ese es|esa es|justo eso|justamente|sí (?:quiero|puede|lo es|lo soy"
        "|estuve|lo tengo|he estado)|cuanto antes|a por ello|hecho está|va que va|estoy de"
        " acuerdo|lo que usted diga|como usted (?:diga|vea|prefiera)|ya puede|ande sí|me lo quedo"
        "|se agradece|bien bien|claro hombre|claro mujer|pues venga|pues vale|pues muy bien",
        "sí|sí sí|sip|ajá|pues sí|claro|claro que sí|claro sí|como no|por supuesto|por supuesto"
        " que sí|desde luego|naturalmente|ciertamente|seguro|seguramente|efectivamente|en efecto"
        "|exacto|exactamente|eso|eso es|eso mismo|así es|correcto|es correcto|cierto|es cierto|es"
        " verdad|verdad|justo|tal cual|evidentemente|totalmente|absolutamente|faltaría más|no"
        " faltaba más|obvio|sin duda(?: alguna)?|sin problemas?|sin falta",
        "vale|venga|dale|okay|de acuerdo|conforme|está bien|muy bien|perfecto|genial|estupendo"
        "|fenomenal|fantástico|excelente|bien|bueno sí|bueno vale|buena idea|adelante|hágalo"
        "|hazlo|proceda|vamos|ándele|órale|listo|trato hecho|me parece(?: (?:bien|perfecto"
        "|estupendo|muy bien|genial))?|me vale|me viene (?:bien|perfecto|genial)|sale|va|con"
        " (?:mucho )?gusto|encantad[oa]|será un placer|de mil amores|por mí sí|por mí|ningún"
        " problema|no hay (?:problema|inconveniente)|no tengo inconveniente",
        "(?:me|nos) (?:encantaría|gustaría|gustaría mucho|interesa|interesaría|parece bien"
        "|apetece|haría un favor|encanta)(?: (?:mucho|eso|sí))*|(?:lo )?(?:quiero|queremos|acepto"
        "|confirmo|prefiero|deseo|necesito)(?: (?:sí|eso|hacerlo|claro))*|creo que sí|yo creo que"
        " sí|supongo que sí|supongo|espero que sí|pienso que sí|diría que sí|que sí|sí que"
        " (?:quiero|puede|he estado|es|lo es|me interesa)|ya lo creo|si (?:quiere|es tan amable"
        "|puede|pudiera|hace el favor|no es molestia|me hace el favor)|como (?:quiera|usted"
        " quiera|guste)|cuando quiera|por qué no|y por qué no|no veo por qué no",
        "(?:sería|estaría) (?:muy )?(?:estupendo|perfecto|bueno|genial|ideal|bien|fantástico|un"
        " placer|amable)|(?:apúntelo|anótelo|apunte|anote|resérvelo|resérvemelo|reserve|envíemelo"
        "|envíemela|envíe|mándemelo|mándemela|mande|llámeme|llámenme|tome nota|diga|dígame)(?:"
        " (?:usted|ya))?|puede(?: (?:hacerlo|apuntarlo|anotarlo|ser))?|cuente con ello|hecho|sea",
        f"{_CAN_YOU}{_PASS}(?: (?:con|a|al|una|un|el|la)(?: \\S+){{0,1}})?",
    ),
    yes_alone=(
        "mhm|por favor|he estado|ya|estuve|lo he hecho|lo tengo|tengo|lo es|quisiera|me gustaría"
        "|podría ser|puede ser|más o menos sí",
    ),
    no=(
        "no (?:tiene|tienen|hay) (?:por )?qué …|puedo (?:pasar|vivir|apañarme|arreglarme) sin ?…"
        "|cambié de (?:idea|opinión|parecer)|ni falta que (?:me )?hace|(?:usted )?se (?:equivoca"
        "|confunde|ha equivocado|ha confundido)|estoy en contra|mejor (?:lo dejamos|dejarlo"
        "|dejémoslo|lo dejo) ?…|(?:ya )?tengo (?:todo )?lo que (?:necesito|necesitaba|quería"
        "|buscaba)|(?:ya )?(?:le|se lo) (?:he|dije)(?: dicho)? que no ?…|yo no (?:le|les) he"
        " pedido …|ya no (?:hace falta|lo necesito|me interesa|quiero|es necesario) ?…|(?:ya"
        " )?(?:llamo|llamaré|lo hago|lo haré|lo busco|lo miro|voy|iré|me encargo|vuelvo a llamar)"
        " yo(?: (?:mismo|misma|luego))?|yo (?:mismo|misma)? ?(?:llamo|lo hago|me encargo|me"
        " apaño)|(?:es|eso es) (?:privado|personal|confidencial|asunto mío|cosa mía)|(?:a usted"
        " )?no le importa(?: …)?|ni mucho menos|ni de lejos|ni por asomo|ni harto de vino|en la"
        " vida|en mi vida|de eso ni hablar|lo dudo|lo dudo mucho|al contrario|en modo alguno|de"
        " ningún tipo|he cambiado de (?:idea|opinión)|prefiero (?:llamar|hacerlo|buscarlo|ir)"
        " (?:yo|por mi cuenta) ?…|qué dice hombre|solo faltaba|no faltaba más que eso|no y no|eso"
        " sobra|ningún interés|sin comentarios|ahora ya no",
        "no (?:lo|la|los|las|le|les|se|se lo|nos|te|os|me lo|me la) …",
        "no|no no|nop|qué va|que no|para nada|en absoluto|de ninguna manera|de ningún modo|de eso"
        " nada|ni hablar|ni pensarlo|ni loc[oa]|ni de broma|ni en broma|ni en sueños|jamás|nunca"
        "|nunca jamás|bajo ningún concepto|en ningún caso|tampoco|negativo|nada|nada más|nada de"
        " eso|nada gracias|ninguno|ninguna|claro que no|por supuesto que no|desde luego que no"
        "|mejor no|casi mejor no|creo que no|yo creo que no|me temo que no|espero que no|supongo"
        " que no|pienso que no|diría que no|pues no|todo lo contrario",
        "no (?:creo|gracias|quiero(?! decir)|deseo|hace falta|es necesario|será necesario"
        "|necesito|me interesa|me hace falta|me apetece|me gustaría|me llame|me llamen|me pase|me"
        " pasen|lo haga|lo haga usted|se moleste|se preocupe|me parece|me conviene|es eso|es así"
        "|es correcto|es cierto|es verdad|está bien|vale la pena|merece la pena|tiene por qué"
        "|estoy de acuerdo|estoy interesad[oa]|me mande|me envíe|lo apunte|lo reserve|reserve"
        "|llame|pase|quisiera|queremos|me lo|nos|pienso|tengo ganas|tengo interés|va a ser|va a"
        " hacer|sería) ?…",
        "(?:eso |esto |ese |esa )?no (?:es|era|está|fue|son)(?: (?:así|eso|correcto|cierto|bien"
        "|ese|esa|verdad|lo que|la|el))+ ?…|(?:está|eso está|es) (?:mal|equivocado|incorrecto"
        "|erróneo)|es (?:falso|mentira|un error)|falso|incorrecto|mal|error|equivocado",
        "(?:olvídelo|olvídalo|olvídese|déjelo|déjalo|dejémoslo|déjelo estar|déjese|cancele"
        "|cancélelo|deje|pare|basta|stop|para(?= ya|$))(?: (?:así|estar|ya|eso|usted))*|no"
        " importa|da igual|es igual|ya está|eso es todo|es todo|con eso (?:basta|es suficiente|me"
        " vale)|era (?:solo |todo )?eso|eso era todo|ya está todo|(?:yo )?prefiero (?:que )?no …"
        "|preferiría (?:que )?no …|sin (?:pasarme|llamarme|que me) …|paso|rechazo …|me niego …|ya"
        " me (?:arreglo|las arreglo|apaño)|estoy (?:bien|servid[oa]) así|así está bien",
    ),
    no_alone=(
        "(?:es|está|sería) demasiado (?:caro|lejos|tarde|largo|complicado)|ya (?:me |lo |la |le "
        "|nos )?(?:he |han |ha |hemos )?(?:encontrado|encontré|llamado|llamaron|llamó|hablado"
        "|hablé|recibido|recibí|reservado|reservé|apuntado)|no (?:lo )?(?:soy|estoy|puedo|he|he"
        " estado|tengo|hay|sabría|era|fui|hemos|podemos|debo|lo tengo|lo he hecho)",
    ),
    negation=("no|ni|nunca|jamás|tampoco|sin",),
    not_now=(
        "puede esperar ?…|(?:esta (?:mañana|tarde|noche|semana)|este (?:mes|lunes|martes)) no|no"
        " (?:esta (?:mañana|tarde|noche|semana)|este mes)",
        "(?:ahora|hoy|ahora mismo|en este momento|ahorita) (?:no (?:puedo|me viene bien|es buen"
        " momento|me va bien|tengo tiempo|me apetece)|me viene (?:mal|fatal))|(?:estoy|voy)"
        " (?:conduciendo|trabajando|en el trabajo|en una reunión|ocupad[oa]|manejando) ?…|me"
        " pilla (?:mal|ocupado|en mal momento|conduciendo) ?…",
        "(?:ahora|hoy|ahora mismo|de momento|por ahora|en este momento|por el momento|todavía|aún"
        "|esta vez|ahorita|esta semana|esta tarde|esta noche) no|no (?:ahora|hoy|ahora mismo|de"
        " momento|por ahora|en este momento|todavía|aún|esta vez|ahorita|tan pronto)|no (?:tengo"
        "|me da) tiempo(?: ahora)?|no es (?:buen|el) momento|no puedo (?:ahora|hoy|en este"
        " momento|ahora mismo|ahorita)|ahora (?:mismo )?no puedo",
    ),
    later=(
        "una vez que …|a última hora(?: de \\S+| del \\S+)?|al final del \\S+|a fin(?:ales)? de"
        " \\S+|(?:tengo|tendría) que (?:hablarlo|comentarlo|consultarlo|preguntar|preguntarle"
        "|preguntarlo) ?…|al (?:final|acabar|terminar|salir|volver|llegar)(?: (?:de|del|a|con)"
        " …)?|no (?:antes|hasta) (?:del?|el|la) \\S+(?: que viene)?|(?:dejémoslo|lo dejamos|lo"
        " vemos|lo hablamos|hablamos|aplacémoslo) (?:mejor )?(?:para )?(?:más tarde|luego|después"
        "|mañana|otro (?:día|momento)|otra ocasión|la semana que viene)",
        "cuando (?:yo )?\\S+ …|en (?:un|una|media|dos|cinco|diez) (?:rato|hora|ratito|minutos"
        "|horas)(?: …)?|llámeme (?:luego|mañana|más tarde|después|otro día|a) ?…|cualquier otro"
        " día|ya (?:le )?(?:diré|avisaré|llamaré)",
        "(?:un poco |algo |quizás |tal vez |mejor |mejor un poco |pero )*(?:más tarde|luego"
        "|después|más adelante|en otro momento|otro día|otro momento|otra vez será|otra ocasión"
        "|al rato|pronto|en un rato|dentro de un rato|en otra ocasión)(?: (?:mejor|quizás|tal"
        " vez))?|la próxima(?: vez)?",
        "(?:mejor |quizás |solo |a partir de |pero |para )*(?:mañana|pasado mañana|esta tarde"
        "|esta noche|el lunes|el martes|el miércoles|el jueves|el viernes|el sábado|el domingo|la"
        " semana que viene|la próxima semana|el próximo \\S+|el mes que viene|por la tarde|por la"
        " mañana|por la noche|al mediodía)(?: (?:temprano|por la mañana|por la tarde|mejor|a"
        " primera hora|noche))*",
        "(?:después|a partir|antes|dentro|luego) de (?:las |la )?(?:\\S+)(?: \\S+){0,2}|sobre las"
        " \\S+|a las \\S+|en (?:un|una|media|dos|cinco|diez) (?:\\S+)(?: \\S+)?|cuando (?:salga"
        "|llegue|termine|acabe|pueda|tenga|esté|vuelva|me|yo) …|en cuanto …|luego (?:se lo|le|les"
        "|te|ya) …|(?:ya |yo )?(?:le|les|os|te) (?:llamo|llamaré|volveré|vuelvo)(?: a \\S+)?(?:"
        " (?:luego|yo|más tarde|después|mañana|otra vez))*|(?:ya )?(?:llamaré|llamo) (?:yo|luego"
        "|más tarde|mañana|después)|me lo (?:pienso|pensaré) ?…",
    ),
    unsure=(
        "no sé (?:si|qué|cómo|cuándo|cuánto|quién|yo|todavía|aún|bien|muy|exactamente|decirle"
        "|seguro) ?…|(?:todavía|aún) no (?:lo )?(?:he decidido|sé|tengo (?:claro|decidido)) ?…|no"
        " (?:lo )?(?:he decidido|tengo (?:claro|decidido)) ?…|(?:tengo|tendría) que (?:pensar"
        "|pensarlo|verlo) ?…|sí y no|ya veré|si (?:mi \\S+|tengo tiempo|me da tiempo|hay|es"
        " gratis|no es caro|no cuesta) ?…|(?:quiero|quisiera|quería) (?:cancelar|anular|aplazar"
        "|colgar|hablar con otr[oa]) ?…|(?:mande|envíe|envíeme|mándeme) mejor|puede que sí|habría"
        " que (?:verlo|pensarlo)|me lo tengo que pensar|quizás|quizá|tal vez|a lo mejor|puede que"
        " …|no (?:lo )?sé(?: (?:todavía|aún|bien|si|seguro))*|no (?:estoy|estamos) (?:muy |del"
        " todo )?segur[oa]s?|ni idea|no tengo ni idea|no tengo idea|depende|según|ya veremos"
        "|veremos|tengo que (?:pensarlo|pensármelo|consultarlo|verlo|preguntar) ?…|déjeme"
        " (?:pensar|pensarlo) ?…|lo tengo que pensar|no sabría decirle|es difícil de decir|me da"
        " (?:igual|lo mismo)|posiblemente|no estoy segur[oa]",
    ),
    contrast=(
        "(?:primero|antes) (?:dígame|dime|quiero saber|quisiera saber|querría saber|me gustaría"
        " saber)(?: si)?|(?:dígame|dime) (?:primero|antes)(?: si)?|(?:solo|solamente) (?:quería"
        "|quiero|quisiera) saber(?: si)?|(?:quiero|quería|quisiera) (?:primero |antes |solo"
        " )+saber(?: si)?",
        "pero|solo que|aunque|sin embargo|salvo|excepto|siempre que|antes de (?:eso|nada|que)|sino",
    ),
    repeat=(
        "(?:a |de |para |en )?(?:qué \\S+|cuánto|cuándo|dónde|cuál|quién) (?:es (?:lo )?que"
        " )?(?:me )?(?:ha dicho|dijo|decía|has dicho)(?: usted)?|cuál (?:era|es|fue) (?:la|su)"
        " pregunta|qué (?:me )?(?:estaba preguntando|estaba diciendo|preguntaba|ha preguntado"
        "|preguntó)|se (?:ha )?(?:cortado|corta|cortó) ?…|lo (?:último|del final) ?…|cómo (?:es"
        "|ha sido|fue|decía|dice usted) ?(?:eso|lo último)?|qué (?:decía|me decía|me ha dicho|me"
        " dijo) ?…|(?:me lo |lo )(?:dice|puede decir|podría decir|diría) (?:otra vez|de nuevo) ?…"
        "|no le he (?:oído|entendido|escuchado|pillado) ?…|le (?:oigo|escucho|entiendo) (?:muy "
        "|fatal|bastante )?(?:mal|entrecortado|poco|lejos) ?…|la última (?:parte|palabra|frase)"
        " ?…|eh qué|me ha parecido …|no me he enterado ?…",
        f"{_CAN_YOU}(?:me |lo |la |eso )*(?:repetir|repetirme|repetírmelo|repetirlo|repita"
        "|repítame|repítalo|repítamelo|repite|repíteme|repítelo|repetir) ?…|(?:me |me lo |lo"
        " )(?:repite|repites|repita) ?…",
        f"{_CAN_YOU}(?:me |lo |la |eso )*(?:decir|decirme|decírmelo|diga|dígame|dígamelo|dime|dar"
        "|leer|explicar|decirlo|explicármelo|vuelva a decir|volver a decir|volver a decírmelo"
        "|vuelve a decirme|vuelva a decirme|vuelva a decírmelo)(?: (?:lo|la|eso|el|me))* …(?:"
        " (?:otra vez|de nuevo|una vez más|nuevamente))|vuelva a (?:decir|decirme|decirlo"
        "|decírmelo|repetir|repetirlo|leer|leerlo) ?…",
        "otra vez|de nuevo|una vez más|nuevamente|cómo (?:dice|dijo|ha dicho|dices|era|fue|es eso"
        "|así)(?: (?:usted|eso|perdone|perdón))*|como (?:dice|dijo|ha dicho|era)|mande|mande"
        " usted|perdón (?:qué|cómo|no le he oído|no he oído) ?…|qué (?:dice|dijo|ha dicho|decía"
        "|has dicho|era|fue|significa eso|es lo que ha dicho|me ha dicho|ha sido)(?: (?:usted|lo"
        " último|eso|al final|perdone|antes|de \\S+))*",
        "no (?:le|la|lo|te|os|les|me|se|lo he|le he|he|he podido|pude|logro|consigo)? ?(?:he"
        " )?(?:entendido|entiendo|entendí|oigo|oído|oí|escucho|escuchado|escuché|pillado|cogido"
        "|enterado|he enterado|oye|escucha|oír|entender|oírle|oye nada|capto|captado|comprendo"
        "|comprendido|comprendí)(?: (?:bien|nada|muy bien|lo último|eso|el final|la última parte"
        "|lo que ha dicho|del todo))* ?…|me (?:he perdido|perdí) …|se (?:oye|escucha|entiende"
        "|corta|cortó|ha cortado)(?: \\S+){0,3} ?(?:mal|cortado|bajo|lejos)?|(?:hable|habla"
        "|hablar) (?:un poco )?más (?:alto|fuerte) ?…|más alto"
        + f"|{_CAN_YOU}hablar (?:un poco )?más (?:alto|fuerte|claro) ?…",
    ),
    repeat_alone=(
        "perdón|perdone|perdona|disculpe|disculpa|que|cómo|eh|mande|diga|lo siento|perdón qué"
        "|cómo perdón",
    ),
    slower=(
        "no puedo (?:escribir|apuntar|anotar|seguirle) (?:tan|así de) (?:rápido|deprisa|aprisa)",
        "más (?:calma|lentito|pausa|pausado) ?…|(?:me )?(?:cuesta seguirle|pierdo) ?…|vaya (?:más"
        " |poco a poco|con calma) ?…|sin prisa|no corra(?: tanto)?|no me da tiempo(?: a"
        " (?:apuntar|escribir|anotar))? ?…|tengo que apuntarlo ?…",
        f"{_CAN_YOU}(?:por favor )?(?:me |lo |le )*(?:hablar|hable|habla|hablarme|hábleme|decir"
        "|decirlo|diga|dígalo|dígamelo|ir|vaya|repetir|repita|leer|lea|repetirlo|repítalo)(?:"
        " (?:un|poco|poquito|lo|por|favor|algo|usted))* ?…(?:más |tan |menos )(?:despacio|lento"
        "|lentamente|rápido|deprisa|despacito|calma)",
        "(?:un (?:poco|poquito) |algo |mucho )?más (?:despacio|lento|lentamente|despacito"
        "|pausado)|despacio|despacito|no tan (?:rápido|deprisa|aprisa)|con calma|vaya despacio"
        "|tranquil[oa]|poco a poco|menos rápido",
        "(?:usted )?(?:va|habla|vas|hablas|está hablando|lo dice|ha ido|eso ha sido|es|fue)(?:"
        " (?:usted|para mí|un poco|muy))* (?:demasiado |muy |tan )(?:rápido|deprisa|aprisa|veloz)"
        " ?…|(?:demasiado|muy) (?:rápido|deprisa)(?: \\S+){0,2}|voy (?:apuntando|escribiendo"
        "|tomando nota|anotando)|estoy (?:apuntando|escribiendo|tomando nota|anotando)",
    ),
    hold=(
        "(?:consulto|reviso|compruebo) (?:la|el|mi|mis|las|los) ?…|(?:déjeme|déjame|deje que)"
        " (?:primero )?(?:terminar|acabar|explicar|explicarle|explicarme|hablar|termine|acabe"
        "|explique) ?…|(?:espere|espera) a que …",
        "(?:dos|un par de|cinco|unos) (?:minutos|segundos|minutitos)(?: …)?|dónde (?:he puesto"
        "|dejé|está mi|tengo) ?…|(?:tengo que|necesito) (?:coger|buscar|encontrar|sacar) ?…"
        "|(?:cojo|saco|agarro|tomo) (?:un|una|el|la|mi|papel) ?…|un momen …|no se me vaya ?…"
        "|(?:ya|enseguida) estoy ?…|llaman (?:al timbre|a la puerta) ?…",
        "(?:solo |deme |dame |espere |espera )?(?:un|una|unos) (?:momento|momentito|segundo"
        "|segundito|minuto|minutito|instante|segundos|rato|ratito)(?: (?:solo|nada más|que|por"
        " favor))?(?: …)?|(?:espere|espera|espérese|esperad|aguarde|aguante)(?: (?:un|una|a|que"
        "|usted|por|ahí|no|tantito)(?: \\S+)*)?|momento|momentito|tantito",
        "no (?:cuelgue|cuelgues|se vaya|se retire) ?…|(?:ahora mismo |ahora |enseguida |ya"
        " )*(?:vuelvo|regreso|estoy con usted|vengo)(?: (?:enseguida|ahora|en un \\S+|ya))*"
        "|(?:déjeme|deje que|déjame|deje|permítame) (?:que )?(?:busque|buscar|mirar|mire|coger"
        "|coja|apuntar|ver|vea|tomar|ir|anotar|encontrar|un) ?…|deme (?:un|una|unos) ?…",
        "voy a (?:por|buscar|coger|mirar|ver|tomar|apuntar|comprobar) ?…|voy por …|(?:estoy|ando)"
        " (?:buscando|mirando|cogiendo|sacando|apuntando) …|busco (?:un|el|la|mi|las|los) …|están"
        " llamando …|que (?:busco|cojo|voy|miro|apunto|saco) …|manténgase en línea",
    ),
    help=(
        "no sé qué (?:tengo que |debo |puedo )?(?:decir|preguntar|pedir)(?:le|te)? ?…|(?:sobre|de"
        "|en|con) qué (?:temas |cosas |asuntos )?(?:me |se |le )?(?:puede|puedo|puedes|sabe"
        "|podría) …|no sé qué (?:decir|preguntar|preguntarle) ?…|qué (?:hago|digo|debo decir"
        "|tengo que decir)(?: ahora)?|deme (?:algún|un) ejemplo ?…|sobre qué (?:puedo|se puede"
        "|temas|cosas) ?…|en qué consiste (?:esto|este servicio)|qué es (?:esto|este número|lo"
        " que puede hacer) ?…|qué (?:sabe|conoce|hace) (?:usted)?(?: (?:hacer|exactamente))*",
        "(?:qué|que|sobre qué) (?:cosas |más )?(?:le |te |se |les )?(?:puedo|puede uno|puede"
        "|podría|se puede|debo|podemos)(?: (?:yo|uno|aquí))?(?: (?:preguntar|preguntarle"
        "|preguntarte|hacer|decir|decirle|consultar|pedir|pedirle|saber|elegir))(?: (?:aquí|yo"
        "|exactamente|usted))*",
        "(?:qué|en qué|con qué|que|cómo) (?:más )?(?:me )?(?:puede|sabe|puedes|hace|sabes|ofrece"
        "|podría)(?: usted)?(?: (?:hacer|ayudarme|ayudar|decirme|ofrecerme|responder|contestar"
        "|contarme|saber|por mí|usted|informarme|me))*|para qué (?:sirve|sirves|es) (?:usted|esto"
        "|este \\S+)?",
        "cómo (?:funciona|va|se usa|se hace|lo hago|hago|utilizo)(?: (?:esto|este \\S+|aquí|eso"
        "|el \\S+|todo esto))*|ayuda|ayúdeme|necesito ayuda|(?:me )?(?:puede|podría|puedes)"
        " ayudar(?:me)?|me ayuda|qué (?:opciones|preguntas|posibilidades|servicios|temas|tipo de"
        " preguntas|clase de preguntas) ?…|cuáles son (?:las|mis) opciones",
    ),
    correct=(
        "(?:no )?(?:me |lo )?(?:ha|has|han) (?:entendido|oído|apuntado|cogido) mal(?: (?:es|era"
        "|yo|he dicho|dije))?|(?:me |lo )?(?:entendió|entendiste|oyó|apuntó) mal(?: (?:es|era|yo"
        "|dije))?|(?:no |perdón |perdone )*(?:me (?:refería|refiero) (?:al|a la|a)|quise decir"
        "|era (?:el|la)(?= (?:\\S+)))|(?:perdón |perdone )?(?:eso )?(?:está|estaba) mal (?:es"
        "|era)|cámbielo (?:a|al|por|para)|retiro lo dicho|no era (?:\\S+ ){1,3}era|no es (?:\\S+"
        " ){1,3}(?:es|sino)|quería (?:\\S+ ){1,3}no ",
        "(?:no |perdón |perdone |ay )*(?:yo )?(?:quería decir|quise decir|quiero decir|me refería"
        " a|me refiero a|he querido decir|decía|digo|dije|he dicho|había dicho)",
        "(?:no |perdón |perdone |disculpe |ay )*(?:me he (?:equivocado|confundido|liado)|me"
        " equivoqué|me confundí|estaba equivocad[oa]|ha sido un error|lo he dicho mal)(?: (?:de"
        "|con|en) (?:el |la )?\\S+)?|corrijo|rectifico|corrección|mejor dicho|o mejor(?: dicho)?"
        "|no espere|espere no|miento",
        "no (?:he dicho|dije)(?: \\S+){1,3} (?:he dicho|dije|sino)|(?:mejor |bueno mejor |al"
        " final )?(?:póngalo|póngame|ponga|que sea|cámbielo|cámbieme|cambie)(?: (?:mejor|a|para"
        "|al))*|(?:al final|pensándolo bien) mejor",
    ),
)
