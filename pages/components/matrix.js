// Impact/effort matrix: bubbles moved by mouse, finger or keyboard; drawn at the container's width.

const instances = new WeakMap();
const FONT_SIZE = 12.5;

function emit(S, event, sentence) {
  if (S.data.readonly && event.kind !== "select" && event.kind !== "open") return;
  S.outbox.add(event);
  render(S);
  if (sentence) S.live.textContent = sentence;
}

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
const padded = (axis) => { const pad = (axis.high - axis.low) * 0.07; return [axis.low - pad, axis.high + pad]; };
const xOf = (S, value) => { const [low, high] = padded(S.data.effort); return S.size.box.l + ((value - low) / (high - low)) * S.size.w; };
const yOf = (S, value) => { const [low, high] = padded(S.data.impact); return S.size.box.t + (1 - (value - low) / (high - low)) * S.size.h; };
const onStep = (value, axis) => clamp(Math.round((Math.round((value - axis.low) / axis.step) * axis.step + axis.low) * 1e6) / 1e6, axis.low, axis.high);
function valueAt(S, clientX, clientY) {
  const at = S.svg.getBoundingClientRect(), { effort, impact } = S.data, { box, w, h: high } = S.size;
  const share = (value, [low, top]) => low + value * (top - low);
  return { effort: onStep(share((clientX - at.left - box.l) / w, padded(effort)), effort), impact: onStep(share(1 - (clientY - at.top - box.t) / high, padded(impact)), impact) };
}
function overPlot(S, clientX, clientY) {
  const at = S.svg.getBoundingClientRect();
  return clientX > at.left + S.size.box.l - 12 && clientX < at.right + 12 && clientY > at.top - 12 && clientY < at.bottom - S.size.box.b + 12;
}
function radiusOf(S, item) {
  const [small, large] = S.size.narrow ? [8, 17] : [10, 25], most = Math.max(...S.data.items.map((other) => other.size ?? 0));
  return most > 0 ? Math.max(small, large * Math.sqrt((item.size ?? 0) / most)) : S.size.narrow ? 10 : 13;
}
const quadrantOf = (S, at) => S.data.quadrants[at.impact >= S.data.impact.cut ? (at.effort >= S.data.effort.cut ? "big_bet" : "quick_win") : at.effort >= S.data.effort.cut ? "money_pit" : "fill_in"];
const colourOf = (S, item) => item.colour ?? S.data.groups.find((group) => group.id === item.group)?.colour ?? null;

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
  const groups = h("div", { class: "groups" }, ...S.data.groups.map((group) => { const dot = h("i"); dot.style.background = group.colour; return h("span", { "data-group": group.id }, dot, group.name); }));
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
  fanOut(circles);
  const { box, w, h: high, narrow } = S.size, area = { x: box.l + 3, y: box.t + 3, w: w - 6, h: high - 6 };
  for (const c of circles) { c.x = clamp(c.x, area.x + c.r, area.x + w - c.r); c.y = clamp(c.y, area.y + c.r, area.y + high - c.r); }
  const state = JSON.stringify([circles, area, S.taken]);
  if (S.layState !== state) { S.layState = state; S.labels = layLabels(circles, area, S.taken, `${FONT_SIZE}px ${S.family}`, narrow ? 92 : 132); }
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

// ---- choosing -----------------------------------------------------------------------------------------------------------

function choose(S, ids) {
  const next = [...new Set(ids)];
  if (next.length === S.chosen.size && next.every((id) => S.chosen.has(id))) return;
  S.chosen = new Set(next);
  S.chosenHere = JSON.stringify(S.data.selected ?? null);
  emit(S, { kind: "select", ids: next }, fill(S.data.text.did_select, { n: next.length }));
}
function pick(S, id, more) {
  if (!more) { choose(S, [id]); return; }
  const next = new Set(S.chosen);
  if (!next.delete(id)) next.add(id);
  choose(S, next);
}

function lassoEnd(S) {
  const points = S.drag.points, hits = [];
  const within = (x, y) => points.reduce((odd, [x1, y1], i) => { const [x0, y0] = points[(i || points.length) - 1]; return (y1 > y) !== (y0 > y) && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1 ? !odd : odd; }, false);
  for (const c of S.circles) if (within(c.x, c.y)) hits.push(c.id);
  choose(S, S.drag.more ? [...S.chosen, ...hits] : hits);
}

// ---- hands ----------------------------------------------------------------------------------------------------------------

