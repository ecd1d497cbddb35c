// A reader's guess: a mark on the picture, put there by pointer, by keyboard or by what is typed beside it. It lies over
// the drawing, in the drawing's own measures, and is found by the scale of the axis that it is a guess at.
// It is sent as one module with chart_widget.js, whose `set` it uses.
const SVG = "http://www.w3.org/2000/svg";
const PAGE = 10, NEAR = 0.7, KNOB = 12; // steps of a hundredth; the part of an axis after which words stand before their mark; pixels
const SHIFT = { start: 0, middle: 0.5, end: 1 }; // the part of its words that lies before their place

function shape(name, given, inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
  if (inside !== undefined) made.textContent = inside;
  return made;
}

class Guess {
  constructor(model, over) {
    Object.assign(this, { model, over, dragged: false, drawn: "", stands: null });
    over.addEventListener("pointerdown", (event) => {
      if (!this.open) return;
      event.preventDefault();
      this.dragged = true;
      over.setPointerCapture(event.pointerId);
      this.pointed(event);
      over.querySelector("[role=slider]")?.focus();
    });
    over.addEventListener("pointermove", (event) => { if (this.dragged) this.pointed(event); });
    for (const kind of ["pointerup", "pointercancel"]) over.addEventListener(kind, () => { this.dragged = false; });
    over.addEventListener("keydown", (event) => this.pressed(event));
  }

  get told() { return this.model.get("guess"); }
  get open() { return Boolean(this.view && this.told.axis && this.told.open); }
  get wide() { return this.told.axis === "x"; }
  get length() { return this.wide ? this.view.width() : this.view.height(); }

  get origin() { // of the axes, from the corner of the drawing
    const [x, y] = this.view.origin(), { left, top } = this.view.padding();
    return [x + left, y + top];
  }

  pixel(value) { return Math.min(Math.max(this.view.scale(this.told.axis)(value), 0), this.length); }

  get ends() { return this.told.ends || this.view.scale(this.told.axis).domain(); } // what can be guessed: of a share no more than all

  put(pixel) {
    const held = Math.min(Math.max(pixel, 0), this.length), [least, most] = this.ends;
    const value = Math.min(Math.max(Number(this.view.scale(this.told.axis).invert(held).toPrecision(3)), least), most);
    this.model.set("guess", { ...this.told, at: value, words: "" });
    this.model.set("placed", value * this.told.times);
    this.model.save_changes();
    this.draw();
  }

  pointed({ clientX, clientY }) {
    const box = this.over.getBoundingClientRect(), by = box.width / this.over.viewBox.baseVal.width;
    const [x, y] = this.origin;
    this.put(this.wide ? (clientX - box.left) / by - x : (clientY - box.top) / by - y);
  }

