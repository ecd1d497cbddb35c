// In the reader's view, while a lesson runs in this installation: its question, at the foot of the page, as a phone has it.
// In presentation mode on the teacher's own machine: how many have answered, and what, once the question is closed.

const OFTEN = 3000, SELDOM = 20000; // milliseconds between two looks, while a lesson runs and while none does
const STYLE = `
.tumen-lesson { position: fixed; right: 12px; bottom: 12px; z-index: 12; width: min(26rem, calc(100vw - 24px)); max-height: 55vh; overflow: auto; padding: .5rem .9rem;
  color: var(--ink); background: var(--raised); border: 2px solid var(--ink); border-radius: 6px; font-size: .89rem; }
.tumen-lesson summary { font-weight: 700; cursor: pointer; padding: .25rem 0; width: auto; }
html.present .tumen-lesson { width: min(34rem, 45vw); max-height: 80vh; }
.tumen-lesson svg { display: block; width: 100%; height: auto; }
.tumen-lesson p { margin: .3rem 0; }
.tumen-lesson fieldset { border: 0; margin: 0; padding: 0; }
.tumen-lesson label { display: flex; gap: .5rem; padding: .3rem 0; align-items: flex-start; }
.tumen-lesson :is(textarea, input:not([type=radio])) { font: inherit; width: 100%; padding: .4rem; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 4px; }
.tumen-lesson button { font: inherit; margin: .4rem 0; padding: .4rem 1rem; min-height: 40px; color: var(--paper); background: var(--ink); border: 0; border-radius: 4px; cursor: pointer; }
.tumen-lesson :is(button, input, textarea, summary):focus-visible { outline: 3px solid var(--report); outline-offset: 2px; }
`;

function make(tag, words = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
  return made;
}

export function lesson() {
  const address = `${location.pathname.split("/voila/render/")[0]}/tumen/lesson`;
  const hall = document.documentElement.classList.contains("present"), wall = hall ? "?wall=1" : "";
  let box = null, name = "", said = null, field = null, form = null, q = null;

  async function look() {
    let now = null;
    if (!document.hidden) {
      const reply = await fetch(`${address}${wall}`, { cache: "no-store", credentials: "same-origin" }).catch(() => null);
      now = reply?.ok ? (await reply.json().catch(() => ({}))).now : null;
      if (reply?.ok && now && "joined" in now) present(now);
      else if (reply?.ok) show(now?.question);
    }
    setTimeout(look, now ? OFTEN * (0.8 + Math.random() * 0.4) : document.hidden ? OFTEN : SELDOM);
  }

  function present(now) {
    if (!now.question || now.page !== "question") { box?.remove(); box = null; name = ""; return; }
    const seen = JSON.stringify(now);
    if (seen === name) return;
    const focused = box?.contains(document.activeElement);
    name = seen;
    box?.remove();
    box = make("details", "", { class: "tumen-lesson", open: true });
    q = now.question;
    box.append(make("summary", `${q.count} of ${Math.max(q.count, now.joined)} answered`), make("p", q.prompt));
    for (const [letter, count] of Object.entries(q.tally || {})) box.append(make("p", `(${letter}) ${q.options[letter]}: ${count}${q.correct === letter ? " · as the model has it" : ""}`));
    for (const words of q.shown || []) box.append(make("p", words, { dir: "auto" }));
    if (q.picture) {
      const drawn = make("div", "", { role: "img", "aria-label": q.alt }), svg = new DOMParser().parseFromString(q.picture, "image/svg+xml").documentElement;
      if (svg.nodeName === "svg") drawn.append(document.importNode(svg, true));
      box.append(drawn);
    }
    for (const words of [q.spread, q.words]) if (words) box.append(make("p", words));
    if (now.next) {
      const { says, ...what } = now.next, next = make("button", says, { type: "button" });
      next.addEventListener("click", () => post(wall, what).then(lookNow));
      box.append(next);
      if (focused) setTimeout(() => next.focus());
    }
    document.body.append(box);
  }

  async function lookNow() {
    const reply = await fetch(`${address}${wall}`, { cache: "no-store", credentials: "same-origin" }).catch(() => null);
    const now = reply?.ok ? (await reply.json().catch(() => ({}))).now : null;
    if (now && "joined" in now) present(now);
  }

  function post(query, what) {
    return fetch(`${address}${query}`, {
      method: "POST", credentials: "same-origin", body: JSON.stringify(what),
      headers: { "Content-Type": "application/json", "X-XSRFToken": document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] || "" },
    }).catch(() => null);
  }

  function show(question) {
    if (!question) { box?.remove(); box = null; name = ""; return; }
    if (name !== `${question.key} ${question.round}`) build(question);
    if (q?.state !== question.state || !box.dataset.state) settle(question);
    q = question;
    name = `${q.key} ${q.round}`;
  }

  function build(question) {
    box?.remove();
    box = make("details", "", { class: "tumen-lesson", open: true });
    box.append(make("summary", "The lesson asks"));
    form = make("form");
    const prompt = make("p", question.prompt, { id: "tumen-lesson-prompt" });
    if (question.kind === "choice") {
      const group = make("fieldset", "", { "aria-labelledby": "tumen-lesson-prompt" });
      for (const [letter, words] of Object.entries(question.options)) {
        const label = make("label");
        label.append(make("input", "", { type: "radio", name: "tumen-lesson", value: letter, checked: question.yours === letter }), make("span", `(${letter}) ${words}`));
        group.append(label);
      }
      field = { get value() { return form.querySelector("input:checked")?.value || ""; } };
      form.append(prompt, group);
    } else {
      const label = make("label", `your answer${question.unit ? `, ${question.unit}` : ""}`, { for: "tumen-lesson-answer" });
      field = make(question.kind === "text" ? "textarea" : "input", "", { id: "tumen-lesson-answer", maxlength: question.kind === "text" ? 500 : 60, autocomplete: "off" });
      field.value = question.yours || "";
      form.append(prompt, label, field);
    }
    said = make("p", "", { role: "status" });
    form.append(make("button", "send", { type: "submit" }), said);
    form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
    box.append(form);
    document.body.append(box);
  }

  function settle(question) {
    const open = question.state === "open";
    box.dataset.state = question.state;
    for (const one of form.querySelectorAll("input, textarea, button")) one.disabled = !open;
    form.querySelector("button").hidden = !open;
    said.textContent = open ? (question.yours ? "Your answer was sent. You can change it until the question is closed." : "")
      : `The question is closed. ${question.yours ? "Your answer counts." : "You sent no answer."} ${question.told || ""}`.trim();
  }

  async function send() {
    const value = field.value;
    if (!value.trim()) { said.textContent = "Answer first."; return; }
    const reply = await post("", { key: q.key, round: q.round, value });
    const told = reply?.ok ? await reply.json().catch(() => ({})) : {};
    if ("said" in told) { q.yours = value; said.textContent = `Sent${told.said ? `, ${told.said}` : ""}. You can change it until the question is closed.`; }
    else said.textContent = told.says || "It could not be sent. It still stands here; press again in a moment.";
  }

  document.head.append(make("style", STYLE));
  look();
}
