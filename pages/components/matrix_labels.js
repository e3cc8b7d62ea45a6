// Where the labels go: beside the bubble, else at the end of a leader line, else a number with a key under the chart.

const LINE = 15, LONGEST_LINES = 3, AROUND = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.8, -0.7], [-0.8, -0.7], [0.8, 0.7], [-0.8, 0.7]];

const crosses = (a, b, gap = 0) => a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;
const inside = (box, area) => box.x >= area.x && box.y >= area.y && box.x + box.w <= area.x + area.w && box.y + box.h <= area.y + area.h;
const touches = (box, c) => Math.hypot(clamp(c.x, box.x, box.x + box.w) - c.x, clamp(c.y, box.y, box.y + box.h) - c.y) < c.r + 2;

// does the segment cut the box? (Liang–Barsky)
function cuts(x0, y0, x1, y1, box) {
  let from = 0, to = 1;
  for (const [p, q] of [[x0 - x1, x0 - box.x], [x1 - x0, box.x + box.w - x0], [y0 - y1, y0 - box.y], [y1 - y0, box.y + box.h - y0]]) {
    if (p === 0) { if (q < 0) return false; continue; }
    const t = q / p;
    if (p < 0) from = Math.max(from, t); else to = Math.min(to, t);
    if (from > to) return false;
  }
  return true;
}
function nearLine(c, x0, y0, x1, y1) {
  const dx = x1 - x0, dy = y1 - y0, t = clamp(((c.x - x0) * dx + (c.y - y0) * dy) / (dx * dx + dy * dy || 1), 0, 1);
  return Math.hypot(x0 + t * dx - c.x, y0 + t * dy - c.y) < c.r + 1;
}
const segmentsCross = (a, b) => {
  const side = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  const [p, q, r, t] = [[a.x0, a.y0], [a.x1, a.y1], [b.x0, b.y0], [b.x1, b.y1]];
  return side(p, q, r) !== side(p, q, t) && side(r, t, p) !== side(r, t, q);
};

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();
function widthOf(text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) { if (widths.size > 4000) widths.clear(); pen.font = font; widths.set(key, pen.measureText(text).width); }
  return widths.get(key);
}

// as many lines, but of even length
function balanced(text, room, font) {
  const lines = wrapped(text, room, font);
  if (!lines || lines.length < 2) return lines;
  for (let share = 0.5; share < 1; share += 0.1) { const even = wrapped(text, room * share, font); if (even?.length === lines.length) return even; }
  return lines;
}

// the words in lines of at most `room` pixels; null when that takes too many lines
function wrapped(text, room, font) {
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && widthOf(longer, font) <= room) lines[lines.length - 1] = longer;
    else if (widthOf(word, font) <= room * 1.35) lines.push(word);
    else return null;
  }
  return lines.length && lines.length <= LONGEST_LINES ? lines : null;
}

function boxAt(c, size, [ux, uy], gap) {
  const x = c.x + Math.sign(ux) * (Math.abs(ux) * (c.r + gap)) + (ux > 0 ? 0 : ux < 0 ? -size.w : -size.w / 2);
  const y = c.y + uy * (c.r + gap) + (uy > 0 ? 0 : uy < 0 ? -size.h : -size.h / 2);
  return { x, y, w: size.w, h: size.h };
}

function freeBeside(c, size, field) {
  for (const direction of AROUND) {
    const box = boxAt(c, size, direction, 4);
    if (field.free(box, c)) return { box, anchor: direction[0] > 0 ? "start" : direction[0] < 0 ? "end" : "middle" };
  }
  return null;
}

function freeByLeader(c, size, field) {
  for (let reach = c.r + 16; reach <= c.r + 88; reach += 12) {
    for (let turn = 0; turn < 16; turn++) {
      const angle = (turn * Math.PI) / 8, ux = Math.cos(angle), uy = Math.sin(angle);
      const end = { x: c.x + ux * reach, y: c.y + uy * reach };
      const box = { x: end.x - (ux > 0.3 ? 0 : ux < -0.3 ? size.w : size.w / 2), y: end.y - (uy > 0.3 ? 0 : uy < -0.3 ? size.h : size.h / 2), w: size.w, h: size.h };
      const line = { x0: c.x + ux * c.r, y0: c.y + uy * c.r, x1: end.x, y1: end.y };
      if (field.free(box, c) && field.clear(line, c)) return { box, line, anchor: ux > 0.3 ? "start" : ux < -0.3 ? "end" : "middle" };
    }
  }
  return null;
}

