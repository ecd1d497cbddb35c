// On the wall: how many have answered; what they answered once the question is closed; then what the model gives.

import { bars, Clock, drawn, follow, make, minutes, send, set, trouble } from "./common.js";

const at = (id) => document.getElementById(id);
let last = null, shown = "";
const clock = new Clock((now, left) => {
  at("clock").hidden = !now;
  if (!now) return;
  set(at("clock"), `${now.says} · ${left ? `${minutes(left)} left` : "time is up"}${now.paused ? " · paused" : ""}`);
});

function show(now) {
  last = now;
  clock.put(now.clock);
  for (const page of ["join", "question", "unclear", "roles"]) at(page).hidden = now.page !== page;
  document.body.dataset.page = now.page;
  set(document.querySelector("#join .joined"), now.joined === 1 ? "1 phone is in" : `${now.joined} phones are in`);
  const q = now.question;
  set(at("count"), now.page === "question" && q ? `${q.count} answered · ${now.joined} joined` : `${now.joined} joined`);
  set(at("next"), now.next ? now.next.says : "");
  at("next").hidden = !now.next;
  const name = JSON.stringify([now.page, q && { ...q, count: 0 }, now.unclear, now.roles]);
  if (name === shown) { come(now); return; }
  shown = name;
  if (q) question(q);
  unclear(now.unclear);
  roles(now.roles || []);
  come(now);
}

function come(now) {
  if (at("come") && now.question) set(at("come"), `${now.question.count}`);
}

function question(q) {
  const box = at("question"), parts = [make("h2", `${q.again ? "Asked again: " : ""}${q.prompt}`, { class: "prompt" })];
  box.dataset.state = q.state;
  if (q.state === "open") {
    if (q.kind === "choice") {
      const list = make("ul", "", { class: "options" });
      for (const [letter, words] of Object.entries(q.options)) list.append(make("li", `(${letter}) ${words}`));
      parts.push(list);
    } else if (q.unit) parts.push(make("p", `in ${q.unit}`, { class: "quiet" }));
    const come = make("p", "", { class: "come", id: "come" });
    parts.push(come, make("p", "have answered, on phones or by hand. What was answered is shown once the question is closed.", { class: "quiet" }));
  } else {
    const side = make("div", "", { class: "side" }), main = make("div", "", { class: "result" });
    if (q.kind === "choice") main.append(bars(q));
    if (q.kind === "text") main.append(...texts(q.shown));
    if (q.picture) (q.kind === "choice" ? side : main).append(drawn(q.picture, q.alt));
    if (q.spread) side.append(make("p", q.spread));
    if (q.words) side.append(make("p", q.words, { class: "told" }));
    main.append(side);
    parts.push(main);
  }
  box.replaceChildren(...parts);
}

function texts(found) {
  if (!found.length) return [make("p", "The teacher shows texts here, one by one.", { class: "quiet" })];
  return found.map((words) => make("blockquote", words, { dir: "auto" }));
}

function unclear(found) {
  const list = make("ol", "", { class: "claims" });
  for (const one of found.slice(0, 8)) {
    const item = make("li");
    item.append(make("p", `${one.says} (${one.claim})`), make("p", one.count === 1 ? "1 of us" : `${one.count} of us`, { class: "number" }));
    for (const line of one.lines) item.append(make("blockquote", line, { dir: "auto" }));
    list.append(item);
  }
  at("unclear").replaceChildren(make("h2", "What confused us", { class: "prompt" }), found.length ? list : make("p", "Nothing yet. Tick a claim on your phone, under “Something confused me”.", { class: "quiet" }));
}

function roles(found) {
  const table = make("table"), head = make("tr");
  for (const words of ["role", "holds", "plays from", "how many"]) head.append(make("th", words, { scope: "col" }));
  table.append(head);
  for (const one of found) {
    const row = make("tr");
    row.append(make("th", one.role, { scope: "row" }), make("td", one.holds), make("td", one.from), make("td", String(one.count)));
    table.append(row);
  }
  at("roles").replaceChildren(make("h2", "Roles, dealt by lot: yours stands on your phone", { class: "prompt" }), table);
}

async function next() {
  if (!last?.next) return;
  const { says, ...what } = last.next, done = await send("/do", what).catch(() => ({ ok: false, says: "The lesson does not answer." }));
  if (!done.ok) trouble(done.says);
}
at("next").addEventListener("click", next);
addEventListener("keydown", (event) => { if (event.key === "PageDown") { event.preventDefault(); next(); } }); // what a presenter's remote sends
follow("/look/wall", show);
