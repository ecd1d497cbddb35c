"""The command `new`: a chapter begun, with every file that a chapter needs, in the brief of the working folder."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from tumen.brief import brief
from tumen.core import Problem
from tumen.core.chapters import numbered, titled
from tumen.core.files import write_atomic
from tumen.core.folds import MARK
from tumen.core.home import BRIEF

TEXTS = Path(__file__).parent / "chapter"
NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
LISTED = re.compile(r"^chapters\s*=\s*\[(.*?)\]", re.MULTILINE | re.DOTALL)


def register(commands) -> None:
    """Add the command to the parser."""
    p = commands.add_parser(
        "new", help="begin a chapter: model, picture, tasks, notebook and test that run as they stand"
    )
    p.add_argument("what", choices=["chapter"], help="what to begin")
    p.add_argument("name", metavar="NAME", help="the chapter's name: one word in small letters")
    p.add_argument("--model", default="count", help="the name of its first model (default: count)")
    p.add_argument("--claim", help="the claim its model speaks to (default: the first that the argument rests on)")
    p.add_argument("--title", help="the notebook's title (default: the name)")
    p.set_defaults(do=do)


def do(args) -> None:
    """Write the files, say which, and what to do next."""
    written = new_chapter(args.name, args.model, args.claim, args.title)
    for path in written:
        print(path)
    book = next(p for p in written if p.suffix == ".ipynb")
    print(f"Put your own in their place; then run the notebook: python -m tumen.commands.notebooks {book}")
    if tests := [p for p in written if p.name.startswith("test_")]:
        print(f"What else a chapter owes is asked by: python -m pytest -k {args.name} {tests[0].parent.parent}")


def new_chapter(name: str, model: str = "count", claim: str | None = None, title: str | None = None) -> list[Path]:
    """Write a chapter that runs as it stands into the brief of the working folder; returns the files.

    Raises `Problem` for a name that is none or taken, an unknown claim, or a brief that is not of this folder; nothing
    is then written.
    """
    here = brief()
    data, books, package = here.home.data, here.home.workbooks, here.meta.package
    root = data.parent if data.name == "data" else data
    if not Path.cwd().resolve().is_relative_to(root.resolve()):
        raise Problem(f"a chapter is begun in the folder of its brief; there is no {BRIEF} in this one or above it.")
    for word in (name, model):
        if not NAME.fullmatch(word) or keyword.iskeyword(word):
            raise Problem(f"{word!r} is no name here; use small letters, and _ between words, such as first_arrivals.")
    if "_" in name:
        raise Problem(f"{name!r} is no name of a chapter; use one word in small letters.")
    if name in here.meta.chapters:
        raise Problem(f"there is a chapter {name} already.")
    found = _claim(claim)
    number = f"{1 + max((int(p.name[:2]) for p in books.glob('[0-9][0-9]-*.ipynb')), default=0):02d}"
    says = {
        "chapter": name,
        "model": model,
        "claim": found.id,
        "place": found.place,
        "title": title or name.capitalize(),
        "number": number,
        "package": package,
        "thing": f"{name}.{model}" if package else f'"{name}.{model}"',
        "first": f"import tumen\nfrom {package} import {name}" if package else "import tumen",
        "author": here.meta.author,
        "report": here.meta.title,
        "publisher": here.meta.publisher,
        "year": str(here.meta.date.year),
        "ways": _ways(books, here.meta.pages),
        "quantities": f"from {package}.{name}.quantities import SHARE, WHOLE\n" if package else "",
        "drawn": f"from {package}.{name}.models import MODEL, WHOLE\n" if package else "",
    }
    texts = _in_package(root, name, says) if package else {data / f"{name}.py": _in_one(says)}
    texts[books / "tasks" / f"{name}.toml"] = _filled("tasks", says)
    texts[books / f"{number}-{name}.ipynb"] = _notebook(_filled("notebook", says), f"{number}-{name}")
    texts[data / BRIEF] = _listed((data / BRIEF).read_text(encoding="utf-8"), name)
    for path in texts:
        if path.exists() and path.name != BRIEF:
            raise Problem(f"{path} is there already; nothing was written.")
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, text)
    except OSError as e:
        raise Problem(f"{path} cannot be written: {e.strerror}.") from None
    return list(texts)


def _claim(id: str | None):
    from tumen.evidence.ledger import claim, claims

    if id:
        return claim(id)
    every = claims()
    if not every:
        raise Problem("the ledger of this brief holds no claim that a model could speak to.")
    return next((c for c in every if c.load_bearing), every[0])


def _ways(books: Path, pages: Iterable[str]) -> str:
    """The line of links under a chapter: the glossary, the start page and the chapter before, as far as there are such."""
    before = [*numbered(books).values()]
    ways = ["[Words of the chapters](glossary.ipynb)"] if "glossary" in pages else []
    ways += [f"[Start page]({p.name})" for p in before[:1] if p.stem.startswith("00")]
    ways += [f"before: [{titled(p).rpartition(' · ')[2]}]({p.name})" for p in before[-1:]]
    return " · ".join(ways) or "This is the first chapter."


def _filled(name: str, says: dict[str, str]) -> str:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    return re.sub(r"@(\w+)@", lambda found: says[found[1]], text)


def _in_package(root: Path, name: str, says: dict[str, str]) -> dict[Path, str]:
    """The files of a chapter that is a folder of the brief's package, and its test."""
    package = root / "src" / says["package"]
    if not package.is_dir():
        raise Problem(f"the chapters of this brief are of the package {says['package']}, and there is no {package}.")
    stems = {"__init__": "init"} | {s: s for s in ("quantities", "models", "charts", "exhibits")}
    texts = {package / name / f"{stem}.py": _filled(text, says) for stem, text in stems.items()}
    texts[root / "tests" / says["package"] / f"test_{name}.py"] = _filled("test", says)
    return texts


