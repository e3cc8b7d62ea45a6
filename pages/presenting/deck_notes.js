// The speaker's window: what to say now, what comes next, and how long it has been.

function frameNotes(S) {
  const { parts } = S;
  parts.now = h("h2", {});
  parts.say = h("ul", { class: "say" });
  parts.next = h("div", { class: "mini next" });
  parts.nextTitle = h("p", { class: "eyebrow" });
  parts.timer = h("b", { class: "timer", role: "timer" });
  parts.time = h("span", { class: "time" });
  parts.reset = h("button", { type: "button", class: "reset" });
  parts.reset.addEventListener("click", () => { S.since = performance.now(); tick(S); S.outbox.add({ kind: "timer" }); });
  parts.screen.className = "mini now";
  parts.nowTitle = h("p", { class: "eyebrow" });
  S.root.append(h("div", { class: "desk" },
    h("div", { class: "pictures" }, h("div", {}, parts.nowTitle, parts.screen), h("div", {}, parts.nextTitle, parts.next)),
    h("div", { class: "speech" }, h("p", { class: "clock" }, parts.timer, parts.reset, parts.time), parts.now, parts.say)));
}

function tick(S) {
  if (S.since === undefined) return;
  const seconds = Math.max(0, Math.floor((performance.now() - S.since) / 1000)), two = (n) => String(n).padStart(2, "0"), hours = Math.floor(seconds / 3600);
  setText(S.parts.timer, `${hours ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`);
  setText(S.parts.time, new Date().toLocaleTimeString(LOCALES[S.data.language], { hour: "2-digit", minute: "2-digit" }));
}

function drawNotes(S, slide, index) {
  const { parts, data } = S, { text } = data, next = data.slides[index + 1], key = JSON.stringify([next, data.language]);
  if (S.started !== data.timer.started) { S.started = data.timer.started; S.since = performance.now() - 1000 * data.timer.elapsed; }
  setText(parts.reset, text.reset);
  setText(parts.nowTitle, S.blank ? text.blanked : text.on_screen);
  setText(parts.nextTitle, next ? text.up_next : text.last);
  setText(parts.now, slide.title);
  const said = JSON.stringify([slide.notes, data.language]);
  if (S.said !== said) { S.said = said; parts.say.replaceChildren(...(slide.notes.length ? slide.notes : [text.no_notes]).map((note) => h("li", {}, note))); }
  if (S.nextKey !== key) {
    S.nextKey = key;
    if (next) showSlide(parts.next, next, text, text.up_next, () => {});
    else parts.next.replaceChildren();
  }
  parts.next.classList.toggle("none", !next);
  tick(S);
}
