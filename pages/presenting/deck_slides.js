// Each kind of slide as nodes. Texts only through textContent; every size is in em of the slide.

const list = (name, items, more) => h("ul", { class: `list ${name}` }, ...items, h("li", { class: "more", hidden: !more, "data-more": more || 0 }, ""));
const spare = (node) => { node.dataset.spare = ""; return node; };

function disc(felt, extra = "") {
  const drawn = face(), node = h("span", { class: `face-disc ${felt.basis === "assumed" ? "assumed" : ""} ${felt.few ? "few" : ""} ${extra}`, "aria-hidden": "true" }, drawn.node);
  drawn.set(felt.step - 2);
  node.style.setProperty("--c", EMOTIONS[felt.step]);
  return node;
}

function heading(slide, extra) {
  return h("header", {}, extra ?? "", h("h1", {}, slide.title), slide.lead ? h("p", { class: "lead" }, slide.lead) : "");
}

// a face at the height of its emotion
function plane(felt) {
  const holder = h("div", { class: "plane" }), spot = h("div", { class: "spot" }, felt ? disc(felt) : h("span", { class: "face-disc none", "aria-hidden": "true" }, "?"), h("b", { class: "value" }, felt ? felt.written : "–"));
  spot.style.top = `${50 - 25 * (felt ? felt.value : 0)}%`;
  holder.append(spot);
  return holder;
}