function down(S, event) {
  if (event.button !== 0 || S.drag) return;
  const bubble = event.target.closest(".bubble"), chip = event.target.closest(".chip"), more = event.ctrlKey || event.metaKey || event.shiftKey;
  const common = { pointer: event.pointerId, x0: event.clientX, y0: event.clientY, more, moved: false };
  if (bubble) {
    event.preventDefault();
    const id = bubble.dataset.id;
    S.stop = id;
    bubble.focus({ preventScroll: true });
    S.drag = { kind: "bubble", id, node: bubble, ...common };
    const at = S.svg.getBoundingClientRect(), c = S.circles.find((circle) => circle.id === id);
    Object.assign(S.drag, { dx: event.clientX - at.left - xOf(S, bubble.item.effort), dy: event.clientY - at.top - yOf(S, bubble.item.impact), r: c?.r });
    if (c?.home) Object.assign(S.drag, { dx: event.clientX - at.left - c.x, dy: event.clientY - at.top - c.y });
    S.root.setPointerCapture(event.pointerId);
  } else if (chip && !S.data.readonly) S.drag = { kind: "chip", id: chip.dataset.chip, dx: 0, dy: 0, ...common };
  else if (event.target.closest("svg") && event.pointerType !== "touch") {
    S.drag = { kind: "lasso", points: [local(S, event)], ...common };
    event.preventDefault();
    S.root.setPointerCapture(event.pointerId);
  }
}
function local(S, event) { const at = S.svg.getBoundingClientRect(); return [event.clientX - at.left, event.clientY - at.top]; }

function dragStart(S, d) {
  d.moved = true;
  if (d.kind === "lasso") { S.lasso.removeAttribute("display"); return; }
  if (d.kind === "chip") { S.root.setPointerCapture(d.pointer); carry(S, d.id); }
  else { d.node.classList.add("dragging"); S.layer.append(d.node); S.root.setPointerCapture(d.pointer); d.node.focus({ preventScroll: true }); S.labelState = ""; render(S); }
  S.badge.hidden = false;
}

function carry(S, id) {
  const copy = S.tray.querySelector(`[data-chip="${CSS.escape(id)}"]`).cloneNode(true);
  for (const name of ["data-chip", "aria-label"]) copy.removeAttribute(name);
  S.ghost.replaceChildren(copy);
  S.ghost.showPopover();
}

function moved(S, event) {
  const d = S.drag;
  if (!d || event.pointerId !== d.pointer) return;
  const far = Math.hypot(event.clientX - d.x0, event.clientY - d.y0);
  if (!d.moved) { if (far < 4 || (S.data.readonly && d.kind === "bubble")) return; dragStart(S, d); }
  d.x = event.clientX;
  d.y = event.clientY;
  if (d.kind === "lasso") d.points.push(local(S, event));
  if (!S.frameAsked) S.frameAsked = requestAnimationFrame(() => { S.frameAsked = 0; if (S.drag === d) dragFrame(S, d); });
}

function dragFrame(S, d) {
  if (d.kind === "lasso") { setAttr(S.lasso, "d", `M${d.points.map(([x, y]) => `${x.toFixed(0)} ${y.toFixed(0)}`).join("L")}Z`); return; }
  d.at = d.kind === "chip" && !overPlot(S, d.x, d.y) ? null : valueAt(S, d.x - d.dx, d.y - d.dy);
  if (d.kind === "bubble") setAttr(d.node, "transform", `translate(${xOf(S, d.at.effort)} ${yOf(S, d.at.impact)})`);
  else S.ghost.style.transform = `translate(${d.x + 8}px, ${d.y + 8}px)`;
  showBadge(S, d.at);
}

function showBadge(S, at) {
  S.badge.hidden = !at;
  if (!at) return;
  const { impact, effort, language } = S.data;
  setText(S.badge, `${impact.name} ${tickOrNumber(impact, at.impact, language)} · ${effort.name} ${tickOrNumber(effort, at.effort, language)} · ${quadrantOf(S, at)}`);
  const x = xOf(S, at.effort), y = yOf(S, at.impact), width = S.badge.offsetWidth;
  S.badge.style.transform = `translate(${clamp(x - width / 2, 4, S.size.width - width - 4)}px, ${y > 70 ? y - 62 : y + 34}px)`;
}

function up(S, event) {
  const d = S.drag;
  if (!d || event.pointerId !== d.pointer) return;
  if (d.moved) { d.x = event.clientX; d.y = event.clientY; dragFrame(S, d); }
  if (d.kind === "lasso" && d.moved && d.points.length > 3) lassoEnd(S);
  stop(S);
  if (d.kind === "lasso") { if (!d.moved && !d.more) choose(S, []); return; }
  if (!d.moved) { if (d.kind === "bubble") pick(S, d.id, d.more); return; }
  S.swallow = performance.now();
  if (d.at) sendMoved(S, d.id, d.at);
}

