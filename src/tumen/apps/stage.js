// Draws one picture and keeps its words beside it. Each move of a control sends one `frame`: rows for
// Vega, the text alternative, the verdict, and what stands beside each control (its break-even, its value).

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function engine(model) {
  if (!globalThis.tumenEmbed) {
    await model.widget_manager.get_model(model.get("engine").replace("IPY_MODEL_", ""));
    for (let i = 0; i < 600 && !globalThis.tumenEmbed; i++) await pause(25);
  }
  return globalThis.tumenEmbed;
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

async function render({ model, el }) {
  el.classList.add("tumen-stage");
  const picture = document.createElement("div");
  picture.className = "tumen-picture";
  picture.setAttribute("role", "img");
  const verdict = document.createElement("p");
  verdict.className = "tumen-verdict";
  verdict.setAttribute("role", "status");
  const message = document.createElement("p");
  message.className = "tumen-message";
  message.setAttribute("role", "alert");
  const caption = document.createElement("p");
  caption.className = "tumen-caption";
  caption.textContent = model.get("caption");
  const canvas = document.createElement("div"); // Vega names its own container; ours around it keeps our words
  picture.append(canvas);
  el.append(picture, verdict, message, caption);
  picture.style.minHeight = `${model.get("height")}px`;

  const steers = model.get("controls").length > 0; // the one picture of an app that answers for its controls
  const words = () => {
    const frame = model.get("frame");
    set(picture, "aria-label", frame.alt);
    if (verdict.textContent !== frame.verdict) verdict.textContent = frame.verdict;
    const root = steers && el.closest(".tumen-app");
    // a message stands by the controls, where there is a place for it: this picture may lie under another tab
    const place = (root && root.querySelector(".tumen-alert")) || message;
    if (place.textContent !== frame.message) place.textContent = frame.message;
    if (root) nameControls(root, model);
  };
  words();

  const embed = await engine(model);
  if (!embed) {
    message.textContent = "The drawing library did not load; the text above and the table tab say the same in words.";
    return;
  }
  const { view } = await embed(canvas, structuredClone(model.get("spec")), { renderer: "svg", actions: false });
  picture.style.minHeight = "";

  let drawing = false, again = false;
  const draw = async () => {
    if (drawing) { again = true; return; }
    drawing = true;
    do { again = false; await view.signal("rows", model.get("frame").rows).runAsync(); } while (again);
    drawing = false;
  };
  model.on("change:frame", () => { draw(); words(); });
  await draw();

  // Controls may be drawn after this picture, or again when a tab is opened: name them as they come.
  const root = steers && el.closest(".tumen-app");
  const name = () => { nameControls(root, model); namePages(root); };
  const ours = ({ target }) => target.closest(".tumen-picture, .tumen-flip"); // what a move itself redraws
  const watcher = new MutationObserver((changes) => { if (!changes.every(ours)) name(); });
  if (root) { keepKeys(root); name(); watcher.observe(root, { childList: true, subtree: true }); }
  return () => { watcher.disconnect(); view.finalize(); };
}

export default { render };
