// Dragging: emotion points up and down, items between cells, stage headers sideways. Mouse and pen start after 5 px,
// a finger after a short press (before that it scrolls). One event is sent when the hand lets go.

const PRESS = 280, NEAR = 5, EDGE = 56;

function gestureDown(S, event) {
  if (event.button !== 0 || S.gesture || event.target.closest("button, textarea, a")) return;
  const point = event.target.closest(".point");
  if (point) { pointDown(S, event, point); return; }
  const item = event.target.closest(".item"), chip = event.target.closest(".step"), head = event.target.closest(".head");
  const from = item ?? chip ?? head;
  if (!from || S.data.readonly || from.classList.contains("editing") || from.classList.contains("pending")) return;
  const g = { kind: from.dataset.kind, id: from.dataset.id, from, pointer: event.pointerId, x: event.clientX, y: event.clientY, x0: event.clientX, y0: event.clientY, touch: event.pointerType === "touch", lifted: false };
  S.gesture = g;
  if (g.touch) g.timer = setTimeout(() => lift(S), PRESS);
}

function pointDown(S, event, point) {
  event.preventDefault();
  point.focus({ preventScroll: true });
  const stage = point.dataset.id, slot = S.nodes.get(keyOf("slot", stage));
  S.gesture = { kind: "emotion", stage, slot, pointer: event.pointerId, x0: event.clientX, y0: event.clientY, y: event.clientY, top: S.lines.getBoundingClientRect().top, moved: false };
  S.root.setPointerCapture(event.pointerId);
}

function gestureMove(S, event) {
  const g = S.gesture;
  if (!g || event.pointerId !== g.pointer) return;
  g.x = event.clientX;
  g.y = event.clientY;
  const far = Math.hypot(g.x - g.x0, g.y - g.y0);
  if (g.kind === "emotion") { if (!S.data.readonly && (g.moved || far > 3)) startPoint(S, g); }
  else if (!g.lifted) {
    if (g.touch) { if (far > 9) endGesture(S); return; }
    if (far > NEAR) lift(S);
  }
  if (g.lifted || g.moved) frameSoon(S);
}

function startPoint(S, g) {
  if (g.moved) return;
  g.moved = true;
  g.slot.classList.add("dragging");
  g.slot.classList.remove("none", "hollow");
  S.lines.classList.add("live");
}

function lift(S) {
  const g = S.gesture;
  if (!g || g.lifted || !g.from.isConnected) return;
  closeMenu(S, false);
  g.lifted = true;
  S.root.setPointerCapture(g.pointer);
  S.root.classList.add("carrying");
  if (g.touch) navigator.vibrate?.(12);
  const box = g.from.getBoundingClientRect();
  g.dx = g.x0 - box.left;
  g.dy = g.y0 - box.top;
  const copy = g.from.cloneNode(true);
  for (const name of ["tabindex", "data-id", "aria-label", "role"]) copy.removeAttribute(name);
  copy.classList.add("carried");
  S.ghost.replaceChildren(copy);
  S.ghost.style.width = `${Math.min(box.width, 260)}px`;
  S.ghost.showPopover();
  g.from.classList.add("lifted");
  g.from.focus({ preventScroll: true });                           // so that Escape is heard
  frameSoon(S);
}

function frameSoon(S) {
  if (!S.frame) S.frame = requestAnimationFrame(() => { S.frame = 0; gestureFrame(S); });
}

function gestureFrame(S) {
  const g = S.gesture;
  if (!g) return;
  if (g.kind === "emotion") {
    g.value = snap(valueAt(g.y - g.top));
    placePoint(S, g.slot, g.value);
    if (g.drawn !== g.value) { g.drawn = g.value; drawLine(S); setAttr(g.slot.point, "aria-valuenow", g.value); }
    return;
  }
  S.ghost.style.transform = `translate(${g.x - Math.min(g.dx, 240)}px, ${g.y - g.dy}px)`;
  if (g.kind === "stage") aimStage(S, g); else if (g.kind === "step") aimStep(S, g); else aimItem(S, g);
  if (autoScroll(S, g)) frameSoon(S);
}

