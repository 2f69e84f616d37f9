// Keys for lists: j and k move, Enter opens, n goes to the next, ? tells about them. The page works without them.
// They can be turned off (WCAG 2.1.4), and never listen while somebody writes, chooses or answers a question.
const OFF = "samvirke-keys-off";

export function attach(part) {
  const help = part.querySelector("dialog[data-keys]");
  const on = help?.querySelector("input[type=checkbox]");
  const links = () => [...part.querySelectorAll("[data-row] [data-open]")];

  function move(step) {
    const all = links();
    if (!all.length) return;
    const row = document.activeElement?.closest("[data-row]");
    const here = all.findIndex((link) => link.closest("[data-row]") === row);
    const there = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    all[there].focus();
    all[there].closest("[data-row]").scrollIntoView({ block: "nearest" });
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    n: () => document.querySelector("[data-key=n]")?.click(),
    "?": () => help?.showModal(),
  };
  const busy = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog") || document.querySelector("dialog[open]");

  document.addEventListener("keydown", (event) => {
    if (localStorage.getItem(OFF) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = keys[event.key];
    if (!act || busy(event.target)) return;
    event.preventDefault();
    act();
  });
  part.querySelector("[data-keys-help]")?.addEventListener("click", () => help.showModal());
  if (!on) return;
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}
