"""Where one sentence ends and the next begins.

A line is split on its own: nothing reaches over the end of a line. Each full stop, question or exclamation mark might
end a sentence, and a few questions about the words on either side decide.
"""

from __future__ import annotations

import re

from kit.reading import word_set

# Some scripts have stops of their own, which end a sentence wherever they stand.
ALWAYS = "。．！？｡।॥۔։።፧။។៕᠃།"
_STOPS = ".!?…؟" + ALWAYS
# Quotation marks close where no word follows ("…“ Then"), whatever they do in English; French ones stand off.
_CLOSER = r"""(?:["'”’״»›)\]」』）]|[“‘«‹`](?!\w)|[ \u00a0\u202f][»›](?!\S))"""
# ";" is how Greek asks, ":" how Armenian ends.
_STOP = re.compile(rf"(?:[{_STOPS}]|(?<=[Ͱ-Ͽἀ-῿]);|(?<=[ա-և»…]):(?=\s+[Ա-Ֆ«]))+{_CLOSER}*")
# Marks that point to a note, behind the stop: "[1]", "[citation needed]", "³", "1".
_NOTE = r"\[[^\[\]]{1,40}\](?::\s?(?:pp?\.\s?)?\d{1,4}(?:[–-]\d{1,4})?)?|[(⁽][\d¹²³⁰⁴-⁹]{1,3}(?:[,–-]\s?\d{1,3}){0,9}[)⁾]|\^\d{1,3}\^?(?=\s|$)|\^(?=\[)|[¹²³⁰⁴-⁹](?:[,–⁻]\s?[¹²³⁰⁴-⁹])?\)?|[*†‡§]|(?:(?<=[^\W\d_]{3}[.!?…])|(?<=\s(?:it|us|up|so|me|do|on|in|by|he|we)[.!?…])|(?<=[)%][.!?…])|(?<=[”’»\"'])|(?<=[”’»\"'][.!?…]))\d{1,3}(?:[,–-]\d{1,3}){0,9}\)?(?=\s|$)"
# A note on a year, "in 1998.2 It held.", and no decimal: a capital follows, and neither "Million" nor "US dollars".
_NOTE += r"|(?<=\s(?:19|20)\d\d\.)\d{1,2}(?=\s(?![MBT]r?illion|[A-Z]{2})[A-Z])"
_NOTES = re.compile(
    rf"(?:{_NOTE}|\s[¹²³⁰⁴-⁹]|(?:[,–-]\s?|\s)\[(?:\d{{1,3}}(?:\s?[,–-]\s?\d{{1,3}})?|[a-z]|(?:note|nb|fn)\s\d{{1,3}})\])+"
)
TAIL = rf"{_CLOSER}*(?:{_NOTE})*$"  # what may stand between a stop and the end of a line
ENDS_SENTENCE = re.compile(rf"[{_STOPS}:;]{TAIL}")
_OPENING = re.compile(
    r"""\s+(?:[•·–—№§→■□►▪✓$€£¥₠-⃏-]\s|\(?(?:[a-z]|[ivx]{2,4})\)\s(?=[^\W\d_a-z])|[☀-➿\U0001f000-\U0001faff\ufe0f\u200d]\s?|[«‹]\s|,,\s?|["'`“”‘’״.«„‚»›‹「『(\[¿¡—–#$€£¥¢₠-⃏@•·§…+±~−*_{-])*([^\W_]+)"""
)
_GLUED = re.compile(r"[A-Z][a-z](?!\w{0,60}(?:@|\.[a-z\d]))")  # not "Ann.Holt@lake.org", "Draft.Two.pdf"
_CITED = re.compile(r"\s\([^()]{1,60}(?<![.!?])\)\.")  # “… of war.” (Holt 55).
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ROMAN = re.compile(r"[ivx]{1,5}|[IVX]{1,5}")
_ADDRESS = re.compile(r"www\.|https?:|@", re.IGNORECASE)
_SAYS = re.compile(
    r"\s+[^\W\d_]+\.?(?:\s+[A-Z][\w'’-]*\.?){0,3}\s+(?:said|says|asked|asks|told|added|replied|answered|wrote|warned|shouted|cried|"
    r"demanded|insisted|declared|explained|recalled|continued)\b"
)
_QUOTED_ON = re.compile("と|って|など|の|を|は|が|も|に")  # "「平和だ。」と言った"
_CHINESE_ENDS = frozenset("了吗吧呢啊呀嘛")  # "他走了……": after one of these the dots end a sentence
_LONGEST_ASIDE, _LONGEST_LEAD = 4, 6
_LONGEST_WORD = 60

