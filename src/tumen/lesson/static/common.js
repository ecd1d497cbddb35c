// What the three pages share: asking the server for news, sending, making elements out of plain text.

export const data = JSON.parse(document.getElementById("data").textContent);

export function make(tag, words = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") made.addEventListener("click", value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  return made;
}

export const set = (node, words) => { if (node.textContent !== words) node.textContent = words; };

export async function send(address, what) {
  const reply = await fetch(address, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what), credentials: "same-origin",
  });
  const told = await reply.json().catch(() => ({ says: "The lesson answered in no words." }));
  return { ok: reply.ok, status: reply.status, says: told.says || told.said || "" };
}

// The server answers at once where there is news, and otherwise holds the question for some seconds.
export async function follow(address, show, again) {
  let seen = "", pause = 500;
  for (;;) {
    try {
      const reply = await fetch(`${address}?seen=${seen}`, { cache: "no-store", credentials: "same-origin" });
      if (reply.status === 401 && again) { await again(); seen = ""; } else if (!reply.ok) throw new Error(reply.status);
      else {
        const { tag, now } = await reply.json();
        if (tag !== seen) show(now); else show(now, true);
        seen = tag; pause = 500;
        trouble("");
        continue;
      }
    } catch { trouble("The lesson does not answer. What was sent is kept; this page tries again by itself."); }
    await new Promise((done) => setTimeout(done, pause * (0.75 + Math.random() / 2)));
    pause = Math.min(2 * pause, 8000);
  }
}

export function trouble(words) { set(document.getElementById("trouble"), words); }

// A drawing of the server's own as a part of this page; words of anybody's never take this way.
export function drawn(svg, words) {
  const box = make("div", "", { class: "drawn", role: "img", "aria-label": words });
  const read = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (read.nodeName === "svg") box.append(document.importNode(read, true));
  return box;
}

export function bars(question) {
  const most = Math.max(1, ...Object.values(question.tally)), all = Object.values(question.tally).reduce((a, b) => a + b, 0);
  const list = make("ul", "", { class: "bars" });
  for (const [option, count] of Object.entries(question.tally)) {
    const right = question.correct === option;
    const item = make("li", "", right ? { class: "correct" } : {});
    item.append(make("span", `(${option}) ${question.options[option]}${right ? " · as the model has it" : ""}`, { class: "what" }));
    const bar = make("span", "", { class: "bar" });
    bar.style.inlineSize = `${(70 * count) / most}%`;
    const drawnBar = make("span", "", { class: "drawn-bar" });
    drawnBar.append(bar, make("span", `${count} of ${all}`, { class: "number" }));
    item.append(drawnBar);
    list.append(item);
  }
  return list;
}

export const minutes = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;

// A clock that goes on between two answers of the server.
export class Clock {
  constructor(draw) { this.draw = draw; this.now = null; this.at = 0; setInterval(() => this.tick(), 1000); }
  put(now) { this.now = now; this.at = performance.now(); this.tick(); }
  tick() {
    if (!this.now) { this.draw(null, 0); return; }
    const passed = this.now.paused ? 0 : Math.floor((performance.now() - this.at) / 1000);
    this.draw(this.now, Math.max(0, this.now.left - passed));
  }
}
