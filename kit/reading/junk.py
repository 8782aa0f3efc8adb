"""What a page puts around an article: rules that know it, each with the reason it gives.

A rule matches a whole line, and a line that the rules do not know is kept: better a scrap of the page too much than a
sentence of the article too little. Blocks (an author box, related links, comments) are followed line by line from
their headings, and end where the article goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.reading.formats import Line

Dropped = list[tuple[str, str]]

_DATE = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d|"
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4})"
    r"(?:,?\s*(?:at\s+|\|\s*|-\s*)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[a-z]{2,4}\)?)?)?"
)
_LINKS = (
    r"related(?:\s+(?:articles?|posts?|stories|story|news|topics?|content|reading|links?|coverage|items?))?"
    r"|you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in)"
    r"|more\s+(?:stories|news|articles|posts|like\s+this|(?:from|by)\s+.{1,40}|on\s+this\s+(?:story|topic)|to\s+(?:read|explore))"
    r"|recommended(?:\s+(?:for\s+you|reading|stories|articles|posts))?"
    r"|read\s+(?:next|also|more|this\s+next)|also\s+read|see\s+also|see\s+more|don't\s+miss|up\s+next|what\s+to\s+read\s+next"
    r"|most\s+(?:read|popular|viewed|recent|shared)|popular\s+(?:posts|stories|articles|now)"
    r"|trending(?:\s+(?:now|stories|topics))?|latest\s+(?:news|stories|posts|articles|headlines|videos)"
    r"|recent\s+(?:posts|comments|articles)|editor'?s'?\s+picks?|top\s+stories|in\s+case\s+you\s+missed\s+it"
)
_EDGE = r"[\s:»›→>…*]*"

_LINE_RULES: tuple[tuple[str, str], ...] = (
    ("rating widget", r"how\s+useful\s+was\s+this\s+(?:post|article|page).*|click\s+on\s+a\s+star\s+to\s+rate\s+it.*"
     r"|average\s+rating:?\s+[\d.,]+\s*/\s*\d+.*|(?:total\s+)?vote(?:s|\s+count):?\s*\d+|\d+\s+votes?|no\s+votes\s+so\s+far.*|be\s+the\s+first\s+to\s+rate.*"
     r"|rate\s+this\s+(?:post|article|story|page)|was\s+this\s+(?:article|page|post|story|answer)\s+(?:helpful|useful).*"
     r"|we\s+are\s+sorry\s+that\s+this\s+post\s+was\s+not\s+useful.*|let\s+us\s+improve\s+this\s+post.*|tell\s+us\s+how\s+we\s+can\s+improve.*"
     r"|(?:submit|your)\s+rating|thanks\s+for\s+(?:your\s+feedback|rating).*"),
    ("comment form", r"(?:please\s+)?leave\s+a\s+(?:reply|comment)(?:\s+(?:to|on)\s+.*)?(?:\s+cancel\s+(?:reply|comment))?|(?:post|add|write)\s+(?:a|your)\s+comment"
     r"|cancel\s+(?:reply|comment)|join\s+the\s+(?:discussion|conversation)|post\s+comment|your\s+e-?mail\s+address\s+will\s+not\s+be\s+published.*"
     r"|required\s+fields\s+are\s+marked.*|save\s+my\s+name,?\s+e-?mail.*|notify\s+me\s+of\s+(?:new|follow).*|this\s+site\s+uses\s+akismet.*"
     r"|(?:learn|find\s+out)\s+how\s+your\s+comment\s+data\s+is\s+processed.*|you\s+must\s+be\s+logged\s+in\s+to\s+(?:post|leave)\s+a\s+comment.*"
     r"|(?:want\s+to\s+)?join\s+the\s+discussion\?.*|logged\s+in\s+as\s+.{1,60}|(?:be\s+the\s+first\s+to\s+comment|comments?\s+(?:are\s+)?(?:closed|off|disabled)|load\s+more(?:\s+comments)?).*"),
    ("video link", r"watch\s+(?:now|live|(?:the\s+)?(?:full\s+)?(?:video|episode|report|interview|clip)(?:\s+(?:here|below|above))?)|play\s+video|video\s+player|(?:now\s+)?playing"
     r"|listen\s+(?:now|(?:to\s+)?this\s+(?:article|story|page).*)|your\s+browser\s+does\s+not\s+support.*|click\s+(?:here|to\s+(?:play|expand|enlarge|read\s+more)).{0,40}"),
    ("where the page was taken from", r"\(?(?:taken\s+|copied\s+|text\s+)?from\s+(?:the\s+|a\s+)?web\s*(?:site|page)\)?|source:?\s+(?:the\s+)?(?:web\s*(?:site|page)|internet)"),
    ("share buttons", r"(?:please\s+)?share(?:\s+(?:this|the|on|via|with|now|save|tweet|it|post|article|story|page|link|facebook|twitter|x|linkedin|whatsapp|e-?mail|your\s+friends)){0,6}"
     r"|(?:\d[\d.,]*[km]?\s+)(?:shares?|views?|likes?|reads?)|copy\s+(?:the\s+)?(?:link|url)|link\s+copied.*|(?:print|e-?mail|save|bookmark)\s+(?:this\s+)?(?:article|page|story|post)"
     r"|click\s+to\s+share\s+on\s+.*|like\s+this:?|like\s+loading.*|follow\s+(?:us|me|him|her|them)(?:\s+on\s+.{1,80})?|find\s+us\s+on\s+.{1,60}|join\s+our\s+(?:whatsapp|telegram)\s+.{1,60}"),
    ("newsletter", r"(?:sign\s*up|subscribe|register)(?:\s+(?:now|here|today|free))?(?:\s+(?:for|to|and)\s+.{0,80}(?:newsletters?|alerts?|updates?|inbox|briefing|channel|emails?|access|podcast).{0,60})?"
     r"|get\s+(?:the|our|your)\s+.{0,60}\b(?:newsletter|inbox|briefing|app)\b.{0,40}|.{0,40}\bdelivered\s+(?:straight\s+|directly\s+)?to\s+your\s+inbox.{0,20}"
     r"|enter\s+your\s+e-?mail(?:\s+address)?.{0,60}|newsletters?(?:\s+sign\s*-?up)?|(?:already\s+a\s+subscriber\?\s*)?(?:sign|log)\s+in(?:\s+(?:here|now|to\s+(?:continue|read).{0,40}))?|log\s*in|my\s+account"
     r"|support\s+(?:our|independent)\s+journalism.{0,80}|(?:donate|subscribe)\s+(?:now|today)|become\s+a\s+(?:member|subscriber|supporter).{0,40}|thank\s+you\s+for\s+(?:subscribing|signing\s+up).{0,40}"),
    ("advertisement", r"(?:advertis(?:e)?ments?|advertising|ads?|sponsored(?:\s+(?:content|post|links?|by\s+.{1,40}))?|promoted(?:\s+(?:content|links))?|paid\s+(?:content|post|partnership))"
     r"|(?:story|article|content)\s+continues\s+(?:below|after)(?:\s+(?:this\s+|the\s+)?(?:advertisement|ad|video|promotion))?|skip\s+(?:ad|advert|advertisement|promotion|past\s+.{1,40})|(?:ad|advert|report\s+this)\s+(?:feedback|ad)|remove\s+ads"),
    ("page navigation", r"skip\s+to\s+(?:the\s+)?(?:main\s+|primary\s+)?(?:content|navigation|search|footer)|(?:toggle|main|primary|site|open|close|show)\s+(?:navigation|menu|search)|menu|hamburger\s+menu"
     r"|back\s+to\s+(?:the\s+)?(?:top|home|homepage|blog|news|all\s+.{1,30})|home\s*[»>/›|→].{1,160}|(?:previous|next|older|newer)\s+(?:posts?|articles?|story|stories|page|entries)(?:\s*[:»→].{0,160}|\s+.{0,3})?"
     r"|[←«‹]\s*.{1,120}|.{1,120}\s*[→»›]|post\s+navigation|continue\s+reading.{0,120}|page\s+\d+\s+of\s+\d+|(?:\d+\s+){2,}(?:next|…|»)?|jump\s+to(?:\s+.{1,40})?|show\s+(?:more|less|all)|(?:read|view|see|load)\s+more|view\s+all|expand(?:\s+all)?|site\s*map"),
    ("pointer to another article", r"(?:also\s+read|read\s+(?:also|more|next|on|the\s+full\s+(?:story|article|report))|see\s+also|related|related\s+(?:article|story|post|news)|more\s+on\s+this|you\s+may\s+also\s+like|must\s+read|watch|in\s+pictures|don't\s+miss|recommended)\s*[:|–—-]\s*.{1,160}"),
    ("cookie notice", r"(?:we|this\s+(?:web\s*)?site)\s+uses?\s+cookies.*|(?:accept|reject|allow|manage)(?:\s+(?:all|and\s+close|cookies|preferences|all\s+cookies|cookie\s+(?:settings|preferences)))+|cookie\s+(?:policy|settings|preferences|notice)"
     r"|by\s+(?:continuing|using|clicking|browsing)\s+.{0,80}(?:cookies|terms|privacy\s+policy).{0,120}"),
    ("the site's small print", r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}|.{0,60}\ball\s+rights\s+reserved).{0,160}|.{0,80}\ball\s+rights\s+reserved.{0,40}|privacy\s+(?:policy|notice)(?:\s*[|·•&].{0,120})?"
     r"|terms\s+(?:of\s+(?:use|service)|(?:and|&)\s+conditions)(?:\s*[|·•&].{0,120})?|(?:about|contact)\s+us(?:\s*[|·•].{0,120})?|powered\s+by\s+(?:wordpress|blogger|ghost|wix|drupal|joomla).{0,60}|proudly\s+powered\s+by.{0,60}|theme:?\s+.{1,40}\s+by\s+.{1,40}"
     r"|this\s+(?:article|story|post)\s+(?:was\s+)?(?:first|originally)\s+(?:appeared|published).{0,160}|republished?\s+(?:with\s+permission|from|under).{0,160}|do\s+not\s+sell\s+.{0,40}information"),
    ("labels of the page", r"(?:tags?|tagged(?:\s+(?:with|as|under))?|categor(?:y|ies)|filed\s+under|topics?|keywords)\s*:\s*.{1,240}|posted\s+(?:on|in|by|at)\s+.{1,120}|(?:published|updated|last\s+(?:updated|modified)|first\s+published|modified|posted)\s*(?:on|at)?\s*:?\s*(?:"
     + _DATE + r").{0,80}|(?:estimated\s+)?(?:reading|read)\s+time:?.{1,40}|\d+\s*-?\s*min(?:ute)?s?\.?\s+(?:to\s+)?read|\d+\s+(?:minutes?|hours?|days?|weeks?)\s+ago|uncategori[sz]ed|edit\s+this\s+(?:page|post)|report\s+(?:an\s+error|a\s+typo).{0,40}"),
    ("picture credit", r"(?:(?:photo|image|picture|video|graphic|illustration|featured\s+image|cover\s+image)\s*(?:credits?|source|courtesy|by|via)?\s*(?::|by|/|©)\s*.{1,120})|(?:credits?|courtesy)\s*:\s*.{1,100}|(?:[\w.' -]{2,40}/)?(?:getty\s+images|afp|reuters|shutterstock|istock|ap\s+photo)(?:/[\w.' -]{2,40}|\s+via\s+[\w.' -]{2,40})?"
     r"|file\s+(?:photo|image|picture)|representational\s+image"),
    ("the agency's sign-off", r"\(?(?:additional\s+)?reporting\s+by\s+.{2,200}?(?:;|\.|,)\s*(?:writing|editing)\s+by\s+.{2,120}\)?|\((?:additional\s+)?(?:reporting|editing|writing)\s+by\s+.{2,200}\)"),
    ("a bare address", r"(?:https?://|www\.)\S+|[\w.-]+\.(?:com|org|net|info|co\.uk|news|ua|eu)(?:/\S*)?|[\w.+-]+@[\w-]+\.[\w.]+"),
)  # fmt: skip
_TOP_RULES: tuple[tuple[str, str], ...] = (
    ("by-line", r"(?:(?:written|posted|reported)\s+)?by:?(?:\s+(?:and|&|[A-Z][\w.'-]*|de|von|van)){1,8},?(?:\s*[|•·,–-]\s*.{0,80})?"),
    ("date line", rf"(?i:{_DATE})(?:\s*[|•·–-]\s*.{{0,60}})?"),
)
_FORM_FIELDS = re.compile(rf"(?:name|e-?mail|website|url|comment|message|submit|send|reply|captcha|δ|alt\s*=?){_EDGE}", re.IGNORECASE)
_COMMENTS = re.compile(
    rf"(?:(?:\d+|one|two|three|four|five)\s+(?:comments?|responses?|replies|thoughts?\s+on\s+.*)|comments?\s*\(\d+\)|(?:reader|user|recent)\s+comments|discussion\s*\(\d+\)|comments){_EDGE}",
    re.IGNORECASE,
)
_AUTHOR = re.compile(rf"(?:about\s+the\s+(?:authors?|writers?)|author(?:'s)?(?:\s+(?:bio|biography|profile|info|box))?|meet\s+the\s+author|written\s+by|about\s+(?:me|the\s+blogger)){_EDGE}", re.IGNORECASE)
_BIO = re.compile(
    r"\b(?:writer|journalist|reporter|editor|author|blogger|contributor|correspondent|columnist|freelancer?|content creator|analyst at|"
    r"fellow at|professor (?:of|at)|years of experience|experience in|speciali[sz]es?|specializing|graduated?|based in|covers|our team|"
    r"passionate about|follow (?:him|her|me|them)|posts by|his work|her work|their work)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(rf"(?:{_LINKS}){_EDGE}", re.IGNORECASE)
_SOCIAL = frozenset("facebook twitter linkedin whatsapp telegram reddit pinterest messenger threads instagram youtube tiktok tumblr bluesky flipboard email print tweet pin viber".split())
_SOCIAL_WORDS = _SOCIAL | frozenset("x share copy link via on by mail e-mail this and or more page rss sms vk".split())
_RULES = [(reason, re.compile(rf"(?:{pattern}){_EDGE}[.!]?", re.IGNORECASE)) for reason, pattern in _LINE_RULES]
_TOP = [(reason, re.compile(pattern)) for reason, pattern in _TOP_RULES]
_LONGEST_RULED = 260
_LONGEST_LINK = 120
_STOPS = re.compile(r"""[.;,…]["'”’)\]]*$""")


