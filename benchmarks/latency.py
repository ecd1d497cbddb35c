"""From the key to the changed picture: our app beside `interact` with Altair and beside a bare SVG string.

A real JupyterLab and a real Chromium, no network. The three notebooks answer one question with one model; they stand open in
one browser and are moved by turns, ten arrow keys at a time. Measured in the page, on its own clock: from the time stamp of
the key to the first frame in which the picture's marks differ. Bytes are those the server sends for a move.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))
import lab

OURS, INTERACT, FLOOR = "ours", "interact", "floor"
BLOCK = 10  # moves before the next notebook's turn
SHARED = """
import ipywidgets as W
from suh2002 import counting
MODEL = counting.ceiling
SHARE = MODEL.quantity("hosting_share")
def slider():
    return W.FloatSlider(value=SHARE.value, min=SHARE.low, max=SHARE.high, step=SHARE.step, layout=W.Layout(width="400px"))
"""
NOTEBOOKS = {
    OURS: ["import tumen\nfrom suh2002 import counting", "tumen.explore(counting.ceiling, only='hosting_share')"],
    INTERACT: [
        SHARED,
        """
import altair as alt
import pandas as pd
def v5(spec, **kw):  # JupyterLab draws no later version by itself
    spec = {**spec, "$schema": "https://vega.github.io/schema/vega-lite/v5.20.1.json"}
    options = {"embed_options": {"renderer": "svg", "actions": False}}
    return {"application/vnd.vegalite.v5+json": spec, "text/plain": "chart"}, {"application/vnd.vegalite.v5+json": options}
alt.renderers.register("v5", v5); alt.renderers.enable("v5")
def chart(hosting_share):
    r = MODEL(hosting_share=hosting_share)
    at = hosting_share * r["guests"]
    line = pd.DataFrame({"x": [0, 1.2], "y": [0, 1.2 * r["ceiling"] / at]})
    x = alt.X("x:Q", title="guests per household", scale=alt.Scale(domain=[0, 1.2]))
    y = alt.Y("y:Q", title="people", scale=alt.Scale(domain=[0, 450_000]))
    base = alt.Chart(line).mark_line(clip=True).encode(x, y)
    rules = alt.Chart(pd.DataFrame({"y": [r["nearer"], r["claimed"]]})).mark_rule(color="#0B5FA5").encode(y=y)
    dot = alt.Chart(pd.DataFrame({"x": [at], "y": [r["ceiling"]], "w": [f"{r['ceiling']:,.0f}"]}))
    parts = base + rules + dot.mark_point(size=130, filled=True).encode(x, y) + dot.mark_text(dx=30).encode(x, y, text="w")
    return parts.properties(width=560, height=320)
from IPython.display import display
W.interact(lambda hosting_share: display(chart(hosting_share)), hosting_share=slider())""",
    ],
    FLOOR: [
        SHARED,
        """
shown, move = W.HTML(), slider()
def draw(_=None):
    r = MODEL(hosting_share=move.value)
    at = move.value * r["guests"]
    x, y = (lambda v: 50 + 560 * v / 1.2), (lambda v: 330 - 320 * v / 450_000)
    lines = "".join(f'<line x1="50" x2="610" y1="{y(v):.1f}" y2="{y(v):.1f}" stroke="#0B5FA5"/>' for v in (r["nearer"], r["claimed"]))
    path = f'<path d="M50,330L{x(1.2):.1f},{y(1.2 * r["ceiling"] / at):.1f}" stroke="#1F2328"/>'
    dot = f'<circle cx="{x(at):.1f}" cy="{y(r["ceiling"]):.1f}" r="6"/><text x="{x(at) + 12:.1f}" y="{y(r["ceiling"]):.1f}">{r["ceiling"]:,.0f}</text>'
    shown.value = f'<svg width="640" height="370" role="img">{lines}{path}{dot}</svg>'