# These stand before a name or a number and never end a sentence, in capitals neither.
_TITLES = word_set(
    "Min Dir Comm Commr Radm Vadm Comdt Govs Attys Card Eng Arch Alm Tte Mr Mrs Ms Mx Dr Prof Mt Gen Col Lt Sgt Capt Cmdr Adm Maj Brig Sen Rep Gov Pres Amb Hon Rev St Messrs Cllr Cllrs Fig Figs Vol "
    "Assoc Mme Mlle Mgr Dra Sra Srta Sig Dott Avv Hr Hrn Ing Dhr Mevr Sn Doç Av Bd Nr Núm Supt Insp Cpl Pvt Sens Reps Gens "
    "Profs Drs MONS Ens Ldr Spkr Med Abg Płk Mjr Kpt Ks Kard Mec Lic Exmo Excmo Ilmo Rt Fmr Dep Asst Cdr Cpt Det Bp Abp Fr Br Ft Pfc Wm Jos Chas Geo Thos Fru Dña Dl Dna Ziff Проф Акад "
    "Ген Полк Св Тов Гр Им Ул Ім Bkz Yrd Gral Cnel Atty Secy Msgr Chmn Mdm Approx MM Jhr Św Skt Δρ Вул Бул Пл Просп Журн Чл"
)
_BEFORE_NAMES = _TITLES | {title.upper() for title in _TITLES}
_BEFORE_NAMES |= word_set(
    "vs pp cf approx ca fig prof dr gen płk mjr kpt hr ing inż mgr dhr mevr mr mrs sr sra mme mlle dott avv sen mons gral gén plk bryg drs mw mult m.st лейт ім bkz bl.a f.eks t.ex Bl.a F.eks T.ex проф акад ген ул им св гр пос вул бул пл пгт просп журн чл EE FF Sec np Np "
    "např Např tzv Tzv napr Napr bzw Bzw sog dt ehem vgl Vgl gem inkl Cf hab ul Ul m.in M.in kb Kb κα Κα см См напр Напр ср Ср "
    "βλ κκ av im św tzw pn proj nadkom podkom див Див ісп исп англ нім нем e.g i.e"
)
_DOCTORS = word_set("med jur phil rer nat")  # "Dr. med. Lund"; in Swedish "med" is a word
_BEFORE_NUMBERS = word_set(
    "no nos op vol art arts ch chap sec para paras nr núm abs pag pág págs pp fig figs str ziff kap rdnr anm abb ust pkt poz "
    "αρ αριθ pop jan feb apr aug okt nov des dec ur rys мал род реєстр rozdz odst čl md blz apdo kl godz ok rs ene abr dic mié jue vie sáb janv févr avr juil déc giu lug ott lun ок бл pagg ca cca max mind env tel ext est ft lb lbs oz n° nº стор кв стр ст пп гл табл рис разд"
)
_BEFORE_ORDINALS = word_set("am Am der Der dem den das Das die Die im Im zum Zum vom Vom beim seit")
_AND_SO_ON = ("т. д", "т.д", "т. п", "т.п")
_BEFORE_MONEY = word_set("Mio Mrd Tsd")  # "5 Mio. Euro"
_MONEY = word_set("Euro Dollar Franken Pfund US Rubel Hrywnja Menschen Einwohner Tonnen")
_GERMAN_MONTHS = word_set("Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember")
# These may end a sentence too: what follows decides.
_MAYBE_LAST = word_set(
    "etc SEC Inc Ltd Co Corp Jr Sr al Dept Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur "
    "Thurs Fri Sat Sun Ed Eds Bros On гг JR SR INC LTD CORP DEPT JAN FEB APR AUG SEPT OCT NOV DEC"
)
# A word that, with a capital, more often opens a sentence than goes on a name.
_OPENERS = word_set(
    "a after all although an and another any as at because before both but by despite during each either even every few "
    "first for from he her here his how however i if in instead it its later many meanwhile more moreover most much "
    "neither no nobody none nonetheless nor not nothing now of on once one only or other others our over perhaps "
    "several she since so some still such that the their then there these they this those though through thus to "
    "today under unless until we what when where whether which while who why with without yet you "
    "der die das dies diese er sie es wir ihr aber und doch im am nach dann danach dort später jedoch wenn wie auch "
    "il elle ils elles le la les un une ce cette mais et dans après puis ensuite lui el los las ella pero y en después "
    "luego este esta on ona oni oraz ten ta to ale potem jednak jeśli gdy он она они оно мы это этот эта но и потом затем "
    "после тогда поэтому однако если когда в на по він вона вони ми це цей ця але й потім після тоді тому якщо коли у"
)
# The like in languages whose words may be names behind a single letter: "J. Han".
_OPENERS_ELSEWHERE = word_set(
    "det de han hun hon jeg jag vi og och hvad hvem hvor hvordan vad vem het een hij zij maar toen daar dit dat wat wie il gli egli lei lui "
    "ma poi dopo questo questa o os as ele ela eles mas depois isso quem bu şu ama ve sonra ale pak potom když"
)
# "THE U.N. ON MONDAY": where all is in capitals, these go on with a sentence.
_GO_ON = word_set(
    "after and as at before but by during for from if in of on only or since than that to under until when where which while who with"
)
_IN_CAPITALS = re.compile(r"[A-Z]{2}[\W\d]+$")
_LEADS = word_set("At On In By From Before After Until Since Around About Shortly")  # "At 5 a.m. Mr. Lund left."
# "at 6 p.m. Friday", "at 6 p.m. Kyiv time", "the 6 p.m. vote": the sentence goes on, though not with every capital.
_DATES = word_set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January February March April May "
    "June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Eastern Central Pacific Mountain"
)
_TIME_ZONE = re.compile(r"(?:\s\w{1,20})?\stime\b", re.IGNORECASE)
_THE_HOUR = re.compile(r"\b(?:the|an?|his|her|its|their|our|this|that|every|each)\s\d\S{0,4}\s?$", re.IGNORECASE)
_ERAS = word_set("B.C B.C.E A.D C.E")
_MARKED = word_set("Yahoo Jeopardy Joomla Kahoot Yum")  # "Yahoo! News": the mark is part of the name
# "Neither did I.": behind one of these it is the pronoun, not a name's first letter.
_BEFORE_I = word_set("am and as but can could did do had have may might must nor shall should than was will would")
_PARTICLES = word_set("le la les el los las der die das")  # "M. Le Pen"
# "l'art. 5", "dell'On. Verdi": what is left out before a vowel stands before the word that counts.
_ELIDED = re.compile(r"(?:[dlnst]|(?:de|da|ne|su|a)ll|qu)['’](?=[^\W\d_])", re.IGNORECASE)


