"""What stands beside a chapter's text in the reader's view: its neighbours, its questions and the report's claims."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tumen.core import Problem
from tumen.core.chapters import beside, ordered, plain, titled
from tumen.core.files import shipped
from tumen.core.folds import folds
from tumen.core.toml import read_toml
from tumen.evidence.dates import said_of
from tumen.tasks.answers import NAME
from tumen.tasks.asked import asked_in

COMMENT = re.compile(r"^\s*#.*$", re.M)
VERB = re.compile(r"^\s*(?:import|from)\s.*$|^\s*tumen\.(\w+)\(", re.M)
TITLE = re.compile(r"#\s+(.+)")
RUN_ALL = re.compile(r"[^.\n]*\*\*Run → Run All Cells\*\*[^.\n]*\.[ \t]*")
UNREAD = re.compile(r"Code can be left unread[^.\n]*\.[ \t]*")
STEP = re.compile(r"^(\d+\. ).*\*\*Run → Run All Cells\*\*.*$", re.M)
BY_ITSELF = "A chapter runs by itself when it is opened, and your answers return."
COMES = {  # what a cell of that call leaves on the page
    "read": "a paragraph of the report, claim by claim",
    "show": "a picture",
    "explore": "a model to move",
    "predict": "a question",
    "forecast": "a question",
    "ask": "a question",
    "argue": "a question in words",
    "progress": "how far you are",
    "argument": "the map of the argument",
    "ledger": "the ledger of claims",
    "glossary": "the words the chapters explain",
    "traps": "numbers that trap",
    "tensions": "where the text disagrees with itself",
    "memo": "a memo of your own",
    "scores": "the score of your forecasts",
    "hand_in": "the file to hand in",
}


def prepared(notebook, folder: Path, name: str):
    """The notebook with nothing left to press before it runs, and under `metadata.tumen` what the page shows beside it."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = runs_by_itself(cell["source"])
        elif cell["cell_type"] == "code":
            cell["metadata"]["tumen"] = comes(cell["source"])
    notebook["metadata"]["tumen"] = {
        "title": title(notebook) or name,
        **neighbours(folder, name),
        "folds": folds(notebook["cells"]),
        "questions": questions(notebook, folder),
        "claims": said(),
        "report": said_of(),
    }
    return notebook


def runs_by_itself(text: str) -> str:
    """A text without the sentence that says which menu runs a chapter: in this view it has run."""
    return UNREAD.sub("", RUN_ALL.sub("", STEP.sub(rf"\g<1>{BY_ITSELF}", text)))


def comes(source: str) -> str:
    """What a code cell leaves on the page, in words; nothing where it only prepares."""
    verbs = [v for v in VERB.findall(source) if v]
    if verbs:
        return COMES.get(verbs[-1], "a part of the chapter")
    left = "\n".join(line for line in source.splitlines() if not re.match(r"\s*(?:(?:import|from)\b|#)", line)).strip()
    return "a part of the chapter" if left else ""


def title(notebook) -> str:
    """The first heading of a notebook, nothing where it has none."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and (found := TITLE.match(cell["source"])):
            return plain(found[1])
    return ""


def neighbours(folder: Path, name: str) -> dict[str, list[dict]]:
    """The `chapters` of a folder in order, and the pages `beside` them: `name`, `title` and whether it is the one shown, `here`."""
    pages = beside(folder)
    told = [(p, {"name": p.name, "title": titled(p), "here": p.name == name}) for p in ordered(folder)]
    return {
        "chapters": [said for p, said in told if p not in pages],
        "beside": [said for p, said in told if p in pages],
    }


def questions(notebook, folder: Path) -> list[dict]:
    """The questions of a notebook in their order: `key`, `name`, `cell` (its place) and `state` ("" where open)."""
    states, known, out, met = answered(folder), {}, [], set()

    def entries(theme: str) -> list[dict]:
        if theme not in known:
            known[theme] = called(theme, folder)
        return known[theme]

    def of_model(model: str) -> list[str]:
        mine = (t for t in entries(model.partition(".")[0]) if t.get("prediction") and t.get("model") == model)
        return [t["key"] for t in mine]

    for place, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        for key in asked_in(COMMENT.sub("", cell["source"]), of_model):
            if key in met:
                continue
            met.add(key)
            names = {t["key"]: t["name"] for t in entries(key.partition(".")[0]) if t.get("name")}
            words = names.get(key) or key.partition(".")[2].replace("_", " ")
            out.append({"key": key, "name": words, "cell": place, "state": states.get(key, "")})
    return out


def called(theme: str, folder: Path) -> list[dict]:
    """The tasks of a theme as they are written, beside the notebooks or in the package; none where the file is at fault."""
    for path in (folder / "tasks" / f"{theme}.toml", shipped("workbooks", "tasks", f"{theme}.toml")):
        if path.is_file():
            try:
                tasks = read_toml(path).get("task", [])
            except (Problem, OSError):
                return []
            return [t for t in tasks if isinstance(t, dict) and t.get("key")]
    return []


def answered(folder: Path) -> dict[str, str]:
    """The state of each recorded answer of a folder, by key; none where the file cannot be read. Nothing is written."""
    try:
        entries = json.loads((folder / NAME).read_text(encoding="utf-8-sig"))["answers"]
        return {key: str(entry["state"]) for key, entry in entries.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def said() -> dict[str, str]:
    """Every claim of the report in paraphrase, by its name."""
    from tumen.evidence.ledger import claims

    return {c.id: c.paraphrase for c in claims()}