move.observe(draw, "value"); draw()
W.VBox([move, shown])""",
    ],
}
PROBE = """() => {
  const pictures = () => [...document.querySelectorAll('.jp-OutputArea svg')].filter(
    e => e.getBoundingClientRect().width > 200 && !e.closest('.lm-mod-hidden, button') && !e.parentElement.closest('svg'));
  const mark = () => pictures().map(e => [...e.querySelectorAll('path, line, circle, text')].map(
    p => (p.getAttribute('d') || '') + (p.getAttribute('transform') || '') + (p.getAttribute('cx') || '') + (p.getAttribute('x2') || '') + p.textContent
  ).join('|')).join('#');
  const state = window.tumenProbe = { first: null, blank: 0, armed: false };
  const height = () => document.querySelector('.jp-OutputArea').closest('.jp-Notebook').scrollHeight;
  window.tumenArm = () => Object.assign(state, { first: null, blank: 0, lowest: Infinity, tall: height(), armed: true });
  window.addEventListener('keydown', e => {
    if (!state.armed) return;
    state.armed = false;
    const before = mark(), start = e.timeStamp;
    const look = () => {
      const now = mark();
      if (!now) state.blank++;
      state.lowest = Math.min(state.lowest, height());
      if (now && now !== before) { state.first = performance.now() - start; return; }
      if (performance.now() - start < 2500) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
  return pictures().length;
}"""


class Page:
    """One open notebook: its handle, what it received, and what was measured on it."""

    def __init__(self, browser, base: str, name: str):
        self.page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.bytes, self.taken, self.sent, self.blank, self.jump = 0, [], [], 0, 0
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._received))
        lab.open_and_run(self.page, base, f"{name}.ipynb")
        self.page.wait_for_timeout(2500)
        skip = self.page.get_by_role("button", name="open without predicting").locator("visible=true")
        if skip.count():
            skip.first.click()
        self.handle = self.page.locator(".noUi-handle").first
        self.handle.scroll_into_view_if_needed()
        if not self.page.evaluate(PROBE):
            raise RuntimeError(f"{name}: no picture was drawn")

    def _received(self, payload) -> None:
        self.bytes += len(payload if isinstance(payload, bytes) else payload.encode())

    def move(self, key: str, keep: bool) -> None:
        """Press one arrow key and wait for the picture."""
        self.page.evaluate("tumenArm()")
        before = self.bytes
        self.page.keyboard.press(key)
        self.page.wait_for_function("tumenProbe.first !== null", timeout=5_000)
        self.page.wait_for_timeout(250)
        found = self.page.evaluate("tumenProbe")
        if keep:
            self.taken.append(found["first"])
            self.sent.append(self.bytes - before)
            self.blank += found["blank"]
            self.jump = max(self.jump, found["tall"] - found["lowest"])


def measure(moves: int) -> dict[str, Page]:
    """Every notebook moved by turns, the first block of each thrown away."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, cells in NOTEBOOKS.items():
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c.strip()) for c in cells])
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
            nbformat.write(notebook, root / f"{name}.ipynb")
        with lab.serving(root) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=lab.CHROMIUM, args=lab.FLAGS)
            pages = {name: Page(browser, base, name) for name in NOTEBOOKS}
            for turn in range(moves // BLOCK + 1):
                for page in pages.values():
                    page.page.bring_to_front()
                    page.handle.focus()
                    for _ in range(BLOCK):
                        page.move("ArrowLeft" if turn % 2 else "ArrowRight", keep=turn > 0)
            browser.close()
    return pages


def table(moves: int) -> list[dict]:
    """Ratios of medians and 95 % points, bytes a move, and whether anything blinked or jumped."""
    pages = measure(moves)
    middle = {name: statistics.median(p.taken) for name, p in pages.items()}
    late = {name: statistics.quantiles(p.taken, n=20)[-1] for name, p in pages.items()}
    rows = []
    for peer, words, goal in ((INTERACT, "interact and Altair (v5, svg)", 0.45), (FLOOR, "a bare SVG string", 1.2)):
        for what, figure in (("median", middle), ("95 % point", late)):
            ratio = figure[OURS] / figure[peer]
            shown = f"slider to picture, {what} ({figure[OURS]:.0f} ms against {figure[peer]:.0f} ms)"
            rows.append({"what": shown, "against": words, "ratio": round(ratio, 2), "goal": goal, "met": ratio <= goal})
    sent = {name: statistics.median(p.sent) for name, p in pages.items()}
    still = pages[OURS].blank == 0 and pages[OURS].jump <= 2
    what = f"bytes a move ({sent[OURS]:,.0f}; {pages[OURS].blank} blank frames, the page jumps {pages[OURS].jump:.0f} pixels)"
    ratio = sent[OURS] / sent[INTERACT]
    met = sent[OURS] <= 5_000 and still
    return [
        *rows,
        {"what": what, "against": "interact and Altair (v5, svg)", "ratio": round(ratio, 2), "goal": None, "met": met},
    ]


def main() -> int:
    """Measure and print; exit status 3 where there is no browser to measure in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("moves", nargs="?", type=int, default=40, help="moves of each notebook (default: 40)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    if not lab.CHROMIUM:
        print("Chromium is not installed, so nothing was measured in a browser.", file=sys.stderr)
        return 3
    rows = table(args.moves)
    if args.json:
        print(json.dumps(rows))
        return 0
    for row in rows:
        goal = "" if row["goal"] is None else f", goal {row['goal']}"
        print(f"{row['what']}: {row['ratio']} x {row['against']}{goal}{'' if row['met'] else ': not met'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
