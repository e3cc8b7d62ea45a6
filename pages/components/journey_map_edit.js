// Changing things: what is sent to Python, the text field inside the map, the menus and the help panel.

function say(S, sentence) {
  S.live.textContent = S.live.textContent === sentence ? `${sentence}\u00a0` : sentence;
}

function emit(S, event, sentence) {
  if (S.data.readonly && event.kind !== "open") return;
  S.outbox.add(event);
  render(S);
  if (sentence) say(S, sentence);
}

// ---- the text field: one at a time; what was typed outlives every rerun ---------------------------------------------

function editorBox(S, value, label, rows) {
  const area = h("textarea", { class: "field", rows, maxlength: 2000, "aria-label": label, placeholder: label, spellcheck: "true" });
  area.value = value;
  return area;
}

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function openEditor(S, editor) {
  if (S.data.readonly) return;
  closeEditor(S, true);
  S.editor = editor;
  render(S);
  fit(editor.area);
  editor.area.focus({ preventScroll: true });
  editor.host.scrollIntoView({ block: "nearest", inline: "nearest" });
  editor.area.select();
}

function renameEditor(S, kind, id, field = "text") {
  const host = S.nodes.get(keyOf(kind, id));
  const entity = kind === "stage" ? stageOf(S.view, id) : kind === "step" ? S.view.stepAt.get(id) : kind === "lane" ? S.view.lanes.find((lane) => lane.id === id) : S.view.items.get(keyOf(kind, id));
  if (!host || !entity || entity.pending || entity.fixed) return;
  const before = (kind === "card" || kind === "touchpoint" ? entity.text : field === "goal" ? entity.goal : entity.name) ?? "";
  const area = editorBox(S, before, field === "goal" ? S.data.text.goal : S.data.text.rename, 1);
  host.classList.add("editing", `editing-${field}`);
  host.append(area);
  openEditor(S, { mode: "rename", what: kind, field, id, before, area, host, lane: entity.lane, stage: entity.stage, back: keyOf(kind, id) });
}

function addEditor(S, what, place) {
  const { text } = S.data;
  const area = editorBox(S, "", what === "stage" ? text.stage_placeholder : what === "step" ? text.step_placeholder : what === "touchpoint" ? text.touchpoint_placeholder : text.card_placeholder, 1);
  const host = h("div", { class: "adding" }, area);
  if (what === "stage") S.addStage.prepend(host);
  openEditor(S, { mode: "add", what, area, host, ...place });
}

// The map was taken away in the middle of a word: the field comes back as it was, without sending anything.
function reopenEditor(S, was) {
  if (was.mode === "add") addEditor(S, was.what, { lane: was.lane, stage: was.stage, before: was.before, back: was.back });
  else renameEditor(S, was.what, was.id, was.field);
  if (!S.editor && was.lane) addEditor(S, was.what, { lane: was.lane, stage: was.stage });
  if (!S.editor) return;
  S.editor.area.value = was.value;
  fit(S.editor.area);
  S.editor.area.setSelectionRange(was.from, was.to);
}

// Somebody deleted what is being renamed: the field stays where it was, and its text becomes a new item.
function markHomeless(S) {
  const editor = S.editor;
  if (editor.mode !== "rename") return;
  if (editor.what === "card" || editor.what === "touchpoint") editor.homeless = !S.view.items.has(keyOf(editor.what, editor.id));
}

function commitAdd(S, editor, lines) {
  const { text } = S.data, wanted = lines.map((line) => line.trim().slice(0, 2000)).filter(Boolean);
  if (!wanted.length) return;
  const stage = S.view.stageAt.has(editor.stage) ? editor.stage : S.view.stages[0]?.id;
  if (editor.what === "stage") {
    for (const name of wanted) emit(S, { kind: "add_stage", name, before: editor.before ?? null }, fill(text.did_add, { name }));
  } else if (editor.what === "step") {
    if (S.view.stageAt.has(editor.stage)) emit(S, { kind: "add_step", stage: editor.stage, names: wanted.slice(0, 200) }, wanted.length > 1 ? fill(text.did_add_many, { n: wanted.length }) : fill(text.did_add, { name: wanted[0] }));
  } else if (stage !== undefined) {
    const sentence = wanted.length > 1 ? fill(text.did_add_many, { n: wanted.length }) : fill(text.did_add, { name: wanted[0] });
    if (editor.what === "touchpoint") emit(S, { kind: "add_touchpoint", stage, names: wanted.slice(0, 200) }, sentence);
    else emit(S, { kind: "add_card", stage, lane: editor.lane, texts: wanted.slice(0, 200) }, sentence);
  }
}

