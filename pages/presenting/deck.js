// The deck: Streamlit calls the default export on every change of data or theme; it must be idempotent.
// Where we are is kept here and told to Python, which tells the other windows and the phones.

const decks = new WeakMap();
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, n: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1, p: -1 };
const GLYPHS = {
  previous: "M15 5 8 12l7 7", next: "M9 5l7 7-7 7", blank: "M4 5h16v11H4ZM9 20h6M4 5l16 11", notes: "M5 4h14v16H5ZM8.500 9h7M8.500 12.500h7M8.500 16h4",
  phones: "M7.500 3h9v18h-9ZM11 18h2", full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5", help: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17ZM9.600 9.500a2.500 2.500 0 1 1 3.600 2.300c-.8.400-1.200.9-1.200 1.900M12 16.800h.01",
  close: "M6 6l12 12M18 6 6 18",
};
GLYPHS.tell = "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h7M15 17h5M15 5v4M9 10v4M13 15v4";
const glyph = (name) => s("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "glyph" }, s("path", { d: GLYPHS[name] }));

const indexOf = (S) => Math.max(0, S.data.slides.findIndex((slide) => slide.id === S.slide));
const current = (S) => S.data.slides[indexOf(S)];

// --- what is done ------------------------------------------------------------------------------------------------

function tell(S, event) {
  S.outbox.waiting = S.outbox.waiting.filter((waiting) => waiting.kind !== event.kind); // only the latest place counts
  S.outbox.add(event);
}

function go(S, index) {
  const target = S.data.slides[clamp(index, 0, S.data.slides.length - 1)];
  if (target.id === S.slide && !S.blank) return;
  S.slide = target.id;
  S.blank = false;
  tell(S, { kind: "go", slide: S.slide, blank: false });
  draw(S);
}

function toggleBlank(S) {
  S.blank = !S.blank;
  tell(S, { kind: "go", slide: S.slide, blank: S.blank });
  draw(S);
}

function fullScreen(S) {
  const asked = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  asked?.catch(() => {});
}

function leave(S, page) {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  S.outbox.add({ kind: "leave", page });
}

function openPanel(S, name) {
  S.panel = S.panel === name ? null : name;
  if (S.panel === "phones" && !S.data.follow) S.outbox.add({ kind: "follow", on: true });
  drawPanel(S);
}

// --- keys and fingers --------------------------------------------------------------------------------------------

const writing = (node) => node?.closest?.("input, textarea, select, [contenteditable=true]");

function keyDown(S, event) {
  const at = event.composedPath()[0], key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey || event.altKey || writing(at)) return;
  if ((key === " " || key === "Enter") && at.closest?.("button, a") && !S.digits) return;
  if (act(S, key, event)) { event.preventDefault(); event.stopPropagation(); }
}

function act(S, key) {
  if (/^\d$/.test(key)) { typed(S, S.digits + key); return true; }
  if (key === "Enter" && S.digits) { const n = Number(S.digits); typed(S, ""); go(S, n - 1); return true; }
  if (key === "Escape") { escape(S); return true; }
  if (S.panel && S.panel !== "phones" && (key === "ArrowDown" || key === "ArrowUp")) { walkPanel(S, key === "ArrowDown" ? 1 : -1); return true; }
  if (S.digits && key === "Backspace") { typed(S, S.digits.slice(0, -1)); return true; }
  if (STEPS[key]) { if (S.panel) openPanel(S, S.panel); go(S, indexOf(S) + STEPS[key]); return true; }
  if (key === "Home") { go(S, 0); return true; }
  if (key === "End") { go(S, S.data.slides.length - 1); return true; }
  if (key === "b" || key === ".") { toggleBlank(S); return true; }
  if (key === "f") { fullScreen(S); return true; }
  if (key === "q") { openPanel(S, "phones"); return true; }
  if (key === "s") { openPanel(S, "list"); return true; }
  if (key === "c") { openPanel(S, "tell"); return true; }
  if (key === "?" || key === "h") { openPanel(S, "help"); return true; }
  return false;
}

