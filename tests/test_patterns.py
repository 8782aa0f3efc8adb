"""No pattern that meets untrusted text can be made to look at a character again and again.

Read from the patterns' own form, so that nothing is timed: where two repeats without a limit follow each other, or one
stands within another, they must not be able to share a character. The rules of ``junk`` meet short lines alone.
"""

import importlib
import pkgutil
import re
from re import _compiler, _constants, _parser

import pytest

import kit
from kit.reading import junk

SAMPLE = [chr(n) for n in range(0x250)] + list("жЖ。’“”„»–—…•₴؟ሀ文")
REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT}
SINGLES = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}
GROUPS = {_constants.SUBPATTERN: lambda value: [value[3]], _constants.BRANCH: lambda value: value[1]}
MANY = 100  # a repeat that can run longer counts as one without a limit


def patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for info in pkgutil.walk_packages(kit.__path__, "kit."):
        module = importlib.import_module(info.name) if not info.name.endswith("__main__") else junk
        for name, value in vars(module).items() if module is not junk else ():
            several = (
                value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            )
            for number, each in enumerate(several):
                if isinstance(each, re.Pattern):
                    found[f"{info.name}.{name}{number or ''}"] = each
    return found


def matches(item, state, flags) -> set[str]:
    one = _compiler.compile(_parser.SubPattern(state, [item]), flags)
    as_bytes = isinstance(state.str, bytes)
    return {c for c in SAMPLE if (not as_bytes or c < "\x80") and one.fullmatch(c.encode() if as_bytes else c)}


def shared(items, state, flags, after: set[str]) -> bool:
    """Say whether a repeat among the items can share a character with the repeat that may follow it at once."""
    following = after  # the characters of endless repeats that can come right behind
    for op, value in reversed(list(items)):
        if op in REPEATS:
            low, high, body = value
            endless = high is _constants.MAXREPEAT or high > MANY
            single = len(body) == 1 and body[0][0] not in REPEATS | set(GROUPS)
            if single:
                mine = matches(body[0], state, flags)
                if endless and mine & following:
                    return True
                following = (mine if endless else set()) | (following if not low else set())
            elif (endless and crosses(body, state, flags)) or shared(
                body, state, flags, following | (first_repeat(body, state, flags) if endless else set())
            ):
                return True
            else:
                following = first_repeat(body, state, flags) | (following if not low else set())
        elif op in GROUPS:
            bodies = GROUPS[op](value)
            if any(shared(body, state, flags, following) for body in bodies):
                return True
            following = set().union(*(first_repeat(body, state, flags) for body in bodies))
        elif op in SINGLES:  # "a+aa+": what both sides and this one match can be shared out in many ways
            following = following & matches((op, value), state, flags)
        elif op not in {_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT}:
            following = set()
    return False


def crosses(items, state, flags) -> bool:
    """Say whether an endless repeat within a loop can run over what is to end it ("<!--.*?-->")."""
    for (op, value), (after, _), item in zip(items, list(items)[1:], list(items)[1:], strict=False):
        endless = op in REPEATS and (value[1] is _constants.MAXREPEAT or value[1] > MANY) and len(value[2]) == 1
        single = after in {_constants.LITERAL, _constants.IN, _constants.ANY}
        if endless and single and matches(value[2][0], state, flags) & matches(item, state, flags):
            return True
    return False


def first_repeat(items, state, flags) -> set[str]:
    """Return the characters of the endless repeats that the items can begin with."""
    found: set[str] = set()
    for op, value in items:
        if op in REPEATS:
            low, high, body = value
            endless = high is _constants.MAXREPEAT or high > MANY
            single = len(body) == 1 and body[0][0] not in REPEATS | set(GROUPS)
            found |= (
                (matches(body[0], state, flags) if endless else set()) if single else first_repeat(body, state, flags)
            )
            if low:
                break
        elif op in GROUPS:
            found = found.union(*(first_repeat(body, state, flags) for body in GROUPS[op](value)))
            break
        elif op not in {_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT}:
            break
    return found


def is_slow(pattern: re.Pattern) -> bool:
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    return shared(list(parsed), parsed.state, pattern.flags & ~re.DEBUG, set())


@pytest.mark.parametrize(
    "form",
    [r"(?:<!--.*?-->\s*)*<", r"(#{1,6})\s+(.*?)\s*#*", r"[\s|-]*-?[\s|-]*x", r"(a+)+", r"(?:a|b+)*b*", r"\S+\.\S+"],
)
def test_the_check_knows_slow_forms(form: str):
    assert is_slow(re.compile(form, re.DOTALL))


@pytest.mark.parametrize("name", patterns())
def test_no_pattern_has_repeats_that_share_a_character(name: str):
    assert not is_slow(patterns()[name])


def test_the_junk_rules_meet_short_lines_alone():
    assert junk._LONGEST_RULED < 1000
    long = junk.Line("subscribe now " * 100)
    assert junk._reason(long) is None
