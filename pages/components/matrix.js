// Impact/effort matrix: bubbles moved by mouse, finger or keyboard; drawn at the container's width.

const instances = new WeakMap();

function emit(S, event, sentence) {
  if (S.data.readonly && event.kind !== "select" && event.kind !== "open") return;
  S.outbox.add(event);
  render(S);
  if (sentence) S.live.textContent = sentence;
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
  if (event.target.closest(".tools")) return;
  const bubble = event.target.closest(".bubble"), chip = event.target.closest(".chip"), more = S.several || event.ctrlKey || event.metaKey || event.shiftKey;
  const common = { pointer: event.pointerId, x0: event.clientX, y0: event.clientY, more, moved: false };
  if (bubble && !S.several) {
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
  else if (event.target.closest("svg") && (S.several || event.pointerType !== "touch")) {
    S.drag = { kind: "lasso", id: null, tapped: bubble?.dataset.id, points: [local(S, event)], ...common };
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
  if (d.kind === "lasso") { if (!d.moved && d.tapped) pick(S, d.tapped, true); else if (!d.moved && !d.more) choose(S, []); return; }
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

// with it on, a finger draws around bubbles or taps them one by one, instead of moving them and scrolling the page
function severalAtOnce(S, on) {
  S.several = on;
  S.root.classList.toggle("several", on);
  setAttr(S.more, "aria-pressed", on ? "true" : "false");
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
  const S = { root, data, outbox: outboxOf(data.name), bubbles: new Map(), nudges: new Map(), chosen: new Set(data.selected ?? []), items: new Map(), circles: [], family: getComputedStyle(root).fontFamily, clip: `m${Math.random().toString(36).slice(2)}` };
  S.frame = s("g", { "aria-hidden": "true" });
  S.words = s("g", { class: "words", "aria-hidden": "true" });
  S.layer = s("g", { class: "bubbles" });
  S.names = s("g", { class: "words", "aria-hidden": "true" });
  S.lasso = s("path", { class: "lasso", display: "none" });
  S.svg = s("svg", { role: "group" }, S.frame, S.words, S.layer, S.names, S.lasso);
  S.badge = h("div", { class: "badge", hidden: true, "aria-hidden": "true" });
  S.holder = h("div", { class: "holder" }, S.svg, S.badge);
  S.more = h("button", { class: "several", type: "button", "aria-pressed": "false" });
  S.tools = h("div", { class: "tools" }, S.more);
  S.tray = h("div", { class: "tray", hidden: true });
  S.under = h("div", { class: "under" });
  S.live = h("div", { class: "sr", role: "status", "aria-live": "polite" });
  S.ghost = h("div", { class: "ghost", popover: "manual", "aria-hidden": "true" });
  root.append(S.tools, S.holder, S.tray, S.under, S.live, S.ghost);
  const on = (name, run) => root.addEventListener(name, (event) => run(S, event));
  on("pointerdown", down); on("pointermove", moved); on("pointerup", up); on("keydown", keyDown);
  on("pointercancel", (state, event) => { if (state.drag?.pointer === event.pointerId) stop(state); });
  on("lostpointercapture", (state, event) => { if (state.drag?.pointer === event.pointerId && event.target === root) stop(state); });
  root.addEventListener("touchmove", (event) => { if (S.drag?.moved || (S.several && event.target.closest?.("svg"))) event.preventDefault(); }, { passive: false });
  S.more.addEventListener("click", () => severalAtOnce(S, !S.several));
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
  S.component = component;
  S.outbox.attach(component, data.ack);
  S.data = data;
  if (data.selected && JSON.stringify(data.selected) !== S.chosenHere && !S.outbox.waiting.some((event) => event.kind === "select")) { S.chosen = new Set(data.selected); S.chosenHere = JSON.stringify(data.selected); }
  S.family = getComputedStyle(S.root).fontFamily;
  setText(S.more, data.text.several);
  render(S);
  return whenGone(parentElement, () => {
    if (instances.get(parentElement) !== S) return;
    sendNudges(S);
    S.outbox.close(S.component);
    S.sizes.disconnect();
    instances.delete(parentElement);
  });
}