function aimItem(S, g) {
  const under = S.root.getRootNode().elementFromPoint(g.x, g.y), cell = under?.closest?.(".cell"), head = under?.closest?.(".head:not(.pending)");
  if (head) return aimHead(S, g, head, under.closest(".step:not(.pending)"));
  const lane = cell && S.view.lanes.find((other) => other.id === cell.dataset.lane);
  g.target = lane && (lane.kind === "touchpoints") === (g.kind === "touchpoint") ? { lane: lane.id, stage: cell.dataset.stage } : null;
  S.root.classList.toggle("refused", Boolean(cell) && !g.target);
  S.indicator.hidden = !g.target;
  if (!g.target) return;
  const boxes = [...cell.querySelectorAll(":scope > .item:not(.lifted), :scope > .steplabel")].map((box) => [box.dataset, box.getBoundingClientRect()]);
  let at = boxes.findIndex(([, box]) => g.y < box.top + box.height / 2);
  const area = cell.getBoundingClientRect();
  if (at === 0 && !boxes[0][0].id) at = boxes.length > 1 ? 1 : -1;  // above the first label is below it
  Object.assign(g.target, besides(S, g, boxes.map(([data]) => data), at));
  const y = at < 0 ? (boxes.length ? boxes.at(-1)[1].bottom + 3 : area.top + 8) : boxes[at][1].top - 4;
  pointAt(S, area.left + 8, y - 1.5, area.width - 16, 3);
}

// over a stage or one of its steps: last there, on the lane where it is
function aimHead(S, g, head, chip) {
  const { lane } = S.view.items.get(keyOf(g.kind, g.id)) ?? {}, stage = head.dataset.id, step = chip?.dataset.id ?? null;
  const there = stepItems(S.view, lane, stage, step).filter((other) => other.id !== g.id);
  g.target = lane ? { lane, stage, step, before: null, after: there.at(-1)?.id ?? null } : null;
  S.root.classList.toggle("refused", !g.target);
  S.indicator.hidden = !g.target;
  const box = (chip ?? head).getBoundingClientRect();
  if (g.target) pointAt(S, box.left, box.bottom - 1, box.width, 3);
}

// what it would stand between: neighbours of the step that it would stand in, which is that of what is above it
function besides(S, g, list, at) {
  const above = at < 0 ? list.at(-1) : list[at - 1], below = at < 0 ? undefined : list[at], item = S.view.items.get(keyOf(g.kind, g.id));
  const own = item?.stage === g.target.stage ? item.step ?? null : null, near = above ?? below;
  const step = near ? near.step || null : own;
  return { step, before: below?.id && (below.step || null) === step ? below.id : null, after: above?.id ?? null };
}

function aimStep(S, g) {
  const chips = [...g.from.parentNode.querySelectorAll(":scope > .step:not(.lifted)")].map((chip) => [chip.dataset.id, chip.getBoundingClientRect()]);
  const at = chips.findIndex(([, box]) => g.y < box.bottom && g.x < box.left + box.width / 2 || g.y < box.top);
  g.target = chips.length ? { before: at < 0 ? null : chips[at][0] } : null;
  S.indicator.hidden = !g.target;
  if (g.target) { const box = at < 0 ? chips.at(-1)[1] : chips[at][1]; pointAt(S, (at < 0 ? box.right : box.left - 3), box.top, 3, box.height); }
}

function aimStage(S, g) {
  const heads = [...S.heads.querySelectorAll(".head")].filter((head) => head.dataset.id !== g.id).map((head) => [head.dataset.id, head.getBoundingClientRect()]);
  const at = heads.findIndex(([, box]) => g.x < box.left + box.width / 2);
  g.target = { before: at < 0 ? null : heads[at][0] };
  const x = at < 0 ? (heads.at(-1)?.[1].right ?? g.x) + 3 : heads[at][1].left - 5, area = S.map.getBoundingClientRect();
  S.indicator.hidden = false;
  pointAt(S, x - 1, area.top, 3, area.height);
}

function pointAt(S, left, top, width, height) {
  const area = S.map.getBoundingClientRect();
  S.indicator.style.cssText = `transform: translate(${left - area.left}px, ${top - area.top}px); width: ${width}px; height: ${height}px`;
}

