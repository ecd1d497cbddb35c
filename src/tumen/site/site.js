// Everything on the page can be read without this: it lets a slider step among rows that stand in a table, and answers what is typed.

for (const box of document.querySelectorAll(".stepper")) {
  const panels = [...box.querySelectorAll(".panel")];
  const pick = box.querySelector("select");
  box.classList.add("stepping");
  box.querySelectorAll(".live").forEach((part) => { part.hidden = false; });
  const turn = () => panels.forEach((panel, i) => { panel.hidden = i !== Number(pick ? pick.value : 0); });
  if (pick) pick.addEventListener("change", () => { turn(); narrow(); });
  panels.forEach(step);
  turn();
}

function step(panel) {
  const slider = panel.querySelector("input[type=range]");
  const rows = [...panel.querySelectorAll("tbody tr")];
  const heads = [...panel.querySelectorAll("thead th")].map((th) => th.textContent);
  const series = [...panel.querySelectorAll("svg [class*='steps']")].filter((g) => /\bsteps\d+_marks\b/.test(g.getAttribute("class")));
  const rings = series.map((group) => {
    const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    ring.setAttribute("r", 9);
    ring.setAttribute("class", "ring");
    group.parentNode.append(ring);
    return ring;
  });
  const show = () => {
    const at = Number(slider.value), cells = [...rows[at].cells].map((cell) => cell.textContent);
    rows.forEach((row, i) => { row.classList.toggle("now", i === at); });
    const says = rows[at].dataset.says; // a number that it holds is not said twice
    const results = heads.slice(1).map((head, i) => [head, cells[i + 1]]).filter(([, cell]) => !says.includes(cell)).map(([head, cell]) => `${head}: ${cell}. `);
    panel.querySelector(".value").textContent = cells[0];
    panel.querySelector(".said").textContent = results.join("") + says;
    slider.setAttribute("aria-valuetext", cells[0]);
    series.forEach((group, i) => {
      const mark = group.querySelectorAll("path")[at];
      if (mark) rings[i].setAttribute("transform", mark.getAttribute("transform"));
    });
  };
  const start = slider.defaultValue;
  slider.addEventListener("input", show);
  panel.querySelector("button").addEventListener("click", () => { slider.value = start; show(); });
  show();
}

// A box takes the focus only where there is something to scroll to.
function narrow() {
  for (const box of document.querySelectorAll(".scroll")) {
    if (!box.checkVisibility || box.checkVisibility()) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0; else box.removeAttribute("tabindex");
    }
  }
}
narrow();
addEventListener("resize", narrow);
document.addEventListener("toggle", narrow, true);

folds(); // as in the reader's view; without a script they stand open

// Beside a wide page the list of its parts stands open.
const parts = document.querySelector(".contents details");
if (parts) parts.open = matchMedia("(min-width: 75em)").matches;

// What a reader answers is judged here, by the rules that the page brings, and kept in this browser only.
const KEPT = "tumen-reading-copies";
const kept = () => { try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; } };
const keep = (answers) => { try { localStorage.setItem(KEPT, JSON.stringify(answers)); return true; } catch { return false; } };
const shared = document.querySelector("#rules");
if (shared) {
  const rules = JSON.parse(shared.textContent), engine = answering(rules);
  document.querySelectorAll("section.task").forEach((section) => asked(section, rules.words, engine));
  const mine = document.querySelector(".mine");
  mine.hidden = false;
  mine.querySelector("button").addEventListener("click", () => {
    const gone = keep({});
    document.querySelectorAll("section.task form").forEach((form) => { form.reset(); });
    document.querySelectorAll("section.task .told").forEach((told) => { told.textContent = ""; told.className = "told"; });
    mine.querySelector("span").textContent = gone ? "Forgotten." : "This browser keeps nothing for this page.";
  });
}

function asked(section, words, engine) {
  const task = JSON.parse(section.dataset.task), form = section.querySelector("form");
  const field = form.querySelector("input[type=text], textarea"), told = section.querySelector(".told");
  const list = section.querySelector(".options");
  form.hidden = false;
  section.classList.add("answered-here");
  if (list) list.hidden = true;
  const given = () => (field ? field.value : form.querySelector("input:checked")?.value ?? "");
  const say = (sentence, state = "") => {
    const word = words[state] ? document.createElement("b") : "";
    if (word) word.textContent = `${words[state]}. `;
    told.className = state ? `told ${state}` : "told";
    told.replaceChildren(word, sentence);
  };
  const store = (more) => keep({ ...kept(), [task.key]: { ...kept()[task.key], value: given(), ...more } });
  const answer = (back) => {
    const typed = given();
    if (!typed.trim()) return back || say(task.kind === "choice" ? "Choose an answer first." : "Type a number first.");
    let value = typed, read = "";
    if (task.kind === "number") {
      try {
        const found = engine.read(typed, task.reader);
        value = found.value;
        read = found.said ? `${found.said[0].toUpperCase()}${found.said.slice(1)}. ` : "";
      } catch (fault) {
        if (!(fault instanceof Asked)) throw fault;
        if (!back) store({});
        return say(fault.message);
      }
    }
    if ("after" in task) {
      if (!back) store({ guessed: true });
      const shown = task.kind === "choice" ? `: (${value})` : read ? `, ${read.slice(0, -2).toLowerCase()}` : `: ${typed.trim()}`;
      say(`Your guess${shown}. ${task.after}`);
      const next = section.nextElementSibling;
      if (next?.matches("details.guess")) { next.open = true; next.classList.add("told-above"); }
      return undefined;
    }
    if (!task.bands && !task.options) return say("Kept in this browser. Your course marks it in the workbook.");
    const [state, says] = engine.judge(task, value);
    if (!back) store(state === "right" ? { solved: true } : {});
    say(read + says, state);
    return solved();
  };
  const solved = () => section.classList.toggle("solved", Boolean(kept()[task.key]?.solved));
  form.addEventListener("submit", (event) => { event.preventDefault(); answer(false); });
  if (task.kind === "text") field.addEventListener("input", () => { store({}); if (!told.textContent) say("Kept in this browser."); });
  const before = kept()[task.key];
  if (typeof before?.value === "string" && before.value) {
    const choice = [...form.querySelectorAll("input[type=radio]")].find((radio) => radio.value === before.value);
    if (field) field.value = before.value; else if (choice) choice.checked = true;
    if (task.kind !== "text" && (before.guessed || !("after" in task))) answer(true);
    solved();
  }
}
