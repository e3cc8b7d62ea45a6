// Drawing: nodes are kept by id and changed only where the view changed, so that focus, scroll and typing survive.

function node(S, key, make) {
  S.seen.add(key);
  let found = S.nodes.get(key);
  if (!found) { found = make(); S.nodes.set(key, found); }
  return found;
}

function sweep(S) {
  for (const [key, old] of S.nodes) if (!S.seen.has(key) && S.editor?.host !== old) { old.remove(); S.nodes.delete(key); }
}

// Puts nodes in order, touching only those out of place. moveBefore keeps the focus where the browser knows it.
function arrange(parent, nodes) {
  let cursor = parent.firstChild;
  for (const child of nodes) {
    if (child === cursor) { cursor = cursor.nextSibling; continue; }
    if (child.isConnected && parent.isConnected && parent.moveBefore) parent.moveBefore(child, cursor);
    else parent.insertBefore(child, cursor);
  }
}

function button(className, label, iconName, attrs = {}) {
  return h("button", { class: className, type: "button", title: label, "aria-label": label, ...attrs }, icon(iconName));
}

function frame(S) {
  const { text } = S.data, root = S.root;
  S.toolbar = h("div", { class: "toolbar" });
  S.lines = s("svg", { class: "lines", preserveAspectRatio: "none", "aria-hidden": "true" });
  S.heads = h("div", { class: "row heads", role: "row" });
  S.curve = h("div", { class: "row curve", role: "row" });
  S.corner = h("div", { class: "corner" });
  S.axis = h("div", { class: "axis", role: "rowheader" });
  S.addStage = h("div", { class: "addstage" });
  S.pad = h("div", { class: "pad" });
  S.indicator = h("div", { class: "indicator", hidden: true });
  S.map = h("div", { class: "map", role: "grid" }, S.heads, S.curve, S.indicator);
  S.scroller = h("div", { class: "scroller" }, S.map);
  S.live = h("div", { class: "sr", role: "status", "aria-live": "polite" });
  S.menu = h("div", { class: "menu", role: "menu", popover: "manual" });
  S.ghost = h("div", { class: "ghost", popover: "manual", "aria-hidden": "true" });
  S.help = h("dialog", { class: "help", "aria-label": text.help });
  S.empty = h("div", { class: "nothing" });
  root.append(S.toolbar, S.scroller, S.empty, S.live, S.menu, S.ghost, S.help);
  for (const level of [2, 1, 0, -1, -2]) S.lines.append(s("line", { class: level ? "level" : "level zero", x1: 0, x2: 1, y1: yOf(level), y2: yOf(level) }));
  S.lines.prepend(s("rect", { class: "above", x: 0, y: 0, width: 1, height: yOf(0) }), s("rect", { class: "below", x: 0, y: yOf(0), width: 1, height: PLOT - yOf(0) }));
  S.solid = s("path", { class: "curveline" });
  S.dashed = s("path", { class: "curveline dashed" });
  S.extra = s("g", { class: "extras" });
  S.lines.append(S.extra, S.dashed, S.solid);
}

function drawToolbar(S) {
  const { data, view } = S, { text } = data;
  const state = JSON.stringify([data.language, data.readonly, data.can_undo, data.can_redo, data.curves?.map((c) => [c.id, c.name, c.dash, c.marker, c.colour]), view.stages.length > 0]);
  if (S.toolbarState === state) return;
  S.toolbarState = state;
  const held = S.root.getRootNode().activeElement?.dataset?.act;
  const legend = h("div", { class: "legend" });
  const mark = (name, label) => legend.append(h("span", {}, h("i", { class: `key ${name}` }), label));
  mark("measured", text.measured); mark("few", text.few); mark("assumed", text.assumed);
  for (const curve of data.curves ?? []) legend.append(h("span", {}, curveKey(curve), curve.name));
  const tools = h("div", { class: "tools" });
  if (!data.readonly) {
    tools.append(button("tool", `${text.undo} (Ctrl+Z)`, "undo", { "data-act": "undo", disabled: data.can_undo === false }),
      button("tool", `${text.redo} (Ctrl+Shift+Z)`, "redo", { "data-act": "redo", disabled: data.can_redo === false }));
  }
  tools.append(button("tool", `${text.help} (?)`, "help", { "data-act": "help" }));
  S.toolbar.replaceChildren(legend, tools);
  if (held) S.toolbar.querySelector(`[data-act="${held}"]`)?.focus();
}

