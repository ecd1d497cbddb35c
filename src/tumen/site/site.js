// Everything on the page can be read without this: it only lets a slider step among rows that stand in a table.

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
    const results = heads.slice(1).map((head, i) => `${head}: ${cells[i + 1]}`);
    panel.querySelector(".value").textContent = cells[0];
    panel.querySelector(".said").textContent = `${results.join("; ")}. ${rows[at].dataset.says}`;
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

// Beside a wide page the list of its parts stands open.
const parts = document.querySelector(".contents details");
if (parts) parts.open = matchMedia("(min-width: 75em)").matches;