const pace = (distance) => (distance < EDGE ? Math.ceil((EDGE - Math.max(distance, 0)) / 4) : 0);
function autoScroll(S, g) {
  const area = S.scroller.getBoundingClientRect(), narrow = S.root.classList.contains("narrow");
  const left = area.left + (narrow ? 0 : S.corner.offsetWidth), top = area.top + S.heads.offsetHeight;
  const dx = pace(area.right - g.x) - pace(g.x - left), dy = g.kind === "stage" || g.kind === "step" ? 0 : pace(Math.min(area.bottom, innerHeight) - g.y) - pace(g.y - top);
  if (!dx && !dy) return false;
  const { scrollLeft, scrollTop } = S.scroller;
  S.scroller.scrollBy(dx, dy);
  return S.scroller.scrollLeft !== scrollLeft || S.scroller.scrollTop !== scrollTop;
}

function gestureUp(S, event) {
  const g = S.gesture;
  if (!g || event.pointerId !== g.pointer) return;
  g.x = event.clientX;
  g.y = event.clientY;
  if (g.lifted || g.moved) gestureFrame(S);
  endGesture(S);
  if (g.kind === "emotion") { dropPoint(S, g); return; }
  if (!g.lifted) return;
  S.swallow = performance.now();                                  // the click that follows a drop is not a click
  if (!g.target) { say(S, S.data.text.did_cancel); return; }
  if (g.kind === "stage") dropStage(S, g); else if (g.kind === "step") landStep(S, g); else dropItem(S, g);
}

function dropPoint(S, g) {
  const stage = stageOf(S.view, g.stage);
  if (!stage) return;
  if (!g.moved) { open(S, "stage", g.stage); return; }
  if (g.value === stage.emotion?.value && (stage.emotion.provenance ?? "assumed") === "assumed") { render(S); return; }
  emit(S, { kind: "emotion", stage: g.stage, value: g.value }, fill(S.data.text.did_emotion, { stage: stage.name, word: wordOf(S, g.value), value: signed(g.value, S.data.language) }));
}

function dropItem(S, g) {
  const item = S.view.items.get(keyOf(g.kind, g.id)), { lane, stage, step, before, after } = g.target;
  if (!item || !S.view.stageAt.has(stage)) return;
  const list = stepItems(S.view, lane, stage, step), at = list.indexOf(item);
  if (at >= 0 && item.span === 1 && (list[at + 1]?.id ?? null) === before) return;
  const rest = list.filter((other) => other !== item), index = before === null ? rest.length : rest.findIndex((other) => other.id === before);
  const event = g.kind === "card" ? { kind: "move_card", id: item.id, stage, lane, before, after, step } : { kind: "move_touchpoint", id: item.id, stage, before, after, step };
  emit(S, event, fill(S.data.text.did_move, { name: item.text, stage: placeName(S, stage, step), position: index + 1, total: rest.length + 1 }));
  focusKey(S, item.key);
}

function landStep(S, g) {
  const list = stepsOf(S.view, g.id), at = list.findIndex((step) => step.id === g.id), { before } = g.target;
  if (at < 0 || (list[at + 1]?.id ?? null) === before) return;
  const rest = list.filter((step) => step.id !== g.id), index = before === null ? rest.length : rest.findIndex((step) => step.id === before);
  emit(S, { kind: "move_step", id: g.id, before }, fill(S.data.text.did_place, { name: list[at].name, position: index + 1, total: list.length }));
  focusKey(S, keyOf("step", g.id));
}

function dropStage(S, g) {
  const at = S.view.stageAt.get(g.id);
  if (at === undefined || (S.view.stages[at + 1]?.id ?? null) === g.target.before) return;
  const stage = S.view.stages[at], rest = S.view.stages.filter((other) => other !== stage);
  const index = g.target.before === null ? rest.length : rest.findIndex((other) => other.id === g.target.before);
  emit(S, { kind: "move_stage", id: g.id, before: g.target.before }, fill(S.data.text.did_place, { name: stage.name, position: index + 1, total: rest.length + 1 }));
  focusKey(S, keyOf("stage", g.id));
}

function endGesture(S) {
  const g = S.gesture;
  if (!g) return;
  S.gesture = null;
  clearTimeout(g.timer);
  cancelAnimationFrame(S.frame);
  S.frame = 0;
  S.indicator.hidden = true;
  S.root.classList.remove("carrying", "refused");
  S.lines.classList.remove("live");
  g.slot?.classList.remove("dragging");
  g.from?.classList.remove("lifted");
  if (g.lifted) { S.ghost.hidePopover(); S.ghost.replaceChildren(); }
  if (S.root.hasPointerCapture(g.pointer)) S.root.releasePointerCapture(g.pointer);
}

function cancelGesture(S) {
  endGesture(S);
  render(S);
}