function drawHeads(S) {
  const { view, data } = S, { text } = data;
  const heads = view.stages.map((stage, i) => {
    const head = node(S, keyOf("stage", stage.id), () => h("div", { class: "head", role: "columnheader", tabindex: -1, "data-kind": "stage" },
      h("div", { class: "name" }), h("div", { class: "goal" }), h("div", { class: "steps" }), button("more", text.menu, "more", { tabindex: -1, "data-act": "menu" })));
    head.dataset.id = stage.id;
    head.style.setProperty("--i", i);
    head.classList.toggle("pending", Boolean(stage.pending));
    setText(head.querySelector(".name"), stage.name);
    setText(head.querySelector(".goal"), stage.goal ?? "");
    setAttr(head.querySelector(".name"), "title", data.readonly ? null : text.rename_here);
    setAttr(head.querySelector(".goal"), "title", data.readonly ? stage.goal : `${stage.goal ?? ""}\n${text.goal_here}`);
    setAttr(head, "data-goal", text.goal);
    const steps = stage.steps ?? [], parts = [stage.name];
    if (stage.goal) parts.push(`${text.goal}: ${stage.goal}`);
    if (steps.length) parts.push(`${text.steps}: ${steps.map((step) => step.name).join(", ")}`);
    setAttr(head, "aria-label", parts.join(". "));
    drawSteps(S, head.querySelector(".steps"), stage, steps);
    setAttr(head.querySelector(".more"), "aria-label", `${text.menu}: ${stage.name}`);
    return head;
  });
  if (!S.addStage.firstChild) S.addStage.append(h("button", { class: "add stage", type: "button", "data-act": "add_stage", tabindex: -1 }, icon("plus"), h("span")));
  setText(S.addStage.querySelector(".add span"), text.add_stage);
  setAttr(S.addStage.querySelector(".add"), "aria-label", text.add_stage);
  S.addStage.classList.toggle("open", S.editor?.mode === "add" && S.editor.what === "stage");
  arrange(S.heads, [S.corner, ...heads, S.addStage]);
}

function drawSteps(S, box, stage, steps) {
  const { text, readonly } = S.data;
  const chips = steps.map((step, at) => {
    const chip = node(S, keyOf("step", step.id), () => h("div", { class: "step", role: "group", tabindex: -1, "data-kind": "step" }, h("span", { class: "label" })));
    chip.dataset.id = step.id;
    chip.dataset.stage = stage.id;
    chip.classList.toggle("pending", Boolean(step.pending));
    setText(chip.querySelector(".label"), step.name);
    setAttr(chip, "title", readonly ? step.name : `${step.name}\n${text.step_here}`);
    setAttr(chip, "aria-roledescription", text.step);
    setAttr(chip, "aria-label", fill(text.step_of, { position: at + 1, total: steps.length, name: step.name }));
    return chip;
  });
  const typing = S.editor?.mode === "add" && S.editor.what === "step" && S.editor.stage === stage.id;
  arrange(box, typing ? [...chips, S.editor.host] : chips);
}

// in a cell, the name of the step before the items that stand in it
function stepLabel(S, lane, stage, step) {
  const label = node(S, `label:${lane.id}\u0000${stage.id}\u0000${step ?? ""}`, () => h("div", { class: "steplabel", "aria-hidden": "true" }, h("span")));
  label.dataset.step = step ?? "";
  label.classList.toggle("none", !step);
  setText(label.firstChild, S.view.stepAt.get(step)?.name ?? S.data.text.no_step);
  return label;
}

function inSteps(S, lane, stage, items) {
  if (!items.some((item) => item.step)) return items.map((item) => drawItem(S, item));
  return items.flatMap((item, i) => {
    const first = i === 0 || (items[i - 1].step ?? null) !== (item.step ?? null);
    return first ? [stepLabel(S, lane, stage, item.step), drawItem(S, item)] : [drawItem(S, item)];
  });
}

function itemNode(S, kind) {
  const { text } = S.data;
  return h("div", { class: `item ${kind}`, role: "group", tabindex: -1, "data-kind": kind },
    h("div", { class: "body" }), h("div", { class: "meta" }), button("more", text.menu, "more", { tabindex: -1, "data-act": "menu" }));
}

function chip(className, label, title, iconName) {
  return h("span", { class: `chip ${className}`, title }, iconName ? icon(iconName) : null, label);
}

// where a touchpoint stands in its life, with a sign beside the word
const PHASE_SIGNS = { emerging: "\u2726", growing: "\u2197", mature: "\u2192", declining: "\u2198" };

function touchpointMeta(S, item) {
  const { text, language } = S.data, parts = [];
  if (item.channel) parts.push(chip("channel", item.channel, text.channel));
  if (item.phase) parts.push(chip(`phase ${item.phase in PHASE_SIGNS ? item.phase : ""}`, `${PHASE_SIGNS[item.phase] ?? ""} ${text[`phase_${item.phase}`] ?? item.phase}`.trim(), text.phase));
  if (item.pain_points) parts.push(chip("pain", number(item.pain_points, language), fill(text.pain_points, { n: number(item.pain_points, language) }), "pain_points"));
  if (item.n) parts.push(chip("n", fill(text.n, { n: number(item.n, language) }), text.answers));
  return parts;
}

