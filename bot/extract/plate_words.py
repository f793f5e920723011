"""The words around number plates: what speaks of one, of a vehicle, of part of one, of none."""

# ruff: noqa: E501, SIM905 - word lists inside patterns read better whole than broken

from __future__ import annotations

import re

#: Words that speak of a plate.
CUE = re.compile(
    r"\b(?:regs?(?:istrations?)?(?: (?:number|no|plate|is|was))?|(?:number|licen[cs]e|index) plates?|plates?|vrm|index number|"
    r"(?:car|van|vehicle|licen[cs]e) number|personali[sz]ed|cherished)\b",
    re.I,
)
#: The same just before what follows: "reg is", "private plate, it was".
CLOSE = re.compile(
    CUE.pattern
    + r"(?:\W+(?:is|are|was|were|number|no|it|its|it's|they|saying|said|says|reads?|of|maybe|like|on|think|i|a|the|called|as|private)\b){0,4}\W*$",
    re.I,
)
VEHICLE = re.compile(
    r"\b(?:cars?|vans?|bmw|audi|ford|vauxhall|golf|corsa|astra|fiesta|focus|transit|merc\w*|rover|trucks?|lorr(?:y|ies)|motors?|"
    r"mopeds?|motorbikes?|motorcycles?|beetle|mini|morris|anglia|caravans?|stolen|driv\w+|parked|polo|nissan|toyota|kia|tesla|plated?|"
    r"vehicles?|peugeot|pug|renault|citroen|skoda|seat|honda|hyundai|mazda|fiat|volvo|jaguar|jag|porsche|bentley|ferrari|land ?rover|defender|jeep|"
    r"suzuki|yamaha|kawasaki|ktm|ducati|triumph|vespa|lambretta|mitsubishi|subaru|lexus|dacia|smart car|vw|volkswagen|passat|octavia|leon|ibiza|clio|megane|"
    r"qashqai|juke|micra|sprinter|vito|vivaro|boxer|berlingo|yaris|civic|picanto|insignia|zafira|meriva|mondeo|escort|capri|cortina|kuga|puma|ranger|"
    r"tiguan|touran|caddy|crafter|duster|tractor|trailer|wagon|hgv|artic|minibus|coach|taxi|cab|uber|estate|saloon|hatchback|convertible|"
    r"pick ?up|4x4|suv|tow(?:ed|ing)|clamped|rammed|reversed|speeding|cloned|cortina|camper|motorhome|dvla|mot|taxed)\b",
    re.I,
)
#: Words that speak of vehicles from elsewhere.
ABROAD = re.compile(
    r"\b(?:polish|german|french|dutch|belgian|irish|spanish|italian|romanian|bulgarian|lithuanian|latvian|estonian|hungarian|czech|slovak\w*|"
    r"portuguese|swedish|norwegian|danish|ukrainian|turkish|greek|albanian|swiss|austrian|foreign|european|eu|jersey|guernsey|manx|isle of man|"
    r"roi|republic|dublin|ireland|poland|germany|france|spain|italy|romania|bulgaria|holland|belgium|lithuania|latvia|portugal|ukraine|gb sticker|diplomatic|army|military|mod)\b",
    re.I,
)
#: Two letters that are a word, and three: "at 10 the", "im 26 hes" are no plates.
TWO = frozenset(
    "AM AN AS AT BE BY DO GO HE HI IF IM IN IS IT ME MY NO OF OK ON OR SO TO UP US WE YE ID UR".split()
)
THREE = frozenset(
    """
THE AND WAS HIS HER FOR BUT YOU ITS NOT OUT ALL ONE HAS HAD SHE HIM WHO ARE MAY GOT BMW REG TOO LIKE AGO NOW MIN WAY VAN CAR
MINS HES PPL LAD LADS MAN MEN YRS DAY YES MUM DAD BUS JAM OFF TWO SIX TEN OUR ANY HOW WHY DID CAN LET SAY SAW SEE RAN RUN HIT
GET PUT TRY USE NEW OLD BIG BAD RED TAN BIN BAG BOX CAB CUP DOG CAT BOY KID GUY GUN MAT NEAR PUB SIR SON TEA TOP WET YET YEP
ISH IVE ILL ANT JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN HRS INC MPH KMH END FAR FEW HEY JOB
KEY LEG LOT LOW MRS NEXT PAY PER RID ROW SET SIT SHUT TAX VIA WON WHEN WITH WEEK THEN THEY THIS THAT THERE WERE FROM INTO
AID AIR FIT FIX INN LID LIE LIP MIX OIL PIN PIT RIB RIP SKI TIE TIN TIP TRI VIP WIN ZIP GIG DIG DIM DIP FIG FIN JIM TIM KIT
BAR EYE ICE ROB SKY SHY SPY WIG WAX WEB BED BIT BET AGE ADD ACT APP ASK ATE BAN BAT BEE BUY CRY CUT DIE DUE EAR EAT EGG FAN
FAT FED FOG FUN FUR GAS GEL GIN GUM HAT HEN HOP HOT HUB HUT INK JAR JAW JET JOY JUG LAP LAW LAY MAD MAP MOB MUD MUG NAN NET
NIL NUT ODD OWE OWN PAN PAT PEA PEN PET PIE PIG POT RAG RAT RAW SAD SEA SUM TAP TAR TOE TON TOY VET WAR ZOO
""".split()
)
#: Letters with figures that are no plate: models, units, sizes, officers, things on shelves.
NO_PLATE = re.compile(
    r"\d{1,4} ?(?:AM|PM|ML|CM|KG|MPH|HRS?|MIN|MINS|ST|ND|RD|TH|K|M|P|KM|FT|IN|OF|LB|OZ|MM|GB|TB|G|L|MAN|MEN|LAD|DAY|YRS?|X|A|AND|OR|TO|AT|ON|GTI|TDI|HDI|CDI|"
    r"GTS|SRI|VXR|CC|BHP|MPG|HP|KW|GMT|BST|DVD|CDS|TVS|PCS|ATM|GMP|PCN|NHS|VAT|USB|LED|ISH|PPL|CBR|GSX|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC|I|D|S|E|T)$|"
    r"(?:PC|DC|DS|DI|PS|WPC|PCSO|SGT|NO|PO|BOX|TEL|AGE|CH|BBC|ITV|NHS|GMP|VAT|PCN|TEL|SIM|USB|DAF|JCB|WD|MK|MT|GT|RS|KX|YZ|CBR|GSX|GTX|RTX|TV|UK|EU|LOG|REF|ID|FAO|XBOX|XC|CX|HR|CR|RAV|AK|UB|WW|MP|XJ|XF|BA|EK|M|A|B|J)[ -]?\d{1,5}[A-Z]?$"
)
#: Makers' names of models: "C63 AMG".
MODEL = re.compile(
    r"(?:AMG|CSL|GTS|GTR|GTI|TDI|HDI|CDI|TDCI|SUV|VTR|VTS|CDTI|JCW|DVD|CBR|SXI|SRI|JCT|TFSI)$|^(?:XC|CX|HR|CR|RAV|DS|RS|EV|IX|GLA|GLC|GLE|MT|YZF|CBR|TT|WD|GT|AK|UB|WW|MP|XJ|XF)[ -]?\d{1,3}[A-Z]?$"
)
NOT_BEFORE = re.compile(
    r"(?:postcode|frame(?: no\.?| number)?|serial|imei|ref(?: no)?|log|order|invoice|form|platform|gate|room|flat|ni number has been used,|year|unit|bay|"
    r"block|ward|zone|terminal|junction|locker|bus|route|service|model|officer|collar(?: number)?|badge|policy|crime|national insurance|extension|apartment|flight|train|seat|row|iban|vin|chassis|vat|batch|ticket|booking|crate|tag|team|level)"
    r"\W*(?:is |no |number )?$",
    re.I,
)
OPEN_END = re.compile(
    r"\W{0,4}(?:something|summat|smth|summet|blank|then|and (?:then|the rest|i|a)|dunno|can'?t|cant|did ?n'?t|rest|was the (?:start|first)|[?*.]{2})",
    re.I,
)
#: Greater Manchester postcode areas with a figure: "SK14" is a place.
POSTAL = re.compile(r"(?:BL|OL|SK|WN|WA|FY|PR|BB|HD|HX|CH|CW)\d", re.I)


def is_word(letters: str) -> bool:
    """Whether `letters` are an everyday word rather than letters of a plate."""
    return letters.upper() in TWO or letters.upper() in THREE
