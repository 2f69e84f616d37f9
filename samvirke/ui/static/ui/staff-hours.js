// The hours editor. Without this script all inputs are there; it hides what is rarely needed and copies Monday.
const spans = (row) => [...row.querySelectorAll("[data-span]")];
const inputs = (span) => [...span.querySelectorAll("input")];
const ticks = (row) => [...row.querySelectorAll("[data-whole]")];
const changed = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

/** Closed or around the clock: one at a time, and no times beside it. */
function tick(row, box) {
  for (const other of ticks(row)) if (other !== box && box.checked) other.checked = false;
  if (box.checked) for (const input of spans(row).flatMap(inputs)) input.value = "";
}

function more(row) {
  const next = spans(row).find((span) => span.classList.contains("st-span--more"));
  next?.classList.remove("st-span--more", "st-span--last");
  if (!spans(row).some((span) => span.classList.contains("st-span--more"))) row.querySelector("[data-more]").hidden = true;
  return next;
}

function copy(from, to) {
  for (const [number, span] of spans(from).entries()) {
    const values = inputs(span).map((input) => input.value);
    const target = spans(to)[number];
    if (values.some(Boolean)) target.classList.remove("st-span--more", "st-span--last");
    inputs(target).forEach((input, n) => { input.value = values[n]; });
  }
  ticks(to).forEach((box, n) => { box.checked = ticks(from)[n].checked; });
}

function addSpecial(part) {
  const list = part.querySelector("[data-specials]");
  const used = [...list.querySelectorAll(":scope > [data-special] input, :scope > [data-special] select")].map((input) => Number(/-s(\d+)-/.exec(input.name)[1]));
  const number = [...Array(20).keys()].find((n) => !used.includes(n));
  if (number === undefined) return;
  const made = list.querySelector("template").content.cloneNode(true).firstElementChild;
  for (const element of made.querySelectorAll("[id], [for], [name], [aria-describedby]")) {
    for (const name of ["id", "for", "name"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(/sx([-_])/, `s${number}$1`));
    }
  }
  made.querySelector("[data-number]").textContent = number + 1;
  list.querySelector("[data-add-special]").closest("p").before(made);
  made.querySelector("input").focus();
}

function own(part) {
  const times = part.querySelector("[data-own]");
  if (times) times.hidden = part.querySelector("[data-holidays] :checked")?.value !== "own";
}

export function attach(part) {
  const rows = [...part.querySelectorAll("[data-day]")];
  for (const row of rows) {
    if (spans(row).every((span) => !span.classList.contains("st-span--more"))) row.querySelector("[data-more]").hidden = true;
    row.addEventListener("change", (event) => event.target.matches("[data-whole]") && tick(row, event.target));
    row.addEventListener("input", (event) => {
      if (event.target.type === "text" && event.target.value) for (const box of ticks(row)) box.checked = false;
    });
    row.querySelector("[data-more]").addEventListener("click", () => more(row)?.querySelector("input").focus());
  }
  part.querySelector("[data-copy]")?.addEventListener("click", () => {
    for (const row of rows.slice(1, 5)) copy(rows[0], row);
    changed(rows[4].querySelector("input"));
    rows[5].querySelector("input").focus();
  });
  part.addEventListener("change", () => own(part));
  part.querySelector("[data-add-special]")?.addEventListener("click", () => addSpecial(part));
  part.addEventListener("click", (event) => {
    const gone = event.target.closest("[data-remove]")?.closest("[data-special]");
    if (!gone) return;
    gone.remove();
    const button = part.querySelector("[data-add-special]");
    changed(part.querySelector("[data-day] input"));
    button.focus();
  });
  own(part);
}
