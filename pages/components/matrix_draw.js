// Drawing the matrix: geometry, frame, bubbles, labels, key and tray. Nodes are kept by id.

const FONT_SIZE = 12.5;

function currentItems(S) {
  const items = S.data.items.map((item) => ({ ...item }));
  for (const event of S.outbox.waiting) if (event.kind === "moved") Object.assign(items.find((item) => item.id === event.id) ?? {}, { impact: event.impact, effort: event.effort });
  for (const [id, nudge] of S.nudges) Object.assign(items.find((item) => item.id === id) ?? {}, nudge.at);
  return items;
}
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const placed = (item) => isNumber(item.impact) && isNumber(item.effort);

// ---- geometry -----------------------------------------------------------------------------------------------------------

function measure(S) {
  const width = Math.max(280, S.holder.clientWidth), narrow = width < 560;
  const height = S.data.height ?? clamp(width * 0.62, narrow ? 400 : 440, 640);
  const box = { l: narrow ? 34 : 52, r: narrow ? 8 : 14, t: 10, b: narrow ? 44 : 52 };
  S.size = { width, height, narrow, box, w: width - box.l - box.r, h: height - box.t - box.b };
}
// the ends of the scales stand off the rim, so that the quadrants' names have their own bands
function padded(axis, pixels, margin) {
  const off = Math.max(pixels * 0.06, margin), pad = ((axis.high - axis.low) * off) / (pixels - 2 * off);
  return [axis.low - pad, axis.high + pad];
}
const spanX = (S) => padded(S.data.effort, S.size.w, S.size.narrow ? 22 : 34);
const spanY = (S) => padded(S.data.impact, S.size.h, 42);
const xOf = (S, value) => { const [low, high] = spanX(S); return S.size.box.l + ((value - low) / (high - low)) * S.size.w; };
const yOf = (S, value) => { const [low, high] = spanY(S); return S.size.box.t + (1 - (value - low) / (high - low)) * S.size.h; };
const onStep = (value, axis) => clamp(Math.round((Math.round((value - axis.low) / axis.step) * axis.step + axis.low) * 1e6) / 1e6, axis.low, axis.high);
function valueAt(S, clientX, clientY) {
  const at = S.svg.getBoundingClientRect(), { effort, impact } = S.data, { box, w, h: high } = S.size;
  const share = (value, [low, top]) => low + value * (top - low);
  return { effort: onStep(share((clientX - at.left - box.l) / w, spanX(S)), effort), impact: onStep(share(1 - (clientY - at.top - box.t) / high, spanY(S)), impact) };
}
function overPlot(S, clientX, clientY) {
  const at = S.svg.getBoundingClientRect();
  return clientX > at.left + S.size.box.l - 12 && clientX < at.right + 12 && clientY > at.top - 12 && clientY < at.bottom - S.size.box.b + 12;
}
function radiusOf(S, item) {
  // many bubbles are drawn smaller, so that they leave each other room
  const less = clamp(Math.sqrt((S.size.narrow ? 45 : 90) / Math.max(1, S.data.items.length)), S.size.narrow ? 0.75 : 0.7, 1);
  const [small, large] = (S.size.narrow ? [9.5, 17] : [10, 25]).map((size) => size * less), most = Math.max(...S.data.items.map((other) => other.size ?? 0));
  return most > 0 ? Math.max(small, large * Math.sqrt((item.size ?? 0) / most)) : (S.size.narrow ? 10 : 13) * less;
}
const quadrantOf = (S, at) => S.data.quadrants[at.impact >= S.data.impact.cut ? (at.effort >= S.data.effort.cut ? "big_bet" : "quick_win") : at.effort >= S.data.effort.cut ? "money_pit" : "fill_in"];
const colourOf = (S, item) => plainColour(item.colour ?? S.data.groups.find((group) => group.id === item.group)?.colour);

// where the whole disc of an item stays: its own quadrant
function quadrantRoom(S, item, area, cx, cy) {
  const right = item.effort >= S.data.effort.cut, top = item.impact >= S.data.impact.cut;
  const x0 = right ? cx : area.x, x1 = right ? area.x + area.w : cx, y0 = top ? area.y : cy, y1 = top ? cy : area.y + area.h;
  return { x: x0, y: y0, w: x1 - x0, h: y1 - y0 };
}

// ---- drawing ------------------------------------------------------------------------------------------------------------

