"""What English callers say to take, to decline, to put off, and to hear something again."""

from __future__ import annotations

from typing import Final

from appliance.language.dialogue_acts import DialogueActs

_WE: Final = "(?:i|we)"
_CAN_YOU: Final = "(?:(?:can|could|would|will) (?:you|i|we)(?: please)? )?"
_PUT_THROUGH: Final = "(?:put|connect|transfer|pass|hand)(?: (?:me|us|that|it))?"

ACTS: Final = DialogueActs(
    polite=(
        "ooh+|aw|gosh|goodness",
        "(?:you can |please )?(?:give|drop) (?:me|us) a (?:ring|call|bell|line)|(?:you can "
        "|please )?(?:call|ring|phone) (?:me|us)(?: back)?",
        "unfortunately|sadly|regrettably|(?:thank you|thanks) ever so much|ever so (?:much"
        "|kind)|in principle",
        "oh|ah|uh|um|er|hm|mm|well|so|then|just|actually|really|very much|very|though|anyway",
        "thank you(?: (?:so|very) much)?|thanks(?: a lot)?|cheers|kindly|madam|sir|ma'am|mate|dear",
        "i am afraid|i think|i guess|i suppose|i mean it|for (?:me|us)|to me|with me",
        "hello|hi|hey|you know|as well|too|now|indeed|honestly|at the moment|to be honest",
        "that is|it is|that would be|it would be|this is|much|again|and|because|today|of you|first",
        "(?:would|will|might) (?:be|suit|work)(?: me| us)? (?:better|best|fine|good|easier)",
        "that is (?:very |so )?(?:kind|nice)(?: of you)?|for now|a bit|quite|my dear|right now",
    ),
    yes_alone=(
        "(?:it|that) (?:certainly|definitely|really|sure|absolutely) (?:does|did|is)",
        "(?:it|that) did|that it (?:does|did|is)|(?:please )?would you|could you",
        "mhm",
        f"{_WE} (?:would|will|do|am|are|can|did|have|must|shall|was)",
        f"{_WE} (?:would (?:like|love)|(?:really )?(?:want|need)) to",
        "it (?:is|does)|they are|he is|she is|you can|you may|you could|that is",
        "please|if you please|if you (?:can|could|would|do not mind)|if possible",
    ),
    yes=(
        "(?:i am|we are) (?:all )?ready(?: (?:when you are$|for it))?"
        "|i was hoping you would (?:say|ask) (?:that|so)",
        "that is (?:probably |for the |the )?best|(?:a|your|any) (?:colleague|person|human"
        "|human being)(?= please)|(?:i am|we are) all ears|carry on",
        "(?:not (?:a|any)|no) (?:bother|trouble|problem|hassle)(?: at all)?|if (?:it"
        "|that) is (?:no|not (?:any|a|too much)) (?:trouble|bother|problem)(?: to you)?"
        "|works for us|you would be doing (?:me|us) a (?:huge |big )?favou?r",
        f"{_WE} (?:have|did|was|were)(?: been| there)? (?:a (?:couple|few)|once|twice|several"
        "|many|last|before|years ago|some)(?: (?:of|times?|or|twice|ago|before|already|years?"
        "|summer|winter|weeks?|months?))*|(?:please )?would you please",
        f"{_WE} would (?:really |very much )?(?:appreciate|like|love|prefer) it if you (?:would"
        f"|could|did|put|called|rang|sent|connected) ?(?:{_PUT_THROUGH}|me|us|it"
        "|that)?(?: (?:through|back))?",
        f"you (?:can|could|may) (?:please )?{_PUT_THROUGH}(?: (?:through|over))?(?: to (?:a "
        "|the )?\\S+)?",
        "(?:i|we) (?:certainly|definitely|absolutely|really|very much)(?: (?:do|would|have|am|will"
        "|are|can))?|precisely|that is the one|you have got it|you got it|(?:i )?(?:may|might) as"
        " well|(?:i|we) would be (?:very |most |so |really )?(?:grateful|glad|happy|delighted"
        "|pleased|obliged)(?: (?:for that|to))?|right you are|if you would not mind|fire away|too"
        " right|quite (?:right|so)|i guess so|i will take it|let us go|please and thank you|yes i"
        " (?:would|do|am|have|can|did)|that is what i thought|only too glad|if you insist|(?:that"
        "|it) (?:would|will|does) help",
        "yes|yeah|yep|yah|yes yes|aye|uh huh|sure|sure thing|surely|for sure|okay|all right|fine",
        "of course|certainly|absolutely|definitely|exactly|indeed|naturally|totally|obviously",
        "by all means|why not|go ahead|go for it|go on|do it|do that|do so|please do|make it so",
        "spot on|no yes|no yeah|(?:i|we) (?:do not|can not) see (?:any reason )?why not",
        "correct|right|true|that is (?:it|correct|right|true|fine|okay|good|great|perfect)",
        "perfect|great|good|lovely|brilliant|excellent|wonderful|nice|very well|good idea|super",
        "(?:that )?sounds (?:good|great|fine|lovely|perfect)|works for me|(?:that|it) works",
        "(?:that|it) (?:would|will) (?:be|do)(?: (?:so |very |really )?(?:good|great|nice|lovely"
        "|fine|helpful|kind|perfect|wonderful|okay|brilliant|ideal|best|all right))?",
        f"{_WE} (?:think|believe|guess|suppose|hope) so|{_WE} agree|{_WE} accept|{_WE} insist",
        f"{_WE} would (?:really |very much )?(?:like|love|appreciate|prefer)"
        "(?: (?:that|it|this))?(?: please)?",
        f"{_WE} (?:do|would) not mind|{_WE} have no objection|no problem|no worries|no objection",
        f"{_WE} (?:really )?(?:want|need) (?:that|it|this)|let us do (?:it|that)|do please",
        f"{_CAN_YOU}(?:please )?{_PUT_THROUGH}(?: (?:through|over))?(?: to (?:a |the )?\\S+)?",
        "if you would|as you (?:like|wish)|be my guest|you bet|gladly",
        "with pleasure|happy to|happily|(?:we are|i am) happy"
        " (?:with that|to)|that is what i (?:want|need|said|meant)|got it|will do|yes indeed",
    ),
    no=(
        "(?:i|we) (?:have|have got|got) (?:all|everything|what) (?:that )?(?:i|we) (?:need"
        "|needed|want|wanted|came for)|(?:i|we) (?:have )?decided (?:against …|not to …)"
        "|no can do|not on this occasion|(?:i|we) only (?:wanted|want|called|rang) to …",
        f"{_WE} would (?:just )?as soon not …|{_WE} will (?:just )?(?:find|look|sort|work|figure"
        "|google|check) (?:it|that|this)(?: (?:out|up))?(?: (?:myself|ourselves|later|online))?"
        "|there is no (?:call|point|sense|use) ?…",
        f"{_WE} would (?:rather|sooner|prefer to|just) (?:just )?(?:call|ring|phone|find|look"
        "|leave|keep|write|email|come|do(?! (?:it|that|so))|try|drop|stay|skip) …"
        f"|{_WE} would (?:rather|sooner|prefer it if) (?:you|we|they) (?:did not|left|would not"
        "|stopped|kept|could not) ?…",
        "you (?:need not|needn't|really need not|would not (?:have|need) to|do not (?:have"
        "|need) to) ?…|let us not …|(?:i|we) (?:will|would"
        "|think i will) (?:just )?(?:give (?:it|that|this) a miss|leave (?:it|that)|skip (?:it"
        "|that)|do without|get by|find my way) ?(?:there|for now|then)?",
        "not (?:as far as|that) (?:i|we) (?:know|remember|am aware)(?: of)?|nothing doing|(?:it"
        "|that) (?:will|would) not be (?:necessary|needed|required) ?…"
        "|save yourself the (?:bother|trouble)",
        "not (?:on your life|in the least|likely|a bit|as such|so far|in a million years|under any"
        " circumstances|in this case)|hardly|hardly ever|scarcely|(?:i|we) (?:would rather|would"
        " prefer to|prefer to|can|will|would sooner) … (?:myself|ourselves|on my own)(?: (?:thanks"
        "|thank you))?|(?:i am|we are|you are) (?:all right|okay|fine|good)(?: as i am| for now)?"
        "|(?:that|it) is (?:none of your business|private|confidential|a no|not something i)|none"
        " of your business|mind your own business|(?:i|we) have changed (?:my|our) mind|(?:god"
        "|heavens|goodness|good grief|lord) no|anything but|neither of them|out of the question"
        "|not if i can help it|i refuse|i would not dream of it|i doubt (?:it|that)|far from it",
        "no|nope|nah|no no|no way|never|never mind|by no means|not at all|not really|certainly not",
        "not (?:particularly|necessarily|exactly|quite|interested|needed|necessary|required|correct"
        "|right|true|that|a chance|likely|this time|for me|okay|good|any ?more|in the slightest)",
        f"{_WE} do not (?:think|believe|suppose|guess) so|i (?:do not )?think not|i hope not",
        f"{_WE} (?:do|would|will|did|can)(?: really)? not (?:really )?(?:want|need|wish|like|care"
        "|require|think that is|think i|be needing|have to be|accept|agree|fancy|feel like) ?…",
        f"{_WE} am not (?:interested|keen|happy with|going to|ready to) …",
        f"{_WE} (?:would|will) rather (?:not|you did not|do not|wait) …|rather not …|better not",
        f"do not (?:{_PUT_THROUGH}|bother|worry|do|need|want|you|call|trouble|mind) …",
        f"not (?:to )?{_PUT_THROUGH} …|without (?:being )?(?:put|connected|transferred|putting) …",
        "(?:there is )?no (?:need|thanks|thank you|please)|no (?:need|reason|point) …|not any"
        " ?more",
        "(?:it|that|this) (?:is|will|would) not(?: be)?(?: (?:necessary|needed|required|it|right"
        "|correct|true|for me|what i (?:want|need|said|meant|asked)))?",
        "wrong|incorrect|false|negative",
        "(?:leave|forget|skip|cancel|drop|stop) (?:it|that|this)|forget about it|stop|i decline",
        f"{_WE} (?:am|are) (?:all )?(?:good|fine|okay|set|sorted|done)|i can manage|i will manage",
        f"{_WE} (?:will|would|shall) pass|pass|count me out|that is (?:all|everything|enough)",
        "under no circumstances|on no account|(?:it|that|this) is not (?:right|correct|true) …",
        "neither|nothing|nothing (?:else|more)|none|on second thoughts? (?:no)?|hard pass",
    ),
    no_alone=(
        f"{_WE} (?:do|would|will|am|are|can|did|have|could|should|was) not",
        "(?:it|that|this|you|they|he|she) (?:does|do|will|did|would|can|is|are|may) not",
    ),
    negation=("not|do not|does not|will not|never|cannot|can not",),
    not_now=(
        "(?:i am|we are) (?:just |right now |still |currently )*(?:driving|busy|in a (?:meeting"
        "|hurry|rush)|at work|on (?:the|a) (?:road|bus|train|motorway)|in the middle of …"
        "|about to …)(?: (?:right now|now|just now|at the moment))?",
        "(?:(?:just|only) )?not (?:before|until|till) (?:the )?\\S+(?: \\S+)?"
        "|not (?:in )?(?:this|the next|the coming) (?:week|month|year|time|morning|weekend|days)",
        "not (?:right now|just now|now|yet|today|tonight|just yet|at the moment|this (?:minute"
        "|moment|morning|afternoon|evening|week)|at this (?:time|moment)|immediately|straight"
        " away)",
        "(?:i|we) (?:do|can|have) not (?:have |got )?(?:the |any )?time(?: (?:right )?now)?"
        "|(?:it|this|now) is not (?:a )?(?:good|convenient)(?: (?:time|moment))?",
        "(?:i|we) (?:can|will|do) not (?:do (?:it|that) )?(?:right now|now|just now|today|at the"
        " moment)",
    ),
    later=(
        "(?:when|once|after|as soon as) you (?:are|have|get|come|finish) …|(?:but )?(?:let me"
        "|i have to|i need to|first i) (?:finish|say|explain|tell you) …",
        "(?:after|once|when|as soon as|until|till) (?:the|my|our|we|i|he|she|they|his|her"
        "|everyone) …",
        "ask me (?:again )?(?:at the end|later|then|after|in a …|another time) ?…"
        "|at the end(?: of (?:the|this) call)?",
        "(?:once|when|as soon as|after|until|unless) (?:i|we) (?:am|are|get|have|come|finish|leave"
        "|arrive|can|return) …|(?:can|could) (?:we|you|i) (?:do|try|call|make|have) (?:that |it "
        "|me )?(?:back )?(?:a bit )?(?:later|tomorrow|another time|next week)|(?:call|ring|phone"
        "|try|ask) (?:me |us )?(?:back |again )?(?:later|tomorrow|instead|tonight|next week"
        "|this (?:evening|afternoon)|on \\S+day)(?:"
        " instead)?|in (?:a|half|an|about) …|soon enough|some other day",
        "(?:maybe |perhaps |possibly |but )?(?:a (?:bit|little) )?later(?: on| today)?",
        "(?:maybe |perhaps |some )?(?:another|other|next) (?:time|day|week|month)|some other time",
        "(?:maybe |perhaps )?(?:tomorrow|next week|this afternoon|this evening|tonight|soon)",
        "(?:i|we) (?:will|would|can|shall|might)(?: have to)? (?:call|ring|phone|try|come|get|do"
        "|think about) (?:you |it |that )?(?:back|again|it|that)?(?: later| tomorrow)?",
        "(?:in|after) (?:a|an|half an|one|two|some|few|five|ten) ?…|when i have …|after (?:that"
        "|lunch|work)",
    ),
    unsure=(
        "(?:i|we) (?:can not|could not|have not) (?:really |quite )?(?:decide|decided"
        "|make up my mind|made up my mind)(?: yet)?|(?:i|we) (?:have )?(?:forgotten"
        "|forgot)(?: (?:it|that))?",
        "(?:only |but )*if you (?:promise|leave|first|can tell|tell|explain|stop|stay|keep) …",
        "(?:only if|unless|provided|as long as) …|if (?:it|that|there) is (?:free|not"
        "|no (?:charge|cost|fee)|cheap) …|wait for (?:the|my|it|them|your)(?: \\S+)?|(?:that "
        "|it )?could be|(?:i |we )?(?:may|might) have to (?:ask|check|see) …",
        "(?:i|we) (?:could|can) not (?:really |honestly )?(?:tell you|say)(?: that| for sure)?"
        "|let (?:me|us) (?:just )?(?:think|sleep on) …|would prefer it if you|(?:i "
        "|we )?already have (?:it|that|one)|(?:i|we) have (?:already )?got (?:it|that) already",
        "maybe|perhaps|possibly|(?:i|we) (?:do not|am not|are not) (?:know|sure|certain)(?: yet)?",
        "not (?:so |too |quite |really )?(?:sure|certain|decided)|it depends|that depends|depends",
        "let me think …|i have to think …|i need to think …|i wonder|difficult|hard to say|who"
        " knows",
        "i (?:could|might|may)|either|whatever|i do not mind either|i (?:can|could) not (?:say"
        "|tell)",
    ),
    contrast=(
        "but|only(?! (?:wanted|want|called|rang) to)|however|although|except|before (?:that|you do"
        "|we do|you)|first of all",
    ),
    repeat=(
        "what (?:did|do) you (?:just )?(?:ask|want from|tell|call)(?: me)?(?: (?:just now"
        "|again))?|(?:the|your|that) \\S+ (?:once )?again",
        "(?:sorry )?(?:what|which|how (?:much|many)) (?:\\S+ ){0,2}?(?:did you say|was (?:that"
        "|it)(?: again)?)(?: (?:it is|it was|again))?|what (?:was|is) (?:the"
        "|your) question(?: again)?|what (?:did|do) you want to know(?: again)?|what (?:was"
        "|is) it you (?:want|wanted|asked|said) ?…",
        "(?:i|we) (?:lost|could not hear) you …|you what|say again|what (?:was|is) (?:the|that)"
        " (?:last|first|middle) (?:bit|part|one|word)|you (?:dropped|cut|went) (?:out|off|quiet) …"
        "|(?:sorry )?i (?:was not|am not) (?:listening|following|with you) …|come back …|go back …"
        "|how do you mean|i missed (?:it|that|what you said|the end) ?…",
        f"{_CAN_YOU}(?:please )?repeat …|{_CAN_YOU}(?:please )?say (?:that|it|this)",
        f"{_CAN_YOU}(?:repeat|say|tell me|give me|go over|read) … (?:again|once more|one more time"
        "|a second time|another time)",
        "(?:once|one) (?:more|again)(?: time)?|again please|come again|run that by me …|say what",
        "(?:i|we) (?:can|could|did|do|have) not (?:quite |really |fully |properly )?(?:hear|catch"
        "|get|understand|follow|understood|caught|heard) …|(?:i|we) missed …|repeat",
        "(?:sorry |pardon )?(?:what|how) (?:was|is) that(?: again)?|(?:sorry )?what did you"
        " (?:just )?"
        "say|you said what|what was the last …|what (?:do|did) you mean|what was it",
        "(?:i )?beg (?:your )?pardon|pardon|pardon me|didn't catch …|say that again …|sorry what",
        "you (?:are|were) (?:too |very )?(?:quiet|unclear|breaking up|cutting out) ?…|speak up …",
        "(?:the line|you|it) (?:is|are|was) (?:very |so |really )?(?:bad|breaking up|crackly) ?…",
        "what (?:was|is) (?:it|that) you said|i did not (?:quite )?(?:hear|catch|get) …",
        f"{_CAN_YOU}(?:speak|talk) (?:up|louder|a (?:bit|little) louder) ?…|louder",
    ),
    repeat_alone=("sorry|excuse me|what|huh|eh|how|come on|i am sorry|what sorry",),
    slower=(
        "(?:i am|i have to|let me) (?:just )?(?:writing|write|taking|noting) (?:this|it|that"
        "|notes)? ?(?:all )?(?:down)? ?(?:so )?(?:slowly|slower)?|(?:you have|you are) lost me …"
        "|at half (?:the )?speed|easy now|easy does it",
        f"{_CAN_YOU}(?:please )?(?:speak|talk|say|repeat|go|read|do) ?…(?:slower|slowly|slow)",
        "(?:a (?:bit|little)|much|more|not so|too|slightly)? ?(?:slower|slowly|slow|fast|quickly)"
        "(?: down)?",
        f"(?:{_CAN_YOU})?slow (?:it )?down …|you (?:are|speak|talk|go) … (?:fast|quick|quickly)",
        "(?:that|it) (?:is|was|went) (?:a (?:bit|little) |way |much )?too (?:fast|quick|quickly)",
        "not so (?:fast|quick|quickly)|take your time",
    ),
    hold=(
        "(?:just )?(?:two|a few|a couple of|five|half a) (?:ticks|seconds|secs|minutes|mins"
        "|moments|second|mo|tick|sec)|(?:i )?(?:just )?need to (?:get|find|grab|fetch|look) …"
        "|where did i put …|someone is at the door ?…|i have to (?:find|get|fetch|look) …|with you"
        " in a …",
        f"{_CAN_YOU}(?:please )?(?:hold|hang)(?: on| the line| please)?(?: (?:for )?(?:a|one|just"
        " a)"
        " (?:second|sec|minute|moment|bit|tick|mo))?",
        f"{_CAN_YOU}(?:please )?(?:wait|give me|bear with me|just) (?:for )?(?:a|one|just a|just"
        " one"
        "|half a|me) (?:second|sec|minute|moment|bit|tick|mo)",
        "(?:just )?(?:a|one) (?:second|sec|minute|moment|tick|mo)|wait|bear with me|hang on|hold"
        " on",
        "let me (?:just )?(?:get|find|fetch|check|look|see|grab|write) …|(?:wait|hold on|hang on)"
        " (?:i|let|while|until) …|i am (?:just )?(?:getting|looking for|fetching|finding) …",
        "stay (?:on the line|there)|do not (?:hang up|go away|go)|i will be right back|one moment",
    ),
    help=(
        "(?:i have|i have got|have|got) no idea what to (?:ask|say)(?: to)?(?: you)?"
        "|i do not know what to (?:say|ask)(?: to)? you",
        "what (?:are|were) you able to (?:do|tell me|help with)(?: for me)?|i do not know what to"
        " (?:say|ask)|what (?:should|do) i (?:say|ask)(?: now)?|what is this(?: number)?(?: for)?"
        "|who do i ask …|what are you for|what services …|give me some examples|tell me what you"
        " can do",
        "what (?:else )?(?:can|could|may|should|do) (?:i|we|one) (?:ask|say|do here|ask you|say to"
        " you|do)(?: (?:you|here|about))?(?: (?:about|for))?",
        "what (?:else )?(?:can|could|do) you (?:do|help(?: me)? with|tell me|know|answer|offer me)"
        "(?: (?:about|for me))?|what are my (?:options|choices)|what are the options",
        "what (?:kind|sort|kinds|sorts|type) of (?:questions?|things?) … (?:ask|answer|know|help"
        "|say)"
        " ?…",
        "how (?:does this|do you|does it|do i|can i) (?:work|use this|use you)(?: this)?",
        "(?:can|could) you help me|help|help me|i need (?:some )?help|what do you know(?: about)?",
        "what (?:questions|things) (?:can|could|may) (?:i|you) …|what is possible(?: here)?",
    ),
    correct=(
        "(?:no )?you (?:have )?(?:misunderstood|misheard|got (?:me|it|that) wrong)(?: me)?"
        "|(?:sorry |no )*(?:that|it) should (?:be|say|have been)",
        "(?:sorry )?(?:that|it) (?:was|is) wrong(?= (?:(?:it|the) ))|make (?:it|that)(?= (?:\\w+"
        " \\w+))"
        "|(?:sorry )?i (?:misread|misspoke|got (?:it|that) wrong|made a mistake) ?(?:it is)?|it"
        " should (?:be|have been)|i take that back|not \\S+ but|change (?:it|that) to",
        "(?:no )?(?:sorry )?i (?:meant|mean|said|wanted)(?: to say)?|i meant to say|what i meant"
        " was",
        "(?:sorry )?(?:i said|that was|it was|i gave you) the wrong (?:day|time|date|name|number"
        "|one|thing)",
        "no wait|wait no|i (?:misspoke|was wrong)|correction|let me correct (?:that|myself)",
        "(?:no )?not that (?:one )?i (?:meant|mean|said)|make that|make it|or rather|scratch that",
        "that is (?:not right|wrong) it is|i should have said|no sorry|sorry no(?! can do)",
    ),
    enquires=(
        "(?:(?:i|we) )?(?:first |just |would first )*(?:would )?(?:want|need|like"
        "|have) to (?:first )?(?:know|find out|ask)(?: first)?",
    ),
    spelled=("with (?:an?|one|two|double|just one|only one) \\w|with (?:\\w )+\\w",),
)