def split_line(line: str) -> list[tuple[int, int]]:
    """Return the ``[start, end)`` ranges of the sentences of one line, white space at their ends left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(line):
        if stop.start() < start:  # within a note mark: "[cf. 3]"
            continue
        notes = _NOTES.match(line, stop.end())
        end = notes.end() if notes else stop.end()
        if _ends_sentence(line, start, stop, end):
            spans.append((start, end))
            start = end
    spans.append((start, len(line)))
    return [trimmed for span in spans if (trimmed := _trim(line, *span))]


def _trim(line: str, start: int, end: int) -> tuple[int, int] | None:
    piece = line[start:end]
    begin = end - len(piece.lstrip())
    return (begin, start + len(piece.rstrip())) if begin < end else None


def _ends_sentence(line: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Say whether the stop ends a sentence that begins at ``start``; ``end`` is behind its note marks."""
    mark = stop.group()
    if mark[0] in ALWAYS:
        is_time = line[end : end + 1].isdigit() and line[stop.start() - 1 : stop.start()].isdigit()  # "12։30"
        opened = line.rfind("《", start, end) > line.rfind("》", start, end)  # within a work's title
        in_title = opened and line.find("》", end, end + _LONGEST_WORD) > 0
        return not is_time and not in_title and not (mark[-1] in "」』" and _QUOTED_ON.match(line, end))
    if mark.startswith("……") and line[stop.start() - 1 : stop.start()] in _CHINESE_ENDS:
        return True
    if not line[end : end + 1].isspace():
        return _is_glued(line, stop) if end == stop.end() else line[end : end + 1].isupper()
    following = _OPENING.match(line, end)
    if following is None:
        return False
    letter = following.group(1)[0]  # Georgian has small letters, but no sentence begins with a capital
    if letter.islower() and not "ა" <= letter <= "ჿ" and following.group().lstrip()[0] not in "@#….":
        return False
    if mark[-1] in '"”»' and _CITED.match(line, end):
        return False
    if mark == "!" and _word_before(line, stop.start()) in _MARKED:
        return following.group(1).lower() in _OPENERS
    if mark[0] in "!?" and mark[-1] in "\"”’'»“‘«":
        return not _SAYS.match(line, end) or (letter.isupper() and following.group(1).lower() in _OPENERS - {"i"})
    return mark[0] != "." or mark.startswith("..") or _stop_ends(line, start, stop.start(), following)


def _word_before(line: str, position: int) -> str:
    """Return what stands between the space before ``position`` and it; no more than a word's length is looked at."""
    window = line[max(position - _LONGEST_WORD, 0) : position]
    return window[window.rfind(" ") + 1 :]


