// The plan as a board: cards moved from column to column by mouse, by finger (on the handle) or by the arrow keys.

const instances = new WeakMap();

// what waits to be acknowledged is shown as if it were done
function columnOf(S, card) {
  let column = card.column;
  for (const event of S.outbox.waiting) if (event.kind === "moved" && event.id === card.id) column = event.column;
  return column;
}

function emit(S, event, sentence) {
  S.outbox.add(event);
  render(S);
  if (sentence) S.live.textContent = sentence;
}

function moveTo(S, id, column) {
  const card = S.data.cards.find((other) => other.id === id), goal = S.data.columns.find((other) => other.id === column);
  if (!card || !goal || columnOf(S, card) === column) { render(S); return; }
  emit(S, { kind: "moved", id, column }, fill(S.data.text.did_move, { card: card.title, column: goal.name }));
  S.cards.get(id)?.focus({ preventScroll: true });
}

// ---- drawing ----------------------------------------------------------------------------------------------------------

function cardNode(S, id) {
  const node = h("article", { class: "card", tabindex: 0, "data-id": id, "aria-roledescription": "card" },
    h("button", { class: "handle", type: "button", tabindex: -1, "aria-hidden": "true" }, "⠿"),
    h("div", { class: "body" }, h("div", { class: "name" }), h("div", { class: "facts" }), h("div", { class: "bar", hidden: true }, h("i")), h("div", { class: "due" })),
    h("div", { class: "acts" }, h("button", { class: "open", type: "button" }), h("select", { class: "goal" })));
  return node;
}

function drawCard(S, card) {
  let node = S.cards.get(card.id);
  if (!node) { node = cardNode(S, card.id); S.cards.set(card.id, node); }
  const [handle, body, acts] = node.children, [open, goal] = acts.children, [name, facts, bar, due] = body.children, { text } = S.data;
  setText(name, card.title);
  setText(facts, card.facts ?? "");
  facts.hidden = !card.facts;
  bar.hidden = typeof card.progress !== "number";
  if (!bar.hidden) { bar.firstChild.style.width = `${clamp(card.progress, 0, 100)}%`; setAttr(bar, "title", `${Math.round(card.progress)} %`); }
  setText(due, card.due ?? "");
  due.hidden = !card.due;
  due.classList.toggle("late", Boolean(card.late));
  setAttr(handle, "title", text.handle);
  setText(open, text.open);
  node.classList.toggle("opened", S.data.opened === card.id);
  node.classList.toggle("overdue", Boolean(card.late));
  const column = S.data.columns.find((other) => other.id === columnOf(S, card));
  drawGoal(S, goal, column);
  setAttr(node, "aria-label", [card.title, column?.name, card.facts, card.due].filter(Boolean).join(", "));
  return node;
}

// where there is no mouse, a card changes its column by a choice as well as by its handle
function drawGoal(S, goal, column) {
  const names = S.data.columns.map((other) => other.name);
  if (goal.options.length !== names.length || names.some((name, at) => goal.options[at].text !== name)) goal.replaceChildren(...S.data.columns.map((other) => h("option", { value: other.id }, other.name)));
  setAttr(goal, "aria-label", S.data.text.status);
  goal.value = column?.id ?? "";
}