function ticksOf(axis) {
  const range = axis.high - axis.low, step = range <= 12 ? 1 : [2, 5, 10, 20, 25, 50, 100, 200, 500].find((size) => range / size <= 10) ?? range / 5;
  const out = [];
  for (let value = Math.ceil(axis.low / step) * step; value <= axis.high + 1e-9; value += step) out.push(value);
  return out;
}
const tickName = (axis, value, language) => axis.names?.[Math.round(value - axis.low)] ?? number(value, language);

function drawFrame(S) {
  const { data, size } = S, { box, width, height, w, h: high, narrow } = size;
  const state = JSON.stringify([size, data.effort, data.impact, data.quadrants, data.language]);
  if (S.frameState === state) return;
  S.frameState = state;
  setAttr(S.svg, "width", width); setAttr(S.svg, "height", height); setAttr(S.svg, "viewBox", `0 0 ${width} ${height}`);
  const cx = xOf(S, data.effort.cut), cy = yOf(S, data.impact.cut), right = box.l + w, bottom = box.t + high, g = S.frame;
  g.replaceChildren(s("clipPath", { id: S.clip }, s("rect", { x: box.l, y: box.t, width: w, height: high, rx: 14 })));
  const quads = s("g", { "clip-path": `url(#${S.clip})` });
  S.taken = [];
  S.names.replaceChildren();
  for (const [name, x, y, x1, y1, anchor, top] of [["quick_win", box.l, box.t, cx, cy, "start", true], ["big_bet", cx, box.t, right, cy, "end", true], ["fill_in", box.l, cy, cx, bottom, "start", false], ["money_pit", cx, cy, right, bottom, "end", false]]) {
    quads.append(s("rect", { class: `quad ${name}`, x, y, width: Math.max(0, x1 - x), height: Math.max(0, y1 - y) }));
    const label = data.quadrants[name], tx = anchor === "start" ? box.l + 12 : right - 12, ty = top ? box.t + 22 : bottom - 12;
    const font = `650 ${narrow ? 12 : 14}px ${S.family}`, room = w / 2 - 20, lines = widthOf(label, font) > room ? wrapped(label, room, font) ?? [label] : [label];
    const words = s("text", { class: `quadname ${name}`, "text-anchor": anchor, "font-size": narrow ? 12 : 14 }, ...lines.map((line, i) => s("tspan", { x: tx, y: top ? ty + i * 16 : ty - (lines.length - 1 - i) * 16 }, line)));
    S.names.append(words);
    const wide = Math.max(...lines.map((line) => widthOf(line, font))) + 8;
    S.taken.push({ x: anchor === "start" ? tx - 4 : tx - wide + 4, y: top ? box.t + 6 : ty - 14 - (lines.length - 1) * 16, w: wide, h: 18 + (lines.length - 1) * 16 });
  }
  g.append(quads, s("line", { class: "cut", x1: cx, x2: cx, y1: box.t, y2: bottom }), s("line", { class: "cut", x1: box.l, x2: right, y1: cy, y2: cy }), s("rect", { class: "rim", x: box.l, y: box.t, width: w, height: high, rx: 14 }));
  for (const value of ticksOf(data.effort)) g.append(s("text", { class: "tick", x: xOf(S, value), y: bottom + 17, "text-anchor": "middle" }, tickName(data.effort, value, data.language)));
  for (const value of ticksOf(data.impact)) g.append(s("text", { class: "tick", x: box.l - 7, y: yOf(S, value) + 4, "text-anchor": "end" }, tickName(data.impact, value, data.language)));
  g.append(s("text", { class: "axisname", x: box.l + w / 2, y: bottom + (narrow ? 37 : 40), "text-anchor": "middle" }, `${data.effort.name} →`),
    s("text", { class: "axisname", transform: `translate(${narrow ? 11 : 16} ${box.t + high / 2}) rotate(-90)`, "text-anchor": "middle" }, `${data.impact.name} →`));
}

function bubbleNode(S, id) {
  const g = s("g", { class: "bubble", role: "button", tabindex: -1, "data-id": id }, s("circle", { class: "hit" }), s("circle", { class: "disc" }), s("text", { class: "num", "text-anchor": "middle", dy: "0.36em" }), s("title"));
  g.addEventListener("touchstart", (event) => { if (!S.data.readonly) event.preventDefault(); }, { passive: false });   // touch-action is void on SVG
  return g;
}

