// The emotion curve: a line behind, and one slider per stage that is dragged up and down.

const PLOT = 268, TOP = 34, BOTTOM = 62;
const yOf = (value) => TOP + ((2 - value) / 4) * (PLOT - TOP - BOTTOM);
const valueAt = (y) => clamp(2 - ((y - TOP) / (PLOT - TOP - BOTTOM)) * 4, -2, 2);
const snap = (value) => clamp(Math.round(value * 2) / 2, -2, 2);
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const wordOf = (S, value) => S.data.levels[levelOf(value)];

const segment = (x0, y0, x1, y1) => `M${x0} ${y0}C${(x0 + x1) / 2} ${y0} ${(x0 + x1) / 2} ${y1} ${x1} ${y1}`;

function curvePaths(stages) {
  let solid = "", dashed = "";
  for (let i = 1; i < stages.length; i++) {
    const a = stages[i - 1].emotion, b = stages[i].emotion;
    if (!isNumber(a?.value) || !isNumber(b?.value)) continue;
    const piece = segment(i - 0.5, yOf(a.value), i + 0.5, yOf(b.value));
    if (a.provenance === "assumed" || b.provenance === "assumed" || !a.provenance || !b.provenance) dashed += piece; else solid += piece;
  }
  return { solid, dashed };
}

const SHAPES = { circle: "M6 1.5A4.500 4.500 0 1 1 5.990 1.500Z", square: "M1.800 1.800H10.200V10.200H1.800Z", triangle: "M6 1 11 10.500H1Z", diamond: "M6 .5 11.500 6 6 11.500 .5 6Z", cross: "M2 2 10 10M10 2 2 10" };
const DASHES = { solid: "", dash: "7 5", dot: "2 4", dashdot: "9 4 2 4", long: "14 5" };
function shape(curve) {
  const mark = s("svg", { class: `shape ${curve.marker ?? "square"}`, viewBox: "0 0 12 12", "aria-hidden": "true" }, s("path", { d: SHAPES[curve.marker] ?? SHAPES.square }));
  if (curve.colour) mark.style.setProperty("--k", plainColour(curve.colour));
  return mark;
}
function curveKey(curve) {
  const line = s("svg", { class: "keyline", viewBox: "0 0 30 12", "aria-hidden": "true" }, s("line", { x1: 0, x2: 30, y1: 6, y2: 6, "stroke-dasharray": DASHES[curve.dash] ?? DASHES.dash }));
  if (curve.colour) line.style.setProperty("--k", plainColour(curve.colour));
  return h("span", { class: "curvekey" }, line, shape(curve));
}

function pointNode(S) {
  const look = face();
  const point = h("div", { class: "point", role: "slider", tabindex: -1, "aria-orientation": "vertical", "aria-valuemin": -2, "aria-valuemax": 2, "data-kind": "emotion" },
    h("span", { class: "disc" }, look.node), h("span", { class: "said", "aria-hidden": "true" }));
  point.look = look;
  return point;
}

function slotNode(S) {
  const point = pointNode(S);
  const slot = h("div", { class: "slot", role: "gridcell" }, h("span", { class: "ghostline" }), h("span", { class: "ghostpoint" }), h("span", { class: "whisker" }), h("span", { class: "marks" }), point,
    h("div", { class: "tags" }));
  Object.assign(slot, { point, tags: slot.lastChild, whisker: slot.querySelector(".whisker"), marks: slot.querySelector(".marks"), ghostPoint: slot.querySelector(".ghostpoint"), ghostLine: slot.querySelector(".ghostline") });
  return slot;
}

