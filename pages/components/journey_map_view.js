// The map as it should look now: Python's data with the events that Python has not seen yet applied on top.

const keyOf = (kind, id) => `${kind}:${id}`;
const cellKey = (lane, stage) => `${lane}\u0000${stage}`;

function insertBefore(list, item, before) {
  const at = before === null || before === undefined ? -1 : list.findIndex((other) => other.id === before);
  if (at < 0) list.push(item); else list.splice(at, 0, item);
}
function take(list, id) {
  const at = list.findIndex((item) => item.id === id);
  return at < 0 ? null : list.splice(at, 1)[0];
}
function move(list, event, changes) {
  const item = take(list, event.id);
  if (item) insertBefore(list, Object.assign(item, changes), event.before);
}
function rename(list, event, field) {
  const item = list.find((other) => other.id === event.id);
  if (item) item[field] = event.text;
}
const stepsOf = (map, id) => map.stages.find((stage) => stage.steps?.some((step) => step.id === id))?.steps ?? [];
function addSteps(map, event) {
  const stage = map.stages.find((other) => other.id === event.stage);
  if (stage) stage.steps = [...(stage.steps ?? []), ...event.names.map((name, i) => draft(event, i, { name }))];
}
function dropStep(map, event) {
  take(stepsOf(map, event.id), event.id);
  for (const item of [...map.touchpoints, ...map.cards]) if (item.step === event.id) item.step = null;
}
function setStep(map, event) {
  move(event.what === "card" ? map.cards : map.touchpoints, { ...event, before: null }, { step: event.step });
}
const stepAfter = (list, event) => ("step" in event ? event.step : list.find((item) => item.id === (event.before ?? event.after))?.step ?? null);
function setEmotion(map, stage, value) {
  const emotion = map.stages.find((other) => other.id === stage)?.emotion;
  if (!emotion) return;
  if (!emotion.override && emotion.provenance && emotion.provenance !== "assumed") { emotion.override = true; emotion.measured = emotion.value; }
  Object.assign(emotion, { value, provenance: "assumed" });
}
function resetEmotion(map, stage) {
  const emotion = map.stages.find((other) => other.id === stage)?.emotion;
  if (emotion?.override) Object.assign(emotion, { value: emotion.measured, provenance: "measured", override: false, measured: null });
}
const draft = (event, index, rest) => ({ id: `new ${event.nonce} ${index}`, pending: true, ...rest });

const APPLY = {
  emotion: (map, event) => setEmotion(map, event.stage, event.value),
  emotion_reset: (map, event) => resetEmotion(map, event.stage),
  move_card: (map, event) => move(map.cards, event, { stage: event.stage, lane: event.lane, step: stepAfter(map.cards, event) }),
  move_touchpoint: (map, event) => move(map.touchpoints, event, { stage: event.stage, step: stepAfter(map.touchpoints, event) }),
  add_step: addSteps,
  move_step: (map, event) => move(stepsOf(map, event.id), event, {}),
  rename_step: (map, event) => rename(stepsOf(map, event.id), event, "name"),
  delete_step: dropStep,
  set_step: setStep,
  move_stage: (map, event) => move(map.stages, event, {}),
  move_lane: (map, event) => move(map.lanes, event, {}),
  add_stage: (map, event) => insertBefore(map.stages, draft(event, 0, { name: event.name, goal: "", emotion: { value: null } }), event.before),
  add_card: (map, event) => event.texts.forEach((text, i) => map.cards.push(draft(event, i, { lane: event.lane, stage: event.stage, text }))),
  add_touchpoint: (map, event) => event.names.forEach((name, i) => map.touchpoints.push(draft(event, i, { stage: event.stage, name }))),
  rename_stage: (map, event) => rename(map.stages, event, "name"),
  rename_lane: (map, event) => rename(map.lanes, event, "name"),
  rename_card: (map, event) => rename(map.cards, event, "text"),
  rename_touchpoint: (map, event) => rename(map.touchpoints, event, "name"),
  set_goal: (map, event) => rename(map.stages, event, "goal"),
  delete_stage: (map, event) => take(map.stages, event.id),
  delete_card: (map, event) => take(map.cards, event.id),
  delete_touchpoint: (map, event) => take(map.touchpoints, event.id),
  colour_card: (map, event) => { const card = map.cards.find((other) => other.id === event.id); if (card) card.colour = event.colour; },
  span_card: (map, event) => { const card = map.cards.find((other) => other.id === event.id); if (card) card.span = event.span; },
  collapse_lane: (map, event) => { const lane = map.lanes.find((other) => other.id === event.id); if (lane) lane.collapsed = event.collapsed; },
};

function makeView(data, waiting, nudges) {
  const byOrder = (a, b) => (a.order ?? 0) - (b.order ?? 0);
  const map = structuredClone({ stages: data.stages, lanes: data.lanes, touchpoints: data.touchpoints, cards: data.cards });
  map.touchpoints.sort(byOrder);
  map.cards.sort(byOrder);
  for (const event of waiting) APPLY[event.kind]?.(map, event);
  for (const [stage, nudge] of nudges) setEmotion(map, stage, nudge.value);
  return index(map);
}

function index(map) {
  map.cells = new Map();
  map.spans = new Map();
  map.items = new Map();
  const parents = new Map(map.stages.flatMap((stage) => (stage.steps ?? []).map((step) => [step.id, stage.id])));
  const stages = new Map(map.stages.map((stage, i) => [stage.id, i]));
  const lanes = new Set(map.lanes.map((lane) => lane.id));
  const home = map.lanes.find((lane) => lane.kind === "touchpoints")?.id;
  const put = (into, key, item) => { if (!into.has(key)) into.set(key, []); into.get(key).push(item); };
  const keep = (item) => {
    item.key = keyOf(item.kind, item.id);
    if (!stages.has(item.stage) || !lanes.has(item.lane)) return;
    if (parents.get(item.step) !== item.stage) item.step = null;
    map.items.set(item.key, item);
    item.span = clamp(item.span ?? 1, 1, map.stages.length - stages.get(item.stage));
    put(item.span > 1 ? map.spans : map.cells, item.span > 1 ? item.lane : cellKey(item.lane, item.stage), item);
  };
  for (const item of map.touchpoints) keep(Object.assign(item, { kind: "touchpoint", lane: home, text: item.name }));
  for (const item of map.cards) keep(Object.assign(item, { kind: "card" }));
  map.stageAt = stages;
  map.stepAt = new Map(map.stages.flatMap((stage) => (stage.steps ?? []).map((step, at) => [step.id, { ...step, stage: stage.id, at }])));
  const place = (item) => map.stepAt.get(item.step)?.at ?? Infinity;
  if (map.stepAt.size) for (const list of map.cells.values()) list.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  return map;
}

const cellItems = (view, lane, stage) => view.cells.get(cellKey(lane, stage)) ?? [];
const stepItems = (view, lane, stage, step) => cellItems(view, lane, stage).filter((item) => (item.step ?? null) === (step ?? null));
const stageOf = (view, id) => view.stages[view.stageAt.get(id)];
