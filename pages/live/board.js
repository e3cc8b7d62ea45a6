// The board of a workshop: follows the server's stream and draws what the room may see. Texts are only ever text.
const boards = new WeakMap();
const EMOTIONS = ["#8C2D04", "#B9582A", "#E6842A", "#B88759", "#8A8A8A", "#6C96BE", "#4FA3D9", "#2C7ABA", "#08519C"];
const BANDS = { must: "▲", discuss: "◆", fine: "●" };

function el(tag, props = {}, children = []) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "style") Object.assign(node.style, value);
    else if (name.startsWith("on")) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

const say = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

function number(state, value, digits = 1) {
  return value.toLocaleString(state.data.language === "fr" ? "fr-FR" : "en-GB", { maximumFractionDigits: digits }).replace("-", "−");
}

function follow(state) {
  if (state.url === state.data.url && state.source) return;
  state.source?.close();
  state.url = state.data.url;
  state.source = new EventSource(state.url);
  state.source.onmessage = (event) => {
    state.now = JSON.parse(event.data);
    state.at = Date.now();
    state.lost = false;
    draw(state);
  };
  state.source.onerror = () => {
    state.lost = true;
    tick(state);
    if (state.source.readyState === 2) {
      state.source = null;
      clearTimeout(state.again);
      state.again = setTimeout(() => state.alive && follow(state), 1500);
    }
  };
}

function tick(state) {
  const { clock, lost } = state.parts || {};
  if (!clock) return;
  const { now, data: { text } } = state;
  lost.hidden = !state.lost;
  if (now.left === undefined) { clock.textContent = ""; clock.className = "clock"; return; }
  const left = Math.max(0, Math.ceil(now.left - (now.paused ? 0 : (Date.now() - state.at) / 1000)));
  const shown = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  clock.textContent = now.paused ? `${shown} · ${text.paused}` : left ? shown : text.time_up;
  clock.className = "clock" + (now.paused ? " paused" : left <= 10 ? " soon" : "");
}

// --- parts ---

function invitation(state, large) {
  const { data, now } = state;
  if (!data.code || now.state !== "open") return null;
  return el("aside", { class: large ? "invite large" : "invite" }, [
    el("img", { src: data.qr, alt: data.link }),
    el("div", {}, [
      el("p", { class: "where", text: `${data.text.join_at} ${data.where}` }),
      el("p", { class: "code", text: data.code, "aria-label": `${data.text.code} ${[...data.code].join(" ")}` }),
      now.locked ? el("p", { class: "where", text: `🔒 ${data.text.locked}` }) : null,
    ]),
  ]);
}

function turnout(state) {
  const { now, data: { text } } = state;
  const share = now.of ? Math.min(100, (100 * now.voted) / now.of) : 0;
  const items = now.round.items.length;
  const finished = items > 1 && now.round.kind !== "dots" && !now.round.texts && now.voted;
  return el("div", { class: "turnout" }, [
    el("p", { class: "many", text: say(text.voted, now) }),
    el("div", { class: "bar", "aria-hidden": "true" }, [el("i", { style: { width: `${share}%` } })]),
    finished ? el("p", { class: "soft", text: say(text.finished, { n: now.finished }) }) : null,
  ]);
}

function heading(state) {
  const { now, data: { text } } = state, round = now.round;
  const marks = [now.dry && text.dry, round.trial && text.trial, round.again && text.again].filter(Boolean);
  const about = round.state === "open" ? text.open : round.state === "closed" ? text.closed : round.state === "waiting" ? text.waiting : "";
  return el("div", { class: "heading" }, [
    el("p", { class: "soft", text: [...marks, about].filter(Boolean).join(" · ") }),
    el("h2", { text: round.question }),
  ]);
}

function asked(round) {
  const labels = round.items.map((item) => item.label).filter(Boolean);
  return labels.length ? el("p", { class: "soft asked", text: labels.join(" · ") }) : null;
}

// --- results ---

