// The phone page of a workshop. Plain ES2015 without modules, fetch or promises, so that old phones run it.
// What is typed by people only ever becomes text: el() uses textContent, the only HTML built here are the faces, of constants.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const W = data.words, BASE = "/p/" + data.code, KEY = "p:" + data.code;
  const FACES = ["#8C2D04", "#E6842A", "#8A8A8A", "#4FA3D9", "#08519C"];
  const $ = id => document.getElementById(id);
  const main = $("main");
  let seat = null;      // what the server says this phone shows
  let pulse = {};       // what everybody is told
  let key = null;       // of the picture that we show
  let place = 0;        // which item of the round
  let reached = true;   // whether the server answered last
  let sending = false, turn = 0, looks = 0, wait = 1000, timer = null;
  let feed = null, heard = 0, clockAt = 0, shown = "";

  // --- small tools ---

  function say(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => values && name in values ? values[name] : all);
  }
  function number(value, digits) {
    const text = (Math.round(value * 100) / 100).toFixed(digits === undefined ? 1 : digits).replace(/\.0+$/, "");
    return (data.lang === "fr" ? text.replace(".", ",") : text).replace("-", "−");
  }
  function el(tag, props, children) {
    const node = document.createElement(tag);
    Object.keys(props || {}).forEach(name => {
      const value = props[name];
      if (value === null || value === undefined || value === false) return;
      if (name === "text") node.textContent = value;
      else if (name === "c") node.className = value || "";
      else if (name.slice(0, 2) === "on") node[name] = value;
      else if (name === "value" || name === "checked" || name === "disabled") node[name] = value;
      else node.setAttribute(name, value);
    });
    (children || []).forEach(child => { if (child) node.appendChild(child); });
    return node;
  }
  const put = (tag, text, c) => el(tag, { text, c });
  const pressed = yes => ({ "aria-pressed": yes ? "true" : "false" });
  const skipped = own => !!own && own.skip;
  const join = parts => parts.filter(Boolean).join(" · ");
  function button(text, onclick, kind, props) {
    return el("button", Object.assign({ type: "button", text: text, onclick: onclick, c: kind || "" }, props || {}));
  }
  function show(children) {
    while (main.firstChild) main.removeChild(main.firstChild);
    children.forEach(child => { if (child) main.appendChild(child); });
  }
  function toHeading() {
    const heading = main.querySelector("h1");
    if (heading) { heading.tabIndex = -1; heading.focus(); scrollTo(0, 0); }
  }

  // --- what this phone keeps: its counter, answers not sent yet, its place ---

  let memory = null;    // where there is no storage: this visit only
  function kept() {
    let text = null;
    try { text = localStorage.getItem(KEY); } catch (e) { /* private mode */ }
    if (text === null) text = memory;
    try { return JSON.parse(text) || {}; } catch (e) { return {}; }
  }
  function keep(change) {
    const all = kept();       // read anew: another tab of this phone may have written
    all.queue = all.queue || []; all.count = all.count || 0; all.places = all.places || {};
    change(all);
    memory = JSON.stringify(all);
    try { localStorage.setItem(KEY, memory); } catch (e) { /* full or private */ }
  }
  function about(answer) { return answer.round + " " + (answer.id || "=" + answer.item); }

  // --- talking to the server ---

  function ask(method, path, body, done) {
    const asked = new XMLHttpRequest();
    let over = false;
    function end(status, found) { if (!over) { over = true; done(status, found); } }
    asked.open(method, BASE + path);
    asked.timeout = 12000;
    asked.onload = () => {
      let found = {};
      try { found = JSON.parse(asked.responseText); } catch (e) { /* not ours: a portal's page */ }
      end(found && (found.code || found.ok || found.room) ? asked.status : 0, found);
    };
    asked.onerror = asked.ontimeout = () => { end(0, {}); };
    if (body) asked.setRequestHeader("Content-Type", "application/json");
    asked.send(body ? JSON.stringify(body) : null);
  }
  function reach(ok) {
    if (ok !== reached) { reached = ok; footer(); }
  }
  function later(status) { return status === 0 || status === 429 || status === 408 || status >= 500; }

  // An answer is first kept on the phone, then sent until the server says that it has it. Answers go one by one, in
  // their order; of two answers to the same thing only the newer is kept; the server takes each once.
  function answer(item, values) {
    const round = seat.round.id;
    keep(all => {
      const mine = seat.mine || {};
      Object.keys(mine).forEach(id => { all.count = Math.max(all.count, mine[id].count || 0); });
      all.count += 1;
      const entry = Object.assign({ round: round, item: item, count: all.count }, values);
      all.queue = all.queue.filter(other => about(other) !== about(entry));
      all.queue.push(entry);
    });
    wait = 1000;
    send();
    footer();
  }
  function send() {
    const next = (kept().queue || [])[0];
    if (sending || !next || !seat) return;   // what the server knows is looked at first, or it would be drawn over the answer
    sending = true;
    clearTimeout(timer);
    ask("POST", "/vote", next, (status, found) => {
      sending = false;
      if (later(status)) {
        reach(status !== 0);
        wait = Math.min(wait * 1.6, 6000);
        timer = setTimeout(send, wait * (0.7 + Math.random() * 0.6));
        return;
      }
      reach(true);
      wait = 1000;
      if (status === 401 && seat && seat.me) { seat = null; refresh(); return; }
      keep(all => {
        all.queue = all.queue.filter(other => about(other) !== about(next) || other.count !== next.count);
      });
      if (status === 200) settle(next);
      else { tell(found); if (seat) draw(); refresh(); }
      footer();
      send();
    });
  }
  function settle(sent) {
    turn++;
    if (!seat || !seat.round || seat.round.id !== sent.round) return;
    if (sent.id) {
      seat.texts = (seat.texts || []).filter(text => text.id !== sent.id);
      if (!sent.gone) seat.texts.push(sent);
    } else {
      seat.mine = seat.mine || {};
      seat.mine[sent.item] = sent;
      if (seat.round.kind === "dots") tidyDots(seat.mine, sent);
    }
  }
  function tidyDots(mine, sent) {
    Object.keys(mine).forEach(item => { if ((item === "") !== (sent.item === "") && item !== sent.item) delete mine[item]; });
  }
  // one's own answers: what the server has, and over it what is still on its way
  function mine() {
    const found = Object.assign({}, seat.mine);
    (kept().queue || []).forEach(entry => {
      if (entry.round !== seat.round.id || entry.id) return;
      if (seat.round.kind === "dots") tidyDots(found, entry);
      found[entry.item] = entry;
    });
    return found;
  }
  function texts() {
    let found = seat.texts || [];
    (kept().queue || []).forEach(entry => {
      if (entry.round !== seat.round.id || !entry.id) return;
      found = found.filter(text => text.id !== entry.id);
      if (!entry.gone) found = found.concat(entry);
    });
    return found;
  }
  function answered(one) { return !!one && (one.skip || (one.value !== undefined && one.value !== null)); }

  // the same question as before is not drawn anew: somebody may be typing, or dragging
  const shape = one => one && JSON.stringify([one.room, one.me, one.round, one.removed]);
  function take(found) {
    const same = shape(found) === shape(seat);
    seat = found;
    if (same) footer(); else draw();
  }
  function refresh() {
    const at = turn, nth = ++looks;
    ask("GET", "/state", null, (status, found) => {
      if (nth !== looks) return;           // a later look counts
      if (at !== turn) return refresh();   // an answer has arrived meanwhile
      if (status === 200) { reach(true); take(found); follow(); send(); }
      else if (later(status)) { reach(status !== 0); setTimeout(refresh, 1200 + Math.random() * 1500); }
      else { stop(); seat = null; show([put("h1", found.code === "no_room" ? W.over : found.message || W.error)]); footer(); }
    });
  }
  function stop() { if (feed) { feed.close(); feed = null; } }
  function follow() {
    if (feed || !seat || !seat.me) return;
    feed = new EventSource(BASE + "/events");
    const alive = () => { heard = Date.now(); reach(true); send(); };
    heard = Date.now();
    feed.onmessage = event => { alive(); hear(JSON.parse(event.data)); };
    feed.addEventListener("beat", alive);
    feed.onerror = () => {
      stop();
      reach(false);
      setTimeout(refresh, 800 + Math.random() * 1700);
    };
  }
  function hear(found) {
    pulse = found;
    clockAt = Date.now();
    if (found.key !== key) {
      setTimeout(refresh, key ? Math.random() * 400 : 0);
      key = found.key;
    }
    if (found.results && seat && seat.round && seat.round.visible && found.results.round === seat.round.id) drawResults();
    footer();
  }
  // sleep, another network, a long pause: look again at once rather than wait for a timer
  function wake() {
    if (document.hidden) return;
    wait = 1000;
    send();
    if (seat && seat.me && Date.now() - heard > 16000) { heard = Date.now(); stop(); refresh(); }
  }
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", () => { heard = 0; wake(); });
  addEventListener("pageshow", event => { if (event.persisted) heard = 0; wake(); });
  addEventListener("offline", () => reach(false));
  setInterval(() => { if (Date.now() - heard > 26000) wake(); clock(); }, 1000);   // a sign of life comes every 12 seconds

  // --- what everybody sees below the question ---

  // a refusal stays readable for a while, whatever is drawn meanwhile
  function tell(found) {
    shown = found.message || W.error;
    footer();
    setTimeout(() => { shown = ""; footer(); }, 9000);
  }
  function announce(text) { $("say").textContent = text; }
  function footer() {
    const open = seat && seat.round && seat.round.state === "open";
    $("count").textContent = open && pulse.of ? say(W.voted, pulse) : "";
    const waiting = (kept().queue || []).length;
    const sent = $("sent");
    const state = !reached ? W.offline : waiting ? W.saving : shown || (open && Object.keys(mine()).length + texts().length ? "✓ " + W.saved : "");
    if (sent.textContent !== state) sent.textContent = state;
    sent.className = !reached || shown ? "bad" : "";
    clock();
  }
  function clock() {
    const open = seat && seat.round && seat.round.state === "open" && pulse.left !== undefined;
    let text = "";
    if (open) {
      const left = Math.max(0, Math.ceil(pulse.left - (pulse.paused ? 0 : (Date.now() - clockAt) / 1000)));
      const time = Math.floor(left / 60) + ":" + ("0" + (left % 60)).slice(-2);
      text = left === 0 && !pulse.paused ? W.time_up : say(pulse.paused ? W.paused : W.left, { time });
    }
    if ($("clock").textContent !== text) $("clock").textContent = text;
  }

  // --- screens ---

  function draw() {
    const room = seat.room, round = seat.round;
    $("room").textContent = join([room.title, room.dry && W.dry_run]);
    document.title = room.title;
    if (seat.removed) { stop(); return message(W.removed); }
    if (room.state === "ended") { stop(); return message(W.over); }
    if (!seat.me) return drawJoin();
    if (!round) return message(W.wait);
    if (round.state === "revealed" || (round.state === "closed" && round.visible)) return drawResults();
    if (round.state === "closed") return message(W.closed);
    if (!seat.me.votes) return round.visible && pulse.results ? drawResults() : message(round.who === "all" ? W.facilitating : W.not_for_you);
    if (!round.anonymous && !seat.me.name) return drawName();
    drawRound();
  }
  function message(text) {
    show([el("div", { c: "calm" }, [put("h1", text)])]);
    announce(text);
    footer();
  }
  function drawJoin() {
    const asked = seat.room.side === "ask", given = /[?&]side=(staff|customer)\b/.exec(location.search);
    function enter(side) {
      ask("POST", "/join", { side }, (status, found) => {
        if (status === 200) { reach(true); take(found); toHeading(); follow(); }
        else if (later(status)) { reach(status !== 0); setTimeout(() => enter(side), 1500); }
        else { show([put("h1", found.message || W.error), button(W.join, () => enter(side), "main")]); }
      });
    }
    if (!asked || given) return enter(asked ? given[1] : "");
    show([
      put("h1", W.i_am),
      el("div", { c: "stack" }, ["customer", "staff"].map(side => {
        return button(W[side], () => enter(side), "main");
      })),
      put("p", W.no_account, "note")
    ]);
    footer();
  }
  function drawName() {
    const input = el("input", { id: "name", maxlength: 60, autocomplete: "name", required: "" });
    const form = el("form", {}, [
      put("h1", W.name_why), el("label", { "for": "name", text: W.name }), input,
      put("p", W.named, "note"), put("button", W.save, "main")
    ]);
    form.onsubmit = event => {
      event.preventDefault();
      ask("POST", "/name", { name: input.value }, (status, found) => {
        if (status === 200) { take(found); toHeading(); } else tell(found);
      });
    };
    show([form]);
    footer();
  }
  function intro(round) {
    return put("p", join([round.trial && W.rehearsal, round.again && W.second_round,
      round.anonymous ? W.anonymous : W.named, round.show === "live" ? W.shown_live : round.show === "screen" ? "" : W.shown_after]), "note");
  }
  function drawRound() {
    const round = seat.round;
    if (round.texts) drawTexts(round);
    else if (round.kind === "dots") drawDots(round);
    else {
      const places = kept().places || {};
      place = Math.min(places[round.id] || 0, round.items.length);
      drawItem(round);
    }
    footer();
  }
  function go(to) {
    place = Math.max(0, Math.min(to, seat.round.items.length));
    keep(all => { all.places = {}; all.places[seat.round.id] = place; });
    drawItem(seat.round);
    footer();
    toHeading();
  }
  function drawItem(round) {
    const items = round.items;
    if (place >= items.length && items.length > 1) return drawSummary(round);
    place = Math.min(place, items.length - 1);
    const item = items[place], own = mine()[item.id];
    const single = items.length === 1;
    const parts = [];
    if (!single) {
      parts.push(el("progress", { max: items.length, value: place + 1, "aria-hidden": "true" }));
      parts.push(put("p", join([say(W.of_items, { n: place + 1, of: items.length }), item.group]), "where"));
    }
    parts.push(put("h1", item.label || round.question));
    if (item.label) parts.push(put("p", round.question, "ask"));
    const skip = button(W.skip, () => { answer(item.id, { skip: true }); single ? drawItem(round) : go(place + 1); }, "quiet",
      pressed(skipped(own)));
    const touched = values => { answer(item.id, values); skip.setAttribute("aria-pressed", "false"); };
    parts.push(control(round, item, own, touched));
    parts.push(el("div", { c: "ways" }, [
      single ? null : button(W.back, () => go(place - 1), "", { disabled: place === 0 }),
      skip,
      single ? null : button(place + 1 === items.length ? W.done : W.next, () => go(place + 1), "main")
    ]));
    if (place === 0) parts.push(intro(round));
    show(parts);
  }
  function control(round, item, own, touched) {
    if (round.kind === "emotion") return faces(round, own, touched);
    if (round.kind === "impact_effort") return pad(round, own, touched);
    if (round.kind === "question" && round.answer === "choice") {
      return radios(round.choices.map((text, index) => ({ value: index, label: text })), own, touched, "choices");
    }
    return scale(round, own, touched);
  }
  function radios(options, own, touched, kind) {
    const group = el("div", { c: kind, role: "radiogroup", "aria-label": seat.round.question });
    options.forEach(option => {
      const input = el("input", { type: "radio", name: "r", value: String(option.value), checked: !!own && own.value === option.value });
      input.onchange = () => { touched({ value: option.value }); };
      group.appendChild(el("label", {}, [input, option.picture || null, put("span", option.label)]));
    });
    return group;
  }
  function scale(round, own, touched) {
    const options = [];
    for (let value = round.low; value <= round.high; value += round.step) options.push({ value: value, label: number(value, 0) });
    return el("div", {}, [radios(options, own, touched, "scale"), ends()]);
  }
  function ends() {
    return el("p", { c: "ends" }, [put("span", W.low), put("span", W.high)]);
  }
  function face(mood) {
    const y = 26 - mood * 1.5, node = el("i", { "aria-hidden": "true" });
    node.innerHTML = "<svg viewBox='0 0 40 40'><circle class='ring' cx='20' cy='20' r='18' fill='" + FACES[mood + 2] + "'/>" + (W["f" + mood] ||
      "<g fill='#fff'><circle cx='14' cy='16' r='2.2'/><circle cx='26' cy='16' r='2.2'/></g><path fill='none' stroke='#fff' stroke-width='2.4' stroke-linecap='round' d='M12 " +
      y + "Q20 " + (26 + mood * 5) + " 28 " + y + "'/>") + "</svg>";
    return node;
  }
  function faces(round, own, touched) {
    const options = [-2, -1, 0, 1, 2].map(mood => ({ value: mood, label: W["e" + mood], picture: face(mood) }));
    let fine;
    const group = radios(options, own, values => { fine.set(values.value); touched(values); }, "faces");
    fine = slider(round, W.slider, own && own.value, value => {
      Array.prototype.forEach.call(group.querySelectorAll("input"), input => { input.checked = Number(input.value) === value; });
      touched({ value });
    }, W.slider);
    return el("div", {}, [group, fine]);
  }
  function slider(round, label, value, changed, name) {
    const known = typeof value === "number";
    const shows = put("output", known ? number(value) : "–");
    const input = el("input", { type: "range", min: round.low, max: round.high, step: round.step, "aria-label": name, c: known ? "" : "unset" });
    input.value = known ? value : (round.low + round.high) / 2;
    if (!known) input.setAttribute("aria-valuetext", W.not_answered);
    function set(now) {
      input.value = now; shows.textContent = number(now); input.className = ""; input.removeAttribute("aria-valuetext");
    }
    input.oninput = () => set(Number(input.value));
    input.onchange = () => { set(Number(input.value)); changed(Number(input.value)); };
    // a finger or a key that leaves the thumb where it stands is an answer too
    input.onclick = () => { if (input.className) input.onchange(); };
    input.onkeydown = event => { if (input.className && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); input.onchange(); } };
    const node = el("label", { c: "slider" }, [put("span", label), input, shows]);
    node.set = set;
    return node;
  }
  function pad(round, own, touched) {
    const now = { value: own ? own.value : undefined, second: own ? own.second : undefined };
    const dot = el("i", {}), area = el("div", { c: "pad", "aria-hidden": "true" }, [
      put("b", W.impact + " ↑"), put("b", W.effort + " →"), put("em", W.pad), dot]);
    const sliders = [["value", W.impact], ["second", W.effort]].map(pair => {
      return slider(round, pair[1], now[pair[0]], value => { now[pair[0]] = value; paint(); commit(); }, pair[1]);
    });
    function paint() {
      const set = now.value !== undefined && now.second !== undefined && now.value !== null && now.second !== null;
      area.className = "pad" + (set ? " set" : "");
      dot.style.left = 100 * ((now.second || 5.5) - round.low) / (round.high - round.low) + "%";
      dot.style.bottom = 100 * ((now.value || 5.5) - round.low) / (round.high - round.low) + "%";
    }
    function commit() { if (now.value !== undefined && now.second !== undefined) touched({ value: now.value, second: now.second }); }
    function at(event) {
      const box = area.getBoundingClientRect();
      const part = share => Math.round(round.low + Math.max(0, Math.min(1, share)) * (round.high - round.low));
      now.second = part((event.clientX - box.left) / box.width);
      now.value = part((box.bottom - event.clientY) / box.height);
      sliders[0].set(now.value); sliders[1].set(now.second); paint();
    }
    let held = false;
    // where there are no pointer events (phones before 2019), the sliders below do the same
    area.onpointerdown = event => { area.setPointerCapture(event.pointerId); held = true; event.preventDefault(); at(event); };
    area.onpointermove = event => { if (held) at(event); };
    area.onpointerup = area.onpointercancel = () => { if (held) { held = false; commit(); } };
    area.addEventListener("touchstart", event => event.preventDefault(), { passive: false });
    paint();
    return el("div", {}, [area].concat(sliders));
  }
  function spoken(round, own) {
    if (!answered(own)) return W.not_answered;
    if (own.skip) return W.skip;
    if (round.answer === "choice" && round.kind === "question") return round.choices[own.value];
    if (round.kind === "impact_effort") return join([W.impact + " " + number(own.value), W.effort + " " + number(own.second)]);
    return W["e" + own.value] && round.kind === "emotion" ? W["e" + own.value] : number(own.value);
  }
  function drawSummary(round) {
    const own = mine(), open = round.items.filter(item => !answered(own[item.id])).length;
    show([
      put("h1", open ? W.can_change : W.all_done), open ? null : put("p", W.can_change),
      el("ul", { c: "list" }, round.items.map((item, index) => {
        const row = el("button", { type: "button", onclick: () => go(index), c: answered(own[item.id]) ? "row" : "row missing" },
          [put("span", item.label), put("b", spoken(round, own[item.id]))]);
        return el("li", {}, [row]);
      }))
    ]);
  }
  function drawDots(round) {
    const own = mine(), held = id => own[id] && own[id].value || 0;
    let used = 0;
    round.items.forEach(item => { used += held(item.id); });
    const left = round.budget - used, text = say(W.dots_left, { n: Math.max(0, left), budget: round.budget });
    function setDots(item, value, which) {
      answer(item.id, { value });
      drawDots(round);
      announce($("left").textContent);
      const again = main.querySelector('[data-of="' + which + item.id + '"]');
      if (again) (again.disabled ? main.querySelector("h1") : again).focus();
    }
    show([
      el("h1", { text: round.question, tabindex: -1 }), el("p", { id: "left", c: "left", text: text }),
      el("ul", { c: "list" }, round.items.map(item => {
        const n = held(item.id);
        return el("li", { c: "dotrow" }, [
          el("span", {}, [item.group ? put("small", item.group) : null, put("span", item.label),
            el("span", { c: "dots", "aria-hidden": "true", text: n > 8 ? "●×" + n : new Array(n + 1).join("●") })]),
          button("−", () => setDots(item, n - 1, "-"), "round", { disabled: n === 0, "aria-label": say(W.take_dot, { item: item.label }), "data-of": "-" + item.id }),
          put("b", n),
          button("+", () => setDots(item, n + 1, "+"), "round", { disabled: left <= 0, "aria-label": say(W.add_dot, { item: item.label }), "data-of": "+" + item.id })
        ]);
      })),
      button(W.no_dots, () => { answer("", { skip: true }); drawDots(round); }, "quiet", pressed(skipped(own[""]))),
      intro(round)
    ]);
    footer();
  }
  function labels(round) {
    const found = {};
    round.items.forEach(item => { found[item.id] = item.label; });
    return found;
  }
  function drawTexts(round) {
    const sent = texts(), own = mine(), single = round.kind === "question";
    const stage = round.items.length ? el("select", { id: "stage" }, round.items.map(item => {
      return el("option", { value: item.id, text: item.label });
    })) : null;
    const places = kept().places || {};
    if (stage && places.stage) stage.value = places.stage;
    if (stage && !stage.value) stage.selectedIndex = 0;
    const input = el("textarea", { id: "text", rows: 3, maxlength: 280 });
    input.value = places[round.id] || "";
    input.oninput = () => keep(all => { all.places[round.id] = input.value; });
    const form = el("form", {}, [
      stage && el("label", { "for": "stage", text: W.which_stage }), stage,
      el("label", { "for": "text", text: W.your_text }), input, put("button", W.send, "main")
    ]);
    form.onsubmit = event => {
      event.preventDefault();
      const text = input.value.trim();
      if (!text) { input.focus(); return; }
      const id = single && sent[0] ? sent[0].id : Math.random().toString(36).slice(2, 12) + Date.now().toString(36);
      keep(all => { all.places = { stage: stage && stage.value }; });
      answer(stage ? stage.value : "", { id: id, text: text });
      drawTexts(round);
      $("text").focus();
    };
    const label = labels(round);
    show([
      put("h1", round.question), form,
      sent.length ? put("h2", W.your_texts) : null,
      sent.length ? el("ul", { c: "list" }, sent.map(one => {
        return el("li", { c: "sent" }, [
          el("span", {}, [one.item ? put("small", label[one.item] || "") : null, put("span", one.text)]),
          button(W.take_back, () => { answer(one.item, { id: one.id, gone: true }); drawTexts(round); }, "quiet")
        ]);
      })) : button(W.nothing, () => { answer("", { skip: true }); drawTexts(round); }, "quiet",
        pressed(skipped(own[""]))),
      intro(round)
    ]);
    footer();
  }

  // --- results, as far as they are shown to phones ---

  function drawResults() {
    const round = seat.round, results = pulse.results && pulse.results.round === round.id && pulse.results;
    if (round.show === "live" && round.state === "open" && seat.me.votes) { liveBelow(results); return; }
    if (!results) { message(W.on_screen); return; }
    show([put("h1", round.question)].concat(resultRows(round, results)));
    footer();
  }
  function liveBelow(results) {
    if (!$("live")) drawRound();
    let box = $("live");
    if (!box) { box = el("section", { id: "live" }); main.appendChild(box); }
    while (box.firstChild) box.removeChild(box.firstChild);
    if (results) resultRows(seat.round, results).forEach(node => box.appendChild(node));
  }
  function resultRows(round, results) {
    if (results.texts) {
      const label = labels(round);
      return [results.texts.length ? el("ul", { c: "list" }, results.texts.map(one => {
        return el("li", {}, [put("small", label[one.item] || ""), put("span", one.text + (one.count > 1 ? "  ×" + one.count : ""))]);
      })) : put("p", W.nothing_sent)];
    }
    return results.items.map(one => {
      const parts = [put("h2", one.label), one.group ? put("small", one.group) : null];
      if (one.total !== undefined) parts.push(put("p", one.total + " " + W.dots, "figure"));
      else if (one.first.few) parts.push(put("p", one.n ? W.one_vote : "–", "note"));
      else {
        parts.push(bars(round, one.first, one.second ? W.impact : ""));
        if (one.second) parts.push(bars(round, one.second, W.effort));
      }
      return el("section", { c: "result" }, parts);
    });
  }
  function bars(round, figures, name) {
    const most = Math.max.apply(null, figures.bins.concat([1]));
    const known = figures.mean !== undefined;
    const text = join([name, known && W.median + " " + number(figures.median), known && W.mean + " " + number(figures.mean), say(W.votes, figures)]);
    const choice = round.kind === "question" && round.answer === "choice";
    return el("div", { c: choice ? "choicebars" : "" }, [
      el("div", { c: choice ? "" : "bars", role: "img", "aria-label": join([text, figures.bins.join(", ")]) }, figures.bins.map((n, index) => {
        const bar = el("i", {});
        bar.style[choice ? "width" : "height"] = 100 * n / most + "%";
        return choice ? el("div", {}, [put("span", round.choices[index] + " · " + n), bar]) : bar;
      })),
      put("p", text, "figure")
    ]);
  }

  // --- begin ---

  const other = data.lang === "fr" ? "en" : "fr";
  $("lang").textContent = W.other_language;
  $("lang").lang = other;
  $("lang").href = "?lang=" + other;
  refresh();
})();
