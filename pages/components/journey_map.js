// Journey map: Streamlit calls the default export on every change of data or theme; it must be idempotent.

const instances = new WeakMap();

function act(S, target, event) {
  const doer = target.closest("[data-act]"), holder = doer.closest("[data-id]"), name = doer.dataset.act;
  if (name === "undo" || name === "redo") emit(S, { kind: name }, S.data.text[name]);
  else if (name === "help") openHelp(S);
  else if (name === "collapse") collapse(S, holder.dataset.id);
  else if (name === "emotion_reset") resetPoint(S, doer.closest(".slot").dataset.stage);
  else if (name === "add_stage") addEditor(S, "stage", { before: null });
  else if (name === "add") addInCell(S, doer.parentNode.dataset.lane, doer.parentNode.dataset.stage);
  else if (name === "menu") {
    if (S.menu.matches(":popover-open")) { closeMenu(S, true); if (S.menuBack === keyOf(holder.dataset.kind, holder.dataset.id)) return; }
    openMenu(S, holder.dataset.kind, holder.dataset.id, doer);
  }
  event.stopPropagation();
}

function clicked(S, event) {
  if (performance.now() - (S.swallow ?? -1e9) < 60) { event.preventDefault(); return; }
  if (event.target.closest("[data-act]")) { act(S, event.target, event); return; }
  const stop = event.target.closest(".item, .step, .head, .title");
  if (stop && !event.target.closest("textarea")) {
    stop.focus({ preventScroll: true });
    if (stop.matches(".step")) openMenu(S, "step", stop.dataset.id, stop);
    if (S.data.readonly && stop.matches(".item")) open(S, stop.dataset.kind, stop.dataset.id);
  }
}

function doubleClicked(S, event) {
  if (event.target.closest("button, textarea")) return;
  const stop = event.target.closest(".item, .step, .head, .title");
  closeMenu(S, false);
  if (stop) renameEditor(S, stop.dataset.kind, stop.dataset.id, event.target.closest(".goal") ? "goal" : "text");
  else if (event.target.matches(".cell") && !S.data.readonly) addInCell(S, event.target.dataset.lane, event.target.dataset.stage);
}

function left(S, event) {
  if (S.rendering) return;
  const editor = S.editor, typing = event.target === editor?.area;
  S.held = keyOfElement(event.target.closest?.(STOPS));
  setTimeout(() => {
    if (!S.root.isConnected) return;                               // Streamlit took the map away: what is typed waits for the next one
    S.held = null;
    // leaving the window is not leaving the field; leaving the field keeps what was typed
    if (typing && S.editor === editor && activeIn(S) !== editor.area && document.hasFocus()) closeEditor(S, true);
  });
  if (!typing && event.target.matches?.(".point") && S.nudges.size) sendNudges(S);
}

function listen(S) {
  const { root } = S, on = (name, handler, options) => root.addEventListener(name, (event) => handler(S, event), options);
  on("pointerdown", (state, event) => { if (!event.target.closest(".menu, [data-act=menu]")) closeMenu(state, false); gestureDown(state, event); });
  on("pointermove", gestureMove);
  on("pointerup", gestureUp);
  on("pointercancel", (state, event) => { if (state.gesture?.pointer === event.pointerId) cancelGesture(state); });
  on("lostpointercapture", (state, event) => { if (state.gesture?.pointer === event.pointerId && event.target === root) cancelGesture(state); });
  on("touchmove", (state, event) => { if (state.gesture?.lifted || state.gesture?.kind === "emotion") event.preventDefault(); }, { passive: false });
  on("contextmenu", (state, event) => { if (state.gesture) event.preventDefault(); });
  on("click", clicked);
  on("dblclick", doubleClicked);
  on("keydown", keyDown);
  for (const name of ["keyup", "keypress"]) on(name, (state, event) => { if (event.target === state.editor?.area) event.stopPropagation(); });
  on("input", (state, event) => { if (event.target === state.editor?.area) fit(event.target); });
  on("paste", (state, event) => { if (event.target === state.editor?.area && pasteLines(state, event.clipboardData.getData("text/plain"))) event.preventDefault(); });
  on("focusin", focusMoved);
  on("focusout", left);
  S.scroller.addEventListener("scroll", () => {
    S.scroller.seen = { scrollLeft: S.scroller.scrollLeft, scrollTop: S.scroller.scrollTop };
    closeMenu(S, false);
    S.root.classList.toggle("scrolled", S.scroller.scrollLeft > 2);
    S.root.classList.toggle("sunk", S.scroller.scrollTop > 2);
  }, { passive: true });
}

function create(parent, component) {
  const root = parent.querySelector(".journey-map");
  const S = { root, nodes: new Map(), nudges: new Map(), outbox: outboxOf(component.data.name), rove: {}, editor: null, gesture: null, data: component.data };
  frame(S);
  listen(S);
  S.sizes = new ResizeObserver(() => {
    root.classList.toggle("narrow", root.clientWidth < 640);
    root.style.setProperty("--view", `${S.scroller.clientWidth}px`);
    root.style.setProperty("--head", `${S.heads.offsetHeight}px`);
  });
  S.sizes.observe(root);
  S.sizes.observe(S.heads);
  return S;
}

// Streamlit may take a map away and draw it anew under the same name: place, focus and half-typed words come back.
const leftBehind = new Map();

function leaveBehind(S) {
  const { scrollLeft, scrollTop } = S.scroller.seen ?? { scrollLeft: 0, scrollTop: 0 }, { editor } = S;
  const typed = editor && { ...editor, host: null, area: null, value: editor.area.value, from: editor.area.selectionStart, to: editor.area.selectionEnd };
  leftBehind.set(S.data.name, { scrollLeft, scrollTop, typed, held: S.held, at: performance.now() });
}

function takeUp(S) {
  const was = leftBehind.get(S.data.name);
  if (!was) return;
  leftBehind.delete(S.data.name);
  S.scroller.scrollTo(was.scrollLeft, was.scrollTop);
  const fresh = performance.now() - was.at < 10_000, active = S.root.getRootNode().host ?? S.root;
  if (was.typed) reopenEditor(S, was.typed);
  else if (fresh && was.held && (document.activeElement === document.body || document.activeElement === active)) focusKey(S, was.held);
}

function destroy(parent, S) {
  if (instances.get(parent) !== S) return;
  sendNudges(S);
  leaveBehind(S);
  S.outbox.close(S.component);
  S.sizes.disconnect();
  instances.delete(parent);
}

export default function (component) {
  const { parentElement, data } = component;
  let S = instances.get(parentElement);
  if (S && !parentElement.contains(S.root)) { destroy(parentElement, S); S = undefined; }
  const anew = !S;
  if (anew) instances.set(parentElement, (S = create(parentElement, component)));
  S.component = component;
  S.outbox.attach(component, data.ack);
  S.data = data;
  render(S);
  if (anew) takeUp(S);
  return whenGone(parentElement, () => destroy(parentElement, S));
}
