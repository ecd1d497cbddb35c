// Draws one picture and keeps its words beside it. Each move of a control sends one `frame`: rows for
// Vega, the text alternative, the verdict, and what stands beside each control (its break-even, its value).

// The drawing library is a file that the browser keeps. A page that cannot read it asks the kernel for the text.
const libraries = new Map(); // one a session, for all its pictures
async function load(source, home) {
  const file = source.get("file");
  if (file) {
    try { return (await import(`${home}${file}?v=${file}`)).default; } catch { /* the kernel has it as well */ }
  }
  if (!source.get("text")) {
    await new Promise((done) => { source.once("change:text change:trouble", done); source.send("text"); });
    if (!source.get("text")) throw new Error(source.get("trouble"));
  }
  const url = URL.createObjectURL(new Blob([source.get("text")], { type: "text/javascript" }));
  try { return (await import(url)).default; } finally { URL.revokeObjectURL(url); }
}
async function engine(model, home) {
  const id = model.get("engine").replace("IPY_MODEL_", "");
  if (!libraries.has(id)) libraries.set(id, load(await model.widget_manager.get_model(id), home));
  return libraries.get(id);
}

function set(element, name, value) {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// ipywidgets gives a slider's handles no name; each gets the quantity's label, and its value with the unit.
function nameControls(root, model) {
  const frame = model.get("frame");
  for (const control of model.get("controls")) {
    const row = root.querySelector(`.tumen-row-${control.key}`);
    if (!row) continue;
    const handles = row.querySelectorAll(".noUi-handle"), values = (frame.values[control.key] || "").split("|");
    handles.forEach((handle, i) => {
      const end = handles.length > 1 ? [", from", ", to"][i] : "";
      set(handle, "aria-label", control.name + end);
      if (values[i]) set(handle, "aria-valuetext", values[i]);
    });
    set(row.querySelector("input, select, textarea"), "aria-label", `${control.name}, typed`);
    set(row.querySelector(".tumen-back"), "aria-label", `reset ${control.name}`);
    const beside = row.querySelector(".tumen-flip");
    const text = frame.beside[control.key] || "";
    if (beside && beside.textContent !== text) beside.textContent = text;
    set(beside, "title", text);
    markTrack(row, control.start, frame.track[control.key] || {});
  }
}

// The rows of a frame: in a column that is named, each number stands for one of its words.
const rowsOf = ({ rows, named = {} }) => rows.map((row) => row.map((x, i) => (named[i] && x !== null ? named[i][x] : x)));

// Where a slider began and where its finding turns stand on its track; the words under it say the same.
function markTrack(row, start, { flip = null, moved }) {
  row.classList.toggle("tumen-moved", Boolean(moved));
  const base = row.querySelector(".noUi-base");
  if (!base || start === undefined) return;
  for (const [name, at] of [["start", start], ["turn", flip]]) {
    let tick = base.parentElement.querySelector(`:scope > .tumen-${name}`);
    if (at === null || at < 0 || at > 1) { tick?.remove(); continue; }
    if (!tick) {
      tick = document.createElement("span");
      tick.className = `tumen-${name}`;
      base.parentElement.append(tick);
    }
    const left = `${100 * at}%`;
    if (tick.style.left !== left) tick.style.left = left;
  }
}

// ipywidgets names its tabs but not the pages under them.
function namePages(root) {
  const titles = root.querySelectorAll(".tumen-tabs > .lm-TabBar .lm-TabBar-tabLabel");
  root.querySelectorAll(".tumen-tabs > .widget-tab-contents > *").forEach((page, i) => {
    set(page, "role", "tabpanel");
    if (titles[i]) set(page, "aria-label", titles[i].textContent);
  });
}

// In JupyterLab the arrow keys move between cells, even from a list of choices; a list that has the focus keeps its keys.
function keepKeys(root) {
  root.addEventListener("click", ({ target }) => { // a control that is back at its start needs no button to go there
    if (target.closest(".tumen-back")) target.closest(".tumen-row")?.querySelector(".noUi-handle, input, select, textarea")?.focus();
  });
  root.addEventListener("focusin", ({ target }) => {
    if (target.matches("select, input[type=radio]")) set(target, "data-lm-suppress-shortcuts", "true");
    // who takes hold of a control sees what it moves
    if (target.closest(".tumen-row")) root.querySelector(".tumen-body .tumen-drawn")?.scrollIntoView({ block: "nearest" });
  });
}

function paragraph(name, role) {
  const made = document.createElement("p");
  made.className = name;
  if (role) made.setAttribute("role", role);
  return made;
}

// A badge turns over by its word, its shape and its colour; the whole of it is read aloud when it has turned.
function showBadges(list, badges) {
  const now = JSON.stringify(badges);
  if (list.dataset.now === now) return;
  const before = [...list.children].map((item) => item.dataset.word);
  list.dataset.now = now;
  list.replaceChildren(...badges.map(({ says, word, holds, on }, i) => {
    const item = document.createElement("p"), said = document.createElement("b");
    item.className = `tumen-badge ${holds ? "tumen-holds" : "tumen-fails"}`;
    if (before.length && before[i] !== word) item.classList.add("tumen-turned");
    Object.assign(item.dataset, { word });
    said.textContent = word;
    item.append(`${says}: `, said);
    item.title = on;
    return item;
  }));
}

// A picture that moves on a phone: labels that would leave it or stand on each other go a little aside, the longest first.
const ASIDE = [0, 12, -12, 24, -24, 36, -36].flatMap((dy) => [0, 16, -16, 32, -32].map((dx) => [dx, dy]))
  .sort((a, b) => Math.abs(a[0]) + Math.abs(a[1]) - Math.abs(b[0]) - Math.abs(b[1]));
function part(svg) {
  const frame = svg?.getBoundingClientRect();
  if (!frame?.width) return;
  const by = frame.width / svg.viewBox.baseVal.width, placed = [];
  const all = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() && text.getAttribute("opacity") !== "0");
  for (const text of all) { // all are written to before any is measured: a page is set anew for each change that is asked about
    text.style.translate = "";
    text.removeAttribute("textLength");
  }
  const long = all.filter((text) => text.getBoundingClientRect().width > frame.width - 4 && !text.children.length);
  for (const text of long) { // drawn closer, since it has no other place
    set(text, "textLength", String(frame.width / by - 6));
    set(text, "lengthAdjust", "spacingAndGlyphs");
  }
  const boxes = all.map((text) => ({ text, box: text.getBoundingClientRect(), label: Boolean(text.closest(".role-mark")) }));
  boxes.sort((a, b) => a.label - b.label || b.box.width - a.box.width);
  for (const { text, box, label } of boxes) {
    const moved = ([dx, dy]) => {
      const left = Math.min(Math.max(box.left + dx, frame.left), Math.max(frame.right - box.width, frame.left));
      const top = Math.min(Math.max(box.top + dy, frame.top), Math.max(frame.bottom - box.height, frame.top));
      return { left, top, right: left + box.width, bottom: top + box.height };
    };
    const clear = (r) => !placed.some((o) => o.left < r.right && r.left < o.right && o.top + 2 < r.bottom && r.top + 2 < o.bottom);
    const first = moved([0, 0]), found = label ? ASIDE.map(moved).find(clear) || first : first;
    const dx = (found.left - box.left) / by, dy = (found.top - box.top) / by;
    if (dx || dy) text.style.translate = `${dx}px ${dy}px`;
    placed.push(found);
  }
}

