// A field with a code: selected as it comes, and copied where the browser allows it.

function render({ model, el }) {
  el.classList.add("tumen-code");
  const label = document.createElement("label");
  label.textContent = "code of this setting";
  const field = document.createElement("textarea");
  field.readOnly = true;
  field.rows = 3;
  label.append(field);
  const copy = document.createElement("button");
  copy.textContent = "copy";
  copy.className = "jupyter-button widget-button";
  const said = document.createElement("p");
  said.className = "tumen-feedback";
  said.setAttribute("role", "status");
  el.append(label, copy, said);

  const show = () => { field.value = model.get("code"); };
  copy.addEventListener("click", async () => {
    field.select();
    let done = false;
    try { await navigator.clipboard.writeText(field.value); done = true; }
    catch { done = document.execCommand("copy"); }
    said.textContent = done ? "Copied." : "The browser does not allow copying; the code is selected, copy it by hand.";
  });
  model.on("change:code", show);
  show();
  // a widget is drawn before it stands in the page, and only what stands there can take the focus
  let waiting = true;
  const take = () => {
    if (!waiting) return;
    if (!field.isConnected) { requestAnimationFrame(take); return; }
    field.focus();
    field.select();
  };
  take();
  return () => { waiting = false; };
}

export default { render };
