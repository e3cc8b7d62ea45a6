// The keyboard: one tab stop for the stage headers, one for the curve, one for the lanes; arrows walk inside.

const STOPS = ".head, .step, .point, .title, .item, .cell > .add, .addstage > .add";
const groupOf = (S, element) => (element.closest(".heads") ? "heads" : element.closest(".curve") ? "curve" : "lanes");

function keyOfElement(element) {
  if (!element?.dataset) return null;
  if (element.matches(".cell > .add")) return keyOf("add", cellKey(element.parentNode.dataset.lane, element.parentNode.dataset.stage));
  if (element.matches(".addstage > .add")) return "add:stage";
  return element.dataset.id !== undefined && element.dataset.kind ? keyOf(element.dataset.kind, element.dataset.id) : null;
}

function elementOf(S, key) {
  if (!key) return null;
  if (key === "add:stage") return S.addStage.querySelector(".add");
  if (key.startsWith("add:")) return S.nodes.get(`cell:${key.slice(4)}`)?.querySelector(":scope > .add");
  return S.nodes.get(key) ?? null;
}

function focusKey(S, key) {
  const element = elementOf(S, key);
  if (!element?.isConnected) return;
  element.setAttribute("tabindex", "0");
  element.focus({ preventScroll: true });
  revealKey(S, key);
}

function revealKey(S, key) {
  const element = elementOf(S, key);
  if (element?.isConnected && !element.matches(".point")) element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const activeIn = (S) => S.root.getRootNode().activeElement;

function heldFocus(S) {
  const active = activeIn(S);
  if (!active || !S.root.contains(active)) return null;
  if (active === S.editor?.area) return { area: active, from: active.selectionStart, to: active.selectionEnd };
  const stop = active.closest(STOPS), item = S.items?.get(keyOfElement(stop));
  return stop ? { key: keyOfElement(stop), element: active, item } : null;
}

function giveFocus(S, held) {
  if (!held) { S.items = S.view.items; return; }
  const active = activeIn(S);
  if (held.area) {
    if (S.editor?.area === held.area && active !== held.area) { held.area.focus({ preventScroll: true }); held.area.setSelectionRange(held.from, held.to); }
  } else if (active !== held.element || !held.element.isConnected) {
    let target = elementOf(S, held.key);
    if (!target?.isConnected && held.item) {                       // a new item has received its real id
      const twin = cellItems(S.view, held.item.lane, held.item.stage).findLast((item) => item.text === held.item.text);
      target = twin && S.nodes.get(twin.key);
    }
    if (held.element.isConnected && held.element.matches("button")) held.element.focus({ preventScroll: true });
    else target?.focus?.({ preventScroll: true });
  }
  S.items = S.view.items;
}

function roving(S) {
  const active = activeIn(S)?.closest?.(STOPS);
  for (const [group, box] of [["heads", [S.heads]], ["curve", [S.curve]], ["lanes", S.map.querySelectorAll(".lane")]]) {
    let current = active && groupOf(S, active) === group ? active : elementOf(S, S.rove[group]);
    if (!current?.isConnected) current = [...box].map((part) => part.querySelector(group === "lanes" ? ".item, .cell > .add" : STOPS)).find(Boolean) ?? null;
    for (const part of box) for (const old of part.querySelectorAll('[tabindex="0"]')) if (old !== current) old.setAttribute("tabindex", "-1");
    current?.setAttribute("tabindex", "0");
    S.rove[group] = keyOfElement(current);
  }
}

function focusMoved(S, event) {
  const stop = event.target.closest?.(STOPS);
  if (!stop || S.rendering) return;
  const group = groupOf(S, stop), old = elementOf(S, S.rove[group]);
  if (old && old !== stop) old.setAttribute("tabindex", "-1");
  stop.setAttribute("tabindex", "0");
  S.rove[group] = keyOfElement(stop);
}

// ---- walking ------------------------------------------------------------------------------------------------------------

// what can be focused in a cell, top to bottom: its items (also those that span into view), then its add button
function stopsOfCell(S, lane, stage) {
  const column = S.view.stageAt.get(stage);
  const wide = (S.view.spans.get(lane) ?? []).filter((item) => { const start = S.view.stageAt.get(item.stage); return start <= column && column < start + item.span; });
  const keys = [...wide, ...cellItems(S.view, lane, stage)].map((item) => item.key);
  if (!S.data.readonly && !S.view.lanes.find((other) => other.id === lane)?.collapsed) keys.push(keyOf("add", cellKey(lane, stage)));
  return keys;
}

function placeOf(S, stop) {
  const cell = stop.closest(".cell"), item = S.view.items.get(keyOfElement(stop));
  if (cell) return { lane: cell.dataset.lane, stage: item && item.span > 1 ? item.stage : cell.dataset.stage };
  if (item) return { lane: item.lane, stage: item.stage };
  return { lane: stop.dataset.id, stage: null };
}

function walkLanes(S, stop, key) {
  const { view } = S, { lane, stage } = placeOf(S, stop), row = view.lanes.findIndex((other) => other.id === lane);
  if (stage === null) return walkTitles(S, row, key);
  const keys = stopsOfCell(S, lane, stage), at = keys.indexOf(keyOfElement(stop)), column = view.stageAt.get(stage);
  if (key === "ArrowDown" || key === "ArrowUp") {
    const step = key === "ArrowDown" ? 1 : -1;
    if (keys[at + step]) return keys[at + step];
    for (let next = row + step; next >= 0 && next < view.lanes.length; next += step) {
      const there = stopsOfCell(S, view.lanes[next].id, stage);
      if (there.length) return step > 0 ? there[0] : there.at(-1);
    }
    return step < 0 ? keyOf("emotion", stage) : null;
  }
  const step = key === "ArrowRight" ? 1 : -1;
  for (let next = column + step; next >= 0 && next < view.stages.length; next += step) {
    const there = stopsOfCell(S, lane, view.stages[next].id).filter((other) => other !== keyOfElement(stop));
    if (there.length) return there[Math.min(at, there.length - 1)];
  }
  return step < 0 ? keyOf("lane", lane) : null;
}

function walkTitles(S, row, key) {
  const { view } = S;
  if (key === "ArrowDown") return view.lanes[row + 1] ? keyOf("lane", view.lanes[row + 1].id) : null;
  if (key === "ArrowUp") return view.lanes[row - 1] ? keyOf("lane", view.lanes[row - 1].id) : null;
  if (key === "ArrowRight" && view.stages.length) return view.stages.map((stage) => stopsOfCell(S, view.lanes[row].id, stage.id)[0]).find(Boolean) ?? null;
  return null;
}

function walk(S, stop, key) {
  const { view } = S, group = groupOf(S, stop);
  if (group === "lanes") return walkLanes(S, stop, key);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key], name = group === "heads" ? "stage" : "emotion";
  if (stop.matches(".addstage > .add")) return key === "ArrowLeft" && view.stages.length ? keyOf("stage", view.stages.at(-1).id) : null;
  if (stop.matches(".step")) return walkSteps(S, stop.dataset.id, key);
  const at = view.stageAt.get(stop.dataset.id);
  if (step) return view.stages[at + step] ? keyOf(name, view.stages[at + step].id) : group === "heads" && step > 0 ? "add:stage" : null;
  if (group === "heads") return key === "ArrowDown" ? (view.stages[at].steps?.length ? keyOf("step", view.stages[at].steps[0].id) : keyOf("emotion", stop.dataset.id)) : null;
  return null;
}