function touchpointBody(S, item) {
  const parts = [];
  if (item.emotion !== null && item.emotion !== undefined) {
    const mini = face(), dot = h("span", { class: `dot ${item.provenance ?? "assumed"}`, title: `${wordOf(S, item.emotion)} (${signed(item.emotion, S.data.language)})` }, mini.node);
    mini.set(item.emotion);
    dot.style.setProperty("--c", emotionColour(item.emotion));
    parts.push(dot);
  }
  parts.push(h("span", { class: "label" }, item.text));
  if (item.moment_of_truth) parts.push(h("span", { class: "moment", title: S.data.text.moment }, icon("star", "solid")));
  return parts;
}

function cardMeta(S, item) {
  const { language, text } = S.data, parts = [];
  const linked = item.touchpoint && S.names.get(item.touchpoint);
  if (linked) parts.push(chip("link", linked, `${text.touchpoint}: ${linked}`, "touchpoints"));
  const side = text[`side_${item.side}`];
  if (side) parts.push(chip("side", side, `${text.told_by}: ${side}`, "backstage"));
  if (item.lost) parts.push(chip("pain", item.lost, text.lost));
  if (item.count) parts.push(chip("count", `×\u202f${number(item.count, language)}`, fill(text.times, { n: number(item.count, language) })));
  return parts;
}

function itemLabel(S, item) {
  const { text } = S.data;
  const parts = [`${item.kind === "card" ? text.card : text.touchpoint}: ${item.text}`];
  if (item.kind === "touchpoint" && item.emotion !== null && item.emotion !== undefined) parts.push(`${wordOf(S, item.emotion)} ${signed(item.emotion, S.data.language)}`);
  if (item.step) parts.push(`${text.step}: ${S.view.stepAt.get(item.step)?.name ?? ""}`);
  if (item.channel) parts.push(item.channel);
  if (item.phase) parts.push(text[`phase_${item.phase}`] ?? item.phase);
  if (item.moment_of_truth) parts.push(text.moment);
  if (item.count) parts.push(fill(text.times, { n: item.count }));
  if (text[`side_${item.side}`]) parts.push(`${text.told_by}: ${text[`side_${item.side}`]}`);
  if (item.lost) parts.push(`${text.lost}: ${item.lost}`);
  return parts.join(", ");
}

function drawItem(S, item) {
  const box = node(S, item.key, () => itemNode(S, item.kind));
  const state = JSON.stringify(item) + S.data.language + (item.kind === "touchpoint" ? JSON.stringify(S.data.faces) : "") + (item.touchpoint ? S.names.get(item.touchpoint) : "") + (item.step ? S.view.stepAt.get(item.step)?.name : "");
  if (box.drawn === state) return box;
  box.drawn = state;
  box.dataset.id = item.id;
  box.dataset.colour = item.colour ?? "";
  box.dataset.step = item.step ?? "";
  box.classList.toggle("pending", Boolean(item.pending));
  box.querySelector(".body").replaceChildren(...(item.kind === "card" ? [item.text] : touchpointBody(S, item)));
  box.querySelector(".meta").replaceChildren(...(item.kind === "card" ? cardMeta(S, item) : touchpointMeta(S, item)));
  box.style.setProperty("--start", (S.view.stageAt.get(item.stage) ?? 0) + 1);
  box.style.setProperty("--span", item.span);
  setAttr(box, "aria-label", itemLabel(S, item));
  setAttr(box, "aria-roledescription", item.kind === "card" ? S.data.text.card : S.data.text.touchpoint);
  setAttr(box.querySelector(".more"), "aria-label", `${S.data.text.menu}: ${item.text}`);
  return box;
}

function drawTitle(S, lane) {
  const { text, language } = S.data;
  const title = node(S, keyOf("lane", lane.id), () => h("div", { class: "title", role: "rowheader", tabindex: -1, "data-kind": "lane" },
    h("div", { class: "stick" }, button("fold", text.collapse, "chevron", { tabindex: -1, "data-act": "collapse" }), h("span", { class: "glyph" }), h("span", { class: "name" }),
      h("span", { class: "total" }), button("more", text.menu, "more", { tabindex: -1, "data-act": "menu" }))));
  title.dataset.id = lane.id;
  const glyph = title.querySelector(".glyph");
  if (glyph.dataset.icon !== lane.icon) { glyph.dataset.icon = lane.icon ?? ""; glyph.replaceChildren(icon(lane.icon)); }
  setText(title.querySelector(".name"), lane.name);
  setText(title.querySelector(".total"), number([...S.view.items.values()].filter((item) => item.lane === lane.id).length, language));
  const fold = title.querySelector(".fold");
  setAttr(fold, "aria-expanded", lane.collapsed ? "false" : "true");
  setAttr(fold, "aria-label", `${lane.collapsed ? text.expand : text.collapse}: ${lane.name}`);
  setAttr(fold, "title", lane.collapsed ? text.expand : text.collapse);
  setAttr(title.querySelector(".more"), "aria-label", `${text.menu}: ${lane.name}`);
  setAttr(title, "aria-label", lane.name);
  return title;
}

