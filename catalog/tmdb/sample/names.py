"""Names that belong to codes: genres, countries, languages, certifications."""

MOVIE_GENRES = {
    28: "Action",
    12: "Adventure",
    16: "Animation",
    35: "Comedy",
    80: "Crime",
    99: "Documentary",
    18: "Drama",
    10751: "Family",
    14: "Fantasy",
    36: "History",
    27: "Horror",
    10402: "Music",
    9648: "Mystery",
    10749: "Romance",
    878: "Science Fiction",
    10770: "TV Movie",
    53: "Thriller",
    10752: "War",
    37: "Western",
}

TV_GENRES = {
    10759: "Action & Adventure",
    16: "Animation",
    35: "Comedy",
    80: "Crime",
    99: "Documentary",
    18: "Drama",
    10751: "Family",
    10762: "Kids",
    9648: "Mystery",
    10763: "News",
    10764: "Reality",
    10765: "Sci-Fi & Fantasy",
    10766: "Soap",
    10767: "Talk",
    10768: "War & Politics",
    37: "Western",
}

REGIONS = ("US", "GB", "DE", "FR", "JP")

_COUNTRIES = """
AE United Arab Emirates|AF Afghanistan|AL Albania|AM Armenia|AO Angola|AR Argentina|AT Austria
AU Australia|AZ Azerbaijan|BA Bosnia and Herzegovina|BD Bangladesh|BE Belgium|BF Burkina Faso
BG Bulgaria|BJ Benin|BO Bolivia|BR Brazil|BT Bhutan|BW Botswana|BY Belarus|CA Canada|CD Congo
CH Switzerland|CI Cote D'Ivoire|CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba
CY Cyprus|CZ Czech Republic|DE Germany|DK Denmark|DO Dominican Republic|DZ Algeria|EC Ecuador
EE Estonia|EG Egypt|ES Spain|ET Ethiopia|FI Finland|FR France|GB United Kingdom|GE Georgia
GH Ghana|GN Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|HK Hong Kong|HN Honduras|HR Croatia
HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IN India|IQ Iraq|IR Iran|IS Iceland|IT Italy
JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyz Republic|KH Cambodia|KP North Korea|KR South Korea
KW Kuwait|KZ Kazakhstan|LA Lao|LB Lebanon|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho
LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro
MG Madagascar|MK Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macao|MR Mauritania|MT Malta
MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NI Nicaragua|NL Netherlands
NO Norway|NP Nepal|NZ New Zealand|PA Panama|PE Peru|PG Papua New Guinea|PH Philippines|PK Pakistan
PL Poland|PR Puerto Rico|PS Palestinian Territory|PT Portugal|PY Paraguay|QA Qatar|RO Romania
RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SD Sudan|SE Sweden|SG Singapore|SI Slovenia
SK Slovakia|SN Senegal|SO Somalia|SU Soviet Union|SV El Salvador|SY Syria|TD Chad|TH Thailand
TN Tunisia|TR Turkey|TT Trinidad and Tobago|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda
US United States of America|UY Uruguay|UZ Uzbekistan|VE Venezuela|VN Vietnam|XC Czechoslovakia
XG East Germany|XK Kosovo|YE Yemen|YU Yugoslavia|ZA South Africa|ZM Zambia|ZW Zimbabwe
"""

# The code, the country that stands for the language on TMDB, the English name, the native one.
_LANGUAGES = """
ar SA Arabic العربية|bg BG Bulgarian български|bm ML Bambara Bamanankan|bn BD Bengali বাংলা
bs BA Bosnian Bosanski|ca ES Catalan Català|cn HK Cantonese 粤语|cs CZ Czech Český
cy GB Welsh Cymraeg|da DK Danish Dansk|de DE German Deutsch|dz BT Dzongkha རྫོང་ཁ
el GR Greek ελληνικά|en US English English|eo EO Esperanto Esperanto|es ES Spanish Español
et EE Estonian Eesti|eu ES Basque euskera|fa IR Persian فارسی|fi FI Finnish suomi
fr FR French Français|ga IE Irish Gaeilge|gl ES Galician Galego|he IL Hebrew עִבְרִית
hi IN Hindi हिन्दी|hr HR Croatian Hrvatski|hu HU Hungarian Magyar|hy AM Armenian Հայերեն
id ID Indonesian Bahasa_indonesia|is IS Icelandic Íslenska|it IT Italian Italiano
ja JP Japanese 日本語|ka GE Georgian ქართული|kk KZ Kazakh қазақ|km KH Khmer ភាសាខ្មែរ
ko KR Korean 한국어/조선말|ku TR Kurdish Kurdî|la VA Latin Latin|lt LT Lithuanian Lietuvių
lv LV Latvian Latviešu|mi NZ Maori Māori|mk MK Macedonian македонски|ml IN Malayalam മലയാളം
mn MN Mongolian Монгол|mr IN Marathi मराठी|ms MY Malay Bahasa_melayu|ne NP Nepali नेपाली
nl NL Dutch Nederlands|no NO Norwegian Norsk|pa IN Punjabi ਪੰਜਾਬੀ|pl PL Polish Polski
ps AF Pashto پښتو|pt PT Portuguese Português|qu PE Quechua Runasimi|ro RO Romanian Română
ru RU Russian Русский|sh YU Serbo-Croatian Srpskohrvatski|sk SK Slovak Slovenčina
sl SI Slovenian Slovenščina|sq AL Albanian shqip|sr RS Serbian Srpski|sv SE Swedish svenska
sw KE Swahili Kiswahili|ta IN Tamil தமிழ்|te IN Telugu తెలుగు|th TH Thai ภาษาไทย
tl PH Tagalog Tagalog|tr TR Turkish Türkçe|uk UA Ukrainian Український|ur PK Urdu اردو
vi VN Vietnamese Tiếng_Việt|wo SN Wolof Wolof|xh ZA Xhosa isiXhosa
xx XX No_Language No_Language|yi IL Yiddish ייִדיש|zh CN Mandarin 普通话|zu ZA Zulu isiZulu
"""