// from a step to its neighbours, also those of the next stage; up to the stage, down to its emotion
function walkSteps(S, id, key) {
  const { stage } = S.view.stepAt.get(id), all = [...S.view.stepAt.keys()];
  if (key === "ArrowUp") return keyOf("stage", stage);
  if (key === "ArrowDown") return keyOf("emotion", stage);
  const next = all[all.indexOf(id) + (key === "ArrowRight" ? 1 : -1)];
  return next ? keyOf("step", next) : null;
}

function downFromCurve(S, stage) {
  for (const lane of S.view.lanes) { const keys = stopsOfCell(S, lane.id, stage); if (keys.length) return keys[0]; }
  return null;
}

// ---- keys -----------------------------------------------------------------------------------------------------------------

function keyDown(S, event) {
  if (event.target === S.editor?.area) return editorKeys(S, event);
  if (event.target.closest(".menu")) return menuKeys(S, event);
  if (event.target.closest("dialog")) { if (event.key !== "Tab") event.stopPropagation(); return undefined; }
  if (event.key === "Escape" && S.gesture) { cancelGesture(S); say(S, S.data.text.did_cancel); event.stopPropagation(); return undefined; }
  const done = globalKey(S, event) || stopKey(S, event);
  if (done) event.preventDefault();
  if (done || (event.key.length === 1 && !event.ctrlKey && !event.metaKey)) event.stopPropagation();   // "r" and "c" are Streamlit's
  return undefined;
}

function globalKey(S, event) {
  const command = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
  if (command && key === "z") { emit(S, { kind: event.shiftKey ? "redo" : "undo" }, event.shiftKey ? S.data.text.redo : S.data.text.undo); return true; }
  if (command && key === "y") { emit(S, { kind: "redo" }, S.data.text.redo); return true; }
  if (event.key === "?") { openHelp(S); return true; }
  return false;
}

function stopKey(S, event) {
  const stop = event.target.closest(STOPS);
  if (!stop || event.target !== stop) return false;
  const kind = stop.dataset.kind, id = stop.dataset.id, arrow = event.key.startsWith("Arrow");
  if (kind === "emotion" && pointKey(S, event, id)) return true;
  if (event.altKey && arrow) return altArrow(S, kind, id, event);
  if (event.ctrlKey && event.key === "ArrowDown" && kind === "emotion") { focusKey(S, downFromCurve(S, id)); return true; }
  if (arrow && !event.ctrlKey && !event.metaKey) { const next = walk(S, stop, event.key); if (next) focusKey(S, next); return true; }
  if (event.key === "Home" || event.key === "End") { const list = S.view.stages, end = event.key === "Home" ? list[0] : list.at(-1); return homeEnd(S, stop, end); }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return plainKey(S, kind, id, event, stop);
}

