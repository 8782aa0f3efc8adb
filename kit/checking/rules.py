"""Rules that tie several values of a file together, beyond the types and names that `kit.case_tables` describes.

Each function of `RULES` is given what has been read of its file, ``tell(path, what, remedy)`` for what breaks a rule, and
what the case knows besides. `kit.checking.whole_case` asks them, file by file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any

from kit import case_tables as tables
from kit.fields import Known, choice, parse_date

Path = tuple[Any, ...]
Tell = Callable[[Path, str, str], None]
Names = dict[str, list[str]]  # by the name of an issue or a driver, those of its options or states
MOST_OPTIONS = 12  # of a graph model: states double with each


def _hold_names(given: Iterable[str], known: Collection[str], noun: str, path: Path, tell: Tell) -> None:
    for name in given:
        if name not in known:
            tell(path, f"There is no {noun} '{name}'", choice(name, known))


# --- case.yaml and the tables


def hold_about(about: tables.About, tell: Tell, _known: Known) -> None:
    """Tell which phases end before they begin, and which parties stand twice."""
    for party in sorted({each for each in about["parties"] if about["parties"].count(each) > 1}):
        tell(("parties",), f"The party '{party}' stands twice", "Name each party once.")
    for index, phase in enumerate(about["phases"]):
        if phase["end"] < phase["start"]:
            tell(("phases", index), "The phase ends before it begins", "Exchange or correct 'start' and 'end'.")


def hold_events(events: list[tables.Event], tell: Tell, _known: Known) -> None:
    """Tell which events end before they begin."""
    for index, event in enumerate(events):
        if event["end"] and parse_date(event["end"])[1] < parse_date(event["date"])[0]:
            tell((index,), "The end lies before the beginning", "Exchange or correct 'date' and 'end'.")


def hold_positions(positions: list[tables.Position], tell: Tell, _known: Known) -> None:
    """Tell which positions rest on nothing, or on half a reference."""
    for index, position in enumerate(positions):
        lacking = [name for name in ("article", "quote") if not position[name]]
        if len(lacking) == 1:
            tell((index,), f"'{lacking[0]}' is empty", "Fill it in, or leave 'article' and 'quote' both empty.")
        elif lacking and not position["source_title"]:
            what = "The position rests on nothing"
            tell((index,), what, "Fill in 'article' and 'quote', or, if no article states it, 'source_title'.")


def hold_figures(figures: list[tables.Figure], tell: Tell, _known: Known) -> None:
    """Tell which claims agree with or contradict themselves, or do both with one other."""
    for index, figure in enumerate(figures):
        agreeing, against = set(figure["agrees_with"]), set(figure["contradicts"])
        if figure["id"] in agreeing | against:
            tell(
                (index,),
                f"The claim '{figure['id']}' names itself",
                "Name others under 'agrees_with' and 'contradicts'.",
            )
        for other in sorted(agreeing & against - {figure["id"]}):
            tell((index,), f"The claim both agrees with '{other}' and contradicts it", "Keep one of the two.")


# --- measures.yaml


def hold_measures(data: tables.Measures, tell: Tell, known: Known) -> None:
    """Tell which parties have no number, and which measures would have to come before themselves."""
    parties = known.names("parties") or ()
    for name, measure in data["measures"].items():
        if measure["cost"]:
            _hold_parties(("measures", name, "cost"), f"'cost' of the measure '{name}'", measure["cost"], tell, parties)
    if data["measures"]:
        _hold_parties(("budgets",), "'budgets'", data["budgets"], tell, parties)
    before = {name: measure["prerequisites"] for name, measure in data["measures"].items()}
    for name in before:
        if name in _leading_to(name, before):
            path = ("measures", name, "prerequisites")
            tell(path, f"The measure '{name}' would have to come before itself", "Take out one prerequisite.")


def _hold_parties(path: Path, what: str, numbers: Mapping[str, float], tell: Tell, parties: Collection[str]) -> None:
    for party in parties:
        if party not in numbers:
            tell(path, f"{what} has no number for '{party}'", "Give one for each of the 'parties' in case.yaml.")


def _leading_to(name: str, before: Mapping[str, list[str]]) -> set[str]:
    """Return all that must come before a measure, at any remove."""
    found: set[str] = set()
    waiting = list(before[name])
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting.extend(before.get(other, ()))
    return found


# --- scenarios.yaml


def hold_scenarios(data: tables.Scenarios, tell: Tell, _known: Known) -> None:
    """Tell what breaks a rule, in the file's own order."""
    states = {name: list(driver["states"]) for name, driver in data["drivers"].items()}
    for name, scenario in data["scenarios"].items():
        path = ("scenarios", name)
        for side, reasons in (("for", scenario["for"]), ("against", scenario["against"])):
            _hold_reasons(reasons, (*path, side), tell)
        for driver, wanted in scenario["pattern"].items():
            _hold_states(driver, wanted, states, (*path, "pattern", driver), tell)
    _hold_judgements(data["cross_impact"]["judgements"], states, tell)
    for name, model in data["graph_models"].items():
        _hold_graph_model(model, ("graph_models", name), tell)
    for index, question in enumerate(data["forecast_questions"]):
        _hold_span("opens", question["opens"], question["closes"], ("forecast_questions", index), tell)
    for index, past in enumerate(data["practice_questions"]):
        _hold_span("asked", past["asked"], past["closes"], ("practice_questions", index), tell)