// circles: [{id, label, x, y, r}]; area: where labels may lie; taken: boxes to keep free. → Map id → {box, lines, anchor, line?} or {number}
// cut: thin boxes that no label may lie on, though a leader may cross them
function layLabels(circles, area, taken, cut, font, room) {
  const boxes = [...taken], lines = [], out = new Map();
  const field = {
    free: (box, own) => inside(box, area) && !cut.some((line) => crosses(box, line, 1)) && !boxes.some((other) => crosses(box, other, 2)) && !circles.some((c) => c !== own && touches(box, c)) && !lines.some((line) => cuts(line.x0, line.y0, line.x1, line.y1, box)),
    clear: (line, own) => !boxes.some((box) => cuts(line.x0, line.y0, line.x1, line.y1, box)) && !circles.some((c) => c !== own && nearLine(c, line.x0, line.y0, line.x1, line.y1)) && !lines.some((other) => segmentsCross(line, other)),
  };
  const crowd = new Map(circles.map((c) => [c, circles.filter((other) => Math.hypot(other.x - c.x, other.y - c.y) < 110).length]));
  const left = [];
  const settle = (c, found, text) => { boxes.push(found.box); if (found.line) lines.push(found.line); out.set(c.id, { ...found, lines: text }); };
  const sizeOf = (text) => ({ w: Math.max(...text.map((line) => widthOf(line, font))) + 4, h: text.length * LINE });
  for (const c of [...circles].sort((a, b) => crowd.get(a) - crowd.get(b) || b.r - a.r)) {
    const text = balanced(c.label, room, font), found = text && freeBeside(c, sizeOf(text), field);
    if (found) settle(c, found, text); else left.push([c, text]);
  }
  let count = 0;
  for (const [c, text] of left) {
    const found = text && freeByLeader(c, sizeOf(text), field);
    if (found) settle(c, found, text); else out.set(c.id, { number: 0 });
  }
  for (const c of [...circles].sort((a, b) => a.label.localeCompare(b.label))) if (out.get(c.id).number === 0) out.get(c.id).number = ++count;
  return out;
}

// Items on one spot stand close around it, each in the room of its own quadrant and beside what else is there.
// rooms: circle → {x, y, w, h}, where its whole disc must lie
function fanOut(circles, rooms) {
  const spots = new Map();
  for (const c of circles) { const key = `${Math.round(c.x)},${Math.round(c.y)}`; if (!spots.has(key)) spots.set(key, []); spots.get(key).push(c); }
  const groups = [...spots.values()].filter((group) => group.length > 1), settled = circles.filter((c) => spots.get(`${Math.round(c.x)},${Math.round(c.y)}`).length === 1);
  for (const group of groups) {
    const home = { x: group[0].x, y: group[0].y }, mine = [];
    for (const c of [...group].sort((a, b) => b.r - a.r)) {
      Object.assign(c, { home, together: group.length, ...spotFor(c, home, rooms(c), mine, settled) });
      mine.push(c);
      settled.push(c);
    }
  }
}

// the nearest place around `home`: clear of everything, else clear of its own group, else anywhere in the room
function spotFor(c, home, room, mine, settled) {
  const x0 = room.x + c.r, x1 = Math.max(x0, room.x + room.w - c.r), y0 = room.y + c.r, y1 = Math.max(y0, room.y + room.h - c.r);
  const clear = (at, others, gap) => others.every((other) => Math.hypot(other.x - at.x, other.y - at.y) >= other.r + c.r + gap);
  let second = null;
  for (let reach = 0; reach <= 110; reach += 4) {
    const turns = reach ? Math.max(8, Math.round((2 * Math.PI * reach) / 9)) : 1;
    for (let turn = 0; turn < turns; turn++) {
      const angle = (2 * Math.PI * turn) / turns - Math.PI / 2, at = { x: home.x + reach * Math.cos(angle), y: home.y + reach * Math.sin(angle) };
      if (at.x < x0 || at.x > x1 || at.y < y0 || at.y > y1 || !clear(at, mine, 1.5)) continue;
      if (clear(at, settled, 1)) return at;
      second ??= at;
    }
    if (second && reach > 70) return second;
  }
  return second ?? { x: clamp(home.x, x0, x1), y: clamp(home.y, y0, y1) };
}