const KINDS = {
  cover(slide, text) {
    const strip = h("div", { class: "coverstrip" });
    const node = h("div", { class: "plate" }, h("p", { class: "eyebrow" }, text.journey_of), h("h1", {}, slide.title), slide.lead ? h("p", { class: "lead" }, slide.lead) : "",
      h("ul", { class: "counts" }, ...slide.data.facts.map((fact) => h("li", {}, fact))), strip);
    return [node, () => drawCoverLine(strip, slide.data.strip)];
  },

  journey(slide, text) {
    const area = h("div", { class: "body" });
    const columns = slide.data.stages.map((stage) => {
      const dots = h("div", { class: "dots", "aria-hidden": "true" }, ...stage.dots.map((step) => {
        const dot = h("i", {});
        dot.style.background = step === null ? "transparent" : EMOTIONS[step];
        return dot;
      }));
      const pains = h("div", { class: "pains", "aria-hidden": "true" }, ...Array.from({ length: Math.min(stage.pains, 30) }, () => h("i", {})));
      return h("li", { class: stage.low ? "low" : "" }, h("h2", {}, stage.name),
        plane(stage.felt), h("div", { class: "tally" }, h("p", {}, stage.lines[0]), dots, h("p", { class: "painline" }, stage.lines[1] || "\u00a0"), pains));
    });
    const body = h("ol", { class: "columns" }, ...columns);
    body.style.setProperty("--n", slide.data.stages.length > 8 ? Math.ceil(slide.data.stages.length / 2) : slide.data.stages.length);
    area.append(body);
    return [h("div", { class: "framed" }, heading(slide), area), () => joinFaces(body, slide.data.stages)];
  },

  stage(slide, text) {
    const data = slide.data, felt = data.felt, strip = h("div", { class: "stagestrip" });
    const where = h("div", { class: "where" }, h("p", { class: "eyebrow" }, fill(text.stage_of, { n: data.at + 1, total: data.strip.length }), data.dip ? h("span", { class: "badge" }, text.low_point) : ""), strip);
    const answers = data.answers.length ? h("ol", { class: "answers", "aria-label": text.answers }, ...data.answers.map((level) => {
      const bar = h("i", {}), drawn = face();
      drawn.set(level.step - 2);
      bar.style.cssText = `width:${level.share}%;background:${EMOTIONS[level.step]}`;
      const mark = h("span", { class: "face-disc", role: "img", "aria-label": level.name }, drawn.node);
      mark.style.setProperty("--c", EMOTIONS[level.step]);
      return h("li", {}, mark, h("span", { class: "track" }, bar), h("span", { class: "share" }, level.written));
    })) : "";
    const left = h("div", { class: "feel" }, ...(felt ? [
      h("div", { class: "felt" }, disc(felt, "big"), h("div", {}, h("b", { class: "value" }, felt.written), h("span", { class: "word" }, felt.name))),
      h("ul", { class: "remarks" }, ...felt.remarks.map((remark) => h("li", {}, remark))), answers,
    ] : [h("p", { class: "unknown" }, text.unknown)]));
    const touchpoints = data.touchpoints.map((item) => {
      const dot = h("i", { class: `dot ${item.felt ? item.felt.basis : "none"}`, "aria-hidden": "true" });
      if (item.felt) dot.style.setProperty("--c", EMOTIONS[item.felt.step]);
      return spare(h("li", {}, dot, h("span", {}, item.name, item.moment ? h("span", { class: "moment", role: "img", "aria-label": text.moment }, " ★") : ""), h("b", {}, item.felt ? item.felt.written : "–")));
    });
    const said = (item) => spare(h("li", {}, h("span", {}, item.text), item.times ? h("b", {}, item.times) : ""));
    const right = h("div", { class: "content" },
      touchpoints.length ? h("section", {}, h("h2", {}, text.touchpoints), list(`touchpoints ${touchpoints.length < 5 ? "few" : ""}`, touchpoints, data.more_touchpoints)) : "",
      data.pains.length ? h("section", {}, h("h2", {}, text.pains), list("said pain", data.pains.map(said), data.more_pains)) : "",
      data.delights.length ? h("section", {}, h("h2", {}, text.delights), list("said delight", data.delights.map(said), 0)) : "");
    const quote = data.quote ? h("blockquote", {}, h("p", {}, data.quote.text), data.quote.source ? h("cite", {}, data.quote.source) : "") : "";
    const node = h("div", { class: `framed stage ${data.dip ? "dip" : ""}` }, heading(slide, where), h("div", { class: "body" }, h("div", { class: "halves" }, left, right), quote));
    return [node, () => drawStrip(strip, data.strip, data.at)];
  },

  curve(slide, text) {
    const holder = h("div", { class: "holder" });
    const node = h("div", { class: "framed" }, heading(slide), h("div", { class: "body" }, holder, slide.data.marks ? h("p", { class: "marks" }, slide.data.marks) : ""));
    return [node, () => drawCurve(holder, { ...slide.data, nothing: text.nothing }, slide.title)];
  },

  matrix(slide) {
    const holder = h("div", { class: "holder row" });
    return [h("div", { class: "framed" }, heading(slide), h("div", { class: "body" }, holder)), () => drawMatrix(holder, slide.data, slide.title)];
  },

  pareto(slide) {
    const holder = h("div", { class: "holder" });
    return [h("div", { class: "framed" }, heading(slide), h("div", { class: "body" }, holder)), () => drawPareto(holder, slide.data, slide.title)];
  },

  firmness(slide) {
    const { items, last, k, among } = slide.data;
    const rows = items.map((item) => {
      const track = h("span", { class: "track", "aria-hidden": "true" }, h("i", { class: "range" }), h("i", { class: "at" }));
      const at = (rank) => `${(100 * (rank - 0.5)) / last}%`;
      track.style.setProperty("--top", `${(100 * k) / last}%`);
      track.firstChild.style.cssText = `left:${(100 * (item.low - 1)) / last}%;width:${(100 * (item.high - item.low + 1)) / last}%`;
      track.lastChild.style.left = at(item.rank);
      return spare(h("li", { class: item.code }, h("b", { class: "rank" }, String(item.rank)), h("span", { class: "what" }, item.name), track, h("span", { class: "share" }, item.written), h("span", { class: "badge" }, item.firmness)));
    });
    return [h("div", { class: "framed" }, heading(slide), h("div", { class: "body" }, h("p", { class: "among" }, among), h("ol", { class: "ranks" }, ...rows)))];
  },

  plan(slide) {
    const { head, rows, more } = slide.data;
    const line = (row) => h("tr", { class: row.code }, h("td", { class: "what" }, h("i", { class: row.quadrant ?? "none" }), h("span", {}, row.action)), h("td", {}, row.owner), h("td", { class: row.late ? "late" : "" }, row.due), h("td", {}, h("span", { class: `status ${row.code}` }, row.status)));
    const table = h("table", { class: "actions" }, h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, ...rows.map(line)));
    return [h("div", { class: "framed" }, heading(slide), h("div", { class: "body" }, table, more ? h("p", { class: "marks" }, more) : ""))];
  },

  facts(slide) {
    const items = slide.data.items.flatMap(([name, what]) => [h("dt", {}, name), h("dd", {}, what)]);
    return [h("div", { class: "framed" }, heading(slide), h("div", { class: "body" }, h("dl", { class: "facts-list" }, ...items)))];
  },

  empty(slide, text, leave) {
    const ways = slide.data.ways.map((way, i) => { const button = h("button", { type: "button", class: i ? "" : "first" }, way.label); button.onclick = () => leave(way.page); return button; });
    return [h("div", { class: "plate empty" }, h("p", { class: "eyebrow" }, slide.data.name), h("h1", {}, slide.title), h("p", { class: "lead ask" }, slide.lead), h("p", { class: "ways" }, ...ways))];
  },
};