function bins(state, figures, kind) {
  const { round } = state.now, most = Math.max(1, ...figures.bins), choice = kind === "choice";
  const span = round.high - round.low || 1;
  const children = figures.bins.map((n, index) => {
    const value = round.low + index * round.step;
    const colour = round.kind === "emotion" ? EMOTIONS[Math.round(((value + 2) / 4) * 8)] : null;
    const name = choice ? round.choices[index] : number(state, value);
    return el("i", { style: { height: `${(100 * n) / most}%`, background: colour }, title: `${name} · ${n}` },
      n ? [el("small", { text: n })] : []);
  });
  const mark = (value, kind) => el("b", { class: kind, style: { left: `${((value - round.low + round.step / 2) / (span + round.step)) * 100}%` } });
  const marks = figures.mean === undefined ? [] : [mark(figures.mean, "mean"), mark(figures.median, "median")];
  const label = figures.bins.map((n, index) => (n ? `${number(state, round.low + index * round.step)}: ${n}` : "")).filter(Boolean).join(", ");
  return el("div", { class: "bins", role: "img", "aria-label": label }, [...children, ...marks]);
}

function figuresText(state, figures) {
  const { text } = state.data;
  if (figures.mean === undefined) return "";
  return `${text.median} ${number(state, figures.median)} · ${text.mean} ${number(state, figures.mean)}`;
}

function ends(state) {
  const { round } = state.now, { text } = state.data;
  if (round.kind === "question" && round.answer === "choice") return null;
  const [low, high] = round.kind === "emotion" ? [text.worst, text.best] : [`${number(state, round.low)} ${text.low}`, `${number(state, round.high)} ${text.high}`];
  return el("p", { class: "ends" }, [el("span", { text: low }), el("span", { text: high })]);
}

function chart(state, item, figures, before, name, sides) {
  const { text } = state.data, { round } = state.now;
  const choice = round.kind === "question" && round.answer === "choice";
  const parts = [name ? el("p", { class: "axis", text: name }) : null];
  if (choice) parts.push(choices(state, figures));
  else parts.push(bins(state, figures), ends(state));
  parts.push(el("p", { class: "figures", text: figuresText(state, figures) }));
  if (before && before.mean !== undefined) parts.push(el("p", { class: "soft", text: `${text.before}: ${figuresText(state, before)}` }));
  if (sides) {
    const told = Object.entries(sides).filter(([, f]) => f.mean !== undefined).map(([side, f]) => `${text[side]} ${number(state, f.mean)} (${f.n})`);
    if (told.length > 1) parts.push(el("p", { class: "soft", text: told.join(" · ") }));
  }
  return el("div", { class: "chart" }, parts);
}

function choices(state, figures) {
  const { round } = state.now, total = Math.max(1, figures.n);
  return el("ul", { class: "choices" }, figures.bins.map((n, index) => el("li", {}, [
    el("span", { text: round.choices[index] }), el("b", { text: n }), el("i", { style: { width: `${(100 * n) / total}%` } }),
  ])));
}

function badge(state, item) {
  const { text } = state.data;
  if (!item.band) return null;
  const agree = say(text.agree, { n: number(state, item.agreement, 0) });
  return el("span", { class: `band ${item.band}` }, [el("b", { text: `${BANDS[item.band]} ${text[item.band]}` }), el("small", { text: agree })]);
}

function row(state, item) {
  const { text } = state.data;
  const n = item.n === 1 ? text.n_one : item.n ? say(text.n, { n: item.n }) : text.no_votes;
  const head = el("div", { class: "name" }, [
    item.label ? el("h3", { text: item.label }) : null, item.group ? el("p", { class: "soft", text: item.group }) : null,
    el("p", { class: "soft", text: item.skips ? `${n} · ${say(text.skips, { n: item.skips })}` : n }), badge(state, item),
  ]);
  const few = item.first.few;
  const charts = few
    ? [el("p", { class: "soft", text: item.n ? text.one_vote : "" })]
    : [chart(state, item, item.first, item.before, item.second ? text.impact : "", item.sides),
       item.second ? chart(state, item, item.second, item.before_second, text.effort) : null];
  return el("li", { class: "row" }, [head, el("div", { class: "charts" }, charts.filter(Boolean))]);
}