# In rising order; the meanings are left to the boards that give them.
MOVIE_CERTIFICATIONS = {
    "US": ("NR", "G", "PG", "PG-13", "R", "NC-17"),
    "GB": ("U", "PG", "12A", "12", "15", "18", "R18"),
    "DE": ("0", "6", "12", "16", "18"),
    "FR": ("NR", "TP", "U", "12", "16", "18"),
    "JP": ("G", "PG12", "R15+", "R18+"),
}

TV_CERTIFICATIONS = {
    "US": ("NR", "TV-Y", "TV-Y7", "TV-G", "TV-PG", "TV-14", "TV-MA"),
    "GB": ("U", "PG", "12A", "12", "15", "18", "R18"),
    "DE": ("0", "6", "12", "16", "18"),
    "FR": ("NR", "TP", "10", "12", "16", "18"),
}

_DEPARTMENTS = {
    "Directing": "Director|Co-Director|Assistant Director|Series Director",
    "Writing": (
        "Writer|Screenplay|Story|Novel|Author|Book|Characters|Teleplay|Original Story|Theatre Play"
        "|Short Story|Creator|Adaptation|Dialogue|Comic Book|Original Concept|Scenario Writer"
        "|Graphic Novel|Story Editor|Screenstory|Idea|Series Composition"
    ),
    "Production": (
        "Producer|Executive Producer|Co-Producer|Associate Producer|Casting|Line Producer"
        "|Co-Executive Producer|Supervising Producer|Showrunner|Series Producer|Presenter"
    ),
    "Camera": "Director of Photography|Cinematography|Camera Operator|Still Photographer",
    "Editing": "Editor|Co-Editor|Film Editor",
    "Sound": (
        "Original Music Composer|Music|Composer|Sound Designer|Sound|Main Title Theme Composer"
        "|Songs|Music Supervisor|Theme Song Performance"
    ),
    "Art": "Production Design|Art Direction|Set Decoration|Production Designer|Art Director",
    "Costume & Make-Up": "Costume Design|Makeup Artist|Costume Designer|Hairstylist",
    "Visual Effects": (
        "Visual Effects Supervisor|Visual Effects|Animation|Animation Director|Animation Supervisor"
        "|Special Effects|Character Designer|Creature Design|Stop Motion"
    ),
    "Lighting": "Lighting Director|Gaffer",
    "Actors": "Voice|Narrator|Stunt Double",
}

DEPARTMENTS = {job: name for name, jobs in _DEPARTMENTS.items() for job in jobs.split("|")}


def _rows(table: str) -> list[str]:
    return [row for line in table.split("\n") for row in line.split("|") if row]


def _language(row: str) -> tuple[str, tuple[str, str, str]]:
    code, country, english, native = row.split(" ")
    return code, (country, english.replace("_", " "), native.replace("_", " "))


COUNTRIES = {row[:2]: row[3:] for row in _rows(_COUNTRIES)}
LANGUAGES = dict(_language(row) for row in _rows(_LANGUAGES))


def country(code: str) -> dict[str, str]:
    return {"iso_3166_1": code, "name": COUNTRIES.get(code, code)}


def language(code: str) -> dict[str, str]:
    _, english, native = LANGUAGES.get(code, ("", code, code))
    return {"english_name": english, "iso_639_1": code, "name": native}