function commitRename(S, editor, value) {
  const text = value.trim();
  if (!text && editor.field !== "goal") return;
  if (text === editor.before.trim()) return;
  if (editor.homeless) { commitAdd(S, { ...editor, mode: "add" }, [text]); say(S, S.data.text.did_rescue); return; }
  const kind = editor.field === "goal" ? "set_goal" : `rename_${editor.what}`;
  emit(S, { kind, id: editor.id, text }, fill(S.data.text.did_rename, { name: text }));
}

function closeEditor(S, keep) {
  const editor = S.editor;
  if (!editor) return;
  S.editor = null;
  const value = editor.area.value;
  editor.area.remove();
  if (editor.mode === "add") editor.host.remove();
  else editor.host.classList.remove("editing", "editing-goal", "editing-text");
  if (keep) { if (editor.mode === "add") commitAdd(S, editor, [value]); else commitRename(S, editor, value); }
  render(S);
  return editor;
}

function commitAndGoOn(S) {
  const editor = S.editor, value = editor.area.value;
  if (editor.mode === "add" && value.trim()) {             // the field stays open for the next one
    editor.area.value = "";
    fit(editor.area);
    commitAdd(S, editor, [value]);
    editor.area.focus({ preventScroll: true });
    return;
  }
  closeEditor(S, true);
  focusKey(S, backOf(editor));
}

// where the focus goes when a field closes: never to nowhere, or the keyboard starts at the top of the page again
const backOf = (editor) => editor.back ?? (editor.what === "stage" ? "add:stage" : keyOf("add", cellKey(editor.lane, editor.stage)));

const BULLET = /^\s*(?:[-*•–▪‣]|\d{1,2}[.)])\s+/;
function pasteLines(S, clip) {
  const editor = S.editor;
  if (editor?.mode !== "add") return false;
  const lines = clip.replace(/\r\n?/g, "\n").split("\n").map((line) => line.replace(BULLET, "").replace(/\t+/g, " ").trim()).filter(Boolean);
  if (lines.length < 2) return false;
  const { area } = editor;
  lines[0] = area.value.slice(0, area.selectionStart) + lines[0];
  lines[lines.length - 1] += area.value.slice(area.selectionEnd);
  area.value = "";
  fit(area);
  commitAdd(S, editor, lines);
  area.focus({ preventScroll: true });
  return true;
}

function editorKeys(S, event) {
  event.stopPropagation();                                   // Streamlit's own shortcuts must not see what is typed
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); commitAndGoOn(S); }
  if (event.key === "Escape") {
    event.preventDefault();
    focusKey(S, backOf(closeEditor(S, false)));
  }
}

// ---- moving without dragging ------------------------------------------------------------------------------------------

function between(list, at) {
  return { before: list[at]?.id ?? null, after: list[at - 1]?.id ?? null };
}

// where something is, in words: the stage, and the step in it
const placeName = (S, stage, step) => [stageOf(S.view, stage).name, S.view.stepAt.get(step)?.name].filter(Boolean).join(", ");

// `at`: the place among the items of that step of the cell
function sendMove(S, item, lane, stage, at, step = null) {
  const rest = stepItems(S.view, lane, stage, step).filter((other) => other.id !== item.id);
  const index = clamp(at, 0, rest.length), where = { ...between(rest, index), step };
  const event = item.kind === "card" ? { kind: "move_card", id: item.id, stage, lane, ...where } : { kind: "move_touchpoint", id: item.id, stage, ...where };
  emit(S, event, fill(S.data.text.did_move, { name: item.text, stage: placeName(S, stage, step), position: index + 1, total: rest.length + 1 }));
  revealKey(S, item.key);
}