def drop_junk(lines: list[Line]) -> tuple[list[Line], Dropped]:
    """Return the lines that are the article, and the others, each as found with the reason it was dropped for."""
    reasons = [_reason(line) for line in lines]
    _mark_top(lines, reasons)
    _mark_blocks(lines, reasons)
    kept = [line for line, reason in zip(lines, reasons, strict=True) if reason is None]
    dropped = [(line.text, reason) for line, reason in zip(lines, reasons, strict=True) if reason is not None]
    return kept, dropped


def _reason(line: Line) -> str | None:
    if line.role == "cell" or len(line.text) > _LONGEST_RULED:
        return None
    text = line.text.replace("’", "'")
    if _is_social(text):
        return "share buttons"
    return next((reason for reason, rule in _RULES if rule.fullmatch(text)), None)


def _is_social(text: str) -> bool:
    words = re.findall(r"[\w-]+", text.lower())
    return 0 < len(words) <= 15 and not _SOCIAL.isdisjoint(words) and _SOCIAL_WORDS.issuperset(words)


def _mark_top(lines: list[Line], reasons: list[str | None]) -> None:
    """Mark by-lines and dates above the first sentence of the text."""
    for number, line in enumerate(lines[:12]):
        if reasons[number] is None and len(line.text) > 100 or _is_prose(line):
            break
        if reasons[number] is None:
            text = line.text.replace("’", "'")
            reasons[number] = next((reason for reason, rule in _TOP if rule.fullmatch(text)), None)