// what JupyterLab and the reader's view put around a card
const AROUND = ".jp-OutputArea, .jp-OutputArea-child, .jp-OutputArea-output, .jp-Cell-outputWrapper, .jp-Cell-outputArea, .jp-Cell";
const UNDRAWN = "The picture could not be drawn; the text above and the table tab say the same in words.";

function render({ model, el, home }) {
  el.classList.add("tumen-chart");
  const picture = document.createElement("div");
  picture.className = "tumen-picture";
  picture.setAttribute("role", "img");
  const verdict = paragraph("tumen-verdict", "status"), message = paragraph("tumen-message", "alert");
  const caption = paragraph("tumen-caption");
  caption.textContent = model.get("caption");
  const canvas = document.createElement("div"); // Vega names its own container; ours around it keeps our words
  picture.append(canvas);
  // beside the picture, not in it: what is inside an image is hidden from assistive technology, and a guess can be moved
  const drawn = document.createElement("div"), over = shape("svg", { class: "tumen-guess" }), guess = new Guess(model, over);
  drawn.className = "tumen-drawn";
  drawn.append(picture, over);
  const badges = document.createElement("div"), stuck = document.createElement("div");
  badges.className = "tumen-badges";
  badges.setAttribute("role", "status");
  stuck.className = "tumen-stuck"; // what stays in sight on a narrow page while the controls pass under it
  stuck.append(drawn, badges);
  el.append(stuck, verdict, message, caption);
  picture.style.minHeight = `${model.get("height")}px`;

  let gone = false, root = null, view;
  const words = () => {
    const frame = model.get("frame");
    set(picture, "aria-label", frame.alt);
    showBadges(badges, frame.badges || []);
    if (verdict.textContent !== frame.verdict) verdict.textContent = frame.verdict;
    // a message stands by the controls, where there is a place for it: this picture may lie under another tab
    const place = (root && root.querySelector(".tumen-alert")) || message;
    if (place.textContent !== frame.message) place.textContent = frame.message;
    if (root) nameControls(root, model);
  };

  // A picture taller than its place can be passed along by keyboard; asked when a size has changed, so that no move waits for it.
  const reach = () => {
    const tall = stuck.scrollHeight > stuck.clientHeight + 1 && getComputedStyle(stuck).overflowY === "auto";
    for (const [key, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "picture, taller than its place"]])
      if (tall) set(stuck, key, value); else stuck.removeAttribute(key);
  };
  const sizes = new ResizeObserver(reach);
  for (const part of [stuck, drawn, badges]) sizes.observe(part);

  // A move is answered in words from the first moment, and in the picture as soon as there is one.
  let drawing = false, again = false;
  const draw = async () => {
    again = true;
    if (!view || drawing) return;
    drawing = true;
    try {
      while (again && !gone) { again = false; await view.signal("rows", rowsOf(model.get("frame"))).runAsync(); }
      if (phone.matches) part(canvas.querySelector("svg.marks"));
      guess.draw(); // other words may have come to where the guess's stood
    } catch (fault) {
      failed(fault);
    } finally { drawing = false; }
  };
  const failed = (fault) => {
    console.warn(`the picture could not be drawn: ${fault}`);
    message.textContent = UNDRAWN;
  };
  model.on("change:frame", () => { draw(); words(); });
  model.on("change:guess", () => guess.draw());

  // Controls may be drawn after this picture, or again when a tab is opened: name them as they come.
  const name = () => { nameControls(root, model); namePages(root); };
  const ours = ({ target }) => target.closest(".tumen-chart, .tumen-flip, .noUi-target"); // what a move itself redraws
  const watcher = new MutationObserver((changes) => { if (!changes.every(ours)) name(); });
  const settle = () => { // a widget is drawn before it stands in what is around it
    root = el.closest(".tumen-app");
    if (!root) { if (!gone && !el.isConnected) setTimeout(settle, 50); return; }
    for (let up = root.parentElement; up; up = up.parentElement) if (up.matches(AROUND)) up.classList.add("tumen-around");
    keepKeys(root);
    words();
    name();
    watcher.observe(root, { childList: true, subtree: true });
  };
  words();
  if (model.get("controls").length > 0) settle(); // the one picture of an app that answers for its controls

  // On a phone the picture is laid out for its width; the kernel is asked for that once, where one looks.
  const phone = matchMedia("(max-width: 720px)"); // a laptop at 200 per cent too: beside its controls the picture is as narrow there
  let come = () => {}; // what waits for it
  model.on("change:small", () => come());
  const fitting = () => {
    const small = model.get("small");
    if (!phone.matches || Object.keys(small).length) return phone.matches ? small : model.get("spec");
    return new Promise((done) => { come = () => done(model.get("small")); });
  };
  let turn = 0;
  const begin = async () => {
    const mine = ++turn, embed = await engine(model, home);
    if (gone || mine !== turn) return;
    if (model.get("narrow") !== phone.matches) { model.set("narrow", phone.matches); model.save_changes(); }
    const spec = await fitting();
    if (gone || mine !== turn) return;
    const made = await embed(canvas, structuredClone(spec), { renderer: "svg", actions: false });
    if (gone || mine !== turn) { made.view.finalize(); return; }
    view?.finalize();
    view = made.view;
    picture.classList.toggle("tumen-phone", phone.matches);
    stuck.classList.toggle("tumen-passed", phone.matches);
    picture.style.minHeight = "";
    guess.view = view;
    await draw();
    reach();
  };
  const anew = () => begin().catch(failed);
  phone.addEventListener("change", anew);
  anew();
  return () => { gone = true; phone.removeEventListener("change", anew); watcher.disconnect(); sizes.disconnect(); view?.finalize(); };
}

export default { render };