function tagsOf(S, stage) {
  const { text, language } = S.data, e = stage.emotion ?? {}, tags = [];
  if (!isNumber(e.value)) return [h("span", { class: "tag none" }, text.no_value)];
  const first = h("span", { class: "tag value" }, h("b", {}, signed(e.value, language)));
  if ((e.provenance === "measured" || e.provenance === "voted") && isNumber(e.n)) first.append(h("span", { class: "n" }, fill(text.n, { n: number(e.n, language) })));
  tags.push(first);
  if (e.provenance === "assumed" || !e.provenance) tags.push(h("span", { class: "tag assumed", title: text.assumed_why }, text.assumed));
  if (e.provenance === "voted") tags.push(h("span", { class: "tag voted" }, text.voted));
  if (e.override && isNumber(e.measured)) {
    const back = h("button", { class: "tag reset", type: "button", tabindex: -1, "data-act": "emotion_reset", title: text.reset_emotion, "aria-label": text.reset_emotion }, icon("reset"), `${text.measured} ${signed(e.measured, language)}`);
    back.disabled = Boolean(S.data.readonly);
    tags.push(back);
  }
  if (e.few && e.provenance !== "assumed") tags.push(h("span", { class: "tag few", title: text.few_why }, text.few));
  if (e.divided) tags.push(h("span", { class: "tag divided", title: text.divided_why }, icon("divided"), text.divided));
  if (e.alike) tags.push(h("span", { class: "tag alike", title: text.alike_why }, text.alike));
  return tags;
}

function sayEmotion(S, stage) {
  const { text, language } = S.data, e = stage.emotion ?? {};
  if (!isNumber(e.value)) return text.no_value;
  const source = e.provenance === "measured" ? text.say_measured : e.provenance === "voted" ? text.say_voted : text.say_assumed;
  const parts = [wordOf(S, e.value), signed(e.value, language), fill(source, { n: number(e.n ?? 0, language) })];
  if (e.override && isNumber(e.measured)) parts.push(`${text.measured}: ${signed(e.measured, language)}`);
  if (isNumber(e.low) && isNumber(e.high) && e.provenance !== "assumed") parts.push(fill(text.say_interval, { low: signed(e.low, language), high: signed(e.high, language) }));
  if (e.few && e.provenance !== "assumed") parts.push(text.few);
  if (e.divided) parts.push(text.divided);
  if (e.alike) parts.push(text.alike);
  return parts.join(", ");
}

function placePoint(S, slot, value) {
  const { point } = slot, shown = isNumber(value) ? value : 0;
  slot.style.setProperty("--y", `${yOf(shown)}px`);
  slot.style.setProperty("--c", emotionColour(shown));
  point.look.set(shown);
  setText(point.lastChild, `${wordOf(S, shown)} ${signed(shown, S.data.language)}`);
}

function drawWhisker(slot, e) {
  const shown = isNumber(e.low) && isNumber(e.high) && !e.alike && e.provenance !== "assumed";
  slot.whisker.hidden = !shown;
  if (!shown) return;
  slot.style.setProperty("--high", `${yOf(clamp(e.high, -2, 2))}px`);
  slot.style.setProperty("--low", `${yOf(clamp(e.low, -2, 2))}px`);
}

function drawGhost(slot, e) {
  const shown = Boolean(e.override) && isNumber(e.measured) && isNumber(e.value);
  slot.ghostPoint.hidden = slot.ghostLine.hidden = !shown;
  if (!shown) return;
  slot.style.setProperty("--m", `${yOf(e.measured)}px`);
  slot.style.setProperty("--g0", `${Math.min(yOf(e.measured), yOf(e.value))}px`);
  slot.style.setProperty("--g1", `${Math.max(yOf(e.measured), yOf(e.value))}px`);
}

// values come in Python's order of stages, which a stage being moved has already left
const curveAt = (S, curve, stage) => curve.values[S.data.stages.findIndex((other) => other.id === stage.id)];

function drawMarks(S, slot, stage) {
  const marks = (S.data.curves ?? []).map((curve) => ({ curve, value: curveAt(S, curve, stage) })).filter(({ value }) => isNumber(value));
  const moments = S.view.touchpoints.filter((item) => item.stage === stage.id && item.moment_of_truth).length;
  const state = JSON.stringify([marks, moments]);
  if (slot.marksState === state) return;
  slot.marksState = state;
  slot.marks.replaceChildren(...marks.map(({ curve, value }) => {
    const mark = shape(curve);
    mark.style.top = `${yOf(value)}px`;
    mark.append(s("title", {}, `${curve.name}: ${signed(value, S.data.language)}`));
    return mark;
  }));
  if (moments) slot.marks.append(h("span", { class: "moment", title: S.data.text.moment }, icon("star", "solid")));
}

