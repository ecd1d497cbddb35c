// On a phone: one question, one answer, changeable until it is closed; nothing of what others answered.

import { data, follow, make, send, set, trouble } from "./common.js";

const base = location.pathname.replace(/\/?$/, "/");
const place = document.getElementById("question"), role = document.getElementById("role");
let asked = "", state = "", field = null, said = null, button = null, fresh = null;

async function join() {
  const done = await send(`${base}join`, {});
  if (!done.ok) { trouble(done.says); throw new Error(done.says); }
}

function show(now) {
  showRole(now.role);
  for (const item of document.querySelectorAll("#unclear li")) {
    const box = item.querySelector("input[type=checkbox]"), mine = now.unclear[item.dataset.claim];
    if (document.activeElement !== box) box.checked = mine !== undefined;
    item.querySelector(".line").hidden = !box.checked;
    const line = item.querySelector(".line input");
    if (mine && !line.value) line.value = mine;
  }
  const q = now.question;
  if (!q) {
    if (asked !== "none") place.replaceChildren(make("p", "You are in. The first question comes when the teacher opens it; this page changes by itself.", { role: "status" }));
    asked = "none";
    return;
  }
  const name = `${q.key} ${q.round}`;
  if (name !== asked) { build(q); asked = name; state = ""; fresh = q; }
  fresh = q;
  if (q.state !== state) settle(q);
  state = q.state;
}

function build(q) {
  const form = make("form");
  const prompt = make("p", `${q.again ? "Asked again: " : ""}${q.prompt}`, { class: "prompt", id: "prompt" });
  if (q.kind === "choice") {
    const group = make("fieldset", "", { "aria-labelledby": "prompt" });
    for (const [letter, words] of Object.entries(q.options)) {
      const label = make("label", "", { class: "option" });
      label.append(make("input", "", { type: "radio", name: "answer", value: letter, checked: q.yours === letter }), make("span", `(${letter}) ${words}`));
      group.append(label);
    }
    field = { get value() { return form.querySelector("input:checked")?.value || ""; } };
    form.append(prompt, group);
  } else {
    const text = q.kind === "text";
    const label = make("label", text ? `your answer, at most ${data.longest} letters` : `your answer${q.unit ? `, ${q.unit}` : ""}`, { for: "answer" });
    field = make(text ? "textarea" : "input", "", text
      ? { id: "answer", maxlength: data.longest, rows: 6 }
      : { id: "answer", inputmode: "text", autocomplete: "off", maxlength: 60, "aria-describedby": "prompt" });
    field.value = q.yours || "";
    form.append(prompt, label, field);
  }
  button = make("button", "send", { type: "submit" });
  said = make("p", "", { class: "said", role: "status" });
  form.append(button, said);
  form.addEventListener("submit", (event) => { event.preventDefault(); answer(); });
  place.replaceChildren(form);
}

async function answer() {
  if (!field.value.trim()) { set(said, fresh.kind === "choice" ? "Choose one first." : "Write something first."); return; }
  const value = field.value;
  button.disabled = true;
  try {
    const done = await send(`${base}answer`, { key: fresh.key, round: fresh.round, value });
    if (done.status === 401) { await join(); button.disabled = false; return void answer(); }
    if (done.ok) { fresh.yours = value; set(said, `Sent${done.says ? `, ${done.says}` : ""}. You can change it until the question is closed.`); set(button, "send the change"); }
    else set(said, done.says);
  } catch { set(said, "It could not be sent. It still stands here; press again in a moment."); }
  button.disabled = state !== "open";
}

function settle(q) {
  const open = q.state === "open";
  for (const one of place.querySelectorAll("input, textarea")) one.disabled = !open;
  button.hidden = !open;
  button.disabled = !open;
  if (open) { set(said, q.yours ? "Your answer was sent. You can change it until the question is closed." : ""); set(button, q.yours ? "send the change" : "send"); }
  else set(said, `The question is closed. ${q.yours ? "Your answer counts." : "You sent no answer."}${q.told ? ` ${q.told}` : " Look at the wall."}`);
}

function showRole(mine) {
  role.hidden = !mine;
  if (!mine || role.dataset.shown === mine.join()) return;
  role.dataset.shown = mine.join();
  role.replaceChildren(make("h2", `You speak for: ${mine[0]}`), make("p", `Holds: ${mine[1]}.`), make("p", `Speak from: ${mine[2]}.`));
}

for (const item of document.querySelectorAll("#unclear li")) {
  const box = item.querySelector("input[type=checkbox]"), line = item.querySelector(".line");
  const mark = async () => {
    const done = await send(`${base}unclear`, { claim: item.dataset.claim, line: box.checked ? line.querySelector("input").value : "", drop: !box.checked })
      .catch(() => ({ ok: false, says: "It could not be sent; try again in a moment." }));
    set(document.querySelector("#unclear > .said"), done.ok ? (box.checked ? "Sent." : "Taken back.") : done.says);
  };
  box.addEventListener("change", () => { line.hidden = !box.checked; mark(); });
  line.querySelector("button").addEventListener("click", mark);
  line.querySelector("input").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); mark(); } });
}

const begin = () => join().then(() => follow(`${base}state`, show, join)).catch(() => setTimeout(begin, 2000));
begin();
