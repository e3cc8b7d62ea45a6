// Tells the server how much room the page has for a chart, in steps, and again when that changes.
const STEPS = [300, 380, 480, 580, 680, 760];

export default function ({ data, setStateValue }) {
  const main = document.querySelector('[data-testid="stMainBlockContainer"]');
  if (!main) return undefined;
  let told = data.room, timer;
  const look = () => {
    const style = getComputedStyle(main), wide = main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (!(wide > 100)) return;
    const room = STEPS.findLast((step) => step <= wide) ?? STEPS[0];
    if (room !== told) setStateValue("room", (told = room));
  };
  const sizes = new ResizeObserver(() => { clearTimeout(timer); timer = setTimeout(look, 250); });
  sizes.observe(main);
  look();
  return () => { clearTimeout(timer); sizes.disconnect(); };
}
