"""What English callers say that is no question to the site's knowledge: emergencies and what only
sounds like one, small talk, and what nobody but a doctor, a lawyer or a bank may talk about.

Sentences, because they are compared by their meaning: each stands for all that mean the same. They
are as people say them on the telephone, several for each kind of thing, in different words.
"""

from __future__ import annotations

import re
from typing import Final

from appliance.language.english_dangers import DANGER, OVER
from appliance.language.english_idioms import IDIOMS
from appliance.language.language import Talk

_URGENT: Final = (
    # named as such
    "this is an emergency", "it is urgent, somebody needs help now", "call an ambulance",
    "please send an ambulance", "please come quickly", "i need help right now",
    "call the police", "call the fire brigade", "we need a doctor immediately",
    # breath, heart, consciousness
    "i cannot breathe", "he is not breathing", "she has stopped breathing",
    "my child cannot get any air", "he is choking on something", "she is turning blue",
    "i have a strong pain in my chest", "my chest hurts and my arm is numb",
    "i think he is having a heart attack", "he has no pulse", "my heart is racing and i feel faint",
    "she is unconscious", "he does not wake up", "i cannot wake her up", "he has collapsed",
    "she fainted and does not respond", "he is lying on the floor and does not move",
    "my baby is limp and does not react", "she is drowsy and confused and hardly answers",
    # brain
    "i think she is having a stroke", "one side of his face is drooping",
    "he cannot speak properly any more", "she cannot move her arm and leg any more",
    "he is having a seizure", "she is shaking all over and foaming at the mouth",
    # blood and injuries
    "he is bleeding badly", "the bleeding does not stop", "there is blood everywhere",
    "she is pregnant and bleeding", "my waters have broken and the baby is coming",
    "he cut himself deeply", "she has cut her wrists", "i am coughing up blood",
    "he fell from the roof", "she fell down the stairs and hit her head",
    "my child has burned himself with boiling water", "he got an electric shock",
    "somebody has been hit by a car", "somebody has been run over",
    "a cyclist has been knocked down in the street",
    "there has been an accident and people are hurt",
    "a cyclist is lying in the road", "somebody has been stabbed", "a man has been shot",
    "my arm is broken and the bone is sticking out", "a dog is attacking a child",
    # poison, allergy, sugar
    "my child has swallowed cleaning fluid", "she took too many pills", "he has taken an overdose",
    "my face and tongue are swelling up after a sting", "she has a severe allergic reaction",
    "his throat is closing", "he is diabetic and does not respond",
    "my baby has a very high fever and is stiff",
    # despair
    "i want to kill myself", "i do not want to live any more", "i am going to end it all",
    "he wants to jump off the bridge", "she says she is going to kill herself",
    "somebody is standing on the roof and wants to jump",
    # violence
    "somebody is breaking into my house", "a man is trying to get into my room",
    "there is a burglar in the flat", "somebody is attacking me", "my husband is beating me",
    "somebody is following me and i am afraid", "he is threatening me with a knife",
    "a man with a gun is here", "he says he will kill her", "i hear a woman screaming for help",
    "somebody is being raped", "a child has been abducted",
    "there is a bomb", "they have found an old bomb from the war", "there was an explosion",
    # fire, gas, water, electricity, buildings
    "there is a fire", "the house is on fire", "there are flames in the kitchen",
    "smoke is coming out of the door", "it smells of burning and i see smoke",
    "the fire alarm is ringing and i cannot get out", "i smell gas", "there is a smell of gas",
    "gas is leaking in the house", "the carbon monoxide alarm is going off",
    "the water is rising in the house", "the cellar is flooded and the power is on",
    "the river has burst its banks", "we are trapped", "somebody is stuck under the rubble",
    "people are trapped in the lift and cannot breathe", "a person is trapped in a car",
    "a wall has collapsed on somebody", "the roof has fallen in", "a tree has fallen on a car",
    "a power cable has come down on the road and is sparking",
    "somebody is drowning", "a child has fallen into the water",
    "somebody is lying in the pool and does not move", "somebody has fallen through the ice",
    "there are people underneath it", "somebody is buried under it",
    "a scaffolding has come down on people", "the ceiling came down on somebody",
    "somebody has been crushed by a machine", "his hand is caught in the machine",
    "he has cut off his finger", "she is being electrocuted", "somebody was struck by lightning",
    "a train has hit somebody", "a car has crashed into the house", "a bus has overturned",
    "he fell off a ladder and cannot feel his legs", "she fell and cannot get up",
    "an old man is lying on the pavement", "my neighbour has not opened the door for days",
    "a child is locked in a hot car", "a child is missing", "somebody has taken my child",
    "he has been drinking and cannot be woken", "she is hallucinating and very confused",
    "he is very cold and does not move any more", "he has collapsed in the heat",
    "something is stuck in his throat", "my baby is not breathing properly",
    "she is wheezing and her lips are swollen", "he has been bitten by a snake",
    "i have been poisoned", "acid got into his eyes", "he has breathed in a lot of smoke",
    "sparks are coming out of the socket", "the cooker is on fire", "the car is burning",
    "there is a strange chemical smell and we feel sick", "we all have headaches from the heater",
    "somebody is shooting", "two men are fighting with knives", "i am being held here",
    "somebody is hitting a woman", "i have taken all my pills", "i am going to jump",
    "there is no way out and the smoke is coming in", "the stairs are burning",
    "the water is up to our knees", "water is pouring in and we cannot get out",
    "the ice has broken and somebody is in the water", "a swimmer has gone under",
    "she does not answer me any more", "his lips are blue", "he has gone grey and sweaty",
    "i cut myself and it will not stop bleeding", "the blood is soaking through the towel",
    "i am in labour and the contractions come every few minutes", "i am losing the baby",
    "my father's face looks crooked", "his speech is slurred", "i suddenly cannot see",
    "i think i am having a heart attack", "i have a crushing pressure on my chest",
    "i feel like i am going to pass out", "my heart has stopped", "he is having a fit",
    "she has a peanut allergy and has eaten nuts", "we need an epipen",
    "my son ate poisonous berries",
    "he has taken a lot of drugs", "she drank bleach", "a wasp stung me in the mouth",
    "she slipped in the shower and hit her head", "he cannot feel his legs",
    "my grandmother has fallen and is in great pain", "my leg is trapped",
    "somebody has been knocked down by a car", "there has been a crash outside",
    "a motorcyclist is lying there and not moving", "a child has fallen out of the window",
    "i want to end my life", "i have a knife and i am going to hurt myself",
    "my son has locked himself in and says goodbye to everybody", "he has hanged himself",
    "there is a man with a knife in the lobby", "my ex is at the door and threatens me",
    "somebody is trying to force the door", "he hit me and i am scared", "i have been robbed",
    "somebody touched me and will not leave me alone", "i was attacked in the lift",
    "somebody is threatening people with a gun", "a child is screaming next door, he is beating it",
    "it smells of burning", "something is burning in the room next door",
    "the smoke alarm is going off and there is smoke", "my clothes have caught fire",
    "the wardrobe is on fire",
    "i can hear gas hissing", "the gas cooker does not turn off and it stinks",
    "a gas pipe has been hit by a digger", "the river is rising very fast",
    "the street is under water and cars are floating", "the dam is breaking",
    "the bridge is collapsing", "the wall is about to fall on the pavement",
    "the roof is being torn off by the storm", "a car has gone into the river",
    "a boy has fallen into the canal", "a child was pulled out of the pool and does not breathe",
    "live wires are hanging down on the pavement", "somebody is lying on the tracks",
    "there is a suspicious package that ticks", "petrol is running into the drain",
    "somebody has been run over", "my child has swallowed tablets", "we are stuck in the lift",
    "the cellar is full of water and somebody is down there", "she has a fit that will not stop",
    "a man is beating his girlfriend", "the baby is choking", "his mouth hangs down on one side",
    "i want to hurt myself", "he has fallen out of bed and cannot move",
    "chemicals have spilled on the road", "a child is alone on the window ledge",
)  # fmt: skip
_CALM: Final = (
    "this is not an emergency", "it is not urgent", "it is nothing serious", "nobody is hurt",
    "nothing is wrong", "nothing has happened", "everything is fine again", "i am all right now",
    "nobody is dying", "there is no fire", "i do not need an ambulance", "she is better now",
    "my mother had a heart attack years ago", "he had a stroke last year and has recovered",
    "i had an accident last month", "i broke my arm in spring", "my house burned down long ago",
    "i was in hospital last week", "i was in the emergency room yesterday and they sent me home",
    "my father died last week", "my mother has passed away", "our dog died",
    "my husband is a fireman", "my sister works for the ambulance", "i am a police officer",
    "it was so funny i nearly died", "that was to die for", "this heat is killing me",
    "i am dying to know", "my feet are killing me", "that film was the bomb",
    "do you have a fire alarm", "are there smoke detectors in the rooms",
    "where is the emergency exit", "what do i do in case of fire",
    "do you have an emergency department", "do you have a defibrillator",
    "can i have the number of the emergency doctor", "i would like to book a first aid course",
    "can i get a burn treated", "i have a cold", "i have a headache", "i have a rash",
    "my back hurts", "my knee hurts", "i have a toothache", "my ear hurts", "i have a cough",
    "i have a mild fever", "i feel a bit tired", "i have high blood pressure",
    "i need a check of my heart", "i am diabetic and need my tablets", "i am pregnant",
    "i have run out of my medicine", "my child has a sore throat", "i have cut my finger slightly",
    "may i smoke on the balcony", "the room smells of smoke", "does the room smell of smoke",
    "the tap drips", "the toilet is blocked", "the shower does not get hot",
    "the light does not work", "the street light is broken", "the lift does not work",
    "there is a hole in the road", "the heating does not work", "the power is off in my room",
    "the music is too loud", "my neighbours are having a party", "the dog next door barks all day",
    "somebody has parked in front of my house", "somebody has stolen my bicycle",
    "i lost my keys", "i have locked myself out of my room", "i left my bag on the bus",
    "the children are swimming in the pool", "is the pool deep", "can my child learn to swim here",
    "i want to build a fireplace", "may i light a fire in the garden", "where do i buy gas bottles",
    "do i need a permit for a pool", "i want to cut down a tree", "a tree is growing over my fence",
    "when is the fire brigade's open day", "i would like to join the fire brigade",
    "can you come quickly and bring towels", "please hurry up", "i have been waiting for ages",
    "i am afraid of the dentist", "i am afraid of flying", "i urgently need a passport",
    "i need an appointment urgently", "there is a lot of water on the street after the rain",
)  # fmt: skip
_SMALL_TALK: Final = (
    "hello", "hi there", "good morning", "good evening", "how are you", "how are you today",
    "how is it going", "nice to talk to you", "it is nice to meet you", "thank you very much",
    "thanks for your help", "that is very kind of you", "you have been very helpful",
    "you are doing a great job", "well done", "that is wonderful", "great, perfect",
    "goodbye", "bye", "see you soon", "have a nice day", "no that is all thanks",
    "that is everything", "you are funny", "you are nice", "you have a lovely voice", "i like you",
    "i love you", "you are stupid", "you are useless", "tell me a joke", "sing me a song",
    "what is your name", "who are you", "are you a robot", "are you a real person",
    "are you an artificial intelligence", "how old are you", "where do you come from",
    "do you like your work", "do you ever sleep", "do you have a day off", "do you have feelings",
    "are you busy today", "what are you doing", "what do you like", "are you married",
    "lovely weather today", "it is so hot today", "what a terrible rain", "i am bored",
    "i had a bad day", "i am tired", "i am happy", "i am a little nervous", "my name is david",
    "i am just calling to chat", "nice weather, is it not", "i am glad to hear that",
    "oh i see", "that is interesting", "really", "i am sorry", "never mind", "no problem",
    "happy birthday", "merry christmas",
)  # fmt: skip
_ELSEWHERE: Final = (
    "what time is it", "what is the time now", "what day is it", "what is the date today",
    "what year is it", "when is christmas", "when is easter", "how is the weather",
    "will it rain tomorrow", "who is the president", "who won the match", "what is in the news",
    "how far is london", "where is the moon", "what is the capital of france",
    "what is two plus two", "how tall is the eiffel tower", "who built this building",
    "who owns this company", "how old is this house", "is the boss married",
    "where does the manager live", "who is in charge there", "what is your opinion",
    "why is it so expensive", "why are you closed", "why does it take so long",
    "do you have a job for me", "i want to work for you", "are you hiring",
    "can you recommend a good restaurant in town", "can you recommend a museum",
    "what can i see in this town", "what is on at the cinema", "where is the next pharmacy",
    "where is the nearest supermarket", "where can i buy a newspaper", "can i rent a bicycle",
    "can you lend me money", "do you sell gift cards", "do you sell flowers",
    "can you order a pizza for me", "can you help me with my homework", "translate this for me",
    "what is the number of another company", "what is the number of my order",
    "did you send me a letter", "did you get my email", "did you call me",
    "is the manager in the office today", "is anna there", "who called me from this number",
    "do you have a toilet", "do you have a coffee machine", "do you do piercings",
    "do you give dance lessons", "do you rent out cars", "can you repair my computer",
    "can you cook something for me", "are you on instagram", "do you have a newsletter",
)  # fmt: skip
_MEDICAL: Final = (
    "what should i take for a headache", "how many tablets should i take",
    "can i take these two medicines together", "what dose should i take", "is this dangerous",
    "should i stop taking my tablets", "what illness do i have", "what does this rash mean",
    "is it cancer", "what can i do against the pain", "do i need antibiotics",
    "can i drink alcohol with this medicine", "i have had a fever for three days, what should i do",
    "is my blood pressure too high", "what should i eat with this illness",
    "is it bad that my leg is swollen", "can you diagnose me", "is this medicine safe in pregnancy",
    "what is wrong with me", "how do i treat a burn", "what helps against a cough",
    "my child has a temperature, should i worry",
)  # fmt: skip
_LEGAL: Final = (
    "can i sue my landlord", "do i have to pay this by law", "is that legal", "what are my rights",
    "can my neighbour take me to court", "will i win the case", "do i need a lawyer",
    "can they fire me for that", "who is liable for the damage", "is this contract valid",
    "can i get my money back if i go to court", "am i allowed to withhold the rent by law",
    "what punishment do i get", "can i be prosecuted for that", "how do i contest a will",
)  # fmt: skip
_PAYMENT_CARD: Final = (
    "my card number is", "shall i give you my credit card number", "do you need my card details",
    "can i pay now with my card over the phone, the number is",
    "i will read you the number of my credit card", "the security code on the back is",
    "my card expires in march", "can you read back my card number",
    "which card number do you have of me", "do you want the three digits on the back of my card",
    "my bank account number is", "my pin is",
)  # fmt: skip