function moveItem(S, item, direction) {
  const { view } = S, column = view.stageAt.get(item.stage), list = cellItems(view, item.lane, item.stage);
  const at = list.findIndex((other) => other.id === item.id);
  if (direction === "left" || direction === "right") {
    const target = view.stages[column + (direction === "left" ? -1 : 1)];
    if (target) sendMove(S, item, item.lane, target.id, Math.max(at, 0));
    return;
  }
  const next = at + (direction === "up" ? -1 : 1);
  if (item.span === 1 && next >= 0 && next < list.length) {         // past the last of its step, it joins the next one
    const step = list[next].step ?? null, group = stepItems(S.view, item.lane, item.stage, step);
    const there = step === (item.step ?? null) ? group.indexOf(list[next]) : direction === "up" ? group.length : 0;
    sendMove(S, item, item.lane, item.stage, there, step);
    return;
  }
  if (item.kind !== "card") return;
  const lanes = view.lanes.filter((lane) => lane.kind === "cards"), row = lanes.findIndex((lane) => lane.id === item.lane) + (direction === "up" ? -1 : 1);
  if (lanes[row]) sendMove(S, item, lanes[row].id, item.stage, direction === "up" ? Infinity : 0, item.step);
}

function moveAmong(S, list, kind, id, step) {
  const from = list.findIndex((other) => other.id === id), to = from + step;
  if (from < 0 || to < 0 || to >= list.length) return;
  const before = list[step > 0 ? to + 1 : to]?.id ?? null;
  emit(S, { kind, id, before }, fill(S.data.text.did_place, { name: list[from].name, position: to + 1, total: list.length }));
}
const moveStage = (S, id, step) => moveAmong(S, S.view.stages, "move_stage", id, step);
const moveStep = (S, id, step) => moveAmong(S, stepsOf(S.view, id), "move_step", id, step);
const moveLane = (S, id, step) => moveAmong(S, S.view.lanes, "move_lane", id, step);

function remove(S, kind, id) {
  const entity = kind === "stage" ? stageOf(S.view, id) : kind === "step" ? S.view.stepAt.get(id) : S.view.items.get(keyOf(kind, id));
  if (!entity || entity.pending) return;
  const next = neighbourKey(S, kind, id);
  emit(S, { kind: `delete_${kind}`, id }, fill(S.data.text.did_delete, { name: entity.text ?? entity.name }));
  focusKey(S, next);
}

function neighbourKey(S, kind, id) {
  if (kind === "stage") { const i = S.view.stageAt.get(id), near = S.view.stages[i + 1] ?? S.view.stages[i - 1]; return near ? keyOf("stage", near.id) : null; }
  if (kind === "step") { const list = stepsOf(S.view, id), at = S.view.stepAt.get(id).at, near = list[at + 1] ?? list[at - 1]; return near ? keyOf("step", near.id) : keyOf("stage", S.view.stepAt.get(id).stage); }
  const item = S.view.items.get(keyOf(kind, id)), list = cellItems(S.view, item.lane, item.stage), at = list.indexOf(item);
  return (list[at + 1] ?? list[at - 1])?.key ?? keyOf("add", cellKey(item.lane, item.stage));
}

function resetPoint(S, id) {
  if (stageOf(S.view, id)?.emotion?.override) emit(S, { kind: "emotion_reset", stage: id }, fill(S.data.text.did_reset, { stage: stageOf(S.view, id).name }));
}

// ---- menus ------------------------------------------------------------------------------------------------------------

