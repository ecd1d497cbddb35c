"""What the access tests ask of a page: axe-core's findings, names and visible focus along the keyboard's path, no overflow."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

OURS = (  # what we put on a JupyterLab page; its menus, cells and side bars are its own
    ".tumen-app",
    ".tumen-card",
    ".jp-OutputArea-output.jp-RenderedImage",
    ".jp-OutputArea-output.jp-RenderedHTMLCommon",
    ".jp-MarkdownOutput",
)
DRAWN = (
    ".drawn svg",
    ".tumen-picture svg",
)  # hidden from assistive technology or within an image; test_palette measures them
RUN = """async ([scopes, within, drawn]) => {
  const root = within ? within : document;
  const include = scopes.length ? scopes.flatMap((s) => [...root.querySelectorAll(s)]) : [document];
  if (!include.length) return [];
  const exclude = drawn.flatMap((s) => [...document.querySelectorAll(s)]);
  const found = await axe.run({ include, exclude }, { resultTypes: ["violations"] });
  return found.violations.map((v) => ({
    id: v.id, impact: v.impact, where: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)), why: v.nodes[0].failureSummary,
  }));
}"""
STOP = """() => {
  const e = document.activeElement, style = getComputedStyle(e), label = e.labels && e.labels.length ? e.labels[0].textContent : "";
  const inner = e.querySelector("[role=tab]") ? e.querySelector("[aria-selected=true]").textContent : "";
  return {
    name: (e.getAttribute("aria-label") || label || e.textContent || inner || e.title || "").trim().slice(0, 60),
    what: e.getAttribute("role") || e.tagName.toLowerCase(),
    shown: style.outlineStyle !== "none" || style.boxShadow !== "none",
    inside: !!e.closest(".tumen-app, .tumen-card, main"),
  };
}"""


def findings(page, scopes=(), within=None) -> list[dict]:
    """Serious and critical findings of axe-core on the page, or on what the scopes name, within one element if given."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, [list(scopes), within, list(DRAWN)])
    return [v for v in found if v["impact"] in ("serious", "critical")]


def walk(page, most: int, key: str = "Tab") -> list[dict]:
    """What has the focus after each press of a key, until it comes back to where it began or leaves the page."""
    stops = []
    for _ in range(most):
        page.keyboard.press(key)
        stops.append(page.evaluate(STOP))
    return stops


def too_wide(page, root: str) -> list[str]:
    """The elements under a root whose text runs past the window and that no box of their own scrolls."""
    return page.evaluate(
        """(root) => {
          const scrolls = (e) => { for (; e && e !== document.body; e = e.parentElement) {
            const o = getComputedStyle(e).overflowX; if (o === 'auto' || o === 'scroll') return true; } return false; };
          const out = [];
          for (const e of document.querySelectorAll(root + ' *')) {
            if (e.closest('svg') || !e.checkVisibility() || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
            const box = e.getBoundingClientRect();
            if (box.width && box.right > innerWidth + 1 && !scrolls(e)) out.push(e.tagName + ': ' + e.textContent.trim().slice(0, 60));
          }
          return out;
        }""",
        root,
    )