def _hold_reasons(reasons: list[tables.Reason], path: Path, tell: Tell) -> None:
    for index, reason in enumerate(reasons):
        if not reason["silent"] and not (reason["article"] and reason["quote"]):
            tell((*path, index), "A reason has no sentence behind it", "Add article and quote, or `silent: true`.")


def _hold_states(driver: str, given: Iterable[str], states: Names, path: Path, tell: Tell) -> None:
    if driver in states:
        _hold_names(given, states[driver], f"state of the driver '{driver}'", path, tell)


def _hold_judgements(judgements: list[tables.Judgement], states: Names, tell: Tell) -> None:
    seen = set()
    for index, judgement in enumerate(judgements):
        path = ("cross_impact", "judgements", index)
        source, target, state = judgement["from"], judgement["on"], judgement["state"]
        _hold_states(source, [state], states, path, tell)
        if source == target:
            tell(path, f"The driver '{source}' is judged on itself", "Name two different drivers.")
        for other in judgement["values"]:
            _hold_states(target, [other], states, (*path, "values", other), tell)
        if (source, state, target) in seen:
            tell(path, f"The judgement '{source}, {state}, on {target}' stands twice", "Put all values into one.")
        seen.add((source, state, target))


def _hold_span(first: str, start: date, end: date, path: Path, tell: Tell) -> None:
    if end <= start:
        what = f"The question closes on the day under '{first}', or before"
        tell(path, what, f"Correct '{first}' or 'closes'.")


def _hold_graph_model(model: tables.GraphModel, path: Path, tell: Tell) -> None:
    """Tell what is wrong with decision makers, their options, and the rankings of the states that these make."""
    what = f"The graph model '{path[-1]}'"
    options = [f"{maker}.{option}" for maker, listed in model["decision_makers"].items() for option in listed]
    if not options or len(options) > MOST_OPTIONS:  # all below goes through every state
        remedy = f"Give it at least one option, and at most {MOST_OPTIONS}: states double with each."
        tell((*path, "decision_makers"), f"{what} has {len(options)} options", remedy)
        return
    for index, pattern in enumerate(model["infeasible"]):
        _hold_names(pattern, options, "option", (*path, "infeasible", index), tell)
    _hold_names(model["irreversible"], options, "option", (*path, "irreversible"), tell)
    states = _feasible(options, model["infeasible"])
    if not states:
        tell((*path, "infeasible"), f"{what} has no state that can be", "Take out a pattern.")
        return
    _hold_labels(model, path, states, tell)
    _hold_preferences(model, path, states, tell)


def _feasible(options: list[str], excluded: list[dict[str, str]]) -> list[str]:
    states = []
    for letters in product("YN", repeat=len(options)):
        taken = dict(zip(options, letters, strict=True))
        # An empty pattern would fit every state; it is a line that somebody has not filled in.
        if not any(pattern and pattern.items() <= taken.items() for pattern in excluded):
            states.append("".join(letters))
    return states


def _hold_labels(model: tables.GraphModel, path: Path, states: list[str], tell: Tell) -> None:
    if model["status_quo"]:
        _hold_names([model["status_quo"]], states, "feasible state", (*path, "status_quo"), tell)
    for state in model["labels"]:
        _hold_names([state], states, "feasible state", (*path, "labels", state), tell)
    missing = [state for state in states if model["labels"] and state not in model["labels"]]
    if missing:
        tell((*path, "labels"), f"There is no label for {', '.join(missing)}", "Add a line for each.")