function dotRows(state, items) {
  const { text } = state.data, most = Math.max(1, ...items.map((item) => item.total || 0));
  return el("ol", { class: "dots" }, items.map((item) => el("li", {}, [
    el("span", {}, [el("b", { text: item.label }), item.group ? el("small", { text: item.group }) : null]),
    el("div", { "aria-hidden": "true" }, [el("i", { style: { width: `${(100 * (item.total || 0)) / most}%` } })]),
    el("span", { class: "many", text: item.total === undefined ? "–" : item.total === 1 ? text.dots_one : say(text.dots, { n: item.total }) }),
  ])));
}

function textWall(state, results) {
  const { text } = state.data, { round } = state.now;
  if (!results.texts.length) return el("p", { class: "soft", text: text.no_texts });
  const places = [...round.items, { id: "", label: round.items.length ? text.whole : "" }];
  return el("div", { class: "wall" }, places.map((place) => {
    const own = results.texts.filter((one) => one.item === place.id);
    if (!own.length) return null;
    return el("section", {}, [el("h3", { text: place.label }), ...own.map((one) => el("p", { class: "card" }, [
      el("span", { text: one.text }), one.count > 1 ? el("small", { text: say(text.several, { n: one.count }) }) : null,
    ]))]);
  }).filter(Boolean));
}

function results(state) {
  const { results: found, round } = state.now, { text } = state.data;
  const parts = [];
  if (found.texts) parts.push(textWall(state, found));
  else if (round.kind === "dots") parts.push(el("p", { class: "soft", text: text.most_first }), dotRows(state, found.items));
  else {
    if (found.items.length > 1) parts.push(el("p", { class: "soft", text: text.divided_first }));
    parts.push(el("ul", { class: found.items.length > 1 ? "rows" : "rows one" }, found.items.map((item) => row(state, item))));
  }
  if (found.skips) parts.push(el("p", { class: "soft", text: say(text.nothing, { n: found.skips }) }));
  return el("div", { class: "results" }, parts);
}

// --- the whole ---

function corners() {
  const node = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(node.namespaceURI, "path");
  node.setAttribute("viewBox", "0 0 24 24");
  path.setAttribute("d", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5");
  node.append(path);
  return node;
}

function draw(state) {
  const { root, now, data } = state, { text } = data, round = now.round;
  const idle = !round || round.state === "waiting";
  const clock = el("p", { class: "clock", role: "timer" }), lost = el("p", { class: "lost", role: "status", text: text.lost, hidden: "" });
  const full = root.requestFullscreen && el("button", { class: "full", type: "button", title: text.full, "aria-label": text.full, 
    onclick: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()) }, [corners()]);
  const top = el("header", {}, [
    el("h1", { text: now.title }), el("p", { class: "soft", text: `${now.people} ${text.people}` }), lost, full || null]);
  const body = [];
  if (now.state === "ended") body.push(el("p", { class: "many", text: text.over }));
  else if (idle) {
    if (now.dry) body.push(el("p", { class: "soft", text: text.dry }));
    body.push(invitation(state, true));
    if (round) body.push(heading(state));
  } else {
    const shown = now.results;
    body.push(el("div", { class: "question" }, [
      el("div", { class: "main" }, [heading(state), round.state === "revealed" ? null : asked(round),
        el("div", { class: "counts" }, [turnout(state), clock])]),
      invitation(state, false),
    ]));
    if (shown) body.push(results(state));
  }
  state.parts = { clock, lost };
  root.replaceChildren(top, ...body.filter(Boolean));
  root.setAttribute("aria-label", now.title);
  tick(state);
}

export default function ({ parentElement, data }) {
  let state = boards.get(parentElement);
  if (!state) {
    state = { root: parentElement.querySelector(".board"), now: null, alive: true };
    state.timer = setInterval(() => state.now && tick(state), 500);
    boards.set(parentElement, state);
  }
  const changed = JSON.stringify(data) !== JSON.stringify(state.data);
  state.data = data;
  follow(state);
  if (changed && state.now) draw(state);
  return () => {
    state.alive = false;
    state.source?.close();
    clearInterval(state.timer);
    clearTimeout(state.again);
    boards.delete(parentElement);
  };
}