function sayItem(S, item, circle) {
  const { text, language, effort, impact } = S.data;
  const parts = [item.label, `${impact.name} ${tickOrNumber(impact, item.impact, language)}`, `${effort.name} ${tickOrNumber(effort, item.effort, language)}`];
  if (placed(item)) parts.push(quadrantOf(S, item));
  const group = S.data.groups.find((other) => other.id === item.group);
  if (group) parts.push(group.name);
  if (item.size) parts.push(fill(S.data.size_text, { n: number(item.size, language) }));
  if (circle?.together > 1) parts.push(fill(text.together, { n: circle.together }));
  if (S.chosen.has(item.id)) parts.push(text.selected);
  return parts.join(", ");
}
const tickOrNumber = (axis, value, language) => (!isNumber(value) ? "–" : Number.isInteger(value) && axis.names ? tickName(axis, value, language) : number(value, language));

function drawBubble(S, item, circle, label) {
  let g = S.bubbles.get(item.id);
  if (!g) { g = bubbleNode(S, item.id); S.bubbles.set(item.id, g); S.layer.append(g); }
  g.item = item;
  if (S.drag?.id === item.id && S.drag.moved) return;              // never fight the hand that drags
  const [hit, disc, num, title] = g.children;
  setAttr(g, "transform", `translate(${circle.x.toFixed(1)} ${circle.y.toFixed(1)})`);
  setAttr(hit, "r", Math.max(circle.r, 18));
  setAttr(disc, "r", circle.r);
  disc.style.fill = colourOf(S, item) ?? "var(--accent)";
  setText(num, label?.number ? String(label.number) : "");
  setAttr(g, "aria-label", sayItem(S, item, circle));
  setText(title, sayItem(S, item, circle));
  setAttr(g, "aria-pressed", S.chosen.has(item.id) ? "true" : "false");
  g.classList.toggle("chosen", S.chosen.has(item.id));
  g.classList.toggle("quick", item.impact >= S.data.impact.cut && item.effort < S.data.effort.cut);
}

// small ones on top; never while a hand holds one, since moving its node would let go of it
function arrangeBubbles(S, circles) {
  const order = [...circles].sort((a, b) => b.r - a.r).map((c) => S.bubbles.get(c.id)), active = S.root.getRootNode().activeElement;
  if (order.every((g, i) => S.layer.children[i] === g)) return;
  S.layer.append(...order);
  if (active?.isConnected && active.matches(".bubble")) active.focus({ preventScroll: true });
}

function drawLabels(S, circles, labels) {
  const state = JSON.stringify([circles, [...labels], [...S.chosen], S.drag?.moved && S.drag.id]);
  if (S.labelState === state) return;
  S.labelState = state;
  S.words.replaceChildren();
  for (const c of circles) {
    if (S.drag?.moved && S.drag.id === c.id) continue;
    if (c.home) S.words.append(s("line", { class: "spoke", x1: c.home.x, y1: c.home.y, x2: c.x, y2: c.y }));
    const { box, lines, anchor, line } = labels.get(c.id);
    if (line) S.words.append(s("line", { class: "leader", ...{ x1: line.x0, y1: line.y0, x2: line.x1, y2: line.y1 } }));
    if (!box) continue;
    const x = anchor === "start" ? box.x + 2 : anchor === "end" ? box.x + box.w - 2 : box.x + box.w / 2;
    S.words.append(s("text", { class: `label${S.chosen.has(c.id) ? " chosen" : ""}`, "text-anchor": anchor, "data-for": c.id }, ...lines.map((words, i) => s("tspan", { x, y: box.y + 11.5 + i * LINE }, words))));
  }
}

function drawKey(S, circles, labels, byId) {
  const { text } = S.data, numbered = circles.filter((c) => labels.get(c.id).number).sort((a, b) => labels.get(a.id).number - labels.get(b.id).number);
  const shared = circles.some((c) => c.together > 1);
  const state = JSON.stringify([numbered.map((c) => [c.id, labels.get(c.id).number, c.label]), shared, S.data.groups, S.data.language, S.data.note, S.data.readonly]);
  if (S.keyState === state) return;
  S.keyState = state;
  const list = h("ol", { class: "key" }, ...numbered.map((c) => {
    const badge = h("b", {}, String(labels.get(c.id).number));
    badge.style.background = colourOf(S, byId.get(c.id)) ?? "var(--accent)";
    return h("li", { "data-for": c.id }, badge, h("span", {}, c.label));
  }));
  const groups = h("div", { class: "groups" }, ...S.data.groups.map((group) => { const dot = h("i"); dot.style.background = plainColour(group.colour) ?? ""; return h("span", { "data-group": group.id }, dot, group.name); }));
  S.under.replaceChildren(groups, list, ...(shared ? [h("p", { class: "note" }, text.same_spot)] : []), ...(S.data.note ? [h("p", { class: "note" }, S.data.note)] : []), h("p", { class: "note keys" }, S.data.readonly ? text.keys_read : text.keys));
}

