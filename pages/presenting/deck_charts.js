// Charts of the slides, drawn to the pixel: one unit `u` is the size of the slide's text, so that a label is as large as a sentence.

const sizeOf = (node) => parseFloat(getComputedStyle(node).fontSize);
const familyOf = (node) => getComputedStyle(node).fontFamily;
const svg = (w, h, label, ...children) => s("svg", { width: w, height: h, viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": label, class: "chart" }, ...children);
const words = (text, attrs) => { const node = s("text", attrs); node.textContent = text; return node; };

// a text in at most `most` lines of `room` pixels: long words are broken, what does not fit ends in …
function inLines(text, room, font, most) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, font) <= room) { line = longer; continue; }
    if (line) lines.push(line);
    line = word;
    while (widthOf(line, font) > room && lines.length <= most) {
      let head = Array.from(line), rest = [];
      while (head.length > 1 && widthOf(`${head.join("")}-`, font) > room) rest.unshift(head.pop());
      lines.push(`${head.join("")}-`);
      line = rest.join("");
    }
  }
  if (line) lines.push(line);
  if (lines.length <= most) return lines;
  const last = Array.from(lines[most - 1].replace(/-$/, ""));
  while (last.length && widthOf(`${last.join("")}…`, font) > room) last.pop();
  return [...lines.slice(0, most - 1), `${last.join("").trim()}…`];
}
const stacked = (lines, x, y, step, attrs) => lines.map((line, i) => words(line, { x, y: y + i * step, ...attrs }));

// a face in a disc; a diamond where nobody was asked, hollow where few answered
function faceAt(x, y, r, felt) {
  const colour = EMOTIONS[felt.step], drawn = face(), assumed = felt.basis === "assumed";
  drawn.set(felt.step - 2);
  const size = r * 1.9;
  for (const [name, value] of Object.entries({ x: x - size / 2, y: y - size / 2, width: size, height: size })) drawn.node.setAttribute(name, value);
  const shape = assumed ? s("rect", { class: "disc", x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: r * 0.28, transform: `rotate(45 ${x} ${y})` }) : s("circle", { class: "disc", cx: x, cy: y, r });
  const group = s("g", { class: `mark ${felt.few ? "few" : ""}` }, shape, drawn.node);
  group.style.setProperty("--c", colour);
  return group;
}

function drawCurve(holder, data, label) {
  const u = sizeOf(holder), w = holder.clientWidth, h = holder.clientHeight, points = data.points, family = familyOf(holder);
  const left = w > 22 * u ? 2.6 * u : 0.4 * u, right = 0.4 * u, slot = (w - left - right) / points.length;
  const widest = Math.max(...points.flatMap((point) => point.name.split(/\s+/)).map((word) => widthOf(word, `600 ${u}px ${family}`)));
  const whole = (slot - 0.5 * u) / widest, small = clamp(Math.min(whole < 0.72 ? 0.84 : whole, slot / 7.4 / u), 0.72, 1) * u, font = `600 ${small}px ${family}`;
  const names = points.map((point) => inLines(point.name, slot - 0.5 * u, font, 3)), tall = Math.max(...names.map((lines) => lines.length));
  const notes = points.map((point) => inLines(point.felt ? point.felt.note : data.nothing, slot - 0.4 * u, `${small * 0.9}px ${family}`, 2));
  const foot = tall * small * 1.15 + Math.max(...notes.map((lines) => lines.length)) * small * 1.1 + 1.1 * u;
  const top = 0.9 * u, bottom = h - foot, r = clamp(slot * 0.16, 0.6 * u, 1.15 * u);
  const y = (value) => top + ((2.25 - value) / 4.5) * (bottom - top), x = (i) => left + slot * (i + 0.5);
  const ground = [-2, -1, 0, 1, 2].flatMap((level) => {
    const drawn = face(), size = 1.7 * u;
    drawn.set(level);
    for (const [name, value] of Object.entries({ x: 0, y: y(level) - size / 2, width: size, height: size })) drawn.node.setAttribute(name, value);
    const key = s("g", { class: "key" }, s("circle", { class: "disc", cx: size / 2, cy: y(level), r: size / 2 }), drawn.node);
    key.style.setProperty("--c", EMOTIONS[level + 2]);
    return [s("line", { class: level ? "grid" : "zero", x1: left, x2: w - right, y1: y(level), y2: y(level) }), left > u ? key : null];
  });
  const bands = points.map((point, i) => point.low ? s("rect", { class: "band", x: x(i) - slot / 2 + 0.1 * u, y: top - 0.5 * u, width: slot - 0.2 * u, height: h - top + 0.5 * u, rx: 0.4 * u }) : null);
  const lines = points.slice(1).map((point, i) => {
    const one = points[i].felt, two = point.felt;
    if (!one || !two) return null;
    return s("line", { class: `line ${one.basis === "assumed" || two.basis === "assumed" ? "assumed" : ""}`, x1: x(i), y1: y(one.value), x2: x(i + 1), y2: y(two.value) });
  });
  const bars = points.map((point, i) => {
    const felt = point.felt;
    if (!felt || felt.low === null || felt.high === null) return null;
    const a = y(clamp(felt.high, -2.2, 2.2)), b = y(clamp(felt.low, -2.2, 2.2)), t = 0.32 * u;
    const bar = s("path", { class: "whisker", d: `M${x(i) - t} ${a}H${x(i) + t}M${x(i)} ${a}V${b}M${x(i) - t} ${b}H${x(i) + t}` });
    bar.style.setProperty("--c", EMOTIONS[felt.step]);
    return bar;
  });
  const marks = points.map((point, i) => (point.felt ? faceAt(x(i), y(point.felt.value), point.felt.basis === "assumed" ? r * 0.84 : r, point.felt) : words("?", { class: "unknown", x: x(i), y: y(0) - 0.3 * u, "text-anchor": "middle", "font-size": 1.6 * u })));
  const figures = points.map((point, i) => (point.felt ? figureOf(points, i, x(i), y, r, u, [top, bottom]) : null));
  const under = points.flatMap((point, i) => [
    ...stacked(names[i], x(i), bottom + 0.5 * u + small, small * 1.15, { class: "name", "text-anchor": "middle", "font-size": small }),
    ...stacked(notes[i], x(i), bottom + 0.65 * u + small + tall * small * 1.15, small * 1.1, { class: "soft", "text-anchor": "middle", "font-size": small * 0.9 }),
  ]);
  holder.replaceChildren(svg(w, h, label, ...bands, ...ground, ...lines, ...bars, ...marks, ...figures, ...under));
}

