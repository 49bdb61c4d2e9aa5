"""Words that tell where a sentence ends and where a clause begins, of each language.

A full stop behind an abbreviation ends no sentence, and behind some it does when the next word
begins one. What is not listed counts as a word: a cut too many is heard as a pause, a cut too few
only comes later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """All in lower case, without the last full stop."""

    never: frozenset[str] = frozenset()
    """Abbreviations with which a sentence does not end."""
    perhaps: frozenset[str] = frozenset()
    """Abbreviations with which a sentence may end: a capital letter behind them decides."""
    before_starter: frozenset[str] = frozenset()
    """Abbreviations of names, and single letters in a row: only a word of ``starters`` decides."""
    before_number: frozenset[str] = frozenset()
    """Abbreviations that figures belong to."""
    times: frozenset[str] = frozenset()
    """What stands behind the figures of a time ("a.m."), and ...."""
    time_goes_on: frozenset[str] = frozenset()
    """... the words that still belong to it, whatever letter they begin with."""
    months: frozenset[str] = frozenset()
    """Behind a number with a full stop: "5. Nov"."""
    starters: frozenset[str] = frozenset()
    """Words that often begin a sentence and hardly ever a name."""
    joiners: frozenset[str] = frozenset()
    """Words before which a long utterance may be cut."""
    street_ends: tuple[str, ...] = ()
    """Like ``before_starter``, with a name in front: "Hauptstr."."""
    ordinal_dot: bool = False
    """Whether "3." is written for "third", so that only a starter tells a sentence's end."""


