// How a typed number is read and what is said to it. The rules come with the page, from the library that marks; nothing is decided here.

class Asked extends Error {}

function answering(shared) {
  const p = Object.fromEntries(Object.entries(shared.patterns).map(([k, [source, flags]]) => [k, new RegExp(source, flags)]));
  const asked = (which, words) => new Asked(shared.says[which].replace(/\{(\w+)\}/g, (_, k) => words[k]));

  function read(text, unit) {
    const typed = quoted(text.trim());
    let plain = ascii(text.normalize("NFKC")).replace(/\s+/g, " ").trim();
    plain = plain.replace(/^[\u2212\u2013] ?/, "-").replaceAll("’", "'");
    if (!plain) throw asked("nothing");
    let bare = plain.replace(p.roughly, "");
    if (p.range.test(bare)) throw asked("two", { typed });
    const tail = unit.tails.find((t) => bare.length > t.length && bare.toLowerCase().endsWith(t));
    if (tail) bare = bare.slice(0, -tail.length).trimEnd();
    if (unit.thousand) bare = bare.replace(p.per_thousand, "");
    const yearly = unit.yearly ? bare.replace(p.yearly, "") : bare;
    const shorter = yearly.replace(p.per_cent, "");
    const value = valueOf(shorter.trim(), unit, typed, shorter !== yearly) + 0;
    if (!Number.isFinite(value)) throw asked("none", { typed });
    const stands = plain.replace(/[, ]/g, "");
    const bareNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(stands) && Number(stands) === value;
    return { value, said: bareNumber ? "" : `read as ${exact(value)} ${unit.said}`.trim() };
  }

  function valueOf(text, unit, typed, perCent) {
    const fraction = p.fraction.exec(text);
    if (fraction) {
      const over = digits(fraction[1], unit, typed), under = digits(fraction[2], unit, typed);
      if (!under) throw asked("nought", { typed });
      return part(over / under, unit, typed);
    }
    const value = sized(text, unit, typed);
    if (perCent) return unit.hundredths ? value : part(value / 100, unit, typed);
    if (unit.below && value > 1 && value <= 100) throw asked("share", { typed, one: exact(value), other: exact(value / 100) });
    return value;
  }

  function part(share, unit, typed) {
    if (unit.share) return share;
    if (unit.hundredths) return 100 * share;
    if (unit.thousand) throw asked("thousand", { typed, one: exact(Math.round(1e9 * share) / 1e6) });
    throw asked("part", { typed, unit: unit.unit });
  }

  function sized(text, unit, typed) {
    const one = p.sized.exec(text);
    if (one) return digits(one[1], unit, typed) * shared.sizes[one[2].toLowerCase()];
    const korean = p.korean_size.test(text) && p.korean.exec(text);
    if (korean) return [1e8, 1e4, 1e3, 1].reduce((sum, size, i) => sum + (korean[i + 1] ? digits(korean[i + 1], unit, typed) * size : 0), 0);
    return digits(text, unit, typed);
  }

  function digits(text, unit, typed) {
    if (p.spaced.test(text) || p.apostrophes.test(text)) text = text.replace(/[ ']/g, "");
    if (p.commas.test(text)) text = text.replaceAll(",", "");
    else if (p.points.test(text)) text = text.replaceAll(".", "").replaceAll(",", ".");
    else if (p.one_point.test(text) && unit.whole) throw asked("point", { typed, one: exact(Number(text)), other: text.replace(".", ",") });
    else if (p.nought_comma.test(text)) text = text.replace(",", ".");
    else if (p.one_comma.test(text)) throw asked("comma", { typed, one: exact(Number(text.replace(",", "."))), other: exact(Number(text.replace(",", ""))) });
    else if (text.includes(",")) throw asked("commas", { typed });
    if (!p.digits.test(text)) throw asked("none", { typed });
    return Number(text);
  }

  const judge = (task, value) => {
    if (task.kind === "choice") return task.options[value];
    const band = task.bands.find(([at, reach]) => Math.abs(value - at) <= reach);
    const [state, says] = band ? band.slice(2) : task.otherwise;
    return [state, says.replaceAll("{given}", rounded(value, 3))];
  };

  return { read, judge };
}

// A digit of any script as its plain one.
function ascii(text) {
  return text.replace(/\p{Nd}/gu, (c) => {
    let n = c.codePointAt(0), value = 0;
    if (n < 128) return c;
    while (/\p{Nd}/u.test(String.fromCodePoint(--n))) value += 1;
    return String(value % 10);
  });
}

function quoted(text) {
  const line = text.replace(/\s+/g, " "), mark = line.includes("'") && !line.includes('"') ? '"' : "'";
  const whole = mark + line.replaceAll("\\", "\\\\").replaceAll(mark === "'" ? "'" : "\0", "\\'") + mark;
  return [...whole].length <= 60 ? whole : [...whole].slice(0, 59).join("") + "…";
}

function exact(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || (value && !(size >= 1e-6 && size <= 1e15))) return rounded(value, 6);
  return grouped(Number.isInteger(value) ? value.toFixed(0) : bared(value.toFixed(10)));
}

function rounded(value, most) {
  if (!Number.isFinite(value)) return "no number";
  if (value === 0) return "0";
  if (!(Math.abs(value) >= 1e-6 && Math.abs(value) < 1e15)) {
    const [, number, power] = /^(-?[\d.]+)e\+?(-?\d+)$/.exec(value.toExponential(most - 1));
    return `${bared(number)} × 10${power.replace(/./g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)])}`;
  }
  return grouped(bared(plainly(value, most)));
}

const plainly = (value, most) => {
  const short = Number(value.toPrecision(most)), size = Math.floor(Math.log10(Math.abs(short)) + 1e-12);
  return short.toFixed(Math.max(0, most - 1 - size));
};
const bared = (text) => (text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text);
const grouped = (text) => text.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