// the figure on the side that neither line nor interval takes
function figureOf(points, i, x, y, r, u, [top, bottom]) {
  const felt = points[i].felt, before = points[i - 1]?.felt?.value, after = points[i + 1]?.felt?.value, value = felt.value;
  const lower = (other) => other === undefined || other >= value, valley = lower(before) && lower(after);
  const size = 1.35 * u, reach = Math.max(r * 1.25, 0.5 * u);
  const rising = !valley && before !== undefined && before < value && after !== undefined && after > value;
  const falling = !valley && before !== undefined && before > value && after !== undefined && after < value;
  const high = felt.high === null ? y(value) : y(Math.min(felt.high, 2.2)), low = felt.low === null ? y(value) : y(Math.max(felt.low, -2.2));
  let at = valley ? Math.max(y(value) + reach, low) + size * 0.95 : Math.min(y(value) - reach, high) - 0.28 * u;
  if (valley && at > bottom) at = Math.min(y(value) - reach, high) - 0.28 * u;
  if (!valley && at - size * 0.7 < top - 0.8 * u) at = Math.max(y(value) + reach, low) + size * 0.95;
  const side = rising ? -1 : falling ? 1 : 0;
  return words(felt.written, { class: "figure", x: x + side * r * 0.4, y: at, "text-anchor": side < 0 ? "end" : side > 0 ? "start" : "middle", "font-size": size });
}

// --- matrix ------------------------------------------------------------------------------------------------------

// laid out in units in which a label is 12.5 high, as layLabels knows them, and shown larger
function drawMatrix(holder, data, label) {
  const u = sizeOf(holder), k = u / 12.5, family = familyOf(holder);
  let named = data.items.filter((item) => item.named).length, width = holder.clientWidth, placed;
  const most = Math.max(3, Math.floor(holder.clientHeight / (2.75 * u))); // names beside the chart, of two lines each
  for (let round = 0; round < 12; round++) {
    placed = placeBubbles(data, width / k, holder.clientHeight / k, family, named);
    if (!placed.numbered.length) break;
    if (placed.numbered.length > most && named > most) { named -= Math.max(1, placed.numbered.length - most); continue; }
    if (width < holder.clientWidth || holder.clientWidth < 26 * u) break;
    width = holder.clientWidth * 0.74;
  }
  const chart = matrixSvg(data, placed, width, holder.clientHeight, k, label);
  const key = h("ol", { class: "numbers", "aria-hidden": true }, ...placed.numbered.map((c) => {
    const entry = h("li", {}, h("b", {}, String(c.number)), h("span", {}, c.label));
    entry.dataset.quadrant = c.item.quadrant;
    return entry;
  }));
  holder.replaceChildren(chart, placed.numbered.length && width < holder.clientWidth ? key : "");
}