ENGLISH_SENTENCES: Final = SentenceWords(
    never=_words(
        "dr mr mrs ms mx prof mt ft sr rev hon capt col gen lt sgt cpl maj cmdr gov sen "
        "rep pres messrs supt insp cllr e.g i.e eg ie vs v cf approx ca incl excl avg est "
        "p.o viz al attn asst assoc vol a.k.a resp c.f sq min max fr pvt pte adm sts mts"
    ),
    perhaps=_words(
        "etc inc ltd co corp dept tel ext fax hrs hr mins secs mon tue tues wed weds thu "
        "thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec "
        "bros oz lb lbs yr yrs wk wks jr govt appt mos in"
    ),
    before_starter=_words("st ave blvd rd ln hwy pkwy ct pl ter terr cres bldg apt ste rm fl"),
    before_number=_words(
        "no nos nr p pp pg fig figs sec ext tel art ch chap vol para ed ver rm rs ref qty"
    ),
    times=_words("a.m p.m am pm"),
    time_goes_on=_words(
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu "
        "thur thurs fri sat sun january february march april may june july august "
        "september october november december jan feb mar apr jun jul aug sep sept oct nov "
        "dec est edt cst cdt mst mdt pst pdt gmt bst utc cet cest eastern central pacific "
        "mondays tuesdays wednesdays thursdays fridays saturdays sundays weekdays "
        "weekends daily christmas easter"
    ),
    months=_words(
        "january february march april may june july august september october november "
        "december jan feb mar apr jun jul aug sep sept oct nov dec"
    ),
    starters=_words(
        "the a an i we you he she it they this that these those there here my our your "
        "his her its their if but and so or please what when where which who why how do "
        "does did is are was were can could will would should may in on at for from to "
        "with as after before then now no yes not all any some both each every let let's "
        "it's that's there's i'm we're you're they're he's she's we'll you'll i'll don't "
        "also however just call ask come go turn look take bring open press say tell "
        "contact visit thank thanks sorry hello good once until while because since "
        "although otherwise although meanwhile next first finally today tomorrow parking "
        "entry"
    ),
    joiners=_words(
        "and but or because so which that when where while if for with without to at in "
        "on from until after before as by than of"
    ),
)
_LATIN: Final = "dr prof e.g i.e etc ca vs cf jr st inc tel nr no art"
_SENTENCES: Final = {
    "en": ENGLISH_SENTENCES,
    "de": SentenceWords(
        never=_words(
            "dr prof hr fr frl z.b d.h u.a s.o s.u i.d.r bzw ca inkl exkl zzgl evtl ggf vgl "
            "st dipl ing med phil jur hl geb gest sog bspw allg max min mind ev o.g u.u i.a "
            "m.e v.a z.t z.zt d.i h.c abs abt bes einschl gegr gem bzgl vorm nachm telef"
        ),
        perhaps=_words(
            "usw etc u.s.w u.v.m o.ä u.ä tel str mo di mi do fr sa so jan feb mär mrz apr jun "
            "jul aug sep sept okt nov dez std min sek jh mio mrd gmbh co e.v"
        ),
        before_starter=_words("nr str pl"),
        before_number=_words("nr tel s art abs kap bd abb ziff"),
        months=_words(
            "januar februar märz april mai juni juli august september oktober november "
            "dezember jan feb mär mrz apr jun jul aug sep sept okt nov dez jänner"
        ),
        starters=_words(
            "der die das ein eine ich wir sie er es ihr du dies diese dieser dort hier mein "
            "unser wenn aber und oder also bitte was wann wo wer wie warum welche ist sind "
            "war haben hat kann können soll möchten in im am um an auf für von mit nach vor "
            "dann danach jetzt nein ja nicht alle auch rufen kommen gehen drücken sagen "
            "vielen danke heute morgen sonst falls da deshalb zum zur bei ab"
        ),
        joiners=_words(
            "und aber oder weil damit dass wenn als während falls für mit ohne zu bei in im "
            "auf am an von bis nach vor um sowie"
        ),
        street_ends=("str", "pl"),
        ordinal_dot=True,
    ),
    "fr": SentenceWords(
        never=_words(
            "m mm mme mlle me dr pr st ste p.ex ex env cf c.-à-d max min approx incl av bd "
            "bld boul cie mgr sté hab"
        ),
        perhaps=_words(
            "etc tél tel lun mar mer jeu ven sam dim janv févr avr juil sept oct nov déc s.a s.v.p"
        ),
        before_number=_words("n no nos nº p pp art tél fig chap réf"),
        months=_words(
            "janvier février mars avril mai juin juillet août septembre octobre novembre "
            "décembre janv févr avr juil sept oct nov déc"
        ),
        starters=_words(
            "le la les un une je nous vous il elle ils elles on ce cette ces mon notre votre "
            "si mais et ou donc que quand où qui pourquoi comment est-ce c'est pour dans en à "
            "au après avant puis maintenant non oui appelez venez merci"
        ),
        joiners=_words(
            "et mais ou parce donc qui que quand où si pour avec sans à au aux dans sur de du "
            "des jusqu'à après avant comme par"
        ),
    ),
    "es": SentenceWords(
        never=_words(
            "sr sra srta sres dr dra ee d dña ud uds vd vds prof profa lic ing arq p.ej ej "
            "aprox máx mín av avda avd c pza pl ctra gral excmo excma sto sta fco ma"
        ),
        perhaps=_words(
            "etc tel tfno lun mar mié jue vie sáb dom ene feb abr jun jul ago sep sept oct "
            "nov dic ee.uu s.a s.l"
        ),
        before_number=_words("n no núm nº pág págs p art tel tfno ext fig cap"),
        months=_words(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
            "diciembre"
        ),
        starters=_words(
            "el la los las un una yo nosotros usted ustedes él ella ellos esto este esta mi "
            "nuestro su si pero y o por qué cuándo dónde quién cómo es son está en a al para "
            "de con después antes luego ahora no sí llame venga gracias hoy"
        ),
        joiners=_words(
            "y pero o porque que cuando donde si para con sin a al en de del desde hasta "
            "después antes como por"
        ),
    ),
    "it": SentenceWords(
        never=_words(
            "sig sigg sig.ra sig.na dott dott.ssa dr prof prof.ssa ing avv arch geom rag on "
            "es p.es ca max min spett egr gent s ss p.zza v.le c.so f.lli all cfr"
        ),
        perhaps=_words(
            "ecc etc tel lun mar mer gio ven sab dom gen feb apr mag giu lug ago set ott nov "
            "dic s.p.a s.r.l"
        ),
        before_number=_words("n nn nr p pp pag art tel fig cap int"),
        months=_words(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
            "novembre dicembre"
        ),
        starters=_words(
            "il lo la i gli le un una io noi lei voi lui loro questo questa mio nostro suo se "
            "ma e o che quando dove chi come perché è sono in a al per da con dopo prima poi "
            "ora no sì chiami venga grazie oggi"
        ),
        joiners=_words(
            "e ma o perché che quando dove se per con senza a al alla in nel da dal di del "
            "della fino dopo prima come"
        ),
    ),
    "nl": SentenceWords(
        never=_words(
            "dhr mevr mw dr drs ir ing prof mr st ca bijv bv d.w.z o.a m.b.t i.v.m i.p.v "
            "t.a.v t.o.v n.a.v incl excl evt max min vgl resp a.u.b"
        ),
        perhaps=_words(
            "enz etc tel ma di wo do vr za zo jan feb mrt apr jun jul aug sep sept okt nov "
            "dec b.v n.v e.d"
        ),
        before_number=_words("nr nrs p pag art tel blz fig hfst"),
        months=_words(
            "januari februari maart april mei juni juli augustus september oktober november "
            "december"
        ),
        starters=_words(
            "de het een ik wij we u jij je hij zij ze dit dat deze die er hier mijn ons onze "
            "uw als maar en of dus wat wanneer waar wie hoe waarom is zijn kan in op om voor "
            "van met na dan daarna nu nee ja bel kom dank vandaag morgen"
        ),
        joiners=_words(
            "en maar of omdat zodat dat die als wanneer waar voor met zonder te naar bij in "
            "op van tot na om"
        ),
    ),
    "pt": SentenceWords(
        never=_words(
            "sr sra srta srs dr dra prof profa eng arq p.ex ex aprox máx mín av avda r d exmo "
            "exma ilmo sto sta v.ex"
        ),
        perhaps=_words(
            "etc tel seg ter qua qui sex sáb dom jan fev mar abr mai jun jul ago set out nov "
            "dez s.a ltda"
        ),
        before_number=_words("n no nº pág p art tel ramal fig cap"),
        months=_words(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
            "dezembro"
        ),
        starters=_words(
            "o a os as um uma eu nós você vocês ele ela eles isto este esta meu nosso seu se "
            "mas e ou então que quando onde quem como por é são está em no na ao para de com "
            "depois antes agora não sim ligue venha obrigado hoje"
        ),
        joiners=_words(
            "e mas ou porque que quando onde se para com sem a ao à em no na de do da até "
            "depois antes como por"
        ),
    ),
}
_UNKNOWN: Final = SentenceWords(never=_words(_LATIN), perhaps=_words("etc inc tel"))


def sentence_words(code: str) -> SentenceWords:
    """Of the language ``code`` (``de-AT``); for one that is not known, what is Latin."""
    return _SENTENCES.get(code[:2], _UNKNOWN)