function drawSlot(S, stage, i) {
  const slot = node(S, keyOf("slot", stage.id), () => slotNode(S)), e = stage.emotion ?? {}, { point } = slot;
  if (!S.nodes.has(keyOf("emotion", stage.id))) S.nodes.set(keyOf("emotion", stage.id), point);
  S.seen.add(keyOf("emotion", stage.id));
  slot.style.setProperty("--i", i);
  slot.dataset.stage = stage.id;
  point.dataset.id = stage.id;
  drawMarks(S, slot, stage);
  if (S.gesture?.kind === "emotion" && S.gesture.stage === stage.id && S.gesture.moved) return slot;   // never fight the hand that drags
  slot.classList.toggle("none", !isNumber(e.value));
  slot.classList.toggle("hollow", Boolean(e.few) && e.provenance !== "assumed");
  slot.classList.toggle("guess", isNumber(e.value) && (e.provenance === "assumed" || !e.provenance));
  placePoint(S, slot, e.value);
  drawWhisker(slot, e);
  drawGhost(slot, e);
  const state = JSON.stringify([stage.emotion, S.data.language, S.data.readonly]);
  if (slot.tagsState !== state) { slot.tagsState = state; slot.tags.replaceChildren(...tagsOf(S, stage)); }
  setAttr(point, "aria-label", fill(S.data.text.emotion_of, { stage: stage.name }));
  setAttr(point, "aria-valuenow", isNumber(e.value) ? e.value : 0);
  setAttr(point, "aria-valuetext", sayEmotion(S, stage));
  setAttr(point, "aria-readonly", S.data.readonly ? "true" : "false");
  return slot;
}

function drawExtras(S) {
  const curves = S.data.curves ?? [], state = JSON.stringify([curves, S.view.stages.map((stage) => stage.id)]);
  if (S.extraState === state) return;
  S.extraState = state;
  S.extra.replaceChildren(...curves.map((curve) => {
    const stages = S.view.stages.map((stage) => ({ emotion: { value: curveAt(S, curve, stage), provenance: "measured" } }));
    const path = s("path", { class: "extra", d: curvePaths(stages).solid, "stroke-dasharray": DASHES[curve.dash] ?? DASHES.dash });
    if (curve.colour) path.style.setProperty("--k", plainColour(curve.colour));
    return path;
  }));
}

function drawLine(S) {
  const stages = S.view.stages.map((stage) => (S.gesture?.kind === "emotion" && S.gesture.moved && S.gesture.stage === stage.id
    ? { emotion: { ...stage.emotion, value: S.gesture.value, provenance: "assumed" } } : stage));
  const { solid, dashed } = curvePaths(stages);
  setAttr(S.solid, "d", solid || null);
  setAttr(S.dashed, "d", dashed || null);
}

function drawAxis(S) {
  const { levels, text, faces } = S.data, state = JSON.stringify([levels, text.emotion, faces]);
  if (S.axisState === state) return;
  S.axisState = state;
  setAttr(S.axis, "aria-label", text.emotion);
  S.axis.replaceChildren(...[2, 1, 0, -1, -2].map((value) => {
    const look = face(), row = h("div", { class: "level", title: `${levels[value + 2]} (${signed(value, S.data.language)})` }, h("span", { class: "word" }, levels[value + 2]), h("span", { class: "disc" }, look.node));
    look.set(value);
    row.style.setProperty("--y", `${yOf(value)}px`);
    row.style.setProperty("--c", emotionColour(value));
    return row;
  }));
}

function drawCurve(S) {
  setAttr(S.lines, "viewBox", `0 0 ${Math.max(S.view.stages.length, 1)} ${PLOT}`);
  for (const line of S.lines.querySelectorAll(".level")) setAttr(line, "x2", S.view.stages.length);
  for (const band of S.lines.querySelectorAll("rect")) setAttr(band, "width", S.view.stages.length);
  drawAxis(S);
  drawExtras(S);
  arrange(S.curve, [S.axis, S.lines, ...S.view.stages.map((stage, i) => drawSlot(S, stage, i)), S.pad]);
  drawLine(S);
}