def _hold_preferences(model: tables.GraphModel, path: Path, states: list[str], tell: Tell) -> None:
    rankings = model["preferences"]
    for maker in rankings:
        _hold_names([maker], model["decision_makers"], "decision maker", (*path, "preferences", maker), tell)
    for maker in model["decision_makers"]:
        if maker in rankings:
            _hold_ranking(rankings[maker], (*path, "preferences", maker), states, tell)
        elif rankings:
            tell((*path, "preferences"), f"'{maker}' has no ranking", "Rank the states, best first.")


def _hold_ranking(ranking: list[list[str]], path: Path, states: list[str], tell: Tell) -> None:
    named = [state for group in ranking for state in group]
    for state in dict.fromkeys(named):
        _hold_names([state], states, "feasible state", path, tell)
        if named.count(state) > 1:
            tell(path, f"The state '{state}' stands twice in the ranking of '{path[-1]}'", "Take one of them out.")
    missing = [state for state in states if state not in named]
    if missing:
        what = f"The ranking of '{path[-1]}' leaves out {', '.join(missing)}"
        tell(path, what, "Each feasible state stands in it once; those that are equal share brackets.")


# --- negotiation.yaml


def hold_game(game: tables.Game, tell: Tell, _known: Known) -> None:
    """Tell who plays alone and has no points for an option, and what the invented version lacks of the real one."""
    if "mediator" in game["delegations"]:  # its sheet would be the mediator's
        what = "A delegation is called 'mediator', as the game calls whoever mediates"
        tell(("delegations", "mediator"), what, "Give the delegation another name, wherever it stands.")
    options = {name: list(issue["options"]) for name, issue in game["issues"].items()}
    scored = {name: each for name, each in game["delegations"].items() if each["scored"]}
    for name, delegation in scored.items():
        _hold_delegation(delegation, ("delegations", name), options, tell)
    playing = [name for name, delegation in scored.items() if not delegation["class_only"]]
    if game["delegations"] and len(playing) < 2:
        tell(("delegations",), "Fewer than two delegations can play alone", "Give at least two of them scores.")
    if game["invented"]:
        _hold_invented(game["invented"], list(game["delegations"]), options, tell)


def _hold_delegation(delegation: tables.Delegation, path: Path, options: Names, tell: Tell) -> None:
    needs = {"reservation": delegation["reservation"], "batna": delegation["batna"], "scores": delegation["scores"]}
    for key, value in needs.items():
        if value in (None, "", {}):
            tell(path, f"The delegation '{path[-1]}' lacks '{key}'", f"Add a line `{key}: …`, or `scored: false`.")
    scores = delegation["scores"]
    for issue, names in options.items() if scores else ():
        here = (*path, "scores", issue)
        given = scores.get(issue, {})
        _hold_names(given, names, f"option of the issue '{issue}'", here, tell)
        for option in names:
            if option not in given:
                what = f"'{path[-1]}' has no score for '{option}' on '{issue}'"
                tell(here, what, "Score every option of every issue.")


def _hold_invented(invented: tables.Invented, delegations: list[str], options: Names, tell: Tell) -> None:
    titled = invented.get("delegations", {})
    _hold_all(titled, delegations, ("invented", "delegations"), tell)
    issues = invented.get("issues", {})
    _hold_all(issues, list(options), ("invented", "issues"), tell)
    for name, issue in issues.items():
        path = ("invented", "issues", name, "options")
        given = issue.get("options", {})
        for option in given:
            _hold_names([option], options[name], f"option of the issue '{name}'", (*path, option), tell)
        for option in options[name]:
            if option not in given:
                tell(path, f"The invented version lacks the option '{option}'", "It needs the same options.")


def _hold_all(given: Collection[str], names: list[str], path: Path, tell: Tell) -> None:
    for name in names if given else ():
        if name not in given:
            tell(path, f"The invented version lacks '{name}'", "It needs an entry for each, under the same names.")


RULES: dict[str, Callable[[Any, Tell, Known], None]] = {
    "case.yaml": hold_about,
    "events.csv": hold_events,
    "positions.csv": hold_positions,
    "figures.csv": hold_figures,
    "measures.yaml": hold_measures,
    "scenarios.yaml": hold_scenarios,
    "negotiation.yaml": hold_game,
}
