// The teacher's desk: opens and closes questions, enters hands, shows texts one by one, keeps time.

import { bars, Clock, drawn, follow, make, minutes, send, set, trouble } from "./common.js";

const inside = (id) => document.querySelector(`#${id} > :is(div, ol)`);
const line = make("p");
const clock = new Clock((now, left) => set(line, now ? `${now.says}: ${left ? `${minutes(left)} left` : "time is up"}${now.paused ? ", paused" : ""}${now.next ? `. Next: ${now.next}` : ""}` : "No plan runs."));
const shown = {};

async function act(what) {
  const done = await send("/do", what).catch(() => ({ ok: false, says: "The lesson does not answer." }));
  set(document.getElementById("said"), done.says);
  return done.ok;
}

const press = (words, what, more = {}) => make("button", words, { type: "button", on: () => act(what), ...more });

// A part is made anew only where it has changed, so that what is being typed or has the focus stays.
function part(id, content, build) {
  const name = JSON.stringify(content);
  if (shown[id] === name) return;
  shown[id] = name;
  const had = document.activeElement?.closest(`#${id}`) ? [...inside(id).querySelectorAll("button, input, select")].indexOf(document.activeElement) : -1;
  inside(id).replaceChildren(...build());
  if (had >= 0) inside(id).querySelectorAll("button, input, select")[had]?.focus();
}

function show(now) {
  set(document.getElementById("joined"), now.joined === 1 ? "1 phone is in." : `${now.joined} phones are in.`);
  clock.put(now.clock);
  const q = now.question;
  part("now", q ? { ...q, count: 0, hands: 0 } : null, () => (q ? question(q) : [make("p", "No question was opened yet.")]));
  const count = document.getElementById("count");
  if (count && q) set(count, `${q.count} answered${q.hands ? `, ${q.hands} of them by a show of hands` : ""}.`);
  part("tasks", now.tasks, () => now.tasks.map(task));
  part("time", [now.plans, now.clock && [now.clock.plan, now.clock.paused]], () => time(now));
  part("show", [now.page], () => ["join", "question", "unclear", "roles"].map((page) => press({ join: "how to join", question: "the question", unclear: "what confused us", roles: "roles" }[page], { do: "page", page }, { "aria-pressed": String(now.page === page) })).concat(press("deal roles by lot", { do: "deal" })));
  part("lines", [now.unclear, now.told], () => lines(now));
  part("end", [now.page === "?"], end);
}

function question(q) {
  const out = [make("p", q.prompt, { class: "prompt" }), make("p", `${q.count} answered.`, { id: "count", role: "status" })];
  if (q.state === "open") {
    out.push(press("close the question", { do: "close" }), make("p", "What was answered is told to nobody before, you included.", { class: "quiet" }), ...hands(q));
    return out;
  }
  if (q.state === "closed") out.push(press("show what the model gives", { do: "tell" }));
  out.push(press("ask it again", { do: "open", key: q.key }));
  if (q.kind === "choice") out.push(bars(q));
  if (q.spread) out.push(make("p", q.spread));
  if (q.picture && q.kind === "number") out.push(drawn(q.picture, q.alt));
  if (q.words) out.push(make("p", q.words));
  if (q.all) {
    const list = make("ul", "", { class: "texts" });
    for (const one of q.all) {
      const item = make("li");
      item.append(make("blockquote", one.text, { dir: "auto" }), press(one.shown ? "take off the wall" : "show on the wall", { do: "show", who: one.who, on: !one.shown }, { "aria-pressed": String(one.shown) }));
      list.append(item);
    }
    out.push(make("p", "Read before you show. What is shown also stands in the lesson's file.", { class: "quiet" }), list);
  }
  return out;
}

function hands(q) {
  const box = make("details"), list = make("div", "", { class: "hands" });
  box.append(make("summary", "A show of hands, for those without a phone"), list);
  const one = (words, value) => {
    const label = make("label", `${words} `), number = make("input", "", { type: "number", min: 0, max: 500, value: 0 });
    label.append(number);
    list.append(label, make("button", "enter", { type: "button", "aria-label": `enter hands for ${words}`, on: () => act({ do: "hands", value: value(), count: Number(number.value) }) }));
  };
  if (q.kind === "choice") { for (const letter of Object.keys(q.options)) one(`(${letter})`, () => letter); return [box]; }
  const label = make("label", q.kind === "text" ? "what was said " : `number${q.unit ? `, ${q.unit}` : ""} `), typed = make("input", "", { autocomplete: "off" });
  label.append(typed);
  list.append(label);
  one("how many hands", () => typed.value);
  list.querySelector("input[type=number]").value = 1;
  return [box];
}

function task(one) {
  const item = make("li"), state = { open: "open", closed: "closed", told: "done" }[one.state] || "";
  item.append(make("p", one.prompt), press(one.state ? "ask it again" : "open", { do: "open", key: one.key }, { "aria-label": `open: ${one.prompt.slice(0, 60)}` }));
  item.append(make("span", ` ${one.prediction ? "prediction" : one.kind}${state ? ` · ${state}` : ""}`, { class: "quiet" }));
  return item;
}

function time(now) {
  const out = [line];
  for (const plan of now.plans) out.push(press(`${plan} minutes`, { do: "plan", plan }, { "aria-pressed": String(now.clock?.plan === plan) }));
  if (now.clock) out.push(press(now.clock.paused ? "go on" : "pause", { do: "pause" }), press("next part now", { do: "skip" }), press("no plan", { do: "plan", plan: "" }));
  return out;
}

function lines(now) {
  if (!now.unclear.length) return [make("p", "Nobody has marked a claim yet.")];
  const list = make("ol");
  for (const one of now.unclear) {
    const item = make("li");
    item.append(make("p", `${one.says} (${one.claim}): ${one.count}`));
    for (const said of now.told.filter((t) => t.claim === one.claim)) {
      item.append(make("blockquote", said.line, { dir: "auto" }), press(said.shown ? "take off the wall" : "show on the wall", { do: "line", who: said.who, claim: said.claim, on: !said.shown }, { "aria-pressed": String(said.shown) }));
    }
    list.append(item);
  }
  return [list];
}

function end() {
  const sure = make("details"), stop = make("button", "end the lesson", { type: "button", on: async () => { if (await act({ do: "end" })) trouble("The lesson has ended."); } });
  sure.append(make("summary", "End the lesson"), make("p", "What was kept for a restart is then gone, and so are the phones. Write the file first if you want one."), stop);
  return [press("write the lesson's file", { do: "file" }), make("p", "The file holds counts, numbers and the texts you showed; nobody can be told from it.", { class: "quiet" }), sure];
}

follow("/look/desk", show);
