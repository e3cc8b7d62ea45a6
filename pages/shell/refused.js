// A file that Streamlit keeps from the server is only a red sign with an English word: Python is told, and says it properly.
const told = new WeakSet();
const refused = (chip) => chip.getAttribute("aria-invalid") === "true";
const chips = () => [...document.querySelectorAll('[class*="st-key-drop_"] [data-testid="stFileChip"]')];

// kept with the window: what was dropped beside a good file is told on the page on which that one is reviewed
const left = () => (window.parcoursRefused ??= []);

function described(chip) {
  const label = chip.getAttribute("aria-label") || "";
  const cut = label.lastIndexOf(", ");
  return cut < 0 ? { name: label, size: "" } : { name: label.slice(0, cut), size: label.slice(cut + 2) };
}

export default function ({ setTriggerValue }) {
  let soon = 0;
  let patience = 40;
  const tell = () => {
    const others = chips().some((chip) => !refused(chip));
    if (others && patience-- > 0) {
      soon = setTimeout(tell, 300); // asking for another run now would make Streamlit forget the files on their way
    } else if (left().length) {
      setTriggerValue("refused", { files: left().splice(0), alone: !others });
    }
  };
  const look = () => {
    const fresh = chips().filter((chip) => refused(chip) && !told.has(chip));
    fresh.forEach((chip) => told.add(chip));
    left().push(...fresh.map(described));
    if (fresh.length) {
      clearTimeout(soon);
      soon = setTimeout(tell, 500); // the files of one drop come one after the other
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-invalid"] });
  look();
  if (left().length) soon = setTimeout(tell, 500);
  return () => {
    clearTimeout(soon);
    watch.disconnect();
  };
}