function render(S) {
  const { columns, cards, text } = S.data;
  setAttr(S.root, "aria-label", text.title);
  const active = S.root.getRootNode().activeElement;
  const known = new Set(cards.map((card) => card.id));
  for (const [id, node] of S.cards) if (!known.has(id)) { node.remove(); S.cards.delete(id); }
  const shown = new Set(columns.map((column) => column.id));
  for (const [id, node] of S.lists) if (!shown.has(id)) { node.remove(); S.lists.delete(id); }
  columns.forEach((column, place) => {
    let box = S.lists.get(column.id);
    if (!box) { box = h("section", { class: "column", "data-column": column.id }, h("h4", {}, h("i"), h("span"), h("b")), h("div", { class: "list" }), h("p", { class: "none" })); S.lists.set(column.id, box); }
    if (S.board.children[place] !== box) S.board.insertBefore(box, S.board.children[place] ?? null);
    const [title, list, none] = box.children, mine = cards.filter((card) => columnOf(S, card) === column.id);
    title.children[0].style.background = plainColour(column.colour) ?? "var(--accent)";
    setText(title.children[1], column.name);
    setText(title.children[2], String(mine.length));
    setAttr(box, "aria-label", `${column.name} (${mine.length})`);
    mine.forEach((card, at) => { const node = drawCard(S, card); if (list.children[at] !== node && !(S.drag?.moved && S.drag.id === card.id && node.parentNode === list)) list.insertBefore(node, list.children[at] ?? null); });
    setText(none, text.empty);
    none.hidden = mine.length > 0;
  });
  setText(S.hint, text.keys);
  if (active?.isConnected && active.matches?.(".card") && S.root.getRootNode().activeElement !== active) active.focus({ preventScroll: true });
}

// ---- hands ------------------------------------------------------------------------------------------------------------

function down(S, event) {
  if (event.button !== 0 || S.drag || event.target.closest(".acts")) return;
  const node = event.target.closest(".card");
  if (!node || (event.pointerType === "touch" && !event.target.closest(".handle"))) return;   // elsewhere a finger scrolls
  const box = node.getBoundingClientRect();
  S.drag = { id: node.dataset.id, node, pointer: event.pointerId, x0: event.clientX, y0: event.clientY, dx: event.clientX - box.left, dy: event.clientY - box.top, width: box.width, moved: false };
  if (event.pointerType !== "touch") event.preventDefault();
  node.focus({ preventScroll: true });
}

function columnAt(S, x, y) {
  for (const [id, box] of S.lists) { const r = box.getBoundingClientRect(); if (x >= r.left && x <= r.right && y >= r.top - 40 && y <= r.bottom + 60) return id; }
  return null;
}

function moved(S, event) {
  const d = S.drag;
  if (!d || event.pointerId !== d.pointer) return;
  if (!d.moved) {
    if (Math.hypot(event.clientX - d.x0, event.clientY - d.y0) < 5) return;
    d.moved = true;
    S.root.setPointerCapture(d.pointer);
    const copy = d.node.cloneNode(true);
    copy.removeAttribute("tabindex");
    copy.style.width = `${d.width}px`;
    S.ghost.replaceChildren(copy);
    S.ghost.showPopover();
    d.node.classList.add("dragging");
    S.root.classList.add("carrying");
  }
  S.ghost.style.transform = `translate(${event.clientX - d.dx}px, ${event.clientY - d.dy}px)`;
  const over = columnAt(S, event.clientX, event.clientY);
  for (const [id, box] of S.lists) box.classList.toggle("over", id === over);
  d.over = over;
  nearEdge(S, event.clientX);
}

// on a narrow screen the columns scroll sideways: a card at the rim takes the board along
function nearEdge(S, x) {
  const r = S.board.getBoundingClientRect();
  if (x > r.right - 36) S.board.scrollBy({ left: 14 });
  else if (x < r.left + 36) S.board.scrollBy({ left: -14 });
}

function up(S, event) {
  const d = S.drag;
  if (!d || event.pointerId !== d.pointer) return;
  const goal = d.moved ? columnAt(S, event.clientX, event.clientY) : null;
  stop(S);
  if (goal) moveTo(S, d.id, goal);
  else render(S);
}

function stop(S) {
  const d = S.drag;
  if (!d) return;
  S.drag = null;
  d.node.classList.remove("dragging");
  S.root.classList.remove("carrying");
  for (const box of S.lists.values()) box.classList.remove("over");
  if (S.ghost.matches(":popover-open")) { S.ghost.hidePopover(); S.ghost.replaceChildren(); }
  if (S.root.hasPointerCapture(d.pointer)) S.root.releasePointerCapture(d.pointer);
}

// ---- keys -------------------------------------------------------------------------------------------------------------

