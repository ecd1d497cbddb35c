// Beside and within the text of the reader's view: contents, dots of progress, claims on tap, the way to JupyterLab.

import { folds } from "./folds.js";

const CLAIM = /\bS\d+P\d+(?:-[a-z]+)?\b/g;
const DONE = { right: "right", close: "answered, nearly right", wrong: "answered, not yet right", recorded: "answered", skipped: "skipped" };

export function aside() {
  contents();
  dots();
  claims();
  folds();
  const path = location.pathname.split("/voila/render/")[1] || "";
  const lab = document.querySelector(".to-lab");
  lab.href = `${lab.getAttribute("href")}${path}`;
}

function contents() {
  const list = document.querySelector(".contents ol"), links = new Map();
  for (const heading of document.querySelectorAll(".prose h2")) {
    heading.querySelector(".anchor-link")?.remove();
    const item = document.createElement("li"), link = document.createElement("a");
    link.textContent = heading.textContent;
    if (!heading.id) heading.id = `heading-${links.size}`;
    link.href = `#${encodeURIComponent(heading.id)}`;
    item.append(link);
    list.append(item);
    links.set(heading, link);
  }
  for (const mark of document.querySelectorAll(".prose .anchor-link")) mark.remove();
  if (!links.size) document.querySelector(".contents").remove();
  for (const box of document.querySelectorAll(".contents")) box.open = matchMedia("(min-width: 64em)").matches;
  const follow = () => {
    let now = null;
    for (const [heading, link] of links) {
      link.removeAttribute("aria-current");
      if (heading.getBoundingClientRect().top < innerHeight / 3) now = link;
    }
    now?.setAttribute("aria-current", "true");
  };
  let due = 0;
  addEventListener("scroll", () => { cancelAnimationFrame(due); due = requestAnimationFrame(follow); }, { passive: true });
  follow();
}

// A dot a question; its state in words for who does not see it, and as a filled or hollow mark.
function dots() {
  const all = [...document.querySelectorAll(".dots a")];
  if (!all.length) return;
  const draw = () => {
    let done = 0;
    for (const dot of all) {
      const { state, name } = dot.dataset;
      if (state && state !== "skipped") done += 1;
      dot.title = `${name}: ${state ? DONE[state] || "answered" : "open"}`;
      dot.setAttribute("aria-label", dot.title);
    }
    document.querySelector(".asked .count").textContent = `${done} of ${all.length} answered`;
  };
  const [base, path] = location.pathname.split("/voila/render/");
  const ask = async () => {
    const reply = await fetch(`${base}/tumen/progress/${path}`, { cache: "no-store", credentials: "same-origin" }).catch(() => null);
    if (!reply?.ok) return;
    (await reply.json()).forEach((state, i) => { if (all[i]) all[i].dataset.state = state; });
    draw();
  };
  let due = 0;
  const soon = () => { clearTimeout(due); due = setTimeout(ask, 1500); };
  for (const kind of ["click", "change"]) document.getElementById("chapter").addEventListener(kind, soon);
  addEventListener("focus", soon);
  draw();
}

function claims() {
  const said = JSON.parse(document.getElementById("claims").textContent), box = document.getElementById("claim");
  const found = (id) => Object.keys(said).filter((name) => name === id || name.startsWith(`${id}-`));
  for (const prose of document.querySelectorAll(".prose")) {
    const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("a, button, pre, h1, h2, h3")) texts.push(walker.currentNode);
    for (const text of texts) mark(text, found);
  }
  let tapped = null; // the browser itself opens and closes the box; this fills it before and puts it in its place after
  document.getElementById("chapter").addEventListener("click", ({ target }) => {
    const button = target.closest?.(".claim");
    if (!button) return;
    tapped = button;
    box.replaceChildren(...found(button.textContent).map((id) => {
      const line = document.createElement("p"), name = document.createElement("b");
      name.textContent = id;
      line.append(name, ` ${said[id]}`);
      return line;
    }));
    box.append(Object.assign(document.createElement("p"), { className: "whose", textContent: "The report’s claim, in our words." }));
  });
  box.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open" || !tapped) return;
    const at = tapped.getBoundingClientRect(), { width, height } = box.getBoundingClientRect(), below = at.bottom + 6;
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
    box.style.top = `${below + height < innerHeight ? below : Math.max(8, at.top - height - 6)}px`;
  });
}

function mark(text, found) {
  const words = text.data, pieces = [];
  let from = 0;
  for (const hit of words.matchAll(CLAIM)) {
    if (!found(hit[0]).length) continue;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "claim", textContent: hit[0] });
    button.popoverTargetElement = document.getElementById("claim");
    // a button is a box in its line: what stands close to it would go to another line without it
    const end = hit.index + hit[0].length, close = document.createElement("span");
    const [before] = /[(\[“‘]*$/.exec(words.slice(from, hit.index)), [after] = /^(?:\.\d+)?[)\]”’.,;:?]*/.exec(words.slice(end));
    close.className = "close";
    close.append(before, button, after);
    pieces.push(words.slice(from, hit.index - before.length), close);
    from = end + after.length;
  }
  if (!pieces.length) return;
  text.replaceWith(...pieces, words.slice(from));
}