def _is_prose(line: Line) -> bool:
    return line.role != "cell" and (len(line.text) > _LONGEST_LINK or bool(re.search(r"""[.;]["'”’)\]]*$""", line.text)))


def _mark_blocks(lines: list[Line], reasons: list[str | None]) -> None:
    total = sum(len(line.text) for line in lines)
    before = 0
    in_form = False
    for number, line in enumerate(lines):
        in_form = in_form or reasons[number] == "comment form"
        if reasons[number] is None and line.role != "cell":
            text = line.text.replace("’", "'")
            if _COMMENTS.fullmatch(text) and 2 * before > total:
                _mark(reasons, range(number, len(lines)), "readers' comments")
            elif _AUTHOR.fullmatch(text):
                _mark(reasons, _author_box(lines, reasons, number), "author box")
            elif in_form and _FORM_FIELDS.fullmatch(text):
                reasons[number] = "comment form"
        if line.role != "cell" and _RELATED.fullmatch(line.text.replace("’", "'")):
            _mark(reasons, _link_list(lines, reasons, number), "related links")
        before += len(line.text)


def _mark(reasons: list[str | None], numbers: Iterator[int] | range, reason: str) -> None:
    for number in numbers:
        reasons[number] = reasons[number] or reason


def _run_of_short_lines(lines: list[Line], reasons: list[str | None], start: int) -> int:
    """Return where the run of short lines that begins at ``start`` ends."""
    end = start
    while end < len(lines) and reasons[end] is None and not _is_prose(lines[end]) and lines[end].role != "cell":
        end += 1
    return end


def _goes_on(lines: list[Line], reasons: list[str | None], position: int) -> bool:
    return position < len(lines) and reasons[position] is None


def _link_list(lines: list[Line], reasons: list[str | None], header: int) -> range:
    """Return the header and the short lines under it; the last of them stays if it heads a text that goes on."""
    end = _run_of_short_lines(lines, reasons, header + 1)
    marked = next((n for n in range(header + 1, end) if lines[n].role == "heading" and n > header + 1), None)
    if marked is not None:
        return range(header, marked)
    if _goes_on(lines, reasons, end) and end - header > 2:
        end -= 1
    return range(header, end)


def _author_box(lines: list[Line], reasons: list[str | None], header: int) -> range:
    """Return the author box: name, role and the paragraphs that speak of the author."""
    end = _run_of_short_lines(lines, reasons, header + 1)
    bios = end
    while bios < len(lines) and bios < end + 3 and reasons[bios] is None and _BIO.search(lines[bios].text):
        bios += 1
    return range(header, bios) if bios > end else _link_list(lines, reasons, header)