  pressed(event) {
    const up = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE }[event.key];
    if (!this.open || (!up && !["Home", "End"].includes(event.key))) return;
    event.preventDefault();
    event.stopPropagation();
    const [least, most] = this.wide ? [0, this.length] : [this.length, 0], step = (most - least) / 100;
    const now = this.told.at === null ? this.length / 2 : this.pixel(this.told.at);
    this.put(event.key === "Home" ? least : event.key === "End" ? most : now + up * step);
  }

  draw() {
    const drawing = this.over.parentElement.querySelector("svg.marks"), { told, view } = this;
    if (!view || !drawing || !told.axis) { this.over.replaceChildren(); this.drawn = ""; return; }
    const size = drawing.getAttribute("viewBox");
    for (const name of ["width", "height", "viewBox"]) set(this.over, name, drawing.getAttribute(name) || size);
    this.over.classList.toggle("tumen-open", Boolean(told.open));
    const [x, y] = this.origin, length = this.length, placed = told.at !== null;
    const at = placed ? this.pixel(told.at) : length / 2, places = this.places(x, y, at, length);
    // a move of a control leaves the guess where it is: only its words may have to make room
    const drawn = JSON.stringify([told, size, x, y, at, view.width(), view.height(), view.scale(told.axis).domain()]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.stands = places[0];
      this.make(told, placed, x, y, at, places[0]);
    }
    this.clear(places);
  }

  make(told, placed, x, y, at, place) {
    const { view } = this;
    const from = this.wide ? [x + at, y] : [x, y + at], to = this.wide ? [x + at, y + view.height()] : [x + view.width(), y + at];
    const parts = [];
    if (told.open) parts.push(shape("rect", { class: "tumen-room", x, y, width: view.width(), height: view.height() }));
    if (placed) parts.push(shape("line", { class: "tumen-mine", x1: from[0], y1: from[1], x2: to[0], y2: to[1] }));
    if (told.open || placed) parts.push(this.words(told, place, placed));
    if (told.open) parts.push(this.handle(told, this.wide ? [x + at, y + view.height() - KNOB] : [x + KNOB, y + at], placed)); // on the axis, not over its numbers
    const held = this.over.contains(document.activeElement);
    this.over.replaceChildren(...parts);
    if (held) this.over.querySelector("[role=slider]")?.focus();
  }

  words(told, [x, y, anchor], placed) {
    const said = placed ? told.words || `you: ${told.at * told.times}` : "put your guess here, or type it";
    return shape("text", { class: "tumen-yours", x, y, "text-anchor": anchor }, said);
  }

  places(x, y, at, length) { // where the words may stand, the best first: beside a standing mark, over or under a lying one
    if (this.wide) {
      const sides = [[6, "start"], [-6, "end"]], found = [], middle = [];
      if (at > NEAR * length) sides.reverse();
      for (let down = 12; down < this.view.height(); down += 16) {
        for (const [dx, anchor] of sides) found.push([x + at + dx, y + down, anchor]);
        middle.push([x + length / 2, y + down, "middle"]); // on a phone neither side may have the room
      }
      return [...found, ...middle];
    }
    const ends = [[x + this.view.width() - 4, "end"], [x + 16, "start"], [x + this.view.width() / 2, "middle"]];
    return (at < 20 ? [14, 30] : [-6, 14, -22, 30]).flatMap((dy) => ends.map(([ex, anchor]) => [ex, y + at + dy, anchor]));
  }

  clear(places) { // of other words: the first place where none stands, else the first; measured once, then reckoned
    const text = this.over.querySelector("text"), frame = text && this.over.getBoundingClientRect();
    if (!frame?.width) return;
    const others = [...this.over.parentElement.querySelectorAll("svg.marks text")].map((e) => e.getBoundingClientRect()).filter((r) => r.width);
    const box = text.getBoundingClientRect(), by = frame.width / this.over.viewBox.baseVal.width, [x0, y0, stood] = this.stands;
    const free = ([x, y, anchor]) => {
      const left = box.left + (x - x0) * by + (SHIFT[stood] - SHIFT[anchor]) * box.width, top = box.top + (y - y0) * by;
      const right = left + box.width, bottom = top + box.height;
      return left >= frame.left && right <= frame.right && bottom <= frame.bottom
        && !others.some((o) => o.left < right && left < o.right && o.top < bottom && top < o.bottom);
    };
    this.stands = places.find(free) || places[0];
    const [x, y, anchor] = this.stands;
    for (const [name, value] of Object.entries({ x, y, "text-anchor": anchor })) set(text, name, String(value));
  }

  handle(told, [cx, cy], placed) {
    const [one, other] = this.ends, times = told.times;
    const made = shape("g", { role: "slider", tabindex: 0, "aria-label": told.name, "data-lm-suppress-shortcuts": "true" });
    set(made, "aria-orientation", this.wide ? "horizontal" : "vertical");
    set(made, "aria-valuemin", String(one * times));
    set(made, "aria-valuemax", String(other * times));
    set(made, "aria-valuenow", String(placed ? told.at * times : ((one + other) / 2) * times));
    set(made, "aria-valuetext", placed ? told.words || String(told.at * times) : "not put yet");
    made.append(shape("circle", { cx, cy, r: KNOB, class: placed ? "tumen-knob" : "tumen-knob tumen-free" }));
    return made;
  }
}
