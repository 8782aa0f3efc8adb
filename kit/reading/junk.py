"""What a page puts around an article: rules that know it, each with the reason it gives.

A rule matches a whole line, and a line that the rules do not know is kept: better a scrap of the page too much than a
sentence of the article too little. Blocks (an author box, related links, comments) are followed line by line from
their headings, and end where the article goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kit.reading import word_set
from kit.reading.pages import Line
from kit.reading.sentences import ALWAYS, TAIL

Dropped = list[tuple[str, str]]

BY_LINE, DATE_LINE, CUT, RELATED = "by-line", "date line", "where the page was taken from", "related links"

_DATE = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
    r"(?:,?\s*(?:at\s+|\|\s*|-\s*)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[a-z]{2,4}\)?)?)?"
)
# Lines that say what they are, full stop or not.
_SENTENCES = {
    "rating widget": (
        r"how\s+useful\s+was\s+this\s+(?:post|article|page).*",
        r"click\s+on\s+a\s+star\s+to\s+rate\s+it.*",
        r"average\s+rating:?\s+[\d.,]+\s*/\s*\d+.*",
        r"no\s+votes\s+so\s+far(?:!.*)?",
        r"be\s+the\s+first\s+to\s+rate\s+this\b.*",
        r"was\s+this\s+(?:article|page|post|story|answer)\s+(?:helpful|useful)\b.*",
        r"we\s+are\s+sorry\s+that\s+this\s+post\s+was\s+not\s+useful.*",
        r"(?:let\s+us\s+improve\s+this\s+post|tell\s+us\s+how\s+we\s+can\s+improve\s+this\s+post).*",
        r"thanks\s+for\s+(?:your\s+feedback|rating).*",
    ),
    "comment form": (
        r"your\s+e-?mail\s+address\s+will\s+not\s+be\s+published.*",
        r"required\s+fields\s+are\s+marked.*",
        r"save\s+my\s+name,?\s+e-?mail.*",
        r"notify\s+me\s+of\s+(?:new|follow-?up)\s+(?:comments?|posts?).*",
        r"this\s+site\s+uses\s+akismet.*",
        r"(?:learn|find\s+out)\s+how\s+your\s+comment\s+data\s+(?:is|are)\s+processed.*",
        r"you\s+must\s+be\s+logged\s+in\s+to\s+(?:post|leave)\s+a\s+comment.*",
        r"(?:want\s+to\s+)?join\s+the\s+(?:discussion|conversation)\b.{0,80}",
        r"(?:be\s+the\s+first\s+to\s+comment|(?:the\s+)?comments?\s+(?:are\s+|section\s+is\s+)?(?:closed|off|disabled)).{0,40}",
    ),
    "newsletter": (
        r"(?:sign\s*up|subscribe|register)(?:\s+(?:now|here|today|free))*\s+(?:for|to|and)\s+.{0,80}\b(?:newsletters?|alerts?|inbox|briefing|channel|podcast)\b.{0,80}",
        r"get\s+(?:the|our|your)\s+.{0,60}\b(?:newsletter|inbox|app)\b.{0,40}",
        r".{0,60}\bdelivered\s+(?:straight\s+|directly\s+)?to\s+your\s+inbox.{0,20}",
        r"enter\s+your\s+e-?mail(?:\s+address)?\b.{0,60}",
        r"thank\s+you\s+for\s+(?:subscribing|signing\s+up).{0,40}",
        r"support\s+(?:our|independent)\s+journalism.{0,80}",
        r"already\s+a\s+(?:subscriber|member)\?.{0,40}",
        r"(?:subscribe|register|(?:sign|log)\s+in)\s+(?:now\s+)?to\s+(?:read|continue|unlock|keep|view)\b.{0,200}",
        r"to\s+(?:read|continue|unlock|view)\b.{0,60}\b(?:please\s+)(?:subscribe|register|(?:sign|log)\s+in)\b.{0,120}",
    ),
    "cookie notice": (
        r"(?:we|this\s+(?:web\s*)?site)\s+uses?\s+cookies.*",
        r"by\s+(?:continuing|using|clicking|browsing)\b.{0,80}\byou\s+(?:agree|accept|consent)\b.*",
    ),
    "the site's small print": (
        r"(?:©|copyright\s+©|copyright\s+\d{4})\s*.{0,200}",
        r"(?:.{0,60}[.,|–-]\s*)?all\s+rights\s+reserved",
        r"this\s+(?:article|story|post)\s+(?:was\s+)?(?:first|originally)\s+(?:appeared|published).{0,160}",
        r"republished\s+(?:with\s+permission|from|under)\b.{0,160}",
    ),
    "the agency's sign-off": (
        r"\(?(?:additional\s+)?reporting\s+by\s+.{2,200}?[;.,]\s*(?:writing|editing)\s+by\s+.{2,120}\)?",
        r"\((?:additional\s+)?(?:reporting|editing|writing)\s+by\s+.{2,200}\)",
    ),
    "video link": (r"your\s+browser\s+does\s+not\s+support.*",),
}
# "Read also" in the languages of the conflicts' neighbours and of most newspapers.
_ALSO = (
    r"(?:читайте|читати|дивіться)\s+(?:також|ще)|також\s+(?:читайте|дивіться)|(?:ще\s+|новини\s+|матеріали\s+)?за\s+темою|схожі\s+(?:новини|статті|матеріали)"
    r"|(?:читайте|читать|смотрите)\s+(?:также|ещё|еще)|также\s+(?:читайте|смотрите)|(?:ещё\s+|еще\s+|материалы\s+|новости\s+)?по\s+теме"
    r"|похожие\s+(?:новости|статьи|материалы)|(?:lesen|sehen)\s+sie\s+(?:auch|mehr|dazu)|mehr\s+zum\s+thema|siehe\s+auch|auch\s+interessant"
    r"|das\s+könnte\s+(?:sie|dich)\s+auch\s+interessieren|(?:[àa]\s+)?(?:lire|voir|lisez|voyez)\s+(?:aussi|également)|sur\s+le\s+même\s+sujet"
    r"|articles?\s+(?:liés?|associés?|similaires?)|(?:lea|lee|leer|ver|vea|véase|mira)\s+(?:también|además|más)|(?:también\s+)?[lt]e\s+puede\s+interesar"
    r"|(?:noticias|artículos|notas)\s+relacionad[ao]s|(?:prze)?czytaj\s+(?:też|także|również|więcej)|zobacz\s+(?:też|także|również|więcej)"
    r"|powiązane\s+(?:artykuły|tematy)|(?:ayrıca|bunu\s+da|bunlar[ıi]\s+da)\s+oku(?:yun)?|ilgili\s+(?:haber|yazı|içerik)(?:ler)?"
    r"|leggi\s+(?:anche|tutto|di\s+più)|continua\s+a\s+leggere|(?:leia|saiba)\s+(?:também|mais)|lees\s+(?:ook|meer|verder)"
    r"|подробнее|детальніше|чита(?:ть|ти)\s+(?:далее|дальше|далі|більше|полностью|повністю)|(?:hier\s+)?weiterlesen|mehr\s+(?:lesen|erfahren)"
    r"|подробности|więcej|mehr\s+dazu|ler\s+mais|lire\s+plus|lire\s+la\s+suite|en\s+savoir\s+plus|seguir\s+leyendo|czytaj\s+(?:dalej|całość)|devamını\s+oku|l[äeæ]s\s+(?:också|også|även|mere?|vidare|videre)"
    r"|(?:číst|čtěte|přečtěte\s+si)\s+(?:dále|také|více)|lue\s+(?:myös|lisää)|cite[sș]te\s+(?:[sș]i|mai\s+mult|continuarea)|διαβάστε\s+(?:επίσης|περισσότερα)"
    r"|прочетете\s+(?:още|също)|pročitajte\s+(?:još|i)|阅读(?:更多|全文)|(?:相关|延伸)(?:阅读|新闻|文章)|(?:相關|延伸)(?:閱讀|新聞|文章)|続きを読む|関連記事|관련\s?기사|더\s?(?:보기|읽기)|بیشتر\s+بخوانید|קראו\s+(?:עוד|גם)"
    r"|baca\s+juga|(?:xem|đọc)\s+thêm|(?:यह|ये)\s+भी\s+पढ़ें|আরও\s+পড়ুন|இதையும்\s+படிக்க|یہ\s+بھی\s+پڑھیں|อ่านเพิ่มเติม|lexo(?:ni)?\s+edhe|loe\s+ka"
    r"|olvas(?:d|sa)\s+el\s+ezt\s+is|прочитајте\s+(?:још|и)|skaitykite\s+taip\s+pat|lasi(?:et)?\s+arī|preberite\s+tudi"
    r"|(?:[اإ]قر[أاأ]|شاهد|طالع)\s+(?:أيضا?ً?ا?|ايضا|المزيد)|(?:مواضيع|أخبار|مقالات)\s+ذات\s+صلة"
)
_POINTERS = (
    r"(?:also\s+)?read|further\s+reading|read\s+(?:also|more|next|our\s+\w{1,20})|read\s+the\s+full\s+(?:story|article|report)|see\s+also"
    r"|related(?:\s+(?:article|story|post|news))?|more(?:\s+on\s+this)?|up\s+next|next\s+up|you\s+may\s+also\s+like|must\s+read|watch|in\s+pictures"
    rf"|don't\s+miss|recommended|{_ALSO}"
)
# Labels: no sentence, so a line that ends in a full stop is none of them.
_LABELS = {
    "rating widget": (
        r"(?:total\s+)?(?:votes|vote\s+count):?\s*\d+",
        r"rate\s+this\s+(?:post|article|story|page)",
        r"(?:submit|your)\s+rating",
    ),
    "comment form": (
        r"(?:please\s+)?leave\s+a\s+(?:reply|comment)(?:\s+(?:to|on)\s+.*)?(?:\s+cancel\s+(?:reply|comment))?",
        r"(?:post|add|write)\s+(?:a|your)\s+comment",
        r"(?:cancel|post)\s+(?:reply|comment)",
        r"logged\s+in\s+as\s+.{1,60}",
        r"load\s+more(?:\s+comments)?",
    ),
    "video link": (
        r"watch\s+(?:now|live|(?:the\s+)?(?:full\s+)?(?:video|episode|report|interview|clip)(?:\s+(?:here|below|above))?)",
        r"play\s+video|video\s+player|now\s+playing",
        r"listen\s+(?:now|to\s+this\s+(?:article|story|page).{0,40})",
        r"(?:click|tap)\s+(?:here|to\s+(?:play|expand|enlarge|(?:continue|keep)\s+reading|read\s+more)).{0,40}|(?:read|open|view)\s+in\s+(?:the\s+)?app",
    ),
    CUT: (
        r"\(?(?:taken\s+|copied\s+|text\s+)?from\s+(?:the\s+|a\s+)?web\s*(?:site|page)\)?",
        r"source:?\s+(?:the\s+)?(?:web\s*(?:site|page)|internet)",
    ),
    "share buttons": (
        r"(?:please\s+)?share(?:\s+(?:this|the|on|via|with|now|save|it|post|article|story|page|link|facebook|twitter|x|linkedin|whatsapp|e-?mail|your|friends)){0,6}",
        r"\d[\d.,]*[km]?\s+(?:shares?|views?|likes?|reads?)",
        r"copy\s+(?:the\s+)?(?:link|url)|link\s+copied.{0,20}",
        r"(?:print|e-?mail|save|bookmark)\s+(?:this\s+)?(?:article|page|story|post)",
        r"click\s+to\s+share\s+on\s+.{1,60}|like\s+this:?|like\s+loading.*",
        r"(?:follow|find)\s+(?:us|me)(?:\s+on\s+.{1,80})?|join\s+our\s+(?:whatsapp|telegram)\s+.{1,60}",
    ),
    "newsletter": (
        r"(?:sign\s*up|subscribe|register|donate)(?:\s+(?:now|here|today|free))*",
        r"newsletters?(?:\s+sign\s*-?up)?|(?:sign|log)\s*in(?:\s+(?:here|now|to\s+(?:continue|read).{0,40}))?|my\s+account",
        r"become\s+a\s+(?:subscriber|supporter|patron).{0,40}",
    ),
    "advertisement": (
        r"advertis(?:e)?ments?(?:\s*[–—-]\s*(?:continue|story|article|content|scroll)\b.{0,60})?|advertising|ads?|sponsored(?:\s+(?:content|post|links?|by\s+.{1,40}))?",
        r"promoted(?:\s+(?:content|links))?|paid\s+(?:content|post|partnership)",
        r"(?:story|article|content)\s+continues\s+(?:below|after)(?:\s+(?:this\s+|the\s+)?(?:advertisement|ad|video|promotion))?",
        r"skip\s+(?:ad|advert|advertisement|promotion)|report\s+this\s+ad|remove\s+ads",
    ),
    "page navigation": (
        r"skip\s+to\s+(?:the\s+)?(?:main\s+|primary\s+)?(?:content|navigation|search|footer)",
        r"(?:toggle|main|primary|site|open|close|show)\s+(?:navigation|menu|search)|(?:hamburger\s+)?menu|site\s*map",
        r"back\s+to\s+(?:the\s+)?(?:top|home|homepage|blog|news)|home\s*[»>/›|→].{1,160}",
        r"(?:previous|next|older|newer)\s+(?:posts?|articles?|story|stories|page|entries)(?:\s*[:»→].{0,160})?",
        r"←.{1,120}|.{1,120}→|post\s+navigation|continue\s+reading.{0,120}|page\s+\d+\s+of\s+\d+|1\s+2(?:\s+(?:\d+|…))*",
        r"jump\s+to\s+(?:content|navigation|comments|search)|(?:learn|find\s+out|discover)\s+more|keep\s+reading(?:\s+below)?",
        r"(?:read\s+)?(?:the\s+)?full\s+(?:story|article|report|text)(?:\s+here)?|read\s+(?:this|now|it\s+(?:here|in\s+full)|more\s+(?:here|below|about\s+.{1,100}|(?:from|by)\s+.{1,40}))|(?:show|read|view|see)\s+(?:more|less|all)|expand(?:\s+all)?",
    ),
    "pointer to another article": (rf"(?:{_POINTERS})(?:\s*[:|：]\s*|\s+[–—-]\s+).{{1,160}}",),
    "cookie notice": (
        r"(?:accept|reject|allow|manage)\s+(?:all\s+)?(?:cookies|(?:cookie\s+)?(?:settings|preferences)|and\s+close)|accept\s+all",
        r"cookie\s+(?:policy|settings|preferences|notice)",
    ),
    "the site's small print": (
        r"(?:privacy\s+(?:policy|notice)|terms\s+(?:of\s+(?:use|service)|(?:and|&)\s+conditions)|(?:about|contact)\s+us)(?:\s*[|·•&].{0,120})?",
        r"(?:proudly\s+)?powered\s+by\s+(?:wordpress|blogger|ghost|wix|drupal|joomla).{0,60}|theme:?\s+.{1,40}\s+by\s+.{1,40}",
        r"do\s+not\s+sell\s+.{0,40}information",
    ),
    "labels of the page": (
        r"(?:tags?|tagged(?:\s+(?:with|as|under))?|categories|filed\s+under|keywords)\s*:\s*.{1,240}",
        r"filed\s+under\s+.{1,80}|posted\s+(?:in|by)\s+(?-i:[A-Z]).{1,80}|uncategori[sz]ed",
        rf"(?:published|updated|last\s+(?:updated|modified)|first\s+published|posted)\s*(?:on|at)?\s*:?\s*{_DATE}.{{0,80}}",
        r"(?:estimated\s+)?(?:reading|read)\s+time:?.{1,40}|\d+\s*-?\s*min(?:ute)?s?\.?\s+(?:to\s+)?read",
        r"\d+\s+(?:minutes?|hours?|days?|weeks?)\s+ago|edit\s+this\s+(?:page|post)|report\s+(?:an\s+error|a\s+typo)",
    ),
    "picture credit": (
        r"(?:photo|image|picture|video|graphic|illustration)(?:\s+(?:credits?|source|courtesy))?\s*(?:[:/©]\s*|by\s+)(?-i:[A-Z©]).{1,100}",
        r".{1,160}[\s(](?:photo|image|picture|foto|credit)s?:\s?(?-i:[A-Z][\w.'-]*(?:[\s/,&]{1,3}[A-Z][\w.'-]*){0,5})\)?",
        r"(?:photo\s+|image\s+)?(?:credits?|courtesy)\s*:\s*.{1,60}",
        r"(?:[\w.' -]{2,40}/)?(?:getty\s+images|afp|reuters|shutterstock|istock|ap\s+photo)(?:/[\w.' -]{2,40}|\s+via\s+[\w.' -]{2,40})?",
        r"file\s+(?:photo|image|picture)|representational\s+image",
    ),
    "a bare address": (
        r"(?:https?://|www\.)\S+|[\w.-]+\.(?:com|org|net|info|co\.uk|news|ua|eu)(?:/\S*)?|[\w.+-]+@[\w-]+\.[\w.]+",
    ),
}
_TOP_LABELS = {
    BY_LINE: r"(?:(?:written|posted|reported)\s+)?[Bb]y:?(?:\s+(?:and|&|[A-Z][\w.'-]*|de|von|van)){1,8},?(?:\s*[|•·,–-]\s*.{0,80})?",
    DATE_LINE: rf"(?i:{_DATE})(?:\s*[|•·–-]\s*.{{0,60}})?",
}
_BEFORE, _EDGE = r"[\s»›→>▶►*(\[]{0,3}", r"[\s:：|»›→>…*)\]]*(?:\.{2,3})?"
_RELATED = (
    r"related(?:\s+(?:articles?|posts?|stories|story|news|topics?|content|reading|links?|coverage|items?))?"
    r"|you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in)"
    r"|more\s+(?:stories|news|articles|posts|like\s+this|(?:from|by)\s+.{1,40}|on\s+this\s+(?:story|topic)|to\s+(?:read|explore))"
    r"|recommended(?:\s+(?:for\s+you|reading|stories|articles|posts))?"
    r"|read\s+(?:next|also|on|more(?:\s+(?:about|on)\s+this(?:\s+(?:topic|story))?)?|this\s+next)|also\s+read|see\s+also|don't\s+miss|up\s+next|next\s+up|from\s+our\s+partners|also\s+in\s+this\s+series|what\s+to\s+read\s+next"
    r"|most\s+(?:read|popular|viewed|recent|shared)|popular\s+(?:posts|stories|articles|now)"
    r"|trending(?:\s+(?:now|stories|topics))?|latest\s+(?:news|stories|posts|articles|headlines|videos)"
    rf"|recent\s+(?:posts|comments|articles)|editor'?s'?\s+picks?|top\s+stories|in\s+case\s+you\s+missed\s+it|{_ALSO}"
)
_PROMISES = re.compile(
    r"(?<!this )\b(?:links?|articles?|stories|story|posts?|news|topics?|coverage|headlines|videos|for\s+you)\b", re.I
)
_COMMENTS = (
    r"\d+\s+(?:comments?|responses?|replies|thoughts?\s+on\s+.*)|(?:one|two|three)\s+thoughts?\s+on\s+.*"
    r"|comments?\s*\(\d+\)|(?:reader|user|recent)\s+comments|discussion\s*\(\d+\)"
)
_AUTHOR = (
    r"about\s+the\s+(?:authors?|writers?)|author(?:'s)?(?:\s+(?:bio|biography|profile|info|box))?|meet\s+the\s+author"
    r"|written\s+by|about\s+(?:me|the\s+blogger)"
)
_BIO = re.compile(
    r"\b(?:writer|journalist|reporter|editor|author|blogger|contributor|correspondent|columnist|freelancer?|content creator|"
    r"analyst at|fellow at|professor (?:of|at)|years of experience|experience in|speciali[sz]es?|specializing|graduated?|"
    r"based in|covers|our team|passionate about|follow (?:him|her|me|them)|posts by|his work|her work|their work)\b",
    re.IGNORECASE,
)
_FORM_FIELDS = r"name|e-?mail|website|url|comment|message|submit|send|reply|captcha|δ|alt\s*=?"
_SOCIAL = word_set(
    "facebook twitter linkedin whatsapp telegram reddit pinterest messenger threads instagram youtube tiktok tumblr bluesky "
    "flipboard email print tweet pin viber"
)
_SOCIAL_WORDS = _SOCIAL | word_set("x share copy link via on by mail e-mail this and or more page rss sms vk")
_TOP_LINES = 12
_LONGEST_RULED = 260
_LONGEST_LINK = 120
_LONGEST_BLOCK = 60  # lines of links under one heading, or of an author's box
_PROSE = re.compile(rf"[.;{ALWAYS}]{TAIL}")


def _rule(patterns: str | Iterable[str]) -> re.Pattern[str]:
    inner = patterns if isinstance(patterns, str) else "|".join(patterns)
    return re.compile(rf"{_BEFORE}(?:{inner}){_EDGE}[.!]?", re.IGNORECASE)


_SENTENCE_RULES = [(reason, _rule(patterns)) for reason, patterns in _SENTENCES.items()]
_LABEL_RULES = [(reason, _rule(patterns)) for reason, patterns in _LABELS.items()]
_TOP_RULES = [(reason, re.compile(pattern)) for reason, pattern in _TOP_LABELS.items()]
_IS_RELATED, _IS_COMMENTS, _IS_AUTHOR, _IS_FIELD = map(_rule, (_RELATED, _COMMENTS, _AUTHOR, _FORM_FIELDS))


def drop_junk(lines: list[Line]) -> tuple[list[Line], Dropped]:
    """Return the lines that are the article, and the others, each as found with the reason it was dropped for."""
    reasons = [_reason(line) for line in lines]
    _mark_top(lines, reasons)
    _mark_blocks(lines, reasons)
    kept = [line for line, reason in zip(lines, reasons, strict=True) if reason is None]
    dropped = [(line.text, reason) for line, reason in zip(lines, reasons, strict=True) if reason is not None]
    return kept, dropped


def _plain(line: Line) -> str:
    return line.text.replace("’", "'")


def _reason(line: Line) -> str | None:
    if line.role == "cell" or len(line.text) > _LONGEST_RULED:
        return None
    text = _plain(line)
    if _is_social(text):
        return "share buttons"
    rules = _SENTENCE_RULES if text.endswith(".") else _SENTENCE_RULES + _LABEL_RULES
    return next((reason for reason, rule in rules if rule.fullmatch(text)), None)


def _is_social(text: str) -> bool:
    words = text.lower().replace("|", " ").replace(",", " ").split() if len(text) < _LONGEST_LINK else []
    return not _SOCIAL.isdisjoint(words) and _SOCIAL_WORDS.issuperset(words)


def _mark_top(lines: list[Line], reasons: list[str | None]) -> None:
    """Mark by-lines among the page's first lines, and dates beside them or above the text's first sentence."""
    above = True
    # From the second line on: the first may be the title, whatever it looks like.
    for number, line in enumerate(lines[1:_TOP_LINES], start=1):
        above = above and not (reasons[number] is None and _is_prose(line))
        if reasons[number] is None and line.role != "cell":  # "Date", "3 May 2031"
            found = next((reason for reason, rule in _TOP_RULES if rule.fullmatch(_plain(line))), None)
            if found == BY_LINE or above or reasons[number - 1] == BY_LINE:
                reasons[number] = found


def _is_prose(line: Line) -> bool:
    return line.role != "cell" and (len(line.text) > _LONGEST_LINK or bool(_PROSE.search(line.text)))


def _mark_blocks(lines: list[Line], reasons: list[str | None]) -> None:
    total = sum(len(line.text) for line in lines)
    before = 0
    in_form = False
    for number, line in enumerate(lines):
        before += len(line.text)
        if line.role != "cell" and len(line.text) <= _LONGEST_LINK:
            found = _block(lines, reasons, number, after_half=2 * before > total, in_form=in_form)
            numbers, reason = found or (range(0), "")
            for each in numbers:
                reasons[each] = reasons[each] or reason
        in_form = in_form or reasons[number] == "comment form"


def _block(
    lines: list[Line], reasons: list[str | None], number: int, *, after_half: bool, in_form: bool
) -> tuple[range, str] | None:
    """Return the range and reason of the block that begins at a line, if one does."""
    text = _plain(lines[number])
    if _IS_RELATED.fullmatch(text):
        return _link_list(lines, reasons, number), RELATED
    if reasons[number] is not None:
        return None
    if after_half and _IS_COMMENTS.fullmatch(text):
        return range(number, len(lines)), "readers' comments"
    if _IS_AUTHOR.fullmatch(text):
        return _author_box(lines, reasons, number), "author box"
    if in_form and _IS_FIELD.fullmatch(text):
        return range(number, number + 1), "comment form"
    return None


def is_lead(text: str) -> bool:
    """Say whether a line only leads to other pages, as "Read more" does."""
    return _IS_RELATED.fullmatch(_plain(Line(text))) is not None


def _run_of_short_lines(lines: list[Line], reasons: list[str | None], start: int, *, through_junk: bool) -> int:
    """Return where the run of short lines that begins at ``start`` ends."""
    end = start
    last = min(len(lines), start + _LONGEST_BLOCK)
    while end < last and not _is_prose(lines[end]) and lines[end].role != "cell":
        if reasons[end] is not None and not through_junk:
            break
        end += 1
    return end


def _link_list(lines: list[Line], reasons: list[str | None], header: int) -> range:
    """Return the header and the short lines under it; the last of them stays if it heads a text that goes on.

    A lone "Read more" may be a button that leads nowhere: only a colon, or a word such as "links", promises a line.
    """
    end = _run_of_short_lines(lines, reasons, header + 1, through_junk=False)
    below = lines[header + 1 : header + 3]
    if lines[header].role != "heading" and [each.role for each in below] == ["heading", ""] and _is_prose(below[1]):
        return range(header, header + 1)  # the file itself says that the article goes on
    marked = next((number for number in range(header + 2, end) if lines[number].role == "heading"), None)
    if marked is not None:
        return range(header, marked)
    promised = 1 if lines[header].text.endswith((":", "：")) or _PROMISES.search(lines[header].text) else 0
    if end < len(lines) and reasons[end] is None and end - header > 1 + promised:
        end -= 1
    return range(header, end)


def _author_box(lines: list[Line], reasons: list[str | None], header: int) -> range:
    """Return the author box: name, role and the paragraphs that speak of the author."""
    end = _run_of_short_lines(lines, reasons, header + 1, through_junk=True)
    bios = end
    while bios < min(len(lines), end + 3) and _is_prose(lines[bios]) and _BIO.search(lines[bios].text):
        bios += 1
    return range(header, bios) if bios > end else _link_list(lines, reasons, header)