function typed(S, digits) {
  S.digits = digits.slice(0, 3);
  clearTimeout(S.forget);
  if (S.digits) S.forget = setTimeout(() => typed(S, ""), 4000);
  S.parts.digits.hidden = !S.digits;
  setText(S.parts.digits, S.digits ? fill(S.data.text.go_to, { n: S.digits }) : "");
}

function escape(S) {
  if (S.digits) typed(S, "");
  else if (S.panel) openPanel(S, S.panel);
  else if (document.fullscreenElement) fullScreen(S);
  else if (S.blank) toggleBlank(S);
  else leave(S, "back");
}

function walkPanel(S, step) {
  const stops = [...S.parts.panel.querySelectorAll("button, a")], at = stops.indexOf(S.parts.panel.getRootNode().activeElement);
  stops[clamp(at + step, 0, stops.length - 1)]?.focus();
}

function swipes(S) {
  let from = null, to = null;
  const on = (name, handler) => S.root.addEventListener(name, handler, { passive: true });
  const point = (event) => [event.touches[0].clientX, event.touches[0].clientY];
  const ended = () => {
    if (from && to && !S.panel) {
      const dx = to[0] - from[0], dy = to[1] - from[1];
      if (Math.abs(dx) > 50 && Math.abs(dx) > 1.5 * Math.abs(dy)) go(S, indexOf(S) + (dx < 0 ? 1 : -1));
    }
    from = to = null;
  };
  on("touchstart", (event) => { from = event.touches.length === 1 ? point(event) : null; to = null; });
  on("touchmove", (event) => { if (from) to = point(event); });
  on("touchend", ended);
  on("touchcancel", ended); // a busy page may be told no more than this
}

// --- the frame ---------------------------------------------------------------------------------------------------

function button(S, name, action) {
  const node = h("button", { type: "button", class: `tool ${name}`, "data-name": name }, glyph(name));
  node.addEventListener("click", action);
  return node;
}

function frame(S) {
  const go1 = (step) => () => go(S, indexOf(S) + step), parts = S.parts = {};
  parts.screen = h("div", { class: "screen" });
  parts.count = h("button", { type: "button", class: "count" });
  parts.count.addEventListener("click", () => openPanel(S, "list"));
  parts.notes = h("a", { class: "tool notes", target: "_blank", rel: "opener" }, glyph("notes"));
  parts.tools = h("div", { class: "tools", role: "toolbar" }, button(S, "previous", go1(-1)), button(S, "next", go1(1)), button(S, "blank", () => toggleBlank(S)), parts.notes,
    button(S, "tell", () => openPanel(S, "tell")), button(S, "phones", () => openPanel(S, "phones")), button(S, "help", () => openPanel(S, "help")), button(S, "full", () => fullScreen(S)), button(S, "close", () => leave(S, "back")));
  parts.mark = h("p", { class: "filtered", hidden: true });
  parts.line = h("div", { class: "line", "aria-hidden": "true" }, h("i", {}));
  parts.blank = h("div", { class: "curtain", hidden: true });
  parts.digits = h("div", { class: "digits", role: "status", hidden: true });
  parts.panel = h("div", { class: "panel", role: "dialog", hidden: true });
  parts.said = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  parts.read = h("div", { class: "sr reading" });
  if (S.notes) frameNotes(S);
  else S.root.append(parts.screen);
  S.root.append(parts.read, parts.blank, h("footer", {}, parts.mark, parts.tools, parts.count), parts.line, parts.panel, parts.digits, parts.said);
}

function wake(S) {
  S.root.classList.add("awake");
  clearTimeout(S.sleep);
  S.sleep = setTimeout(() => S.root.classList.remove("awake"), 3000);
}

function label(S) {
  const { text, role } = S.data;
  for (const node of S.parts.tools.querySelectorAll("[data-name], .notes")) {
    const name = node.dataset.name ?? "notes";
    setAttr(node, "aria-label", text[name]);
    setAttr(node, "title", text[name]);
  }
  setAttr(S.parts.tools, "aria-label", text.tools);
  setAttr(S.parts.count, "title", text.list);
  setAttr(S.parts.notes, "href", S.data.notes_link);
  S.parts.notes.hidden = S.notes;
  setAttr(S.root, "aria-label", text.presentation);
  S.root.lang = S.data.language;
}

