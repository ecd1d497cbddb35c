// Keeps in the browser what is typed into a field until the kernel has it. A field says by its classes whose text it
// holds (tumen-key:), which text has arrived (tumen-mark-) and when (tumen-at-); see kept.py.

const FIELD = ".tumen-field", STORE = "tumen ";
// A kernel dates a text when it has rested, so one that it lost the last letters of may look later than its whole.
const REST = 3000; // milliseconds
const SLOW = 5000; // milliseconds after which a text that has not arrived is sent once more

const named = (field, start) => [...field.classList].find((c) => c.startsWith(start))?.slice(start.length);

export function digest(text) {
  let found = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) found = Math.imul(found ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return found.toString(16).padStart(8, "0");
}

function read(field) {
  const chosen = field.querySelector("input[type=radio]:checked, option:checked");
  if (field.querySelector("input[type=radio], option")) return chosen ? decodeURIComponent(chosen.dataset.value || "") : "";
  return field.querySelector("textarea, input")?.value ?? "";
}

function write(field, text) {
  const wanted = encodeURIComponent(text);
  const radio = [...field.querySelectorAll("input[type=radio]")].find((e) => e.dataset.value === wanted);
  if (radio) { radio.click(); return; }
  const option = [...field.querySelectorAll("option")].find((e) => e.dataset.value === wanted);
  const box = field.querySelector("select, textarea, input:not([type=radio])");
  if (!box) return;
  if (option) option.selected = true; else if (box.matches("select")) return; else box.value = text;
  for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
}

function stored(field) {
  try { return JSON.parse(localStorage.getItem(STORE + named(field, "tumen-key:"))); } catch { return null; }
}

function say(field, words, button) {
  const beside = field.parentElement?.querySelector(":scope > .tumen-kept") || field;
  let note = field.parentElement.querySelector(":scope > .tumen-away");
  if (!words) { note?.remove(); return; }
  if (!note) { note = document.createElement("span"); note.className = "tumen-away"; beside.after(note); }
  if (note.dataset.words === words) return;
  note.dataset.words = note.textContent = words;
  if (button) note.append(" ", button);
}

function stash(field) {
  const text = read(field);
  try {
    localStorage.setItem(STORE + named(field, "tumen-key:"), JSON.stringify({ text, at: Date.now() }));
    return true;
  } catch { return false; }
}

// An older text of this browser beside a later one from elsewhere: the later stands, the older can be taken back.
function offer(field, { text, at }) {
  const button = document.createElement("button");
  button.className = "jupyter-button widget-button tumen-live";
  button.textContent = "take it back";
  button.addEventListener("click", () => { say(field, ""); write(field, text); });
  say(field, `A text of ${new Date(at).toLocaleString()} that this browser kept was not sent; a later one stands here.`, button);
}

export function keepFields(root, live) {
  const met = new WeakSet(), nudged = new WeakMap();

  const settle = (field) => {
    const kept = stored(field);
    if (!kept) { say(field, ""); met.add(field); return; }
    if (named(field, "tumen-mark-") === digest(kept.text)) {
      localStorage.removeItem(STORE + named(field, "tumen-key:"));
      say(field, "");
      met.add(field);
      return;
    }
    if (!live(field)) { say(field, "kept in this browser until the page is live again"); return; }
    if (!met.has(field)) {
      met.add(field);
      if (read(field) === kept.text) return;
      const later = Number(named(field, "tumen-at-") || 0) - kept.at;
      if (later <= REST || kept.text.startsWith(read(field))) write(field, kept.text); else offer(field, kept);
    } else if (read(field) === kept.text) {
      say(field, "");
    }
  };

  const typed = ({ target }) => {
    const field = target.closest?.(FIELD);
    if (!field || !root.contains(field) || !named(field, "tumen-key:")) return;
    met.add(field);
    const done = stash(field);
    if (!live(field)) say(field, done ? "kept in this browser until the page is live again" : "could not be kept: this browser keeps nothing");
  };
  for (const kind of ["input", "change"]) document.addEventListener(kind, typed, true);

  const all = () => root.querySelectorAll(FIELD).forEach(settle);
  const watcher = new MutationObserver((changes) => {
    for (const { target, type, addedNodes } of changes) {
      if (type === "attributes") { if (target.matches(FIELD)) settle(target); continue; }
      for (const node of addedNodes) {
        if (node.matches?.(FIELD)) settle(node); else node.querySelectorAll?.(FIELD).forEach(settle);
      }
    }
  });
  watcher.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });

  // A message can be lost between a page and a kernel that both live: say it again, changed and changed back.
  const nudge = () => root.querySelectorAll(FIELD).forEach((field) => {
    const kept = stored(field), box = field.querySelector("textarea, input:not([type=radio])");
    const due = kept && box && live(field) && met.has(field) && read(field) === kept.text
      && named(field, "tumen-mark-") !== digest(kept.text) && Date.now() - Math.max(kept.at, nudged.get(field) || 0) > SLOW;
    if (!due) return;
    nudged.set(field, Date.now());
    const from = box.selectionStart, to = box.selectionEnd;
    write(field, `${kept.text} `);
    write(field, kept.text);
    if (document.activeElement === box) box.setSelectionRange(from, to);
  });

  all();
  return { all, nudge, end() {
    watcher.disconnect();
    for (const kind of ["input", "change"]) document.removeEventListener(kind, typed, true);
  } };
}
