// How a typed number is read and what is said to it. The rules come with the page, from the library that marks; nothing is decided here.

class Asked extends Error {}

function answering(shared) {
  const p = Object.fromEntries(Object.entries(shared.patterns).map(([k, [source, flags]]) => [k, new RegExp(source, flags)]));
  const asked = (which, words) => new Asked(shared.says[which].replace(/\{(\w+)\}/g, (_, k) => words[k]));

  const rewritten = (text, rules) => rules.reduce((out, [pattern, by]) => out.replace(new RegExp(pattern, "gi"), by), text);

  function read(text, unit) {
    const typed = quoted(rewritten(text, shared.first.slice(0, 1)).trim());
    const folded = ascii(rewritten(text.trim(), shared.first).normalize("NFKC"));
    const plain = rewritten(folded, shared.then).trim();
    if (!plain) throw asked("nothing");
    if ([...text].length > shared.longest) throw asked("none", { typed });
    let bare = plain.replace(p.roughly, "").replace(p.roughly_after, "");
    if (p.bound.test(bare)) throw asked("bound", { typed });
    if (p.range.test(bare)) throw asked("two", { typed });
    bare = bare.replace(p.roughly_after, "");
    if (unit.thousand) bare = bare.replace(p.per_thousand, "");
    const tail = unit.tails.find((t) => bare.length > t.length && bare.toLowerCase().endsWith(t));
    if (tail) bare = bare.slice(0, -tail.length).trimEnd().replace(p.roughly_after, "");
    if (unit.yearly) bare = bare.replace(p.yearly, "");
    const sign = p.per_cent.test(bare) ? 100 : p.per_mille.test(bare) ? 1000 : 1;
    if (sign !== 1) bare = bare.replace(sign === 100 ? p.per_cent : p.per_mille, "");
    const value = valueOf(bare.trim(), unit, typed, sign) + 0;
    if (!Number.isFinite(value)) throw asked("none", { typed });
    if (unit.least !== null && !(unit.least <= value && value <= 1)) throw asked("outside", { typed, unit: unit.unit });
    const stands = plain.replace(/[, ]/g, "");
    const bareNumber = !folded.includes("^") && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(stands) && Number(stands) === value;
    return { value, said: bareNumber ? "" : `read as ${exact(value)} ${unit.said}`.trim() };
  }

  function valueOf(text, unit, typed, sign) {
    const mixed = p.mixed.exec(text);
    if (mixed) return (mixed[1] === "-" ? -1 : 1) * (Number(mixed[2]) + Number(mixed[3]) / Number(mixed[4]));
    const fraction = p.fraction.exec(text);
    if (fraction) {
      const over = digits(fraction[1], unit, typed), under = digits(fraction[2], unit, typed);
      if (!under) throw asked("nought", { typed });
      if (under > 0 && under < 1) throw asked("two", { typed });
      return unit.outof && under === unit.outof ? over : part(over / under, unit, typed);
    }
    const value = sized(text, unit, typed);
    if (sign !== 1) {
      if (sign === 1000 && unit.thousand) return value;
      return sign === 100 && unit.hundredths ? value : part(value / sign, unit, typed);
    }
    const beyond = (value > 1 && value <= 100) || (unit.least === -1 && value >= -100 && value < -1);
    if (unit.below && beyond) throw asked("share", { typed, one: exact(value), other: exact(value / 100) });
    return value;
  }

  function part(share, unit, typed) {
    if (unit.share) return share;
    if (unit.hundredths) return 100 * share;
    if (unit.thousand) throw asked("thousand", { typed, one: exact(Math.round(1e9 * share) / 1e6) });
    throw asked("part", { typed, unit: unit.noun });
  }

  function sized(text, unit, typed) {
    const one = p.sized.exec(text);
    if (one) {
      const size = shared.sizes[one[2].toLowerCase()];
      return digits(one[1], unit, typed, size) * size;
    }
    const eastern = [...text].map((c) => shared.east_digits[c] ?? c).join("");
    return p.east_number.test(eastern) ? east(eastern, unit, typed) : digits(text, unit, typed);
  }

  function east(text, unit, typed) {
    let total = 0, section = 0, big = Infinity, small = Infinity;
    for (const [, given, name] of text.replace(/^[-+]/, "").matchAll(new RegExp(p.east_part, "g"))) {
      if (!given && !name) continue;
      const size = shared.east[name] ?? 1, count = given ? digits(given, unit, typed, size) : 1;
      if (size < 1e4) {
        if (count * size >= small) throw asked("none", { typed });
        section += count * size;
        small = size;
        continue;
      }
      section = given ? section + count : section || 1;
      if (size >= big) throw asked("none", { typed });
      total += section * size;
      [section, big, small] = [0, size, Infinity];
    }
    if (section >= big) throw asked("none", { typed });
    return text.startsWith("-") ? -(total + section) : total + section;
  }

  function digits(text, unit, typed, size = 1) {
    if (p.spaced.test(text) || p.apostrophes.test(text)) text = text.replace(/[ ']/g, "").replace(",", ".");
    else if (p.one_group.test(text) && !unit.grouped) throw asked("group", { typed, one: exact(Number(text.replace(",", "."))), other: text.replace(",", "") });
    else if (p.commas.test(text) || p.lakhs.test(text)) text = text.replaceAll(",", "");
    else if (p.points.test(text)) text = text.replaceAll(".", "").replaceAll(",", ".");
    else if (p.one_point.test(text) && unit.whole) throw asked("point", { typed, one: exact(Number(text) * size), other: exact(Number(text.replace(".", "")) * size) });
    else if (p.nought_comma.test(text)) text = text.replace(",", ".");
    else if (p.one_comma.test(text)) throw asked("comma", { typed, one: exact(Number(text.replace(",", ".")) * size), other: exact(Number(text.replace(",", "")) * size) });
    else if (text.includes(",") && p.marked.test(text)) throw asked("commas", { typed });
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