// --- drawing -----------------------------------------------------------------------------------------------------

const sizeKey = (S) => `${S.parts.screen.clientWidth} ${S.parts.screen.clientHeight}`;

function draw(S, force) {
  const slide = current(S), index = indexOf(S), count = `${index + 1} / ${S.data.slides.length}`, key = JSON.stringify([slide, S.data.language, S.data.slides.length, S.data.faces]);
  chosenFaces.paths = S.data.faces;
  S.slide = slide.id;
  S.root.classList.toggle("is-blank", S.blank);
  S.parts.blank.hidden = !S.blank;
  setText(S.parts.count, count);
  S.parts.line.firstChild.style.width = `${(100 * (index + 1)) / S.data.slides.length}%`;
  if (force || key !== S.drawn) {
    const moved = S.shown !== slide.id;
    S.drawn = key;
    S.drawnAt = sizeKey(S);
    S.shown = slide.id;
    showSlide(S.parts.screen, slide, S.data.text, count, (page) => leave(S, page));
    if (moved) S.parts.screen.firstChild.classList.add("enters");
    readable(S, slide);
  }
  setText(S.parts.mark, S.data.told.mark);
  S.parts.mark.hidden = !S.data.told.mark;
  setText(S.parts.said, S.blank ? S.data.text.blanked : `${count}. ${slide.title}`);
  if (S.notes) drawNotes(S, slide, index);
}

// the same content as a table, for who does not see the drawing
function readable(S, slide) {
  const cells = (row, tag) => h("tr", {}, ...row.map((cell) => h(tag, {}, cell)));
  const drawn = ["curve", "matrix", "pareto", "firmness", "journey"].includes(slide.kind) && slide.rows.length;
  S.parts.read.replaceChildren(...(drawn ? [h("table", {}, h("thead", {}, cells(slide.head, "th")), h("tbody", {}, ...slide.rows.map((row) => cells(row, "td"))))] : []));
}

function drawPanel(S) {
  const { panel } = S.parts, { text } = S.data;
  S.root.classList.toggle("has-panel", Boolean(S.panel));
  panel.hidden = !S.panel;
  if (!S.panel) { panel.replaceChildren(); S.panelKey = ""; S.root.focus({ preventScroll: true }); return; }
  const key = JSON.stringify([S.panel, S.data.follow, S.data.language, S.panel === "list" ? S.data.slides.map((slide) => slide.title) : 0, S.panel === "list" ? S.slide : 0, S.panel === "tell" ? S.data.told : 0]);
  if (key === S.panelKey) return;
  S.panelKey = key;
  const close = button(S, "close", () => openPanel(S, S.panel));
  setAttr(close, "aria-label", text.shut);
  const fills = { list: listPanel, help: helpPanel, phones: phonesPanel, tell: tellPanel }[S.panel](S, text);
  panel.className = `panel ${S.panel}`;
  setAttr(panel, "aria-label", text[S.panel]);
  panel.replaceChildren(h("h2", {}, text[S.panel]), close, ...fills);
  (panel.querySelector("[aria-current]") ?? close).focus({ preventScroll: true });
}

function listPanel(S) {
  const at = indexOf(S);
  return [h("ol", { class: "slides" }, ...S.data.slides.map((slide, i) => {
    const node = h("button", { type: "button", "aria-current": i === at ? "true" : null }, h("b", {}, String(i + 1)), h("span", {}, slide.title));
    node.addEventListener("click", () => { openPanel(S, "list"); go(S, i); });
    return h("li", {}, node);
  }))];
}

function helpPanel(S, text) {
  return [h("dl", {}, ...text.keys.flatMap(([keys, what]) => [h("dt", {}, ...keys.split(" ").map((key) => h("kbd", {}, key))), h("dd", {}, what)]))];
}