TALK: Final = Talk(
    urgent=_URGENT,
    calm=_CALM,
    small_talk=_SMALL_TALK,
    elsewhere=_ELSEWHERE,
    medical=_MEDICAL,
    legal=_LEGAL,
    payment_card=_PAYMENT_CARD,
    card_words=re.compile(
        r"\b(?:(?:credit |debit |bank )?card (?:number|details)|number (?:of|on) (?:my|your|the)"
        r" (?:credit |debit |bank )?card|security code|cvv|cvc|expiry date)\b"
    ),
    claims=re.compile(
        r"\bwe (?:do|have|offer|accept|take|provide|sell|serve|can|will|are (?:open|closed))\b"
        r"|\b(?:free|included|available|open|closed|covered|allowed|guaranteed|refunded|correct"
        r"|that is right)\b"
    ),
    danger=DANGER,
    over=OVER,
    not_so=re.compile(r"\b(?:not|no|nobody|nothing|never|none|without)\b"),
    idioms=IDIOMS,
    joints=re.compile(
        r"[,;:]\s+(?:and|but|or|so|then|also)?\s*"
        r"|\s+(?:and|but|because|plus|as well as|or else)\s+(?:also\s+|then\s+|so\s+)*"
    ),
    joins_questions=re.compile(r"^(?:and|or|what about|how about|and what about|and how about)\b"),
    refers=re.compile(
        r"\b(?:that|it|its|there|those|them|this|these|one|ones|then|longer|earlier|later)\b"
    ),
    first=re.compile(r"\b(?:first|former)\b"),
    second=re.compile(r"\b(?:second|latter|last one|other one)\b"),
    both=re.compile(r"\bboth\b"),
    asks_for=re.compile(
        r"\b(?:why|how (?:long|many|old|far|often|big|tall)|what (?:day|kind|sort)"
        r"|who (?:is|was|are|built|owns|won))\b"
    ),
    wants=re.compile(
        r"\b(?:i|we) (?:\w+ )?(?:need|want|wanted|would like|would love|have to|must|am looking for"
        r"|are looking for|wonder|was wondering|am calling about|am calling to|should like"
        r"|would rather)\b"
        r"|^(?:please|tell me|give me|put me|let me|connect|cancel|book|change|need|want"
        r"|looking for|speak|talk|show|send|bring|call)\b"
    ),
)