function drawTray(S, items) {
  const { text, language, impact, effort } = S.data, waiting = items.filter((item) => !placed(item));
  S.tray.hidden = !waiting.length;
  const state = JSON.stringify([waiting, language, [...S.chosen]]);
  if (S.trayState === state) return;
  S.trayState = state;
  const held = S.root.getRootNode().activeElement?.dataset?.chip;
  S.tray.replaceChildren(h("div", { class: "trayname" }, fill(text.tray, { n: number(waiting.length, language) }), h("small", {}, S.data.readonly ? "" : text.tray_hint)),
    h("div", { class: "chips" }, ...waiting.map((item) => {
      const known = [isNumber(item.impact) ? `${impact.name} ${number(item.impact, language)}` : "", isNumber(item.effort) ? `${effort.name} ${number(item.effort, language)}` : ""].filter(Boolean).join(" · ");
      const chip = h("button", { class: "chip", type: "button", "data-chip": item.id, "aria-label": sayItem(S, item) }, h("i"), h("span", {}, item.label), known ? h("small", {}, known) : null);
      chip.firstChild.style.background = colourOf(S, item) ?? "var(--accent)";
      return chip;
    })));
  if (held) S.tray.querySelector(`[data-chip="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

function render(S) {
  measure(S);
  const items = currentItems(S), there = items.filter(placed), byId = new Map(items.map((item) => [item.id, item]));
  for (const id of [...S.chosen]) if (!byId.has(id)) S.chosen.delete(id);
  S.items = byId;
  S.root.classList.toggle("narrow", S.size.narrow);
  S.root.classList.toggle("readonly", Boolean(S.data.readonly));
  setAttr(S.svg, "aria-label", S.data.text.title);
  drawFrame(S);
  const circles = there.map((item) => ({ id: item.id, label: item.label, x: xOf(S, item.effort), y: yOf(S, item.impact), r: radiusOf(S, item) }));
  const { box, w, h: high, narrow } = S.size, area = { x: box.l + 3, y: box.t + 3, w: w - 6, h: high - 6 };
  const cx = xOf(S, S.data.effort.cut), cy = yOf(S, S.data.impact.cut);
  const bubbles = { x: area.x, y: area.y + 24, w: w - 6, h: high - 50 };
  for (const c of circles) { c.x = clamp(c.x, bubbles.x + c.r, bubbles.x + bubbles.w - c.r); c.y = clamp(c.y, bubbles.y + c.r, bubbles.y + bubbles.h - c.r); }
  fanOut(circles, (c) => quadrantRoom(S, byId.get(c.id), bubbles, cx, cy));
  const cut = [{ x: cx - 1, y: area.y, w: 2, h: area.h }, { x: area.x, y: cy - 1, w: area.w, h: 2 }];
  const state = JSON.stringify([circles, area, S.taken, cut]);
  if (S.layState !== state) { S.layState = state; S.labels = layLabels(circles, area, S.taken, cut, `${FONT_SIZE}px ${S.family}`, narrow ? 92 : 132); }
  const gone = new Set(S.bubbles.keys());
  circles.forEach((circle) => { gone.delete(circle.id); drawBubble(S, byId.get(circle.id), circle, S.labels.get(circle.id)); });
  for (const id of gone) if (S.drag?.id !== id) { S.bubbles.get(id).remove(); S.bubbles.delete(id); }
  if (!S.drag) arrangeBubbles(S, circles);
  drawLabels(S, circles, S.labels);
  drawKey(S, circles, S.labels, byId);
  drawTray(S, items);
  S.circles = circles;
  if (!S.bubbles.has(S.stop)) S.stop = circles[0]?.id;
  for (const [id, g] of S.bubbles) setAttr(g, "tabindex", id === S.stop ? 0 : -1);
}