function stop(S) {
  const d = S.drag;
  if (!d) return;
  S.drag = null;
  cancelAnimationFrame(S.frameAsked);
  S.frameAsked = 0;
  d.node?.classList.remove("dragging");
  S.badge.hidden = true;
  setAttr(S.lasso, "display", "none");
  S.lasso.removeAttribute("d");
  if (S.ghost.matches(":popover-open")) { S.ghost.hidePopover(); S.ghost.replaceChildren(); }
  if (S.root.hasPointerCapture(d.pointer)) S.root.releasePointerCapture(d.pointer);
  S.labelState = "";
  render(S);
}

function sendMoved(S, id, at) {
  const item = S.items.get(id);
  if (!item || (item.impact === at.impact && item.effort === at.effort && !S.nudges.has(id))) { render(S); return; }
  S.nudges.delete(id);
  emit(S, { kind: "moved", id, effort: at.effort, impact: at.impact }, `${item.label}: ${S.data.impact.name} ${number(at.impact, S.data.language)}, ${S.data.effort.name} ${number(at.effort, S.data.language)}, ${quadrantOf(S, at)}`);
}

// ---- keys -------------------------------------------------------------------------------------------------------------------

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function nudge(S, id, at) {
  clearTimeout(S.nudges.get(id)?.timer);
  S.nudges.set(id, { at, timer: setTimeout(() => sendNudges(S), 500) });
  render(S);
  showBadge(S, at);
}
function sendNudges(S) {
  for (const [id, held] of [...S.nudges]) { clearTimeout(held.timer); if (S.items.has(id)) sendMoved(S, id, held.at); S.nudges.delete(id); }
  S.badge.hidden = true;
}

function goTo(S, id) {
  const g = S.bubbles.get(id);
  if (!g) return;
  setAttr(S.bubbles.get(S.stop) ?? g, "tabindex", -1);
  S.stop = id;
  setAttr(g, "tabindex", 0);
  g.focus({ preventScroll: true });
}
function nearest(S, from, [ux, uy]) {
  const c = S.circles.find((circle) => circle.id === from);
  const rated = S.circles.filter((other) => other !== c).map((other) => { const dx = other.x - c.x, dy = c.y - other.y, along = dx * ux + dy * uy; return [along > 1 ? along + 2 * Math.abs(dx * uy - dy * ux) : Infinity, other.id]; }).sort((a, b) => a[0] - b[0])[0];
  return rated && rated[0] < Infinity ? rated[1] : null;
}

function keyDown(S, event) {
  const command = event.ctrlKey || event.metaKey, bubble = event.target.closest(".bubble"), chip = event.target.closest(".chip"), key = event.key;
  let done = true;
  if (key === "Escape" && S.drag) { stop(S); }
  else if (command && key.toLowerCase() === "z") emit(S, { kind: event.shiftKey ? "redo" : "undo" }, S.data.text[event.shiftKey ? "redo" : "undo"]);
  else if (command && key.toLowerCase() === "y") emit(S, { kind: "redo" }, S.data.text.redo);
  else if (command && key.toLowerCase() === "a") choose(S, S.circles.map((c) => c.id));
  else if (key === "Escape") choose(S, []);
  else if (chip && (key === "Enter" || key === " ") && !S.data.readonly) fromTray(S, chip.dataset.chip);
  else if (bubble) done = bubbleKey(S, bubble.dataset.id, event, command);
  else done = false;
  if (done) { event.preventDefault(); event.stopPropagation(); }
}

function bubbleKey(S, id, event, command) {
  const arrow = ARROWS[event.key], { impact, effort } = S.data, item = S.items.get(id);
  if (arrow && command) { const next = nearest(S, id, arrow); if (next) goTo(S, next); return true; }
  if (arrow) {
    if (S.data.readonly) { const next = nearest(S, id, arrow); if (next) goTo(S, next); return true; }
    const step = (axis) => (event.shiftKey ? Math.max(1, axis.step) : axis.step);
    nudge(S, id, { effort: onStep(item.effort + arrow[0] * step(effort), effort), impact: onStep(item.impact + arrow[1] * step(impact), impact) });
    return true;
  }
  if (event.key === "PageDown" || event.key === "PageUp") {
    const ids = [...S.circles].sort((a, b) => a.label.localeCompare(b.label)).map((c) => c.id), at = ids.indexOf(id) + (event.key === "PageDown" ? 1 : -1);
    goTo(S, ids[(at + ids.length) % ids.length]);
    return true;
  }
  if (event.key === "Enter" || event.key === " ") { sendNudges(S); pick(S, id, event.shiftKey || command); return true; }
  if (event.key.toLowerCase() === "o" && !command) { sendNudges(S); emit(S, { kind: "open", id }); return true; }
  return false;
}

