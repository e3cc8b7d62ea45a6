// What both components share: building nodes without innerHTML, number formats, faces, and the outbox.
// These files are plain scripts joined in the order listed in the Python wrapper; only the last one exports.

const SVG_NS = "http://www.w3.org/2000/svg";

function build(node, attrs, children) {
  for (const [name, value] of Object.entries(attrs)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}
const h = (tag, attrs = {}, ...children) => build(document.createElement(tag), attrs, children);
const s = (tag, attrs = {}, ...children) => build(document.createElementNS(SVG_NS, tag), attrs, children);

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
function setAttr(node, name, value) {
  if (value === null || value === undefined || value === false) { if (node.hasAttribute(name)) node.removeAttribute(name); return; }
  const text = value === true ? "" : String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

// only a plain #rrggbb may reach a style: a url() would ask another host
const plainColour = (value) => (/^#[0-9a-f]{3,8}$/i.test(value ?? "") ? value : null);

const fill = (text, values) => String(text ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? "");
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const LOCALES = { fr: "fr-FR", en: "en-GB" };
const formats = new Map();
function number(value, language, decimals = 1) {
  const key = `${language}|${decimals}`;
  if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(LOCALES[language] ?? "en-GB", { maximumFractionDigits: decimals }));
  return formats.get(key).format(value);
}
function signed(value, language) {
  const rounded = Math.round(value * 10) / 10;
  return (rounded > 0 ? "+" : rounded < 0 ? "\u2212" : "") + number(Math.abs(rounded), language);
}

// The five levels of emotion: readable with the common colour-vision deficiencies, and always with a face.
const EMOTIONS = ["#8C2D04", "#E6842A", "#8A8A8A", "#4FA3D9", "#08519C"];
const levelOf = (value) => Math.sign(value) * Math.round(Math.abs(value)) + 2;
const emotionColour = (value) => EMOTIONS[levelOf(value)];

// what the project draws for a level instead of its own face: a path in the square −1 … 1 (analysis/charts/palette.py)
const chosenFaces = { paths: null };

function face() {
  const mouth = s("path", { class: "mouth" });
  const brows = s("path", { class: "brows" });
  const node = s("svg", { class: "face", viewBox: "0 0 32 32", "aria-hidden": "true" },
    s("circle", { class: "eye", cx: 11.2, cy: 12.6, r: 2 }), s("circle", { class: "eye", cx: 20.8, cy: 12.6, r: 2 }), brows, mouth);
  return { node, set(value) {
    const own = chosenFaces.paths?.[levelOf(value)];
    node.classList.toggle("own", Boolean(own));
    setAttr(mouth, "transform", own ? "translate(16 16) scale(15)" : null);
    if (own) { mouth.setAttribute("d", own); mouth.classList.remove("open"); brows.setAttribute("d", ""); return; }
    mouth.setAttribute("d", value >= 1.5 ? "M9 18.2 H23 Q22.4 25.4 16 25.4 Q9.6 25.4 9 18.2Z"
      : `M9.5 ${20.5 - value * 1.1} Q16 ${20.5 + value * 4.2} 22.5 ${20.5 - value * 1.1}`);
    mouth.classList.toggle("open", value >= 1.5);
    brows.setAttribute("d", value <= -1.5 ? "M7.8 7.6 L13 9.8 M24.2 7.6 L19 9.8" : "");
  } };
}

// What a component does when it leaves the page. Streamlit also runs the clean-up of a call that a newer one has overtaken
// (two changes while the script was still on its way), and then the component is still there and goes on being used.
function whenGone(parent, putAway) {
  const look = () => { if (!parent.isConnected) putAway(); };
  return () => { look(); setTimeout(look, 1000); };
}

// Events wait here until Python says it has seen them. Each message carries all that wait, so that nothing is lost when
// Streamlit merges two reruns; the number of the last event seen comes back in `ack`. What waits outlives its component:
// drawn anew under the same name, it sends the rest.
const outboxes = new Map();
function outboxOf(name) {
  if (!outboxes.has(name)) outboxes.set(name, new Outbox());
  return outboxes.get(name);
}
class Outbox {
  constructor() {
    const bytes = crypto.getRandomValues(new Uint8Array(9));
    this.client = Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
    this.count = 0;
    this.waiting = [];
    this.timer = 0;
  }
  add(event) {
    const seq = ++this.count;
    this.waiting.push({ ...event, seq, nonce: `${this.client}-${seq}` });
    this.send();
  }
  send() {
    clearTimeout(this.timer);
    if (!this.waiting.length || !this.component) return;
    this.component.setTriggerValue("event", { client: this.client, events: this.waiting });
    this.timer = setTimeout(() => this.send(), 5000);
  }
  attach(component, ack) {
    const known = Boolean(this.component);
    this.component = component;
    this.acknowledge(ack);
    if (!known && this.waiting.length) this.send();
  }
  acknowledge(ack) {
    const seen = ack?.[this.client] ?? 0;
    this.waiting = this.waiting.filter((event) => event.seq > seen);
    if (!this.waiting.length) clearTimeout(this.timer);
  }
  close(component) {
    if (component !== this.component) return;                        // drawn anew already, and sending through the new one
    clearTimeout(this.timer);
    this.component = null;
  }
}

// Stroke icons on a 24 × 24 grid, drawn for Parcours.
const ICONS = {
  touchpoints: "M12 3a6.5 6.5 0 0 1 6.5 6.5C18.5 14.5 12 21 12 21S5.5 14.5 5.5 9.5A6.5 6.5 0 0 1 12 3ZM12 7.3a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z",
  actions: "M4 12h12M12 6.5 17.5 12 12 17.5M21 5v14",
  thoughts: "M8 17.5a4.5 4.5 0 0 1-.9-8.9 5.5 5.5 0 0 1 10.3.7 4.2 4.2 0 0 1-.6 8.2ZM6 20.2h.01M3.6 22h.01",
  feelings: "M12 20.5S3.5 15.6 3.5 9.4A4.6 4.6 0 0 1 12 7a4.6 4.6 0 0 1 8.5 2.4c0 6.2-8.5 11.1-8.5 11.1Z",
  goal: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM12 12h.01",
  channels: "M4 5h16v10.5H4ZM8.5 20h7M12 15.5V20",
  motivations: "M13 3 5.5 13.5H11L10 21l8.5-11.5H13Z",
  frustrations: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM8.5 16.5c1.5-2.5 5.5-2.5 7 0M8 9l2.2 1.2M16 9l-2.2 1.2",
  pain_points: "M12 3.8 21.3 20H2.7ZM12 10v4.2M12 17.2h.01",
  delights: "M12 3.2l2.6 5.6 6.1.7-4.5 4.2 1.2 6.1L12 16.7l-5.4 3.1 1.2-6.1L3.3 9.5l6.1-.7Z",
  opportunities: "M9 17.5h6M9.8 20.8h4.4M8.6 14.7A6.2 6.2 0 1 1 15.4 14.7c-.5.5-.9 1.6-.9 2.8h-5c0-1.2-.4-2.3-.9-2.8Z",
  positive: "M7 11v9H3.5v-9ZM7 11l4-7.5c1.6 0 2.5 1 2.5 2.6L13 9.5h5.6a2 2 0 0 1 2 2.4l-1.2 6.4a2 2 0 0 1-2 1.7H7",
  critical: "M7 13V4H3.5v9ZM7 13l4 7.5c1.6 0 2.5-1 2.5-2.6L13 14.5h5.6a2 2 0 0 0 2-2.4l-1.2-6.4a2 2 0 0 0-2-1.7H7",
  quotes: "M5 17h3.5l2-4V7H4v6h3ZM14.5 17H18l2-4V7h-6.5v6h3Z",
  backstage: "M12 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM5 20c.4-4 3.2-6 7-6s6.6 2 7 6",
  systems: "M12 3.5c4.4 0 7.5 1.2 7.5 2.8S16.400 9 12 9 4.500 7.900 4.500 6.300 7.600 3.500 12 3.500ZM4.500 6.300v11.400c0 1.600 3.100 2.800 7.500 2.800s7.500-1.200 7.500-2.800V6.300M4.500 12c0 1.600 3.100 2.800 7.500 2.800s7.500-1.200 7.500-2.800",
  time: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17ZM12 7.500V12l3 2",
  kpi: "M4 20V4M4 20h16M8 16v-4M12.500 16V8M17 16v-6",
  custom: "M5 4.500h14v15H5ZM8.500 9h7M8.500 12.500h7M8.500 16h4",
  emotion: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17ZM8.500 14.200c1.500 2.600 5.500 2.600 7 0M9 9.800h.01M15 9.800h.01",
  star: "M12 3.200l2.600 5.600 6.100.7-4.500 4.200 1.200 6.100L12 16.700l-5.400 3.100 1.200-6.100L3.300 9.500l6.100-.7Z",
  more: "M5.500 12h.01M12 12h.01M18.500 12h.01",
  plus: "M12 5.500v13M5.500 12h13",
  undo: "M8.500 5 4 9.500 8.500 14M4.500 9.500H14a5.500 5.500 0 0 1 0 11h-3",
  redo: "M15.500 5 20 9.500 15.500 14M19.500 9.500H10a5.500 5.500 0 0 0 0 11h3",
  reset: "M5 5v5h5M5.600 10A7.500 7.500 0 1 1 4.500 14",
  chevron: "M6.500 9.500 12 15l5.500-5.500",
  open: "M13.500 4.500h6v6M19.500 4.500l-8 8M17.500 14v5.500h-13v-13H10",
  help: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17ZM9.600 9.500a2.500 2.500 0 1 1 3.600 2.300c-.8.400-1.200.9-1.200 1.900M12 16.800h.01",
  close: "M6 6l12 12M18 6 6 18",
  divided: "M12 20v-6M12 14C12 9 6 10 6 4.500M12 14c0-5 6-4 6-9.500M3.500 7 6 4.500 8.500 7M15.500 7 18 4.500 20.500 7",
};
const icon = (name, extra = "") => s("svg", { class: `icon ${extra}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, s("path", { d: ICONS[name] ?? ICONS.custom }));
