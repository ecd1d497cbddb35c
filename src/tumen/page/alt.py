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
    """The words of every still picture of a session, by the end of its data; `tell(png, words, small)` adds one."""

    _esm = """
    export default { initialize({ model }) {
      const narrow = matchMedia("(max-width: 640px)");
      const name = () => {
        const words = model.get("words"), small = model.get("small");
        for (const img of document.querySelectorAll(".jp-RenderedImage img")) {
          const end = img.dataset.end || img.src.slice(-model.get("tail"));
          if (words[end] && !img.hasAttribute("alt")) img.alt = words[end];
          if (!small[end] || (!img.dataset.end && !narrow.matches)) continue;
          if (!img.dataset.end) Object.assign(img.dataset, { end, wide: img.src, w: img.getAttribute("width") || "", h: img.getAttribute("height") || "" });
          const src = narrow.matches ? "data:image/png;base64," + small[end] : img.dataset.wide;
          if (img.src === src) continue;
          img.src = src;
          for (const [side, was] of [["width", img.dataset.w], ["height", img.dataset.h]])
            if (narrow.matches || !was) img.removeAttribute(side); else img.setAttribute(side, was);
          img.style.width = narrow.matches ? "100%" : "";
        }
      };
      let waiting = false;
      const watcher = new MutationObserver(() => {
        if (waiting) return;
        waiting = true;
        setTimeout(() => { waiting = false; name(); }, 100);
      });
      watcher.observe(document.body, { childList: true, subtree: true });
      model.on("change:words", name);
      narrow.addEventListener("change", name);
      name();
      return () => { watcher.disconnect(); narrow.removeEventListener("change", name); };
    } };
    """

    words = traitlets.Dict().tag(sync=True)
    small = traitlets.Dict().tag(sync=True)
    tail = traitlets.Int(TAIL).tag(sync=True)

    def tell(self, png: bytes, words: str, small: bytes | None = None) -> None:
        """Have a picture named by its words wherever it stands on the page, and drawn as in `small` on a phone."""
        end = base64.b64encode(png).decode("ascii")[-TAIL:]
        if small:
            self.small = {**self.small, end: base64.b64encode(small).decode("ascii")}
        self.words = {**self.words, end: words}
