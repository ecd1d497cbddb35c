"""The text alternatives of still pictures, brought to a page that leaves them out, and the drawing for a phone where there is one.

JupyterLab draws an image from a cell's output without the text alternative that the output carries. One
small widget a session, which is never drawn itself, knows every picture by the end of its data and names it.
"""

from __future__ import annotations

import base64

import traitlets

from tumen.page.front import Front

TAIL = 80  # characters from the end of a picture's data: its checksum is among them


class Alternatives(Front):
    """The words of every still picture of a session, by the end of its data; a narrow page asks for drawings for a phone."""

    _esm = """
    export default { initialize({ model }) {
      const narrow = matchMedia("(max-width: 640px)");
      const ask = () => { // a drawing for a phone is made where one looks
        if (!narrow.matches || model.get("narrow")) return;
        model.set("narrow", true);
        model.save_changes();
      };
      const name = () => {
        ask();
        const words = model.get("words"), small = model.get("small");
        for (const img of document.querySelectorAll(".jp-RenderedImage img, .tumen-card figure img")) {
          const end = img.dataset.end || img.src.slice(-model.get("tail"));
          if (words[end] && !img.hasAttribute("alt")) img.alt = words[end];
          if (!small[end] || (!img.dataset.end && !narrow.matches)) continue;
          if (!img.dataset.end) Object.assign(img.dataset, { end, wide: img.src, w: img.getAttribute("width") || "", h: img.getAttribute("height") || "" });
          const src = narrow.matches ? "data:image/svg+xml;base64," + small[end] : img.dataset.wide;
          if (img.src === src) continue;
          img.src = src;
          for (const [side, was] of [["width", img.dataset.w], ["height", img.dataset.h]])
            if (narrow.matches || !was) img.removeAttribute(side); else img.setAttribute(side, was);
          img.style.width = narrow.matches ? "100%" : "";
        }
      };
      let waiting = false;
      // a page draws much that is no image, at each move of a slider: the address of an image is long, and is asked when one has come
      const image = (node) => node.nodeType === 1 && (node.matches("img") || node.querySelector("img"));
      const watcher = new MutationObserver((changes) => {
        if (waiting || !changes.some(({ addedNodes }) => [...addedNodes].some(image))) return;
        waiting = true;
        setTimeout(() => { waiting = false; name(); }, 100);
      });
      watcher.observe(document.body, { childList: true, subtree: true });
      model.on("change:words change:small", name);
      narrow.addEventListener("change", name);
      name();
      return () => { watcher.disconnect(); narrow.removeEventListener("change", name); };
    } };
    """

    words = traitlets.Dict().tag(sync=True)
    small = traitlets.Dict().tag(sync=True)
    narrow = traitlets.Bool().tag(sync=True)
    tail = traitlets.Int(TAIL).tag(sync=True)

    def __init__(self, **kwargs):
        self._wide: dict = {}  # by the end of its data, each picture with its rows that has no drawing for a phone yet
        super().__init__(**kwargs)
        self.observe(lambda _: self._draw(), "narrow")

    def tell(self, png: bytes, words: str, picture, rows) -> None:
        """Have a picture named by its words wherever it stands on the page, and drawn anew on a phone."""
        end = base64.b64encode(png).decode("ascii")[-TAIL:]
        self._wide[end] = picture, rows
        self.words = {**self.words, end: words}
        self._draw()

    def _draw(self) -> None:
        if not self.narrow:
            return
        from tumen.charts.phone import phone_svg

        while self._wide:
            end, (picture, rows) = self._wide.popitem()
            if svg := phone_svg(picture, rows):
                self.small = {**self.small, end: base64.b64encode(svg.encode("utf-8")).decode("ascii")}
