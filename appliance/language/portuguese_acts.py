"""What callers in Portugal and Brazil say to take, decline, put off, and hear something again."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs

_CAN_YOU: Final = (
    "(?:(?:me |não )?(?:pode|poderia|podia|consegue|importa se|importava se|importa|se importa|dá"
    " para|dava para|quer|você pode|você poderia|o senhor pode|a senhora pode)(?: (?:me|por favor"
    "|de|se faz favor))* )?"
)
_PASS: Final = (
    "(?:passe|passe me|me passe|me passa|passa|passar|passar me|ligue me|transfira|transfira me|me"
    " transfira|transferir|me transferir|ponha me|ponha)"
)

ACTS: Final = DialogueActs(
    polite=(
        "ah|oh|eh|hã|hum|uh|uhm|mm|bem|bom|então|pois|olhe|olha|já agora|agora|só|mesmo|também"
        "|realmente|na verdade|sinceramente|de verdade|e|aí|assim|ora|sei lá|lá|cá|né|tá|viu|mas"
        " olhe|portanto|(?:muito |muitíssimo )?obrigad[oa](?: (?:eu|ao senhor|à senhora|pela"
        " ajuda|igualmente))?|brigad[oa]|agradeço|agradecid[oa]|por favor|se faz favor|faz favor"
        "|por gentileza|por obséquio|senhor|senhora|minha senhora|meu senhor|é (?:muito"
        " )?(?:gentil|amável)|muito (?:gentil|amável)|que (?:gentil|simpático)",
        "olá|alô|bom dia|boa tarde|boa noite|oi|está lá|primeiro|antes|por (?:agora|enquanto|ora)"
        "|de preferência|melhor|seria melhor|dava me mais jeito|é melhor|fica melhor|convém mais"
        "|para mim|para nós|que|sabe|se possível|se não se importa|se não for incómodo",
    ),
    yes=(
        "(?:me )?(?:encaminhe|encaminha|transfere|conecta|conecte|redirecione|põe|põem|ponha)(?:"
        " me)?(?: em (?:contacto|contato|linha|comunicação))?(?: (?:a|ao|à|para|pra|com)(?:"
        " [oa])?(?: \\S+)?)?|não (?:tenho nada contra|me oponho)|não (?:era|seria) (?:nada"
        " )?(?:mau|má ideia|mal)|alinho|parece me (?:uma )?boa ideia|(?:percebeu|entendeu) bem|se"
        " (?:fizesse|fizer|faz|faria) o favor|seria (?:muito )?(?:gentil|amável|simpático)(?: da"
        " sua parte)?|(?:está|ficou|é) (?:tudo )?(?:muito |bem )?claro|tudo claro",
        "(?:eu )?agradeci(?:a|do)(?: (?:muito|imenso))?|dava (?:me )?(?:muito )?jeito|ajudava"
        " (?:me )?(?:muito|imenso|bastante)|(?:isso )?(?:seria|era) (?:ótimo|uma ajuda|bom"
        "|perfeito|excelente|simpático|bem bom|muito bom)|precisamente|é esse mesmo|é essa mesma"
        "|sim (?:quero|pode|é|está|tenho|fui|estive|sou|gostava|agradecia)|fica combinado|fico"
        " com ele|mas é claro|lógico que sim|evidente|pode crer|demorou|valeu|suave|tranquilo"
        "|show|show de bola|ok então|tá joia|joia|assim seja|sim sim claro|sim lá isso|diga que"
        " sim|aceito com gosto|parece me (?:bem|ótimo|uma boa ideia)|acho (?:bem|ótimo|uma boa"
        " ideia|boa ideia)|como não|pois pode|pois quero|pois está|por favor sim",
        "sim|sim sim|sim senhora?|pois sim|pois é|pois claro|claro|claro que sim|com certeza"
        "|certamente|certo|certinho|exac?to|exac?tamente|isso|isso mesmo|é isso|é isso mesmo|é"
        " verdade|verdade|correc?to|está (?:correc?to|certo|bem|ótimo|bom|combinado|perfeito)|é"
        " (?:correto|certo|exato|isso aí)|evidentemente|naturalmente|obviamente|óbvio"
        "|absolutamente|totalmente|de certeza|sem dúvida(?: (?:nenhuma|alguma))?|sem falta|sem"
        " (?:problemas?|stress)|efetivamente|de facto|lógico|positivo|justamente",
        "okay|tá(?: (?:bom|bem|certo|ótimo))?|beleza|fechado|combinado|pode (?:ser|sim)|pode(?:"
        " pois)?|pode (?:fazer|passar|apontar|anotar|mandar|enviar|marcar|reservar|ligar|escrever"
        "|tomar nota|avançar)(?: (?:isso|sim|à vontade|lá|então))*|podem|podem sim|de acordo"
        "|concordo|confirmo|confirmado|força|vamos(?: (?:lá|nessa|a isso))?|(?:bora|avance|vá)(?:"
        " lá)?|então vá|faça(?: (?:isso|(?:o )?favor))?|faz isso|está feito|feito|manda ver|mande"
        " ver|à vontade|esteja à vontade|óp?timo|perfeito|excelente|muito bem|bem|bom|boa(?:"
        " ideia)?|ótima ideia|maravilha|fantástico|espetáculo|bacana|legal|tudo bem|tudo bem sim"
        "|por mim(?: (?:tudo bem|sim|pode ser))?|serve(?: perfeitamente)?|dá jeito|convém(?: me)?",
        "(?:eu )?(?:quero|queria|gostaria|gostava|adorava|adoraria|aceito|desejo|prefiro|preciso"
        "|agradecia|agradeceria|quero pois|apreciava)(?: (?:sim|muito|isso|disso|que sim|pois"
        "|imenso|bastante))*|seria (?:ótimo|bom|perfeito|excelente|um prazer|simpático|muito bom"
        "|ideal|bem|maravilhoso)|com (?:muito |todo o )?(?:prazer|gosto)|de bom grado|(?:acho"
        "|creio|penso|julgo|suponho|espero|diria|parece me|acredito)(?: eu)? que sim|se (?:quiser"
        "|puder|fizer o favor|pudesse|for possível|for preciso|não for incómodo|for tão amável"
        "|não se importar|não der trabalho)|como (?:quiser|queira)|quando quiser|por que não"
        "|porquê não|e porque não|não vejo porque não|não há problema|não tem problema|nenhum"
        " problema|não me importo|não digo que não|estou de acordo|é para já",
        "(?:marque|marca|reserve|aponte|anote|mande|manda|envie|escreva|tome nota|diga|ligue"
        "|ligue me|me ligue|liguem|telefone|chame|registe|registre)(?: (?:lá|isso|me|então|já|sim"
        "|a|o|aí|pra mim|para mim))*",
        f"{_CAN_YOU}{_PASS}(?: (?:a|o|ao|à|para|pra|com|um|uma|lá|então|alguém)(?: \\S+){{0,1}})?",
    ),
    yes_alone=(
        "mhm|por favor|se faz favor|já|já estive|já fui|estive|fui|tenho|tem|é|sou|estou|posso"
        "|podemos|fiz|conheço|já lá estive|(?:já )?(?:uma|duas|duas ou três|várias) vez(?:es)?|há",
    ),
    no=(
        "não (?:tem|têm|precisa) (?:de|que) …|de todo(?! o)|(?:eu )?(?:cá )?me (?:desenrasco"
        "|arranjo|viro)|sou contra|é melhor (?:deixar|esquecer)(?: \\S+)?|(?:já )?tenho (?:tudo"
        " )?o que (?:preciso|precisava|queria)|nem por isso|já (?:lhe )?disse que não ?…|não"
        " (?:eu )?(?:ligo|trato|vejo|faço|procuro|vou) (?:eu|eu mesmo|eu mesma)|(?:eu )?(?:ligo"
        "|trato|vejo|faço|procuro|resolvo) (?:eu|eu mesm[oa]|disso eu)|prefiro (?:ligar|ser|fazer"
        "|tratar|procurar) (?:eu|eu mesm[oa]|eu a|sozinh[oa]) ?…|(?:é|isso é) (?:privado|pessoal"
        "|particular|confidencial|da minha conta|cá comigo|assunto meu)|não é da sua conta|não"
        " tem nada a ver com isso|deus me livre|cruz credo|longe disso|muito pelo contrário|ao"
        " contrário|mudei de ideias?|nunca (?:lá )?(?:estive|fui)(?: \\S+){0,3}|tá doido|que nada"
        "|nada a ver|estou bem assim|assim está bem|fica assim|não fica|fique descansad[oa]|passo"
        " bem sem isso|sem interesse|nenhum interesse|duvido|obrigad[oa] mas não|tão pouco|vai"
        " não|quero não|precisa não|sei não|posso não|pode não|carece não|nem um bocadinho|nem a"
        " pagar|isso é que não|já não (?:é preciso|preciso|quero|vale a pena)",
        "não (?:lhe|lho|lha|me|se|te) …",
        "não|não não|nã|nem (?:pensar|pense nisso|por sombras|sonhar|mort[oa]|a brincar)|de"
        " (?:maneira|modo|forma) (?:nenhuma|nenhum|alguma|algum)|de jeito (?:nenhum|maneira)|em"
        " (?:caso algum|(?:hipótese|circunstância) alguma)|nada(?: (?:disso|mais|não))?|mais nada"
        "|nunca(?: na vida)?|jamais|(?:é )?(?:claro|com certeza|certamente|evidentemente|óbvio"
        "|lógico|acho|creio|penso|julgo|espero|suponho|diria|parece me) que não|melhor não|é"
        " melhor não|que não|pois não|absolutamente não|também não|tampouco|nenhuma?|ninguém"
        "|negativo|era (?:só )?o que faltava|pelo contrário|agora é que não|nem uma coisa nem"
        " outra|não mesmo|isso não",
        "não (?!foi isso que)(?:é|foi|era|está|vai ser|será|seria|há|tem|têm)(?: (?:preciso"
        "|necessário|isso|assim|bem|bem assim|correto|correcto|certo|verdade|nada disso|esse|essa"
        "|precisa|necessidade|para mim|nada assim|o caso|caso disso|mesmo))+ ?…|não (?:quero"
        "|queria(?! dizer)|preciso|precisa|precisam|desejo|gostaria|gostava|obrigad[oa]|vale a"
        " pena|me interessa|me apetece|interessa|se incomode|se preocupe|me ligue|me liguem|me"
        " passe|passe|marque|reserve|mande|envie|faça|ligue|liguem|pretendo|necessito|estou"
        " interessad[oa]|tenho interesse|me parece|concordo|aceito|propriamente|exatamente"
        "|necessariamente|particularmente|realmente|muito|tanto|me faz falta|faz falta|dou|faz"
        " mal|carece|senhor|senhora|quero que|tenho vontade|fico|diga|aponte|anote|acho|creio"
        "|penso|dê|vou querer) ?…",
        "(?:está|isso está|é) (?:errado|mal|incorrec?to|falso|enganado)|errado|incorrec?to|falso"
        "|mal|(?:esqueça|esquece|deixe|deixa|deixemos|cancele|cancela|pare|para(?= isso| com|$)"
        "|basta|chega|stop|desista|largue)(?: (?:isso|estar|lá|pra lá|para lá|ficar|assim|quieto"
        "|já))*|não importa|tanto faz não|(?:é|era) (?:só |tudo )?(?:isso|tudo)(?: (?:mesmo|só"
        "|por hoje))*|só (?:era )?isso|mais nada não|por hoje (?:é|era) (?:só|tudo)|está tudo"
        "|tudo certo obrigad[oa]|(?:eu )?(?:prefiro|preferia|preferiria) (?:que )?não ?…|dispenso"
        " ?…|recuso ?…|passo|eu (?:cá )?me arranjo|eu desenrasco me|sem (?:passar|ligar|me) …",
    ),
    no_alone=(
        "(?:é|está|seria) (?:demasiado (?:caro|longe|tarde|longo)|caro demais)|já (?:me |lhe |o "
        "|a )?(?:ligaram|ligou|encontrei|falei|recebi|marquei|reservei|apontei)",
        "(?:eu )?(?:ainda )?não (?:o |a )?(?:sou|estou|posso|tenho|estive|fui|consigo|sei fazer"
        "|era|podemos|temos|fiz|conheço|dá|pode)|nunca estive|nunca fui",
    ),
    negation=("não|nem|nunca|jamais|sem|tampouco",),
    not_now=(
        "(?:hoje de manhã|esta (?:manhã|tarde|semana)|este mês) não|não (?:esta (?:manhã|tarde)"
        "|este mês|hoje de manhã)|pode esperar ?…",
        "(?:agora|hoje|neste momento|nesta altura|de momento) não (?:posso|consigo|dá|me dá jeito"
        "|tenho tempo|é possível|convém)|(?:estou|tô|vou) (?:a conduzir|dirigindo|no trabalho|a"
        " trabalhar|trabalhando|ocupad[oa]|em reunião|no trânsito|ao volante) ?…",
        "(?:agora|hoje|agora mesmo|neste momento|de momento|para já|por enquanto|por agora|ainda"
        "|desta vez|esta noite|hoje mesmo|esta semana|por ora) não|não (?:agora|hoje|já|neste"
        " momento|para já|por enquanto|desta vez|ainda|imediatamente|esta semana|nesse momento)"
        "|não tenho tempo(?: agora)?|(?:agora )?não (?:é|me dá|dá) (?:boa altura|um bom momento"
        "|bom momento|jeito|boa hora)(?: agora)?|não posso (?:agora|hoje|neste momento|já)|agora"
        " não (?:posso|dá|me dá jeito)",
    ),
    later=(
        "uma vez que …|(?:ao|no) fim d\\S+ \\S+|tenho (?:primeiro )?(?:de|que) (?:falar com (?:o"
        " meu|a minha|os meus)|perguntar|consultar) …|(?:lá )?(?:no (?:fim|final)(?: d\\S+(?:"
        " \\S+)?)?|ao (?:acabar|terminar|chegar|sair|voltar) ?…)|não antes d\\S+ \\S+(?: que"
        " vem)?|(?:deixemos|deixamos|vemos|falamos)(?: (?:n?isso|d?isso))? (?:para )?(?:depois"
        "|mais tarde|amanhã|n?outr[oa] \\S+)|quando (?:eu )?\\S+ …|daqui a (?:uma|meia|um|dois"
        "|duas|cinco) \\S+(?: (?:talvez|pode ser))*|ligue me (?:depois|amanhã|mais tarde|logo"
        "|para) ?…|me liga (?:depois|amanhã|mais tarde) ?…|qualquer dia|um dia destes|depois digo"
        " ?…|(?:um pouco |um bocadinho |talvez |só |mas |lá )*(?:mais tarde|mais logo|logo|depois"
        "|daqui a (?:pouco|bocado|nada)|daqui a um \\S+|(?:numa |em )?n?outr[oa] (?:dia|hora"
        "|altura|momento|ocasião)|mais para a frente|mais pra frente|em breve|para a próxima|da"
        " próxima vez|outra vez será|fica para depois)(?: (?:talvez|então|à tarde))*",
        "(?:só |talvez |mas |pode ser |antes |prefiro |de )*(?:amanhã|depois de amanhã|hoje à"
        " (?:tarde|noite)|à tarde|à noite|de manhã|de tarde|logo à noite|(?:segunda|terça|quarta"
        "|quinta|sexta)(?: feira)?|sábado|domingo|(?:na )?(?:semana que vem|próxima semana)|para"
        " a semana|no próximo \\S+|no mês que vem|no fim de semana)(?: (?:de manhã|à tarde|à"
        " noite|cedo|talvez|feira|pela manhã))*",
        "(?:só )?(?:depois|antes|a partir|por volta) (?:das|da|do|de) \\S+(?: \\S+){0,2}|(?:lá"
        " )?(?:pelas|às|lá para as) \\S+(?: (?:horas|e meia|da tarde))*|daqui a \\S+(?:"
        " \\S+){0,2}|em (?:uma|meia|cinco|dez|duas) \\S+|quando (?:sair|chegar|acabar|puder|tiver"
        "|terminar|voltar|estiver|eu|largar) ?…|assim que …|logo que …|(?:eu )?(?:ligo(?! d[oae] "
        "| para )|volto|telefono|retorno|vou ligar|vou pensar|hei de ligar)(?: (?:eu|a ligar|mais"
        " tarde|depois|amanhã|outra vez|de volta|nisso|em breve|logo|então))*|(?:vou|tenho de"
        "|tenho que) pensar (?:nisso|melhor) ?…",
    ),
    unsure=(
        "não tenho (?:bem |muita |lá |a )*certeza ?…|ainda não (?:decidi|me decidi|sei) ?…|não"
        " (?:sei|decidi) (?:ainda |bem )?(?:se|quando) …|teria (?:de|que) pensar ?…|pode ser que"
        " (?:sim|não)|sim e não|se (?:for(?! possível| preciso| tão)|a minha|o meu|tiver|houver"
        "|custar) ?…|(?:quero|queria) (?:cancelar|desmarcar|mudar|trocar|desligar|falar com"
        " outr[oa]) ?…|(?:mande|envie) antes|(?:logo|depois) vejo|(?:é|era) preciso ver",
        "talvez|se calhar|quem sabe|quiçá|porventura|possivelmente|provavelmente|(?:eu )?não"
        " (?:sei|tenho (?:a )?certeza|estou cert[oa]|estou segur[oa])(?: (?:ainda|bem|ao certo|se"
        "|dizer|lá|não))*|sei lá|não faço (?:ideia|a mínima ideia)|nem sei|depende|a ver vamos"
        "|logo se vê|vamos ver|veremos|tenho (?:de|que) (?:pensar|ver|perguntar|consultar"
        "|refletir) ?…|deixe me pensar ?…|preciso (?:de )?pensar ?…|(?:é|para mim é)"
        " (?:indiferente|igual)|tanto (?:faz|me faz)|difícil dizer|mais ou menos",
    ),
    contrast=(
        "mas|só que|porém|contudo|embora|exceto|desde que|no entanto|antes disso|todavia|(?:diga"
        " me|me diz|me diga) (?:antes|primeiro)(?: se)?|(?:antes|primeiro) (?:diga me|me diz|me"
        " diga|(?:quero|queria|gostava de|gostaria de) saber)(?: se)?|só (?:queria|quero|gostava"
        " de|gostaria de) saber(?: se)?|(?:queria|quero) (?:só|antes|primeiro) saber(?: se)?",
    ),
    repeat=(
        "(?:a |de |para )?(?:que \\S+|quanto|quando|onde|qual) (?:é )?(?:que )?(?:me |você |o"
        " senhor |a senhora )*(?:disse|falou|dizia)|qual (?:era|é|foi) (?:mesmo )?a (?:sua"
        " )?pergunta|(?:o )?que (?:é que )?me (?:estava|está) (?:a )?(?:perguntar|perguntando"
        "|dizer|dizendo)|(?:a chamada|a ligação|isto|você) (?:caiu|cortou|falhou|está a cortar"
        "|está cortando|está ruim|está a falhar) ?…|cortou ?…|(?:a|o) últim[oa](?: (?:parte"
        "|palavra|frase|coisa))? ?…|(?:o )?que (?:é que )?(?:disse|dizia|falou|me disse)(?:"
        " \\S+){0,3}|como (?:é que )?(?:disse|era|dizia|é)(?: (?:mesmo|isso))*|(?:repita|diga) lá"
        " ?…|ouço (?:o |a |lhe )?(?:muito )?mal ?…|estou a ouvir (?:o |a )?(?:muito )?mal ?…"
        "|(?:mal )?(?:o|a) (?:ouço|oiço|consigo ouvir) ?…|não (?:o|a) (?:ouvi|ouço|oiço|percebi"
        "|entendi|compreendi) ?…|perdi me ?…|estava distraíd[oa] ?…|me perdi ?…",
        f"{_CAN_YOU}(?:por favor )?(?:me )?(?:repetir|repita|repete|repetir me|repita me|redizer"
        "|reler|tornar a dizer|torne a dizer|voltar a dizer|volte a dizer|repeti lo) ?…",
        f"{_CAN_YOU}(?:me )?(?:dizer|diga|diga me|dizer me|fala|fale|falar|dar|ler|leia|explicar"
        "|explique|fazer|dizer isso|dizê lo) …(?: (?:outra vez|de novo|mais uma vez"
        "|novamente))(?: …)?",
        "outra vez|de novo|mais uma vez|novamente|uma vez mais|(?:desculpe )?como (?:disse|diz|é"
        " que disse|é|dizia|foi|era|assim|é que é|que é)(?: (?:isso|mesmo|desculpe|que disse|a"
        " última parte|por favor))*|(?:o que|que|o quê|o que é que|que é que)(?: foi)?(?: que)?"
        " (?:disse|dizia|diz|falou|você disse|você falou|o senhor disse|a senhora disse|foi isso"
        "|é que disse|quer dizer|quis dizer|era|acabou de dizer)(?: (?:desculpe|agora|no fim"
        "|mesmo|antes|por último))*|não ouvi bem|dizia|disse o quê",
        "(?:desculpe )?(?:eu )?não (?:o |a |lhe |te |vos |se |ouvi |consegui |consigo |estou a "
        "|estou |dá para |deu para |pude )*(?:percebi|entendi|ouvi|compreendi|ouço|oiço|percebo"
        "|entendo|perceber|entender|ouvir|apanhei|ouvindo|entendendo|perceb[ei]|compreendo|ouve"
        "|percebe|escutei|peguei|captei)(?: (?:bem|nada|muito bem|direito|tudo|a última \\S+|isso"
        "|o fim|o que disse|essa parte|lo|la))* ?…|(?:perdi me|perdi|escapou me|falhou) ?…|(?:a"
        " (?:ligação|linha|chamada)|isto|você|o senhor|o som|está|estou)(?: \\S+){0,3} (?:má|mau"
        "|mal|cortar|cortando|péssima|a falhar|falhando|ruim|baixo|baixinho|longe) ?…|(?:fale"
        "|falar) (?:um (?:pouco|bocadinho) )?mais (?:alto|claro) ?…|mais alto"
        + f"|{_CAN_YOU}falar (?:um (?:pouco|bocadinho) )?mais (?:alto|claro) ?…",
    ),
    repeat_alone=(
        "desculpe|perdão|como|o quê|quê|hein|hem|hã|diga|desculpa|peço desculpa|desculpe o quê"
        "|perdão como|como assim",
    ),
    slower=(
        "(?:que )?(?:eu )?(?:estou|tô|tou) (?:a )?(?:escrever|escrevendo|anotando|apontar|anotar"
        "|tomar nota|tomando nota)|(?:com )?mais (?:calma|vagar) ?…|não (?:corra|vá tão depressa"
        "|fale tão (?:depressa|rápido)) ?…|não consigo (?:acompanhar|escrever|apontar|anotar) ?…"
        "|calma lá ?…|vá com calma ?…|fale (?:mais )?(?:devagar|pausadamente) ?…|tenho de"
        " (?:apontar|escrever|anotar) ?…",
        f"{_CAN_YOU}(?:por favor )?(?:me )?(?:falar|fale|fala|dizer|diga|ir|vá|repetir|repita|ler"
        "|leia|dizer isso|dizer me)(?: (?:isso|um|pouco|bocadinho|pouquinho|bocado|lá|me|por"
        "|favor))* ?…(?:mais |tão |menos )(?:devagar|lento|lentamente|depressa|rápido|pausadamente"
        "|devagarinho|calma)",
        "(?:um (?:pouco|bocadinho|bocado|pouquinho) |muito )?mais (?:devagar|lento|lentamente"
        "|devagarinho|pausado)|devagar(?:inho)?|não tão (?:depressa|rápido)|com calma|calma|menos"
        " (?:depressa|rápido)|vá (?:mais )?devagar ?…|abrande ?…",
        "(?:você |o senhor |a senhora )?(?:está a|está|vai|fala|é|foi|isso foi|anda|falou"
        "|estava)(?: (?:ir|falar|falando|indo|andar|para mim|um (?:pouco|bocado|bocadinho)))*"
        " (?:muito |demasiado |tão )?(?:depressa|rápido|rapidamente)(?: (?:demais|de mais|para"
        " mim|pra mim))*|(?:muito|demasiado) (?:depressa|rápido)|(?:depressa|rápido) demais ?…",
    ),
    hold=(
        "(?:consulto|verifico|confirmo) (?:a|o|na|no) (?:minha |meu )?(?:agenda|calendário"
        "|telemóvel|celular)|(?:deixe me|deixa eu|deixe eu|me deixe|me deixa) (?:primeiro"
        " )?(?:acabar|terminar|explicar|falar|lhe explicar) ?…|(?:espere|espera) que eu …",
        "(?:dois|cinco|uns) (?:minutos|minutinhos|segundos|segundinhos)(?: …)?|onde (?:é que"
        " )?(?:pus|está o|deixei|meti) ?…|(?:tenho de|tenho que|preciso de|preciso) (?:ir"
        " )?(?:buscar|encontrar|procurar|pegar|ver) ?…|dê me (?:só )?(?:um|uns|dois|tempo) ?…|é"
        " só um (?:momento|segundo|instante) ?…|calma aí ?…|segura aí ?…",
        "(?:só |dê me |me dê |me dá |espere |espera |aguarde |é só |mais )*(?:um|uns)"
        " (?:(?:moment|segund|minut|instant|bocad)(?:inh)?[oe]s?|pouquinho)(?: (?:só|que|por"
        " favor))*(?: …)?|(?:espere|espera|aguarde|aguenta|aguente|peraí|pera|pera aí)(?: (?:um"
        "|só|aí|lá|que|na|por|uns|pouco)(?: \\S+)*)?|momentinho|instantinho|minutinho|momento",
        "não (?:desligue|desliga|vá embora|saia) ?…|(?:já |volto |eu |ja )*(?:volto|venho"
        "|regresso)(?: (?:já|num \\S+|em um \\S+|logo|a seguir|rapidinho|rápido))*|já estou (?:aí"
        "|consigo)|fique na linha ?…|(?:deixe me|deixa eu|deixe eu|deixa me|deixe|permita me)"
        " (?:só )?(?:ver|procurar|buscar|pegar|apontar|anotar|ir|encontrar|achar|verificar|tirar"
        "|escrever|um) ?…|dê me (?:só )?(?:um|uns|tempo) ?…",
        "(?:eu )?(?:vou|fui) (?:só |ali |já |rapidinho )*(?:buscar|procurar|pegar|ver|apontar"
        "|verificar|tirar|anotar|atender|abrir) ?…|(?:eu )?(?:estou|tô|tou|ando|tava) (?:só |aqui"
        " |ainda )?(?:a )?(?:procurar|procurando|buscar|buscando|ver|vendo|pegando|tirar|anotando"
        " a) ?…|(?:procuro|busco|pego) (?:só )?(?:um|uma|o|a|os|as) ?…|estão (?:a bater|a tocar"
        "|batendo|tocando) ?…|tocaram ?…|bateram ?…|que (?:eu )?(?:procuro|vou|busco|pego) …",
    ),
    help=(
        "não sei (?:o )?que (?:hei de |devo |lhe |te |tenho de )*(?:dizer|perguntar|pedir) ?…"
        "|(?:sobre|acerca de|de) (?:o )?(?:que|quais) (?:\\S+ ){0,4}(?:pode|posso|sabe"
        "|consegue)(?: …)?|o que (?:é que )?(?:devo|tenho de|tenho que) (?:dizer|fazer|perguntar)"
        "|dê me (?:um|alguns) exemplos? ?…|que número é este|o que é isto|para que serve (?:este"
        "|isto) ?…|que faz você ?…|o que (?:é que )?(?:você |o senhor )?(?:sabe|faz|oferece"
        "|consegue)(?: (?:fazer|dizer|exatamente))*",
        "(?:o que|que|o que é que|que é que|que coisas|sobre o que)(?: é)?(?: que)?(?: (?:eu|lhe"
        "|te|vos|se|a gente))* (?:posso|pode|podia|podemos|poderia|devo|consigo)(?: (?:eu|lhe"
        "|te))*(?: (?:perguntar|perguntar lhe|fazer|dizer|pedir|pedir lhe|saber|escolher"
        "|consultar|te perguntar|perguntar te))(?: (?:aqui|a você|exatamente|pra você|para você))*",
        "(?:o que|que|em que|em quê|como|com que|no que|de que)(?: é)?(?: que)?(?: (?:você|o"
        " senhor|a senhora|me))* (?:pode|sabe|consegue|faz|oferece|podia|me pode)(?: (?:fazer"
        "|ajudar|me ajudar|ajudar me|dizer|dizer me|responder|me dizer|informar|oferecer|por mim"
        "|me oferecer|você|tratar))*|para que serve ?…",
        "como (?:é que )?(?:isto|isso|é que isto|este \\S+)? ?(?:funciona|se usa|é que funciona"
        "|faço|uso|se faz|é que faço|é)(?: (?:isto|isso|aqui|este \\S+|o serviço|esse negócio"
        "|esse \\S+))*|ajuda|socorro preciso de ajuda|ajude me|me ajude|me ajuda|preciso de ajuda"
        "|(?:pode|podia|poderia)(?: me)? ajudar(?: me)?|que (?:opções|perguntas|serviços|tipo de"
        " perguntas|informações) ?…|quais (?:são )?(?:as |os )?(?:opções|perguntas|possibilidades"
        "|serviços|minhas opções) ?…",
    ),
    correct=(
        "(?:você )?(?:percebeu|ouviu|entendeu|apontou|anotou)(?: me)? (?:mal|errado)(?: (?:é|era"
        "|eu disse|disse))?|não foi isso que (?:eu )?(?:disse|falei)(?: (?:eu )?(?:disse|falei))?",
        "(?:não |desculpe )*(?:referia me|me referia|refiro me) (?:a|ao|à|às|aos)|(?:desculpe"
        " )?(?:isso |eu )?(?:estava|está|foi) (?:errado|mal|engano) (?:é|era)|não (?:é|era)"
        " (?:\\S+ ){1,3}(?:é|era|mas)|retiro o que disse|mude (?:para|pra|isso para)|troque"
        " (?:para|por|isso)|devia ser|deve ser ",
        "(?:não |desculpe |perdão |ah )*(?:eu )?(?:queria dizer|quis dizer|quero dizer|referia me"
        " a|me referia a|estava a falar de|disse|eu disse|tinha dito|falei|quis falar)",
        "(?:não |desculpe |perdão |ai |ah )*(?:enganei me|eu me enganei|me enganei|confundi me|me"
        " confundi|troquei me|errei|foi engano|engano meu|me equivoquei|equivoquei me|estava"
        " enganad[oa]|fiz confusão|disse mal)(?: (?:no|de|na|o|com) (?:o )?\\S+)?|corrijo"
        "|correção|retifico|aliás|ou melhor|ou antes|digo|não espere|espere não|minto",
        "(?:eu )?não disse(?: \\S+){1,3} (?:disse|eu disse|mas)|(?:afinal |antes |melhor"
        " )*(?:ponha|ponha antes|mude|altere|troque|põe|coloque|bote|faça)(?: (?:antes|então|para"
        "|pra|afinal))+|(?:afinal|pensando melhor)(?: (?:é|prefiro|quero))*",
    ),
)