function keyDown(S, event) {
  const command = event.ctrlKey || event.metaKey, node = event.target.closest(".card"), key = event.key;
  if (key === "Escape" && S.drag) { stop(S); render(S); }
  else if (command && key.toLowerCase() === "z") emit(S, { kind: event.shiftKey ? "redo" : "undo" }, S.data.text[event.shiftKey ? "redo" : "undo"]);
  else if (command && key.toLowerCase() === "y") emit(S, { kind: "redo" }, S.data.text.redo);
  else if (!node || event.target.closest(".acts")) return;
  else if (key === "ArrowLeft" || key === "ArrowRight") sideways(S, node.dataset.id, key === "ArrowRight" ? 1 : -1);
  else if (key === "ArrowUp" || key === "ArrowDown") (key === "ArrowDown" ? node.nextElementSibling : node.previousElementSibling)?.focus();
  else if (key === "Enter" || key === " " || key.toLowerCase() === "o") openCard(S, node.dataset.id);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function sideways(S, id, step) {
  const card = S.data.cards.find((other) => other.id === id);
  const places = S.data.columns.map((column) => column.id), next = places[places.indexOf(columnOf(S, card)) + step];
  if (next) { moveTo(S, id, next); S.cards.get(id)?.scrollIntoView({ block: "nearest", inline: "nearest" }); }
}

function openCard(S, id) {
  emit(S, { kind: "open", id });
  S.follow = id;
}

// the details stand below the board: they come into sight once they are those of the card
function toDetails(S) {
  if (!S.follow || S.data.opened !== S.follow) return;
  S.follow = null;
  setTimeout(() => {
    const panel = document.querySelector(".st-key-details"), calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!panel) return;
    panel.style.scrollMarginTop = "5rem";   // the bar at the top of the window
    panel.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }, 350);
}

// on a narrow screen the first cards may stand out of sight: the board opens where they are
function toFirstCard(S) {
  const first = [...S.lists.values()].find((box) => box.querySelector(".card"));
  if (!first || !S.board.clientWidth) return;
  S.shown = true;
  if (S.board.scrollWidth > S.board.clientWidth) S.board.scrollLeft = first.offsetLeft - S.board.offsetLeft - 4;
}

// ---- life -------------------------------------------------------------------------------------------------------------

function create(parent, data) {
  const root = parent.querySelector(".plan-board");
  const S = { root, data, outbox: new Outbox(), cards: new Map(), lists: new Map(), drag: null };
  root.setAttribute("role", "group");
  S.board = h("div", { class: "board" });
  S.hint = h("p", { class: "hint" });
  S.live = h("div", { class: "sr", role: "status", "aria-live": "polite" });
  S.ghost = h("div", { class: "ghost", popover: "manual", "aria-hidden": "true" });
  root.append(S.board, S.hint, S.live, S.ghost);
  const on = (name, run) => root.addEventListener(name, (event) => run(S, event));
  on("pointerdown", down); on("pointermove", moved); on("pointerup", up); on("keydown", keyDown);
  on("pointercancel", (state, event) => { if (state.drag?.pointer === event.pointerId) { stop(state); render(state); } });
  on("click", (state, event) => { const node = event.target.closest(".card"); if (node && event.target.closest(".open")) openCard(state, node.dataset.id); });
  on("dblclick", (state, event) => { const node = event.target.closest(".card"); if (node && !event.target.closest(".acts")) openCard(state, node.dataset.id); });
  on("change", (state, event) => { const node = event.target.closest(".card"); if (node && event.target.matches(".goal")) moveTo(state, node.dataset.id, event.target.value); });
  return S;
}

export default function (component) {
  const { parentElement, data } = component;
  let S = instances.get(parentElement);
  if (!S) instances.set(parentElement, (S = create(parentElement, data)));
  S.outbox.component = component;
  S.outbox.acknowledge(data.ack);
  S.data = data;
  render(S);
  if (!S.shown) toFirstCard(S);
  toDetails(S);
  return () => {
    if (instances.get(parentElement) !== S) return;
    S.outbox.close();
    instances.delete(parentElement);
  };
}