function placeBubbles(data, w, h, family, named) {
  const area = { x: 16, y: 3, w: w - 20, h: h - 22 }, pad = 13;
  const at = (axis, value) => (value - axis.low) / (axis.high - axis.low || 1);
  const x = (value) => area.x + pad + at(data.effort, value) * (area.w - 2 * pad), y = (value) => area.y + area.h - pad - at(data.impact, value) * (area.h - 2 * pad);
  let count = 0;
  const circles = data.items.map((item) => {
    const shown = item.named && count < named;
    if (shown) count++;
    return { id: item.id, item, label: shown ? item.label : "", x: x(item.effort), y: y(item.impact), r: shown ? 6.4 : 4 };
  });
  for (const c of circles) { c.x = clamp(c.x, area.x + c.r, area.x + area.w - c.r); c.y = clamp(c.y, area.y + c.r, area.y + area.h - c.r); }
  const corners = cornersOf(data, area, x, y, family), cx = x(data.effort.cut), cy = y(data.impact.cut);
  const rooms = new Map(corners.map(({ code, rect }) => [code, { x: rect.x, y: rect.y, w: rect.width, h: rect.height }]));
  fanOut(circles, (c) => rooms.get(c.item.quadrant) ?? area);
  const cut = [{ x: cx - 0.5, y: area.y, w: 1, h: area.h }, { x: area.x, y: cy - 0.5, w: area.w, h: 1 }];
  const found = layLabels(circles, area, corners.map((corner) => corner.box), cut, `12.5px ${family}`, 128);
  const numbered = circles.filter((c) => c.label && !found.get(c.id)?.lines);
  numbered.forEach((c, i) => { c.number = i + 1; });
  return { area, circles, corners, found, numbered, x, y };
}

function cornersOf(data, area, x, y, family) {
  const cx = x(data.effort.cut), cy = y(data.impact.cut), right = area.x + area.w, bottom = area.y + area.h, size = 11;
  const corner = (code, rect, name) => {
    const text = data.quadrants[code], w = widthOf(text, `700 ${size}px ${family}`);
    return { code, rect, text, size, anchor: name.end ? "end" : "start", x: name.x, y: name.y, box: { x: name.end ? name.x - w : name.x, y: name.y - size, w, h: size + 3 } };
  };
  const rect = (x0, y0, x1, y1) => ({ x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) });
  return [
    corner("quick_win", rect(area.x, area.y, cx, cy), { x: area.x + 5, y: area.y + 13 }),
    corner("big_bet", rect(cx, area.y, right, cy), { x: right - 5, y: area.y + 13, end: true }),
    corner("fill_in", rect(area.x, cy, cx, bottom), { x: area.x + 5, y: bottom - 5 }),
    corner("money_pit", rect(cx, cy, right, bottom), { x: right - 5, y: bottom - 5, end: true }),
  ];
}