def _is_glued(line: str, stop: re.Match[str]) -> bool:
    """Say whether the next sentence follows without a space ("years.Its"); within an address it does not."""
    if len(stop.group().rstrip("\"'”’»)")) > 1 or not _GLUED.match(line, stop.end()):
        return False
    word = _word_before(line, stop.start())
    ending = word[-2:]
    return len(ending) == 2 and ending.isalpha() and ending.islower() and "." not in word and not _ADDRESS.search(word)


def _stop_ends(line: str, start: int, position: int, opening: re.Match[str]) -> bool:
    """Say whether the full stop at ``position`` ends a sentence, a word that is not in lower case following it."""
    following = opening.group(1)
    word = _word_before(line, position).lstrip("([“‘\"'«„‚»")
    above = line[max(start, position - _LONGEST_WORD) : position - len(word)].strip(" (•·–—▪●⁃◦“‘\"'«„‚»[")
    if not above and (word.isdigit() or len(word) == 1 or word.title() == "Sr" or _ROMAN.fullmatch(word)):
        return False  # "1. Limited Ceasefire", "a. Terms", "SR. LÓPEZ": it belongs to what stands behind it
    if word == "St" and above[-1:].islower() and above.split()[-1][0].isupper():  # "on Main St. It was late."
        return following.lower() in _OPENERS
    if _is_label(line, word, position, above):
        return False
    elided = _ELIDED.match(word)
    word = word[elided.end() if elided else 0 :].rpartition(".-")[2]
    is_article = word in {"Art", "Arts"} and _ROMAN.fullmatch(following)
    is_doctor = word in _DOCTORS and above.endswith(".")
    if is_article or is_doctor or word in _BEFORE_NAMES or (elided and word.lower() == "on"):
        return False
    if word.lower() in _BEFORE_NUMBERS and following[0].isdigit():
        return False
    if word in _BEFORE_MONEY and following in _MONEY:
        return False
    if word.isdigit() and len(word) < 3:  # "am 3. Mai", "der 2. Tag"
        before = _word_before(line, line.rfind(" ", 0, position))
        return following not in _GERMAN_MONTHS and (before not in _BEFORE_ORDINALS or following.lower() in _OPENERS)
    if line.startswith(_AND_SO_ON, position - 3) or line.startswith(_AND_SO_ON, position - 4):
        return True
    if word in _MAYBE_LAST or (word and _INITIALS.fullmatch(word)):
        return _ends_behind_letters(line, start, word, position, opening)
    return True


def _is_label(line: str, word: str, position: int, above: str) -> bool:
    """Say whether a stop is part of "Col. (ret.) Holt", or of who speaks: "ATTY. GEN. HOLT: Yes."."""
    if line.startswith(".)", position) and word.isalpha() and len(word) <= _LONGEST_ASIDE:
        return line[position - len(word) - 1] == "(" and bool(above)
    label, colon, _ = line[:_LONGEST_WORD].partition(":")
    return bool(colon) and label[position:].isupper() and all(each[-1] == "." for each in line[: position + 1].split())


def _ends_behind_letters(line: str, start: int, word: str, position: int, opening: re.Match[str]) -> bool:
    """Say whether a sentence ends behind an abbreviation that may stand last, or behind a letter that may begin a name."""
    following = opening.group(1)
    one, is_short = len(word) == 1, line.startswith(".", opening.end())
    before = line[max(start, position - _LONGEST_WORD) : position - len(word)]
    noon = word.lower() in {"a.m", "p.m"} and before.rstrip()[-1:].isdigit()
    if noon and (following in _DATES or _TIME_ZONE.match(line, opening.end()) or _THE_HOUR.search(before)):
        return False
    noon &= following[0].isalpha() and not following.isupper()  # "6 p.m. EST"
    is_hour = noon or (
        (one or word.lower() in {"a.m", "p.m"}) and is_short and following in _TITLES
    )  # "à 15 h. Mme. Lund"
    if is_hour or (word in _ERAS and line[position - len(word) - 2].isdigit()):
        begun = re.split(r":\s|[“„«\"]", line[max(start, position - _LONGEST_WORD) : position])[-1].split()
        return not begun or begun[0] not in _LEADS or len(begun) > _LONGEST_LEAD
    if word == "I" and _word_before(line, position - 2) in _BEFORE_I:
        return True
    is_name = is_short and len(following) == 1
    is_name |= one and word.isupper() and following.lower() in _PARTICLES
    if following.isupper() and following.lower() in _GO_ON and _IN_CAPITALS.search(before):
        return False
    opens = following.lower() in _OPENERS or (not one and following.lower() in _OPENERS_ELSEWHERE)
    return opens and not is_name
