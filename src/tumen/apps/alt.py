"""The text alternatives of still pictures, brought to a page that leaves them out.

JupyterLab draws an image from a cell's output without the text alternative that the output carries. One
small widget a session, which is never drawn itself, knows every picture by the end of its data and names it.
"""

from __future__ import annotations

import base64

import traitlets

from tumen.apps.front import Front

TAIL = 80  # characters from the end of a picture's data: its checksum is among them


class Alternatives(Front):
    """The words of every still picture of a session, by the end of its data; `tell(png, words)` adds one."""

    _esm = """
    export default { initialize({ model }) {
      const name = () => {
        const words = model.get("words");
        for (const img of document.querySelectorAll(".jp-RenderedImage img:not([alt])")) {
          const said = words[img.src.slice(-model.get("tail"))];
          if (said) img.alt = said;
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
      name();
      return () => watcher.disconnect();
    } };
    """

    words = traitlets.Dict().tag(sync=True)
    tail = traitlets.Int(TAIL).tag(sync=True)

    def tell(self, png: bytes, words: str) -> None:
        """Have a picture named by its words wherever it stands on the page."""
        self.words = {**self.words, base64.b64encode(png).decode("ascii")[-TAIL:]: words}
