"""What French callers say to take, to decline, to put off, and to hear something again."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs

_CAN_YOU: Final = (
    "(?:(?:est ce que )?(?:vous )?(?:pouvez|pourriez|voulez|pouvez vous|pourriez vous|voulez vous"
    "|tu peux|peux tu|vous pouvez|vous pourriez)(?: vous)? )?"
)
_PASS: Final = (
    "(?:me |m')?(?:passez|passer|passe|transférez|transférer|transfère|mettez|mettre|connectez"
    "|connecter|basculez|basculer|branchez|brancher|dirigez|diriger|redirigez|rediriger|orientez"
    "|orienter|aiguillez)(?: moi| le moi)?(?: en (?:relation|contact|communication|ligne)| vers"
    " \\S+)?"
)

ACTS: Final = DialogueActs(
    polite=(
        "oh|ah|euh|heu|hm|hum|mm|alors|donc|enfin|bah|ben|eh bien|et|là|maintenant|juste|quand"
        " même|vraiment|aussi|du coup|écoutez|franchement|en fait|à vrai dire|dites",
        "merci(?: (?:beaucoup|bien|infiniment|à vous|madame|monsieur))?|mille mercis|je vous"
        " (?:en )?(?:remercie|prie)|s'il (?:vous|te) plaît|madame|monsieur|mademoiselle",
        "bonjour|bonsoir|allô|salut|c'est (?:très |bien )?(?:gentil|aimable)(?: (?:à vous|de"
        " votre part))?|vous êtes (?:très |bien )?(?:gentil|gentille|aimable)|d'abord|avant|pour"
        " l'instant|tout d'abord|plutôt",
        "me conviendrait(?: mieux)?|(?:ce )?serait (?:mieux|bien mieux|plus pratique)|ça"
        " m'arrange(?:rait)?(?: mieux)?|pour moi|pour nous|que|quoi|vous savez|si possible",
    ),
    yes=(
        "je n'(?:ai rien|y ai rien) contre|je n'y vois (?:aucun|aucune|pas d') ?(?:inconvénient"
        "|objection|problème)|si (?:ça|cela) ne vous (?:dérange|ennuie|embête|gêne) pas(?: trop)?"
        "|(?:c'est|ce serait|ça serait) pas mal|vous avez bien (?:compris|entendu)|je suis"
        " (?:preneur|preneuse|partante?)|si c'est possible|(?:tout est|c'est) clair",
        "si une fois|ça m'irait(?: (?:bien|très bien))?|je vous (?:en )?serais? (?:très"
        " )?reconnaissante?|(?:ça|cela) (?:m'arrange|m'arrangerait|me va|me plaît|me plairait"
        "|m'aiderait|m'irait|m'intéresse|nous va)(?: (?:bien|très bien|parfaitement|oui"
        "|beaucoup))*|affirmatif|précisément|c'est (?:celui là|celle là|cela même)|oui (?:je|nous"
        "|on|ça|il) (?:veux|voulons|peut|l'est|va|le veux)|je l[ea] prends|bien volontiers|de bon"
        " cœur|à la bonne heure|banco|ça joue|comme convenu|faisons (?:ça|comme ça|cela)|on y va"
        "|comme vous (?:voulez|voudrez|préférez)|plutôt oui",
        "oui|ouais|ouaip|oui oui|si|(?:si|mais) si|(?:mais|ben|bah|eh|oh) oui|oui oui oui|ouais"
        " ouais|oui bien sûr|yes",
        "bien sûr|bien sûr que (?:oui|si)|évidemment|naturellement|certainement|absolument|tout à"
        " fait|exactement|exact|parfaitement|effectivement|en effet|assurément|carrément|grave"
        "|clairement|sûrement|forcément|entendu|bien entendu",
        "d'accord|okay|d'ac|ça (?:marche|roule|va)|ça me convient|c'est parti|allez y|vas y"
        "|allons y|allez|allez oui|faites(?: donc| le| ça| comme ça)?|(?:on|nous) (?:fait"
        "|faisons) comme ça|soit|va pour ça|adjugé|vendu",
        "avec (?:grand )?plaisir|volontiers|très volontiers|pourquoi pas|sans (?:problème|souci"
        "|hésiter|hésitation|doute|faute)|(?:il n'y a )?(?:pas de|aucun) (?:problème|soucis?)",
        "(?:je|nous) (?:veux|voudrais|voulons|voudrions|aimerais|prends|confirme|suis d'accord"
        "|accepte|pense que oui|crois que oui|crois bien|pense bien|l'espère|pense|crois"
        "|suppose)(?: (?:bien|oui|que oui))*(?: volontiers)?",
        "(?:ce|ça) (?:serait|sera) (?:très |vraiment |bien )*(?:bien|gentil|aimable|super|parfait"
        "|avec plaisir|formidable|sympa|bon)(?: (?:à vous|de votre part))?|j'aimerais (?:bien"
        "|beaucoup)(?: ça)?|j'en serais ravie?|avec joie",
        "c'est (?:bien )?(?:ça|cela|exact|juste|correct|vrai|bon|parfait|d'accord|noté|bien|okay"
        "|tout à fait ça|exactement ça|entendu|super)|c'est bien cela|voilà|parfait|super|génial"
        "|très bien|bien|impeccable|nickel|excellent|bonne idée|juste|correct|formidable|bon",
        "je vous en prie|je (?:vous )?(?:le )?(?:demande|confirme)|à votre disposition|si vous"
        " voulez(?: bien)?|si ça ne vous (?:dérange|ennuie) pas|si vous pouvez|si vous le voulez"
        " bien|notez(?: le| donc)?|envoyez(?: le| la| moi ça)?|réservez(?: le| la)?|rappelez moi"
        "|je ne dis pas non|ce n'est pas de refus|c'est pas de refus|avec votre aide",
        f"{_CAN_YOU}{_PASS}(?: (?:un|une|le|la|quelqu'un|votre|ce|en ligne|donc|à|avec)(?:"
        " \\S+){{0,1}})?|vous pouvez(?: (?:y aller|le faire|noter))?",
    ),
    yes_alone=(
        "mhm|s'il (?:vous|te) plaît|je suis déjà venue?|déjà|je peux|on peut|je le suis|il y en a"
        "|j'ai|je le veux|ça m'est arrivé",
    ),
    no=(
        "(?:vous |tu |on )?n'(?:avez|as|a) pas (?:besoin|à) …|j'ai changé d'avis|vous (?:vous"
        " trompez|faites erreur)|je suis (?:plutôt )?contre|j'aimerais mieux (?:pas|que non)"
        "|(?:on va |autant )?en reste(?:r|ra) là|restons en là|j'ai (?:déjà )?(?:tout )?ce qu'il"
        " (?:me|nous) (?:faut|fallait)|je n'(?:en|y) vois (?:pas|plus) (?:l'|le |la "
        "|d')?(?:utilité|intérêt|besoin|nécessité)|ne vous \\S+ez pas …|(?:je vous ai|j'ai)(?:"
        " déjà)? dit (?:que )?(?:non|je ne \\S+ (?:pas|plus)) …|je ne (?:veux|souhaite|désire"
        "|compte) (?:\\S+ ){1,3}(?:personne|rien|jamais) …|je ne vous ai rien demandé",
        "(?:je|nous) (?:préfère|préférerais|vais|peux|préférons) (?:\\S+ ){0,2}?(?:rappeler"
        "|rappellerai|faire|le faire|appeler|m'en occuper|chercher|voir|trouver|revenir)(?:"
        " (?:moi même|seule?|tout seul|plus tard moi même|nous mêmes))+|(?:je|nous) n'y (?:tiens"
        "|tenons|suis) (?:pas|jamais|plus) ?…|c'est (?:privé|personnel|confidentiel|non|pas vos"
        " affaires|mon affaire)|ça ne (?:vous regarde|vous concerne) pas|(?:je|on) (?:rappellerai"
        "|rappelle|verrai|m'en occupe|m'en charge) moi même|n'en faites rien|au contraire|loin de"
        " là|tout sauf ça|pas le moins du monde|pas pour (?:moi|nous)|que nenni|pas question non"
        "|je (?:ne )?(?:le |la |vous le )?(?:donne|donnerai|dirai|dis) pas(?! non) ?…|aucune"
        " envie|aucun intérêt|aucunement|nullement|je m'y oppose|vous plaisantez|et puis quoi"
        " encore|ça suffit|c'est bon comme ça|pas même|je m'en passe|je suis bien comme ça",
        "non|nan|(?:non|mais|ben|bah|oh|que) non|nenni|no|(?:absolument|certainement|sûrement"
        "|surtout|plutôt|vaut mieux) pas|pas (?:du tout|vraiment|spécialement|forcément"
        "|exactement|tout à fait|trop|tellement|question|moi|besoin|la peine|nécessaire|ça"
        "|d'accord|intéressée?|comme ça)|(?:bien sûr|évidemment) que non",
        "jamais(?: de la vie)?|en aucun cas|(?:en |d')aucune façon|hors de question|il n'en est"
        " pas question|sous aucun prétexte|sans façon|rien(?: (?:d'autre|du tout|de plus))?"
        "|aucune?|même pas|non plus|plus maintenant",
        "(?:je|nous|on) (?:ne |n')?(?:crois|pense|croyons|pensons|trouve|suis|espère|veux"
        "|voudrais|souhaite|souhaitons|voulons|tiens|désire|préfère|préférerais|aimerais)"
        " (?:vraiment |surtout |plus )?(?:pas|plus|rien|personne|jamais) …",
        "(?:je|nous) (?:préfère|préférerais|préférons|aime mieux|aimerais mieux) (?:ne )?pas …"
        "|(?:je|nous) (?:n'en )?(?:ai|avons) (?:pas|plus) (?:besoin|envie) …|je n'ai (?:pas|plus)"
        " (?:besoin|envie) …|j'ai (?:pas|plus) (?:besoin|envie) …|je n'en (?:veux|ai) (?:pas"
        "|plus) ?…|je (?:m'en |me )?passerai(?: de)? …",
        "(?:ce |c'|ça |il )?(?:n'est|ne sera|n'était|ne serait|est|sera|n'|ne|serait|c'est)"
        " ?(?:vraiment |franchement )?(?:pas|plus) (?:la peine|nécessaire|utile|ça|bon|correct"
        "|exact|juste|vrai|bien|cela|le cas|possible|la bonne|pour moi|indispensable|obligatoire"
        "|d'accord)(?: (?:du tout|merci))?|c'est (?:inutile|faux|pas ça|non|inexact|bon merci"
        "|tout)|inutile|faux|erreur|incorrect",
        "(?:ne |n')\\S+(?: (?:moi|le|la|vous|y))* pas …|ne (?:me|m'|nous|le|la) \\S+ (?:pas|plus"
        "|rien) …|ne faites (?:pas|rien) …|surtout ne …|pas de (?:transfert|rappel|message|sms"
        "|collègue|réservation) …|ne (?:vous|te) (?:dérangez|inquiétez|embêtez) pas …",
        "(?:ça|ce|c'|cela) (?:sera|était|est|serait|ira)(?: tout)?(?: (?:merci|pour aujourd'hui"
        "|pour moi))*|c'était tout|(?:oubliez|laissez|laisse|laissons|oublie|abandonnez"
        "|annulez)(?: (?:ça|tomber|le|cela|moi|donc))*|arrêtez|stop|tant pis|on laisse tomber",
        "(?:ça|cela) ne (?:me |m'|nous )?(?:va|convient|intéresse|marche|dit|regarde|vous"
        " regarde) (?:pas|rien|plus) ?…|ça (?:ne )?(?:vous regarde|m'intéresse|me va|me dit|me"
        " convient) (?:pas|rien) ?…|je (?:refuse|décline|passe mon tour|me débrouille|me"
        " débrouillerai|vais me débrouiller) …|ça ira(?: comme ça)?(?: merci)?|je m'en occupe"
        "|négatif|ni l'un ni l'autre|ça va aller",
    ),
    no_alone=(
        "c'est (?:beaucoup |bien )?trop (?:cher|loin|tard|long|compliqué)|(?:j'ai|on m'a|je l'ai"
        "|nous avons) déjà (?:rappelée?|trouvé|parlé|reçu|réservé|réglé|noté|pris)|j'ai (?:fini"
        " par trouver|trouvé)|je n'ai (?:pas|plus) (?:de|d'\\S+|encore)|je n'ai rien (?:à|de|reçu"
        "|demandé)|(?:je|on|nous|il|elle|ils) (?:ne |n')?(?:suis|peux|ai|veux|sais|est|a|avons"
        "|dois|vais) (?:pas|plus|jamais)(?: encore)?|je ne (?:le )?(?:peux|veux|fais|suis) pas"
        "|j'ai pas|je n'y suis (?:pas|jamais)(?: allée?)?",
    ),
    negation=("pas|ne|n'|jamais|aucunement|nullement",),
    not_now=(
        "je suis (?:au volant|en voiture|en réunion|au travail|au bureau|occupée?|en train de …"
        "|sur la route|pressée?)|je (?:conduis|travaille)|(?:ça|vous) (?:peut|pouvez) (?:toujours"
        " )?(?:attendre|rêver|courir)",
        "pas (?:maintenant|aujourd'hui|tout de suite|pour l'instant|pour le moment|encore|ce soir"
        "|cette fois|ce matin|cette semaine|en ce moment|dans l'immédiat|là|immédiatement)(?:"
        " (?:non|merci))?|(?:maintenant|aujourd'hui|là|pour l'instant|pour le moment|en ce moment"
        "|tout de suite|cette fois) (?:non|pas)|(?:je )?(?:n')?ai pas le temps(?: (?:maintenant"
        "|là|tout de suite))?|(?:ce )?n'est pas le (?:bon )?moment|c'est pas le (?:bon )?moment"
        "|je ne peux pas (?:maintenant|là|tout de suite|aujourd'hui|pour l'instant)",
    ),
    later=(
        "une fois que …|(?:il )?(?:faut|faudrait) (?:d'abord )?que (?:j'en parle|je (?:lui |leur"
        " )?(?:demande|consulte|parle)) ?…|je (?:dois|vais|voudrais|préfère) (?:d'abord )?en"
        " parler ?…|à la fin(?: d\\S+(?: \\S+){0,2})?|(?:remettons|reportons|laissons|on (?:voit"
        "|verra|en reparle)) (?:ça |cela )?(?:à |pour )?(?:plus tard|un autre (?:jour|moment)|une"
        " autre fois|demain|après)|(?:à|dès) mon retour|en (?:une )?autre occasion|(?:à|pour) une"
        " autre occasion|(?:quand|dès que|lorsque|une fois que|si) (?:je|j'|on|nous) …|quand"
        " j'\\S+ …|dans (?:une|un|deux|cinq|dix|quelques|la) (?:\\S+)(?: (?:plutôt|peut être))?"
        "|je (?:vous )?(?:rappelle|rappellerai|recontacterai) …|(?:plutôt )?en (?:soirée|journée"
        "|fin d'après midi|fin de journée)",
        "(?:un peu |bien |peut être |plutôt |mais )*(?:plus tard|tout à l'heure|après|ensuite"
        "|bientôt|tantôt)(?: (?:peut être|dans la journée|s'il vous plaît))?|à un autre moment"
        "|une autre fois|un autre (?:jour|moment)|la prochaine fois|plus tard dans \\S+ \\S+",
        "(?:plutôt |peut être |seulement |pas avant )?(?:demain|après demain|ce soir|cet après"
        " midi|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|la semaine prochaine|le mois"
        " prochain|ce week end|en fin de \\S+|en soirée|dans l'après midi)(?: (?:matin|soir|après"
        " midi|midi|prochain|plutôt))*",
        "(?:après|vers|à partir de|dans|d'ici) (?:\\S+ )?(?:heures?|minutes?|jours?|midi|le"
        " travail|mon travail|le déjeuner|la réunion|dix sept heures|boulot|\\S+ heures)(?:"
        " \\S+){0,2}|après (?:dix|cinq|six|quatre|trois|deux|dix sept|dix huit|seize) (?:\\S+"
        " )?heures|quand je \\S+ …|dès que …|lorsque …|je (?:vous )?(?:rappelle|rappellerai"
        "|réessaie|réessaierai|verrai|vais réfléchir|réfléchis|reviendrai) …",
    ),
    unsure=(
        "laissez moi (?:un peu |le temps d'y |le temps de |y )*(?:réfléchir|penser) ?…|(?:il"
        " )?(?:faut|faudrait) que (?:j'y réfléchisse|j'y pense|je (?:réfléchisse|voie)) ?…|oui et"
        " non|si (?!ça ne vous|c'est possible)(?:j'ai|ma|mon|mes|c'est|le|la|les|elle|il|tout"
        "|votre|ça) …|je (?:veux|voudrais) (?:annuler|changer|reporter|déplacer|arrêter"
        "|raccrocher|parler à quelqu'un d'autre) ?…|(?:envoyez|passez|réservez)(?: moi)? plutôt"
        "|je (?:ne )?suis pas (?:\\S+ ){0,2}(?:décidée?|sûre?|certaine?|fixée?) ?…|je"
        " (?:n')?(?:ai|n'ai) pas (?:encore )?(?:décidé|choisi) ?…|je (?:ne )?sais pas (?:encore"
        " )?(?:si|quand|comment) …|peut être(?: bien)?|je ne (?:sais|suis) pas(?: (?:encore|sûre?"
        "|certaine?|trop|bien|vraiment|si))*|je sais pas(?: (?:encore|trop|bien))*|j'en sais rien"
        "|je n'en sais rien|aucune idée|pas sûre?|pas (?:encore )?(?:sûre?|certaine?|décidée?)|ça"
        " dépend|ça dépend (?:du|de|des|de la|si|quand|combien) …|on verra|à voir|faut voir|je"
        " (?:dois|vais|voudrais|veux) (?:réfléchir|voir|y réfléchir|demander) …|difficile à dire"
        "|j'hésite|peu importe|ça m'est égal|bof|possible|éventuellement",
    ),
    contrast=(
        "(?:dites|expliquez) moi (?:d'abord|avant|plutôt|juste)(?: si)?|(?:d'abord|avant)"
        " (?:dites|expliquez) moi(?: si)?|(?:je (?:voudrais|voulais|veux|souhaite|souhaiterais)"
        "|j'aimerais) (?:d'abord |juste |seulement |simplement |avant )+savoir(?: si)?|(?:d'abord"
        "|avant|juste) (?:je (?:voudrais|voulais|veux|souhaite)|j'aimerais) savoir(?: si)?",
        "mais|seulement|sauf|toutefois|par contre|cependant|pourtant|à condition|avant (?:ça|cela"
        "|de|que)",
    ),
    repeat=(
        "(?:à |pour |de |c'est )?(?:quel(?:le)?s? \\S+|combien|où|quand|qui) (?:est ce que"
        " )?(?:vous (?:avez|m'avez|aviez) dit|(?:m')?avez vous dit|vous (?:me )?(?:disiez"
        "|dites))(?: déjà)?|quelle (?:était|est) (?:déjà )?(?:la|votre) question|(?:c'était"
        "|c'est) quoi (?:la|votre) question|(?:ça |le son |la fin )?(?:a |ça )?(?:coupé|coupe"
        "|grésille|haché)(?: …)?|vous (?:étiez|êtes) (?:coupée?|parti|partie) ?…|la (?:fin"
        "|dernière phrase|suite) ?(?:s'il vous plaît)?|comment (?:avez vous dit|vous dites|disiez"
        " vous|déjà)|je (?:vous )?(?:ai|avais) (?:mal |pas bien )(?:compris|entendue?|suivi)|vous"
        " avez dit (?:quoi|combien|comment|où)|j'ai décroché ?…|je suis perdue? ?…|c'est quoi déjà",
        f"{_CAN_YOU}(?:me |m'|le |la |nous |ça )*(?:répéter|répétez|répète|redire|redites|redis"
        "|reformuler|reformulez|réexpliquer|réexpliquez|relire|relisez|recommencer|recommencez"
        "|redonner|redonnez) ?…",
        f"{_CAN_YOU}(?:me |m'|le |la |nous |ça )*(?:dire|dites|donner|donnez|lire)(?: (?:moi|le|la"
        "|ça|nous))* …(?: (?:encore une fois|à nouveau|de nouveau|une (?:deuxième|seconde) fois))",
        "une (?:deuxième |dernière )?fois(?: (?:encore|s'il vous plaît))?|encore une fois|de"
        " nouveau|à nouveau|bis|pardon (?:quoi|comment|vous disiez|vous dites|que dites vous)"
        "|comment ça|vous pouvez répéter|plaît il|comment dites vous|je vous demande pardon",
        "(?:pardon |excusez moi |désolée? )?(?:qu'est ce que|qu'|que|quoi) ?(?:vous )?(?:avez vous"
        " dit|avez dit|disiez vous|dites vous|vous avez dit|vous disiez|vous dites|disiez|dites"
        "|venez de dire)(?: (?:là|exactement|à la fin|en dernier|déjà))*|vous (?:disiez|dites|avez"
        " dit)(?: quoi)?|c'était quoi(?: (?:déjà|ça|la fin))?|c'est à dire|vous voulez dire quoi",
        "(?:je |on )?(?:ne |n'|vous |j'|ai )*(?:ai |vous |l'ai |n'ai )*(?:pas|rien|mal) (?:bien "
        "|tout |très bien )?(?:compris|entendu|entends|saisi|suivi|capté|comprends) ?…|je (?:ne "
        "|n')?(?:vous |ai |t'|l'ai |l')*(?:entends|comprends|ai|saisis|suis)(?: (?:très"
        "|vraiment))? (?:pas|mal|rien|plus)(?: (?:bien|très bien|compris|entendu|tout|saisi|suivi"
        "|la fin|le début|votre \\S+))*|j'ai (?:pas|mal|rien|raté|manqué|loupé) …|j'entends"
        " (?:pas|mal|rien|très mal) ?…",
        "(?:la ligne|la communication|la liaison|le son|vous|ça) (?:est|était|êtes|passe|parlez)"
        "(?: \\S+){0,2} (?:mauvaise?|mal|faible|coupée?|hachée?|loin|bas|inaudible)|(?:ça|la ligne"
        "|vous) (?:coupe|coupez|a coupé|grésille) ?…|(?:parlez|parler) (?:un peu )?plus fort ?…"
        "|plus fort(?: s'il vous plaît)?|"
        f"{_CAN_YOU}parler (?:un peu )?plus fort",
    ),
    repeat_alone=(
        "pardon|comment|quoi|hein|excusez moi|désolée?|désolée? (?:quoi|comment)|plaît il|comment"
        " donc|pardonnez moi",
    ),
    slower=(
        "je (?:n'arrive pas à|ne peux pas|peux pas|n'arrive plus à) (?:écrire|noter|suivre) (?:si"
        "|aussi) vite|(?:moins|trop) (?:vite|rapide) …|plus doucement …|je n'arrive pas à"
        " (?:suivre|noter) ?…|je ne suis pas si rapide ?…|laissez moi le temps de (?:noter|suivre"
        "|écrire) ?…|allez y doucement|on se calme|calmement",
        f"{_CAN_YOU}(?:me |m'|le |la |ça |s'il vous plaît )*(?:parler|parlez|dire|dites|répéter"
        "|répétez|aller|allez|redire|redites|lire|lisez|ralentir|ralentissez|épeler)(?: (?:moi|le"
        "|ça|s'il vous plaît|un|peu|beaucoup|tout))* ?…(?:plus |moins |trop )?(?:lentement"
        "|doucement|vite|ralentir|ralentissez)",
        "(?:un (?:peu|petit peu) |beaucoup )?(?:plus|moins) (?:lentement|doucement|vite"
        "|rapidement|rapide|lent)|pas (?:si|trop|aussi) (?:vite|rapidement)|doucement|lentement"
        "|ralentissez|(?:vous pouvez )?ralentir",
        "(?:vous|ça|c'|tu) ?(?:parlez|allez|va|êtes|est|allait|était|parles)(?: (?:un peu"
        "|beaucoup|bien|pour moi|là))* trop (?:vite|rapide|rapidement) …|trop vite(?: pour moi)?"
        "|je (?:prends des )?(?:note|notes|écris)(?: en même temps)?",
    ),
    hold=(
        "je (?:consulte|sors|ouvre|jette un œil|fouille) (?:dans |à |sur )?(?:mon|ma|mes|le|la"
        "|les) ?…|laissez moi (?:d'abord )?(?:vous )?(?:finir|terminer|expliquer|parler) ?…"
        "|attendez que (?:je |j')\\S+ ?…|ne bougez (?:pas|plus) ?…",
        "(?:deux|trois|cinq|quelques) (?:petites )?(?:minutes|secondes)(?: …)?|où est ce que j'ai"
        " mis …|il faut (?:juste )?que je (?:prenne|cherche|trouve) ?…|un moment ?…|je dois"
        " (?:juste )?(?:chercher|prendre|trouver|regarder) ?…|bougez pas ?…|je mets (?:mes|mon) ?…",
        "(?:juste |rien qu'|encore |attendez )?(?:un|une|deux|quelques) (?:petite? |petites"
        " )?(?:instant|moment|seconde|secondes|minute|minutes|instants|momentito)(?: (?:je vous"
        " prie|seulement))*|(?:attendez|attends|patientez|patience)(?: (?:un|une|voir|donc|je|que"
        "|deux|moi|s'il)(?: \\S+)*)?|minute",
        "ne (?:quittez|raccrochez|coupez|partez) pas ?…|restez en ligne ?…|je (?:reviens|suis à"
        " vous|vous reprends)(?: (?:tout de suite|dans un instant|de suite|vite))*|j'arrive"
        "|donnez moi (?:un|une|deux|le temps) ?…|laissez moi (?:le temps|chercher|prendre"
        "|regarder|voir|noter|trouver|juste) ?…",
        "je (?:prends|cherche|vais chercher|vais prendre|regarde|vérifie|note|attrape|trouve|sors"
        "|vais voir|mets|retrouve) (?:juste |vite )?…|on (?:sonne|frappe) …|quelqu'un (?:sonne"
        "|frappe) …|le temps (?:de|que) …",
    ),
    help=(
        "je (?:ne )?sais pas (?:trop |bien |vraiment )?(?:quoi|que|ce que je (?:peux|dois))"
        " (?:vous )?(?:dire|demander|poser) ?…|(?:sur|de|à propos de) (?:quels? (?:sujets?"
        "|thèmes?|choses?)|quoi) (?:\\S+ ){0,3}(?:pouvez|peut|peux|puis|savez) …",
        "qu'est ce que je (?:dois|dis|fais)(?: (?:dire|faire|demander))?|que faites vous(?:"
        " (?:exactement|pour moi|au juste))?|vous (?:servez|faites|savez|pouvez) (?:à )?(?:(?:me"
        " )?(?:faire |dire |répondre à )?quoi)(?: au juste| exactement)?|donnez moi des exemples"
        "|c'est quoi (?:ce numéro|ce service|ici)",
        "(?:qu'est ce que|que|quoi|qu'|de quoi) (?:je |on |puis je |peut on |est ce que je |est"
        " ce qu'on )?(?:puis je|peux|peut|puis|pourrais|dois|peut on|pourrait)(?: (?:vous|te|bien"
        "|ici))*(?: (?:demander|faire|dire|poser|savoir|choisir))(?: (?:ici|comme questions?"
        "|exactement|au juste|comme|vous))*",
        "(?:qu'est ce que|que|en quoi|comment|de quoi) (?:vous )?(?:pouvez|savez|faites|pouvez"
        " vous|savez vous|connaissez)(?: vous)?(?: (?:faire|m'aider|répondre|dire|me dire|savoir"
        "|proposer|m'apporter|pour moi|m'offrir|comme|choses|exactement))*",
        "comment (?:ça|cela|est ce que ça) (?:marche|fonctionne|se passe)(?: (?:ici|exactement"
        "|votre \\S+))*|comment (?:fait on|on fait|je fais|faire|l'utiliser|ça s'utilise)(?:"
        " (?:ici|avec \\S+))*|à quoi (?:vous |tu )?(?:servez|sers)(?: vous)?|aide|à l'aide|aidez"
        " moi|j'ai besoin d'aide|(?:pouvez|pourriez) vous m'aider|vous pouvez m'aider|quelles"
        " (?:questions|sont les (?:options|possibilités)|sont mes options) ?…|quels sont les"
        " (?:choix|services) ?…",
    ),
    correct=(
        "(?:non )?vous (?:avez|m'avez|aviez) mal (?:comprise?|entendue?|notée?)(?: (?:c'est"
        "|c'était|j'ai dit|je))?|(?:ce n'est|c'est) pas ce que j'ai dit(?: (?:j'ai dit|c'est"
        "|c'était))?|(?:non |pardon |excusez moi )*(?:ce n'est pas|c'est pas) (?:\\S+"
        " ){1,3}(?:c'est|mais)|(?:je )?me (?:suis|trompe) …? ?(?:c'est)|changez (?:pour|en"
        "|plutôt)|corrigez …|je retire …|mettez (?:plutôt|donc|finalement)",
        "(?:non |pardon |excusez moi |ah )*(?:je|j') ?(?:voulais dire|veux dire|parlais de|parle"
        " de|ai dit|disais|voulais|pensais à)",
        "(?:non |pardon |excusez moi |désolée? |oh )*(?:je )?(?:me suis|m'étais|suis) (?:trompée?"
        "|mal exprimée?|emmêlée?)(?: (?:de|sur) \\S+)?|je me (?:trompe|corrige|reprends)|(?:c'est"
        " |c'était )?une erreur(?: de ma part)?|erreur",
        "(?:finalement |plutôt |en fait )*mettez(?: (?:plutôt|donc))?|finalement(?: (?:plutôt"
        "|c'est|je préfère))?|non attendez|attendez non|ou plutôt|enfin plutôt|je (?:n'ai pas|ai"
        " pas) dit(?: \\S+){1,3} (?:j'ai dit|mais)|j'ai pas dit(?: \\S+){1,3} j'ai dit"
        "|rectification|je rectifie|correction",
    ),
)