function entriesOf(S, kind, id) {
  const { text } = S.data, edit = !S.data.readonly, item = S.view.items.get(keyOf(kind, id));
  const entry = (label, run, keys = "", extra = {}) => ({ label, run, keys, ...extra });
  if (kind === "lane") {
    const lane = S.view.lanes.find((other) => other.id === id);
    return [entry(lane.collapsed ? text.expand : text.collapse, () => collapse(S, id), "Enter"),
      ...(edit && !lane.fixed ? [entry(text.rename, () => renameEditor(S, "lane", id), "F2")] : []),
      ...(edit ? [entry(text.move_up, () => moveLane(S, id, -1), "Alt+↑"), entry(text.move_down, () => moveLane(S, id, 1), "Alt+↓")] : [])];
  }
  if (kind === "stage") {
    const stage = stageOf(S.view, id), after = S.view.stages[S.view.stageAt.get(id) + 1]?.id ?? null;
    return [entry(text.open_stage, () => open(S, "stage", id), "O"), ...(edit ? [
      entry(text.rename, () => renameEditor(S, "stage", id, "text"), "F2"), entry(stage.goal ? text.edit_goal : text.add_goal, () => renameEditor(S, "stage", id, "goal"), "G"),
      ...(stage.emotion?.override ? [entry(text.reset_emotion, () => resetPoint(S, id))] : []),
      entry(text.move_left, () => moveStage(S, id, -1), "Alt+←"), entry(text.move_right, () => moveStage(S, id, 1), "Alt+→"),
      ...(stage.fixed ? [] : [entry(text.add_steps, () => addStepsTo(S, id), "S")]),
      entry(text.insert_stage, () => addEditor(S, "stage", { before: after })), entry(text.delete, () => remove(S, "stage", id), text.key_delete, { danger: true })] : [])];
  }
  if (kind === "step") return edit ? [entry(text.rename, () => renameEditor(S, "step", id), "F2"), entry(text.add_steps, () => addStepsTo(S, S.view.stepAt.get(id).stage), "S"),
    entry(text.move_left, () => moveStep(S, id, -1), "Alt+←"), entry(text.move_right, () => moveStep(S, id, 1), "Alt+→"), entry(text.delete, () => remove(S, "step", id), text.key_delete, { danger: true })] : [];
  const list = [];
  list.push(entry(kind === "touchpoint" ? text.open_touchpoint : text.open_card, () => open(S, kind, id), "O"));
  if (!edit) return list;
  list.push(entry(text.rename, () => renameEditor(S, kind, id), "F2"));
  for (const [name, arrow] of [["left", "←"], ["right", "→"], ["up", "↑"], ["down", "↓"]]) list.push(entry(text[`move_${name}`], () => moveItem(S, S.view.items.get(item.key), name), `Alt+${arrow}`));
  const steps = stageOf(S.view, item.stage)?.steps ?? [];
  if (steps.length && item.span === 1) list.push({ steps, item });
  if (kind === "card") {
    const column = S.view.stageAt.get(item.stage);
    if (column + item.span < S.view.stages.length) list.push(entry(text.wider, () => spanCard(S, id, 1), "Alt+Shift+→"));
    if (item.span > 1) list.push(entry(text.narrower, () => spanCard(S, id, -1), "Alt+Shift+←"));
    list.push({ colours: true, id, current: item.colour ?? "" });
  }
  list.push(entry(text.delete, () => remove(S, kind, id), text.key_delete, { danger: true }));
  return list;
}

function spanCard(S, id, step) {
  const item = S.view.items.get(keyOf("card", id)), room = S.view.stages.length - S.view.stageAt.get(item.stage);
  const span = clamp(item.span + step, 1, room);
  if (span !== item.span) emit(S, { kind: "span_card", id, span }, fill(S.data.text.did_span, { n: span }));
}

function addStepsTo(S, stage) { addEditor(S, "step", { stage, back: keyOf("stage", stage) }); }

function putInStep(S, item, step) {
  if ((item.step ?? null) === step) return;
  const { text } = S.data, name = S.view.stepAt.get(step)?.name;
  emit(S, { kind: "set_step", what: item.kind, id: item.id, step }, step ? fill(text.did_step, { name: item.text, step: name }) : fill(text.did_no_step, { name: item.text }));
  revealKey(S, item.key);
}