// Puts a slide into its frame. What does not fit is made to: a long title gets smaller, a long list is cut with "and n more".
function showSlide(frame, slide, text, place, leave) {
  const [node, draw] = (KINDS[slide.kind] ?? KINDS.facts)(slide, text, leave);
  const section = h("section", { class: `slide ${slide.kind}`, "aria-roledescription": text.slide, "aria-label": place }, node);
  frame.replaceChildren(section);
  fitTitle(section);
  fitWords(section);
  if (!grown(section)) { fitLists(section, text); fitSmall(section); }
  draw?.();
}

function fitTitle(section) {
  const title = section.querySelector("h1");
  if (!title) return;
  const most = section.classList.contains("cover") ? 3.4 : 2.3;
  const fits = (lines, from, to) => {
    for (let scale = from; scale > to; scale -= 0.05) {
      title.style.setProperty("--scale", scale);
      const line = parseFloat(getComputedStyle(title).lineHeight);
      if (title.clientHeight <= lines * line && title.scrollWidth <= title.clientWidth + 1) return true;
    }
    return false;
  };
  return fits(1.2, 1, 0.81) || fits(most, 1, 0.55); // rather one line, a little smaller, than two
}

const overflows = (node) => node.scrollHeight > node.clientHeight + 1;

function fitLists(section, text) {
  const body = section.querySelector(".body"), narrow = section.clientWidth < section.clientHeight * 0.8;
  for (const more of section.querySelectorAll(".more")) tellMore(more, text);
  for (let round = 0; body && !narrow && overflows(body) && round < 40; round++) {
    const lists = [...body.querySelectorAll("ul, ol")].map((node) => [...node.children].filter((item) => item.dataset.spare !== undefined && !item.hidden)).filter((items) => items.length > 1);
    if (!lists.length) return;
    const longest = lists.sort((a, b) => b.length - a.length)[0], last = longest.at(-1), more = last.parentNode.querySelector(".more");
    last.hidden = true;
    if (more) { more.dataset.more = Number(more.dataset.more) + 1; tellMore(more, text); }
  }
}

// text as large as the room allows
function grown(section) {
  const body = section.querySelector(".body");
  if (!body || section.querySelector(".more[data-more]:not([data-more='0'])") || !GROWING.has(section.classList[1])) return false;
  for (let scale = 1.36; scale >= 0.99; scale -= 0.04) {
    body.style.fontSize = `${scale}em`;
    if (!overflows(body) && [...body.querySelectorAll(".halves > *, .ranks, .actions, .facts-list")].every((part) => part.scrollWidth <= part.clientWidth + 1 && part.scrollHeight <= part.clientHeight + 1)) return true;
  }
  body.style.fontSize = "";
  return false;
}
const GROWING = new Set(["stage", "plan", "facts", "firmness"]);

// the names of the stages in one size in which their longest word is whole, if there is one
function fitWords(section) {
  const names = [...section.querySelectorAll(".columns h2")];
  if (!names.length) return;
  const family = familyOf(names[0]), u = sizeOf(section), room = Math.min(...names.map((name) => name.clientWidth));
  const widest = Math.max(...names.flatMap((name) => name.textContent.split(/\s+/)).map((word) => widthOf(word, `700 ${u}px ${family}`)));
  const whole = (room - 1) / widest, scale = whole < 0.72 ? 0.84 : Math.min(whole, 1);
  for (const name of names) {
    name.style.fontSize = `${scale}em`;
    if (widest * scale > room) setText(name, inLines(name.textContent, room, `700 ${u * scale}px ${family}`, 3).map((line) => line.replace(/-$/, "\u2010")).join("\u200b"));
  }
}

function tellMore(node, text) {
  const n = Number(node.dataset.more);
  node.hidden = !n;
  setText(node, n ? fill(n === 1 ? text.more_one : text.more, { n }) : "");
}

function fitSmall(section) {
  const body = section.querySelector(".body");
  for (let scale = 1; body && overflows(body) && scale > 0.6; scale -= 0.05) body.style.fontSize = `${scale}em`;
}