function fromTray(S, id) {
  const { impact, effort } = S.data, item = S.items.get(id);
  S.stop = id;
  nudge(S, id, { impact: isNumber(item.impact) ? item.impact : onStep(impact.cut, impact), effort: isNumber(item.effort) ? item.effort : onStep(effort.cut, effort) });
  goTo(S, id);
}

// ---- life ---------------------------------------------------------------------------------------------------------------------

function hint(S, event) {
  const mark = event.target.closest?.("[data-group], [data-for]"), on = event.type === "pointerover" && mark;
  S.root.classList.toggle("hinting", Boolean(on));
  for (const [id, g] of S.bubbles) g.classList.toggle("hinted", Boolean(on) && (mark.dataset.for === id || (mark.dataset.group !== undefined && g.item.group === mark.dataset.group)));
}

function create(parent, data) {
  const root = parent.querySelector(".impact-matrix");
  const S = { root, data, outbox: new Outbox(), bubbles: new Map(), nudges: new Map(), chosen: new Set(data.selected ?? []), items: new Map(), circles: [], family: getComputedStyle(root).fontFamily, clip: `m${Math.random().toString(36).slice(2)}` };
  S.frame = s("g", { "aria-hidden": "true" });
  S.words = s("g", { class: "words", "aria-hidden": "true" });
  S.layer = s("g", { class: "bubbles" });
  S.names = s("g", { class: "words", "aria-hidden": "true" });
  S.lasso = s("path", { class: "lasso", display: "none" });
  S.svg = s("svg", { role: "group" }, S.frame, S.words, S.layer, S.names, S.lasso);
  S.badge = h("div", { class: "badge", hidden: true, "aria-hidden": "true" });
  S.holder = h("div", { class: "holder" }, S.svg, S.badge);
  S.tray = h("div", { class: "tray", hidden: true });
  S.under = h("div", { class: "under" });
  S.live = h("div", { class: "sr", role: "status", "aria-live": "polite" });
  S.ghost = h("div", { class: "ghost", popover: "manual", "aria-hidden": "true" });
  root.append(S.holder, S.tray, S.under, S.live, S.ghost);
  const on = (name, run) => root.addEventListener(name, (event) => run(S, event));
  on("pointerdown", down); on("pointermove", moved); on("pointerup", up); on("keydown", keyDown);
  on("pointercancel", (state, event) => { if (state.drag?.pointer === event.pointerId) stop(state); });
  on("lostpointercapture", (state, event) => { if (state.drag?.pointer === event.pointerId && event.target === root) stop(state); });
  root.addEventListener("touchmove", (event) => { if (S.drag?.moved) event.preventDefault(); }, { passive: false });
  on("dblclick", (state, event) => { const bubble = event.target.closest(".bubble"); if (bubble) emit(state, { kind: "open", id: bubble.dataset.id }); });
  on("click", (state, event) => { const chip = event.target.closest(".chip"); if (chip && !(performance.now() - (state.swallow ?? -1e9) < 80)) choose(state, [chip.dataset.chip]); });
  on("focusout", (state, event) => { if (event.target.matches?.(".bubble") && state.nudges.size && !state.root.contains(event.relatedTarget)) sendNudges(state); });
  on("pointerover", hint); on("pointerout", hint);
  S.sizes = new ResizeObserver(() => { if (S.holder.clientWidth && S.holder.clientWidth !== S.size?.width) render(S); });
  S.sizes.observe(S.holder);
  return S;
}

export default function (component) {
  const { parentElement, data } = component;
  let S = instances.get(parentElement);
  if (!S) instances.set(parentElement, (S = create(parentElement, data)));
  S.outbox.component = component;
  S.outbox.acknowledge(data.ack);
  S.data = data;
  if (data.selected && JSON.stringify(data.selected) !== S.chosenHere && !S.outbox.waiting.some((event) => event.kind === "select")) { S.chosen = new Set(data.selected); S.chosenHere = JSON.stringify(data.selected); }
  S.family = getComputedStyle(S.root).fontFamily;
  render(S);
  return () => {
    if (instances.get(parentElement) !== S) return;
    sendNudges(S);
    S.outbox.close();
    S.sizes.disconnect();
    instances.delete(parentElement);
  };
}