function matrixSvg(data, placed, w, h, k, label) {
  const { area, circles, corners, found, x, y } = placed, cx = x(data.effort.cut), cy = y(data.impact.cut);
  const quads = corners.flatMap((corner) => [s("rect", { class: `quad ${corner.code}`, ...corner.rect })]);
  const titles = corners.map((corner) => words(corner.text, { class: `quadname ${corner.code}`, x: corner.x, y: corner.y, "text-anchor": corner.anchor, "font-size": corner.size }));
  const cuts = [s("line", { class: "cut", x1: cx, x2: cx, y1: area.y, y2: area.y + area.h }), s("line", { class: "cut", x1: area.x, x2: area.x + area.w, y1: cy, y2: cy })];
  const spokes = circles.filter((c) => c.home).map((c) => s("line", { class: "spoke", x1: c.home.x, y1: c.home.y, x2: c.x, y2: c.y }));
  const discs = circles.map((c) => s("circle", { class: `bubble ${c.item.quadrant} ${c.label ? "" : "quiet"}`, cx: c.x, cy: c.y, r: c.r }));
  const labels = circles.flatMap((c) => {
    const at = found.get(c.id);
    if (c.number) return [words(String(c.number), { class: "number", x: c.x, y: c.y + 3.2, "text-anchor": "middle", "font-size": 9.2 })];
    if (!c.label || !at?.lines) return [];
    const tx = at.anchor === "start" ? at.box.x + 2 : at.anchor === "end" ? at.box.x + at.box.w - 2 : at.box.x + at.box.w / 2;
    const leader = at.line ? [s("line", { class: "leader", x1: at.line.x0, y1: at.line.y0, x2: at.line.x1, y2: at.line.y1 })] : [];
    return [...leader, ...stacked(at.lines, tx, at.box.y + 11.5, LINE, { class: "label", "text-anchor": at.anchor, "font-size": 12.5 })];
  });
  const axes = [
    words(`${data.axes.effort} →`, { class: "axis", x: area.x + area.w, y: area.y + area.h + 14, "text-anchor": "end", "font-size": 12 }),
    words(`${data.axes.impact} →`, { class: "axis", "text-anchor": "end", "font-size": 12, transform: `translate(11 ${area.y}) rotate(-90)` }),
  ];
  const chart = svg(w, h, label, ...quads, ...cuts, ...spokes, ...discs, ...titles, ...labels, ...axes);
  chart.setAttribute("viewBox", `0 0 ${w / k} ${h / k}`);
  return chart;
}

// --- Pareto ------------------------------------------------------------------------------------------------------

function drawPareto(holder, data, label) {
  const u = sizeOf(holder), w = holder.clientWidth, h = holder.clientHeight, family = familyOf(holder), n = data.bars.length;
  const head = 1.5 * u, foot = data.rest ? 1.6 * u : 0.2 * u, step = Math.min(2.9 * u, (h - head - foot) / n), font = `${u}px ${family}`;
  const widest = Math.max(...data.bars.map((bar) => widthOf(bar.label, font))), figures = Math.max(...data.bars.map((bar) => widthOf(bar.written, `700 ${u}px ${family}`)));
  const column = Math.min(widest + 4, w * 0.4), from = column + figures + 1.6 * u, end = w - 3.4 * u;
  const x = (share) => from + (share / 100) * (end - from), y = (i) => head + step * (i + 0.5);
  const lines = data.bars.map((bar) => inLines(bar.label, column, font, step > 2.2 * u ? 2 : 1));
  const rows = data.bars.flatMap((bar, i) => [
    ...stacked(lines[i], 0, y(i) + 0.35 * u - (lines[i].length - 1) * 0.55 * u, 1.1 * u, { class: `label ${bar.vital ? "vital" : ""}`, "font-size": u }),
    words(bar.written, { class: "figure", x: column + 0.9 * u + figures, y: y(i) + 0.35 * u, "text-anchor": "end", "font-size": u }),
    s("rect", { class: `bar ${bar.vital ? "vital" : ""}`, x: from, y: y(i) - step * 0.34, width: Math.max(2, x(bar.share) - from), height: step * 0.68, rx: 0.18 * u }),
  ]);
  const t = x(data.threshold), path = data.bars.map((bar, i) => `${i ? "L" : "M"}${x(bar.cumulative)} ${y(i)}`).join("");
  const sums = data.bars.flatMap((bar, i) => [
    s("circle", { class: `dot ${bar.vital ? "vital" : ""}`, cx: x(bar.cumulative), cy: y(i), r: 0.3 * u }),
    sumOf(bar, x(bar.cumulative), y(i), t, u, family),
  ]);
  const below = data.rest ? [words(data.rest, { class: "soft", x: 0, y: head + step * n + 1.2 * u, "font-size": 0.95 * u })] : [];
  const roomy = Math.min(t - 2.5 * u, end) - widthOf(data.cumulative, font) > column + 1.2 * u + figures; // on a phone the two heads would meet
  holder.replaceChildren(svg(w, h, label,
    s("line", { class: "edge", x1: from, x2: from, y1: head - 0.2 * u, y2: head + step * n }), ...rows,
    s("line", { class: "threshold", x1: t, x2: t, y1: head - 0.2 * u, y2: head + step * n }),
    words(data.threshold_text, { class: "thresholdname", x: t, y: head - 0.55 * u, "text-anchor": "middle", "font-size": 0.95 * u }),
    words(data.measure, { class: "soft", x: column + 0.9 * u + figures, y: head - 0.55 * u, "text-anchor": "end", "font-size": 0.92 * u }),
    ...(roomy ? [words(data.cumulative, { class: "soft", x: Math.min(t - 2.5 * u, end), y: head - 0.55 * u, "text-anchor": "end", "font-size": 0.92 * u })] : []),
    s("path", { class: "sumline", d: path }), ...sums, ...below));
}

