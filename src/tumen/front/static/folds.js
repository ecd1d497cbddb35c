// A section that waits under its heading: a press opens and closes it, and so does what the page's search or a link finds in it.

export function folds() {
  const turns = new Map();
  for (const fold of document.querySelectorAll(".fold")) {
    const inside = fold.querySelector(":scope > .inside"), heading = fold.querySelector("h1, h2, h3, h4, h5, h6");
    if (!heading || inside.contains(heading)) { inside.removeAttribute("hidden"); continue; }
    const button = document.createElement("button");
    for (const link of heading.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    button.append(...heading.childNodes);
    Object.assign(button, { type: "button", className: "unfold" });
    button.setAttribute("aria-controls", inside.id);
    heading.append(button);
    const turn = (open) => {
      if (open) inside.removeAttribute("hidden"); else inside.setAttribute("hidden", "until-found");
      button.setAttribute("aria-expanded", String(open));
      if (open) dispatchEvent(new Event("resize")); // what was measured without its room is measured again
    };
    button.addEventListener("click", () => turn(inside.hasAttribute("hidden")));
    inside.addEventListener("beforematch", () => turn(true));
    turns.set(fold, turn);
    turn(false);
  }
  const open = (place) => {
    let fold = place?.closest(".fold");
    for (; fold; fold = fold.parentElement.closest(".fold")) turns.get(fold)?.(true);
  };
  const arrive = () => {
    const place = document.querySelector(":target");
    if (!place?.closest(".fold")) return;
    open(place);
    place.scrollIntoView();
  };
  document.addEventListener("click", ({ target }) => { // before the browser goes there
    const link = target.closest?.("a[href^='#']");
    if (link) open(document.getElementById(decodeURIComponent(link.hash.slice(1))));
  });
  addEventListener("hashchange", arrive);
  arrive();
}