// which journey, whose, and whether the client is named
function tellPanel(S, text) {
  const { told } = S.data, now = { kind: "tell", journey: told.journey, persona: told.persona, client: told.client };
  const pick = (name, chosen, change) => {
    const node = h("button", { type: "button", class: "pick", "aria-pressed": String(chosen) }, name);
    node.addEventListener("click", () => tell(S, { ...now, ...change }));
    return node;
  };
  const group = (name, ...picks) => h("div", { class: "picks", role: "group", "aria-label": name }, h("h3", {}, name), ...picks);
  const parts = [group(text.tell_journey, ...told.journeys.map(([id, name]) => pick(name, id === told.journey, { journey: id })))];
  if (told.personas.length) parts.push(group(text.tell_persona, pick(text.everybody, !told.persona, { persona: null }), ...told.personas.map(([id, name]) => pick(name, id === told.persona, { persona: id }))));
  parts.push(group(text.privacy, pick(text.client, told.client, { client: !told.client })));
  return [...parts, h("p", { class: "soft" }, text.tell_hint)];
}

function phonesPanel(S, text) {
  const { follow } = S.data;
  if (!follow) return [h("p", {}, text.making)];
  const code = s("svg", { viewBox: `0 0 ${follow.size} ${follow.size}`, role: "img", "aria-label": text.qr, class: "qr" }, s("rect", { width: follow.size, height: follow.size, fill: "#fff" }), s("path", { d: follow.path, fill: "#000" }));
  const stop = h("button", { type: "button", class: "main" }, text.stop);
  stop.addEventListener("click", () => { openPanel(S, "phones"); S.outbox.add({ kind: "follow", on: false }); });
  return [code, h("p", { class: "link" }, follow.link), follow.reachable ? h("p", {}, text.phones_hint) : h("p", { class: "warn" }, text.unreachable), h("p", {}, stop)];
}

// --- life --------------------------------------------------------------------------------------------------------

function create(parent, component) {
  const root = parent.querySelector(".deck");
  const S = { root, data: component.data, outbox: new Outbox(), digits: "", panel: null, blank: false, seen: -1, notes: component.data.role === "notes" };
  root.replaceChildren();
  root.tabIndex = -1;
  root.classList.toggle("notes-window", S.notes);
  frame(S);
  swipes(S);
  S.onKey = (event) => keyDown(S, event);
  for (const name of ["pointermove", "pointerdown", "focusin"]) root.addEventListener(name, () => wake(S));
  S.sizes = new ResizeObserver(() => {
    clearTimeout(S.resized);
    if (S.drawnAt !== sizeKey(S)) S.resized = setTimeout(() => draw(S, true), 60);
  });
  document.fonts?.ready.then(() => { widths.clear(); if (S.drawn) draw(S, true); });
  return S;
}

function render(S, data) {
  S.data = data;
  S.outbox.acknowledge(data.ack);
  // another window moved: follow it, unless a move of our own is still on its way
  if (!S.outbox.waiting.length && data.at.revision > S.seen) {
    const first = S.seen < 0;
    S.seen = data.at.revision;
    if (data.at.slide || first) S.slide = data.at.slide ?? data.slides[0].id;
    S.blank = data.at.blank;
  }
  const lost = !data.slides.some((slide) => slide.id === S.slide);
  if (lost) S.slide = data.slides[clamp(S.place ?? 0, 0, data.slides.length - 1)].id;
  S.place = indexOf(S);
  label(S);
  draw(S);
  drawPanel(S);
}

// Streamlit may clean up and call again with the same nodes: then the deck goes on where it was
function attach(S) {
  if (S.attached) return;
  S.attached = true;
  document.addEventListener("keydown", S.onKey, true);
  S.sizes.observe(S.parts.screen);
  if (S.notes) S.clock = setInterval(() => tick(S), 500);
  S.root.focus({ preventScroll: true });
  wake(S);
}

function detach(S) {
  S.attached = false;
  document.removeEventListener("keydown", S.onKey, true);
  S.sizes.disconnect();
  S.outbox.close(S.outbox.component);
  for (const timer of [S.forget, S.sleep, S.resized]) clearTimeout(timer);
  clearInterval(S.clock);
}

export default function (component) {
  const { parentElement, data } = component;
  let S = decks.get(parentElement);
  if (!S) { S = create(parentElement, component); decks.set(parentElement, S); }
  S.outbox.component = component;
  attach(S);
  render(S, data);
  return whenGone(parentElement, () => detach(S));
}