def _in_one(says: dict[str, str]) -> str:
    """A chapter that is one file beside its brief.toml: the same parts below one list of imports."""
    parts = [_filled(name, says) for name in ("quantities", "models", "charts", "exhibits")]
    imports, bodies = [], []
    for part in parts:
        lines = part.split("\n")[1:]
        imports += [line for line in lines if line.startswith("from ")]
        bodies.append("\n".join(line for line in lines if not line.startswith("from ")).strip("\n"))
    head = f'"""{says["title"]}: numbers, model, picture and exhibits of one chapter."""\n\n'
    return head + "\n".join(sorted(set(imports))) + "\n\n" + "\n\n\n".join(bodies) + "\n"


def _notebook(text: str, stem: str) -> str:
    """The notebook of a text whose cells begin with --- md, --- code, or --- fold for a heading that waits closed; in the house's form."""
    import nbformat

    from tumen.commands.notebooks import normal

    parts = re.split(r"^--- (md|code|fold)\n", f"--- md\n{text}", flags=re.MULTILINE)[1:]
    make = {
        "md": nbformat.v4.new_markdown_cell,
        "code": nbformat.v4.new_code_cell,
        "fold": partial(nbformat.v4.new_markdown_cell, metadata={MARK: True}),
    }
    cells = [make[kind](source.strip("\n")) for kind, source in zip(parts[::2], parts[1::2], strict=True)]
    return nbformat.writes(normal(nbformat.v4.new_notebook(cells=cells), stem)) + "\n"


def _listed(text: str, name: str) -> str:
    """The brief.toml with the chapter at the end of its list."""
    found = LISTED.search(text)
    if not found:
        raise Problem(f'{BRIEF} lists no chapters; add a line such as chapters = ["{name}"] first.')
    inner = found[1].rstrip().rstrip(",")
    return f'{text[: found.start(1)]}{inner}{", " if inner.strip() else ""}"{name}"{text[found.end(1) :]}'