function stepRow(S, entry) {
  const { text } = S.data, row = h("div", { class: "steprow", role: "group", "aria-label": text.step }, h("span", { class: "word", "aria-hidden": "true" }, text.step));
  for (const step of [...entry.steps.filter((one) => !one.pending), { id: null, name: text.no_step }]) {
    const choice = h("button", { class: `choice${step.id ? "" : " none"}`, type: "button", role: "menuitemradio", tabindex: -1, "aria-checked": (entry.item.step ?? null) === step.id ? "true" : "false" }, step.name);
    choice.onclick = () => { closeMenu(S, true); putInStep(S, entry.item, step.id); };
    row.append(choice);
  }
  return row;
}

function colourRow(S, entry) {
  const row = h("div", { class: "colours", role: "group", "aria-label": S.data.text.colour });
  for (const colour of S.data.colours) {
    const label = S.data.text[`colour_${colour || "none"}`];
    const swatch = h("button", { class: "swatch", type: "button", role: "menuitemradio", tabindex: -1, "aria-checked": colour === entry.current ? "true" : "false", "data-colour": colour, title: label, "aria-label": label });
    swatch.onclick = () => { closeMenu(S, true); emit(S, { kind: "colour_card", id: entry.id, colour }, label); };
    row.append(swatch);
  }
  return row;
}

function openMenu(S, kind, id, anchor) {
  const item = S.view.items.get(keyOf(kind, id));
  if (item?.pending || (kind === "stage" && stageOf(S.view, id)?.pending) || (kind === "step" && (S.data.readonly || S.view.stepAt.get(id)?.pending))) return;
  S.menu.replaceChildren(...entriesOf(S, kind, id).map((entry) => {
    if (entry.colours) return colourRow(S, entry);
    if (entry.steps) return stepRow(S, entry);
    const line = h("button", { class: `entry${entry.danger ? " danger" : ""}`, type: "button", role: "menuitem", tabindex: -1 }, h("span", {}, entry.label), h("kbd", { "aria-hidden": "true" }, entry.keys));
    line.onclick = () => { closeMenu(S, true); entry.run(); };
    return line;
  }));
  S.menuBack = keyOf(kind, id);
  S.menu.showPopover();
  const at = anchor.getBoundingClientRect(), box = S.menu.getBoundingClientRect();
  S.menu.style.left = `${clamp(at.right - box.width, 8, innerWidth - box.width - 8)}px`;
  S.menu.style.top = `${at.bottom + 4 + box.height > innerHeight ? Math.max(8, at.top - box.height - 4) : at.bottom + 4}px`;
  S.menu.querySelector("button")?.focus({ preventScroll: true });
}

function closeMenu(S, back) {
  if (!S.menu.matches(":popover-open")) return;
  S.menu.hidePopover();
  if (back) focusKey(S, S.menuBack);
}

function menuKeys(S, event) {
  event.stopPropagation();
  const buttons = [...S.menu.querySelectorAll("button")], at = buttons.indexOf(S.root.getRootNode().activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) { event.preventDefault(); buttons[(at + step + buttons.length) % buttons.length].focus(); }
  if (event.key === "Home") buttons[0].focus();
  if (event.key === "End") buttons.at(-1).focus();
  if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); closeMenu(S, true); }
}

function open(S, what, id) { emit(S, { kind: "open", what, id }); }
function collapse(S, id) {
  const lane = S.view.lanes.find((other) => other.id === id);
  emit(S, { kind: "collapse_lane", id, collapsed: !lane.collapsed }, lane.collapsed ? S.data.text.expand : S.data.text.collapse);
}

function openHelp(S) {
  const { text } = S.data;
  const rows = S.data.shortcuts.map(([keys, meaning]) => h("tr", {}, h("td", {}, ...keys.split("  ").flatMap((key, i) => [i ? " " : "", h("kbd", {}, key)])), h("td", {}, meaning)));
  const close = button("tool close", text.close, "close");
  close.onclick = () => S.help.close();
  S.help.replaceChildren(h("header", {}, h("h2", {}, text.help), close), h("table", {}, h("tbody", {}, ...rows)), h("p", {}, text.help_touch));
  S.help.setAttribute("aria-label", text.help);
  S.help.showModal();
  close.focus();
}
