// What a page says and does when nothing answers it: a sentence across its top with the one button that helps,
// controls that rest, and words over what is from before. Whoever shows the page says which state it is in.

const STYLE = `
.tumen-banner { overflow: hidden; }
.tumen-banner > div { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 8px 16px; font-size: 15px; line-height: 1.4;
  color: #1F2328; background: #FFF3CD; border-bottom: 2px solid #7A5B00; }
.tumen-banner p { margin: 0; flex: 1 1 20em; }
.tumen-banner button { font: inherit; padding: 6px 14px; color: #FFFFFF; background: #1F4E79; border: 1px solid #1F4E79; border-radius: 4px; cursor: pointer; }
.tumen-banner button:focus-visible { outline: 3px solid #1F2328; outline-offset: 2px; }
.tumen-banner button[aria-disabled=true] { color: #1F2328; background: #E3E0D8; border-color: #767676; cursor: default; }
.tumen-from-before { margin: 0 0 4px; padding: 4px 8px; color: #1F2328; background: #F1EFE8; border-left: 4px solid #767676; }
.tumen-resting .jp-OutputArea-output [aria-disabled=true] { opacity: .6; cursor: not-allowed; }
.tumen-resting .jupyter-widgets-disconnected::before { display: none; }
.tumen-to-reader { display: inline-block; padding: 0 8px; line-height: 24px; color: var(--jp-content-link-color, #0B5FA5); }
.tumen-kept:has(+ .tumen-away) { display: none; }
.tumen-kept, .tumen-away { font-size: 13px; }
.tumen-earlier { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 640px; }
`;
const KEPT = "What you type meanwhile is kept in this browser.";
export const SAYS = {
  slow: [`The server has not answered for some seconds. ${KEPT}`, "Try again"], // slow is not gone: nothing rests
  gone: [`This page has lost its server, and nothing on it answers. ${KEPT}`, "Try again"],
  stopped: [`This chapter has stopped. What stands below is from before. ${KEPT}`, "Run the chapter again"],
  before: [`This chapter was started anew and has not run since. What stands below is from before. ${KEPT}`, "Run the chapter again"],
  saved: ["This chapter is not running. What stands below was saved earlier, and moves when it runs.", "Run the chapter"],
};
const TRYING = "One moment: the server is being asked.", RUNNING = "The chapter is running; each part wakes as its turn comes.";
const SOON = 100; // milliseconds from a kernel's being busy or idle to what the page says of it
const PRESSED = "button, select, input, textarea, .noUi-base, .noUi-handle, [role=tab], .ui-slider";
const STOPPED = ["click", "mousedown", "pointerdown", "touchstart", "keydown", "input", "change"];

export function style() {
  if (document.getElementById("tumen-live-style")) return;
  const made = document.createElement("style");
  made.id = "tumen-live-style";
  made.textContent = STYLE;
  document.head.append(made);
}

// The sentence and its button; `act(state)` is what the button does, and the button rests while it does it.
export class Banner {
  constructor(act) {
    this.node = document.createElement("div");
    this.node.className = "tumen-banner";
    this.node.setAttribute("role", "alert");
    this.words = document.createElement("p");
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.addEventListener("click", async () => {
      if (this.busy) return;
      this.busy = true;
      this.draw();
      try { await act(this.state); } catch (fault) { console.warn("tumen:", fault); }
      this.busy = false;
      this.draw();
    });
    this.inside = document.createElement("div");
    this.inside.append(this.words, this.button);
    this.node.append(this.inside);
    this.show("live");
  }

  show(state) {
    this.state = state;
    this.draw();
  }

  draw() {
    const [words, button] = SAYS[this.state] || ["", ""];
    this.node.hidden = !words;
    this.inside.style.display = words ? "" : "none";
    const said = words && this.busy ? (["gone", "slow"].includes(this.state) ? TRYING : RUNNING) : words;
    if (this.words.textContent !== said) this.words.textContent = said;
    if (this.button.textContent !== button) this.button.textContent = button;
    this.button.setAttribute("aria-disabled", String(!!this.busy));
    const tall = words ? `${this.inside.offsetHeight}px` : "0px";
    if (this.node.style.minHeight === tall) return;
    this.node.style.minHeight = tall;
    this.resized?.(); // a page that gives each part its place must be told
  }
}

// A kernel is busy and idle again with every message: no move of a slider waits for `draw`, which is called once soon after them.
export function soon(draw) {
  let waiting;
  const call = () => { waiting ??= setTimeout(() => { waiting = undefined; draw(); }, SOON); };
  return { call, end() { clearTimeout(waiting); } };
}

export const passing = (status) => status === "busy" || status === "idle";

// Let the controls of an area rest or wake; fields that are kept by themselves stay open for writing.
export function rest(area, on, words) {
  if (!on && !area.classList.contains("tumen-resting")) return;
  area.classList.toggle("tumen-resting", on);
  for (const output of area.querySelectorAll(".jp-OutputArea-output")) {
    const card = output.querySelector(".tumen-app, .tumen-card");
    let note = output.querySelector(":scope > .tumen-from-before");
    if (on && card && !note) {
      note = document.createElement("p");
      note.className = "tumen-from-before";
      output.prepend(note);
    }
    if (note && (!on || !card)) note.remove(); else if (note && note.textContent !== words) note.textContent = words;
    for (const control of output.querySelectorAll(PRESSED)) {
      if (control.closest(".tumen-field, .tumen-live")) continue;
      if (on && !("tumenRests" in control.dataset)) {
        control.dataset.tumenRests = control.getAttribute("aria-disabled") || "";
        control.setAttribute("aria-disabled", "true");
      } else if (!on && "tumenRests" in control.dataset) {
        const was = control.dataset.tumenRests;
        if (was) control.setAttribute("aria-disabled", was); else control.removeAttribute("aria-disabled");
        delete control.dataset.tumenRests;
      }
    }
  }
}

// What rests does not answer a hand; Tab still leads through it.
export function hold(root) {
  const stop = (event) => {
    const { target } = event;
    if (!target.closest?.(".tumen-resting .jp-OutputArea-output") || target.closest(".tumen-field, .tumen-live")) return;
    if (!target.closest(PRESSED) || (event.type === "keydown" && event.key === "Tab")) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  for (const kind of STOPPED) root.addEventListener(kind, stop, { capture: true, passive: false });
}

// Ask a server again and again whether it is there, and whether it still has what is asked for.
export class Poll {
  constructor(ask, every = 2500, patience = 7000) {
    Object.assign(this, { ask, patience, failed: 0, found: true, since: 0 });
    this.timer = setInterval(() => this.now(), every);
  }

  async now() {
    if (this.since) return;
    this.since = Date.now();
    try { this.found = await this.ask(); this.failed = 0; } catch { this.failed += 1; }
    this.since = 0;
  }

  get silent() { return this.since > 0 ? Date.now() - this.since : 0; }

  get slow() { return this.silent > this.patience; }

  get lost() { return this.failed > 1 || this.silent > 3 * this.patience; }

  end() { clearInterval(this.timer); }
}