// a sum stands above its dot to the right, or below it to the left where the dashed line would strike it through
function sumOf(bar, x, y, line, u, family) {
  const size = 0.92 * u, wide = widthOf(bar.sum, `600 ${size}px ${family}`) + 0.6 * u, struck = x < line && x + wide > line;
  return words(bar.sum, { class: `sum ${bar.vital ? "vital" : ""}`, x: x + (struck ? -0.45 : 0.45) * u, y: y + (struck ? 0.85 : -0.12) * u, "font-size": size, "text-anchor": struck ? "end" : "start" });
}

// --- small drawings ----------------------------------------------------------------------------------------------

// where we are in the journey: a dot a stage at the height of its emotion, this one large
function drawStrip(holder, strip, current) {
  const u = sizeOf(holder), w = holder.clientWidth, h = holder.clientHeight, n = strip.length;
  if (!w || !h) return;
  const known = strip.filter((dot) => dot.felt).map((dot) => dot.felt.value), reach = Math.max(0.6, ...known.map(Math.abs));
  const x = (i) => (w / n) * (i + 0.5), y = (felt) => h / 2 - ((felt ? felt.value : 0) / reach) * (h / 2 - 0.6 * u);
  const lines = strip.slice(1).map((dot, i) => s("line", { class: "line", x1: x(i), y1: y(strip[i].felt), x2: x(i + 1), y2: y(dot.felt) }));
  const dots = strip.map((dot, i) => {
    const node = s("circle", { class: `dot ${i === current ? "here" : ""} ${dot.felt ? "" : "none"}`, cx: x(i), cy: y(dot.felt), r: i === current ? 0.52 * u : 0.24 * u });
    node.style.setProperty("--c", dot.felt ? EMOTIONS[dot.felt.step] : "transparent");
    return node;
  });
  holder.replaceChildren(s("svg", { width: w, height: h, viewBox: `0 0 ${w} ${h}`, "aria-hidden": "true", class: "strip" }, ...lines, ...dots));
}

// the cover's line: the emotions of the journey as faces
function drawCoverLine(holder, strip) {
  const u = sizeOf(holder), w = holder.clientWidth, h = holder.clientHeight, n = strip.length, known = strip.map((dot) => dot.felt?.value).filter((value) => value !== undefined);
  if (!known.length || !w || !h) return;
  const low = Math.min(...known), high = Math.max(...known), r = clamp(w / n / 7, 0.5 * u, 1.25 * u);
  const x = (i) => (w / n) * (i + 0.5), y = (value) => (high - low < 0.1 ? h / 2 : r * 1.5 + ((high - value) / (high - low)) * (h - 3 * r));
  const lines = strip.slice(1).map((dot, i) => (dot.felt && strip[i].felt ? s("line", { class: "line", x1: x(i), y1: y(strip[i].felt.value), x2: x(i + 1), y2: y(dot.felt.value) }) : null));
  const marks = strip.map((dot, i) => (dot.felt ? faceAt(x(i), y(dot.felt.value), dot.felt.basis === "assumed" ? r * 0.84 : r, dot.felt) : null));
  holder.replaceChildren(s("svg", { width: w, height: h, viewBox: `0 0 ${w} ${h}`, "aria-hidden": "true", class: "strip chart" }, ...lines, ...marks));
}

// the faces of the journey joined by a line behind them
function joinFaces(list, stages) {
  const box = list.getBoundingClientRect(), k = list.clientWidth / (box.width || 1);
  const at = [...list.querySelectorAll(".spot .face-disc")].map((node) => { const r = node.getBoundingClientRect(); return [(r.left + r.width / 2 - box.left) * k, (r.top + r.height / 2 - box.top) * k]; });
  const lines = at.slice(1).map(([x, y], i) => {
    const one = stages[i].felt, two = stages[i + 1].felt;
    if (!one || !two || x < at[i][0]) return null;
    return s("line", { class: `line ${one.basis === "assumed" || two.basis === "assumed" ? "assumed" : ""}`, x1: at[i][0], y1: at[i][1], x2: x, y2: y });
  });
  list.prepend(s("svg", { class: "chart joined", width: list.clientWidth, height: list.clientHeight, "aria-hidden": "true" }, ...lines));
}