function drawCell(S, lane, stage, i) {
  const { text } = S.data, items = cellItems(S.view, lane.id, stage.id);
  const cell = node(S, keyOf("cell", cellKey(lane.id, stage.id)), () => h("div", { class: "cell", role: "gridcell", "data-kind": "cell" },
    h("span", { class: "folded" }), h("button", { class: "add", type: "button", tabindex: -1, "data-act": "add", "data-kind": "add" }, icon("plus"), h("span"))));
  cell.style.setProperty("--i", i);
  cell.dataset.stage = stage.id;
  cell.dataset.lane = lane.id;
  setAttr(cell, "aria-label", `${lane.name}, ${stage.name}`);
  const add = cell.querySelector(":scope > .add"), label = lane.kind === "touchpoints" ? text.add_touchpoint : text.add_card;
  setText(add.lastChild, label);
  setAttr(add, "aria-label", `${label}: ${lane.name}, ${stage.name}`);
  setText(cell.querySelector(":scope > .folded"), lane.collapsed && items.length ? number(items.length, S.data.language) : "");
  const nodes = [cell.querySelector(":scope > .folded"), ...inSteps(S, lane, stage, items)];
  if (S.editor?.homeless && S.editor.lane === lane.id && (S.editor.stage === stage.id || (i === 0 && !S.view.stageAt.has(S.editor.stage)))) nodes.push(S.editor.host);
  if (S.editor?.mode === "add" && S.editor.lane === lane.id && (S.editor.stage === stage.id || (i === 0 && !S.view.stageAt.has(S.editor.stage)))) nodes.push(S.editor.host);
  arrange(cell, [...nodes, add]);
  return cell;
}

function drawLane(S, lane) {
  const row = node(S, keyOf("row", lane.id), () => h("div", { class: "lane", role: "row", "data-kind": "row" }));
  row.dataset.lane = lane.id;
  row.dataset.icon = lane.icon ?? "";
  row.classList.toggle("collapsed", Boolean(lane.collapsed));
  const children = [drawTitle(S, lane)], wide = S.view.spans.get(lane.id);
  if (wide) {
    const band = node(S, keyOf("spans", lane.id), () => h("div", { class: "spans", role: "gridcell" }));
    setAttr(band, "aria-label", lane.name);
    const order = [...wide].sort((a, b) => S.view.stageAt.get(a.stage) - S.view.stageAt.get(b.stage));
    arrange(band, order.map((item) => drawItem(S, item)));
    children.push(band);
  }
  arrange(row, [...children, ...S.view.stages.map((stage, i) => drawCell(S, lane, stage, i))]);
  return row;
}

function drawLanes(S) {
  S.names = new Map(S.view.touchpoints.flatMap((item) => [[item.id, item.name], [item.touchpoint, item.name]]));
  const rows = S.view.lanes.map((lane) => drawLane(S, lane));
  arrange(S.map, [S.heads, S.curve, ...rows, S.indicator]);
}

function drawEmpty(S) {
  const none = S.view.stages.length === 0;
  S.scroller.classList.toggle("blank", none);
  S.empty.hidden = !none;
  if (none) setText(S.empty, S.data.readonly ? S.data.text.no_stage : S.data.text.no_stage_add);
}

function render(S) {
  S.view = makeView(S.data, S.outbox.waiting, S.nudges);
  chosenFaces.paths = S.data.faces;
  const focused = heldFocus(S);
  S.rendering = true;
  S.seen = new Set();
  if (S.editor) markHomeless(S);
  S.root.classList.toggle("readonly", Boolean(S.data.readonly));
  S.root.style.setProperty("--n", Math.max(S.view.stages.length, 1));
  S.root.style.setProperty("--height", S.data.height ? `${S.data.height}px` : "max(26rem, 100dvh - 7.5rem)");
  setAttr(S.root, "lang", S.data.language);
  setAttr(S.map, "aria-label", S.data.text.title);
  drawToolbar(S);
  drawHeads(S);
  drawLanes(S);
  drawCurve(S);
  sweep(S);
  drawEmpty(S);
  S.rendering = false;
  giveFocus(S, focused);
  roving(S);
}
