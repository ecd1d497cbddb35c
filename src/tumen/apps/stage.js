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
    set(row.querySelector("button"), "aria-label", `reset ${control.name}`);
    const beside = row.querySelector(".tumen-flip");
    const text = frame.beside[control.key] || "";
    if (beside && beside.textContent !== text) beside.textContent = text;
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
  root.addEventListener("focusin", ({ target }) => {
    if (target.matches("select, input[type=radio]")) set(target, "data-lm-suppress-shortcuts", "true");
  });
}

function paragraph(name, role) {
  const made = document.createElement("p");
  made.className = name;
  if (role) made.setAttribute("role", role);
  return made;
}

const UNDRAWN = "The picture could not be drawn; the text above and the table tab say the same in words.";

function render({ model, el, home }) {
  el.classList.add("tumen-stage");
  const picture = document.createElement("div");
  picture.className = "tumen-picture";
  picture.setAttribute("role", "img");
  const verdict = paragraph("tumen-verdict", "status"), message = paragraph("tumen-message", "alert");
  const caption = paragraph("tumen-caption");
  caption.textContent = model.get("caption");
  const canvas = document.createElement("div"); // Vega names its own container; ours around it keeps our words
  picture.append(canvas);
  el.append(picture, verdict, message, caption);
  picture.style.minHeight = `${model.get("height")}px`;

  let gone = false, root = null, view;
  const words = () => {
    const frame = model.get("frame");
    set(picture, "aria-label", frame.alt);
    if (verdict.textContent !== frame.verdict) verdict.textContent = frame.verdict;
    // a message stands by the controls, where there is a place for it: this picture may lie under another tab
    const place = (root && root.querySelector(".tumen-alert")) || message;
    if (place.textContent !== frame.message) place.textContent = frame.message;
    if (root) nameControls(root, model);
  };

  // A move is answered in words from the first moment, and in the picture as soon as there is one.
  let drawing = false, again = false;
  const draw = async () => {
    again = true;
    if (!view || drawing) return;
    drawing = true;
    try {
      while (again && !gone) { again = false; await view.signal("rows", model.get("frame").rows).runAsync(); }
    } catch (fault) {
      failed(fault);
    } finally { drawing = false; }
  };
  const failed = (fault) => {
    console.warn(`the picture could not be drawn: ${fault}`);
    message.textContent = UNDRAWN;
  };
  model.on("change:frame", () => { draw(); words(); });

  // Controls may be drawn after this picture, or again when a tab is opened: name them as they come.
  const name = () => { nameControls(root, model); namePages(root); };
  const ours = ({ target }) => target.closest(".tumen-picture, .tumen-flip"); // what a move itself redraws
  const watcher = new MutationObserver((changes) => { if (!changes.every(ours)) name(); });
  const settle = () => { // a widget is drawn before it stands in what is around it
    root = el.closest(".tumen-app");
    if (!root) { if (!gone && !el.isConnected) setTimeout(settle, 50); return; }
    keepKeys(root);
    words();
    name();
    watcher.observe(root, { childList: true, subtree: true });
  };
  words();
  if (model.get("controls").length > 0) settle(); // the one picture of an app that answers for its controls

  const begin = async () => {
    const embed = await engine(model, home);
    if (gone) return;
    const made = await embed(canvas, structuredClone(model.get("spec")), { renderer: "svg", actions: false });
    view = made.view;
    picture.style.minHeight = "";
    if (gone) view.finalize();
    else await draw();
  };
  begin().catch(failed);
  return () => { gone = true; watcher.disconnect(); view?.finalize(); };
}

export default { render };