function homeEnd(S, stop, stage) {
  if (!stage) return false;
  const group = groupOf(S, stop);
  if (group === "lanes") focusKey(S, stopsOfCell(S, placeOf(S, stop).lane, stage.id)[0]);
  else focusKey(S, keyOf(group === "heads" ? "stage" : "emotion", stage.id));
  return true;
}

function altArrow(S, kind, id, event) {
  const direction = event.key.slice(5).toLowerCase(), step = direction === "left" || direction === "up" ? -1 : 1;
  if (kind === "card" && event.shiftKey && (direction === "left" || direction === "right")) { spanCard(S, id, step); return true; }
  const item = S.view.items.get(keyOf(kind, id));
  if (item && !item.pending) moveItem(S, item, direction);
  else if (kind === "stage" && (direction === "left" || direction === "right")) moveStage(S, id, step);
  else if (kind === "step" && (direction === "left" || direction === "right")) moveStep(S, id, step);
  else if (kind === "lane" && (direction === "up" || direction === "down")) moveLane(S, id, step);
  return true;
}

function plainKey(S, kind, id, event, stop) {
  const { key } = event, edits = kind === "card" || kind === "touchpoint" || kind === "stage" || kind === "step";
  if (key === "F2" && (edits || kind === "lane")) { renameEditor(S, kind, id, "text"); return true; }
  if (key === "Enter" && kind === "lane") { collapse(S, id); return true; }
  if (key === "Enter" && edits) { if (!S.data.readonly) renameEditor(S, kind, id, "text"); else if (kind !== "step") open(S, kind, id); return true; }
  if ((key === "Delete" || key === "Backspace") && edits && !S.data.readonly) { remove(S, kind, id); return true; }
  if (key.toLowerCase() === "s" && (kind === "stage" || kind === "step") && !S.data.readonly) return addStepsHere(S, kind, id);
  if (key === " " && kind === "step") { openMenu(S, kind, id, stop); return true; }
  if (key.toLowerCase() === "o" && edits && kind !== "step") { open(S, kind, id); return true; }
  if (key.toLowerCase() === "g" && kind === "stage") { renameEditor(S, "stage", id, "goal"); return true; }
  if (key === "+" || key === "Insert") return addHere(S, kind, id, stop);
  if ((key === "ContextMenu" || key.toLowerCase() === "m") && (edits || kind === "lane")) { openMenu(S, kind, id, stop.querySelector(".more") ?? stop); return true; }
  return false;
}

function addStepsHere(S, kind, id) {
  const stage = kind === "stage" ? id : S.view.stepAt.get(id)?.stage;
  if (!stage || stageOf(S.view, stage)?.fixed) return false;
  addStepsTo(S, stage);
  return true;
}

function addHere(S, kind, id, stop) {
  if (S.data.readonly) return false;
  if (kind === "stage") { addEditor(S, "stage", { before: null }); return true; }
  if (kind === "step") return addStepsHere(S, kind, id);
  const place = stop.matches(".item, .add") ? placeOf(S, stop) : null;
  if (!place?.lane || !place.stage) return false;
  addInCell(S, place.lane, place.stage);
  return true;
}

function addInCell(S, lane, stage) {
  const kind = S.view.lanes.find((other) => other.id === lane)?.kind;
  addEditor(S, kind === "touchpoints" ? "touchpoint" : "card", { lane, stage });
}

// The slider: arrows by half a level, Page keys by one, sent half a second after the last key.
function pointKey(S, event, stage) {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === "Enter" || event.key.toLowerCase() === "o") { sendNudges(S); open(S, "stage", stage); return true; }
  if (S.data.readonly) return false;
  if (event.key === "Delete" || event.key === "Backspace") { S.nudges.delete(stage); resetPoint(S, stage); render(S); return true; }
  const now = stageOf(S.view, stage)?.emotion?.value ?? 0;
  const to = { ArrowUp: Math.floor(now * 2 + 1) / 2, ArrowDown: Math.ceil(now * 2 - 1) / 2, PageUp: now + 1, PageDown: now - 1, Home: -2, End: 2 }[event.key];
  if (to === undefined) return false;
  clearTimeout(S.nudges.get(stage)?.timer);
  S.nudges.set(stage, { value: snap(to), timer: setTimeout(() => sendNudges(S), 500) });
  render(S);
  return true;
}

function sendNudges(S) {
  const nudges = [...S.nudges];
  S.nudges.clear();
  for (const [stage, nudge] of nudges) {
    clearTimeout(nudge.timer);
    if (S.view.stageAt.has(stage)) emit(S, { kind: "emotion", stage, value: nudge.value });
  }
}
