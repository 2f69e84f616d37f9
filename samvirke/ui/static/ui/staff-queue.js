// Choosing many in the queue: ten more from the top, all, or none; families whole. The page works without it.
export function attach(part) {
  const form = part.closest("form");
  const families = [...form.querySelectorAll(".fu-family")].map((one) => [...one.querySelectorAll("input[type=checkbox]")]);
  const boxes = families.flat();
  const told = part.querySelector("[data-chosen]");
  const chosen = () => boxes.filter((box) => box.checked).length;
  const tell = () => { told.textContent = chosen(); };

  const ways = {
    all: () => boxes.forEach((box) => { box.checked = true; }),
    none: () => boxes.forEach((box) => { box.checked = false; }),
  };

  function more(number) {
    const wanted = chosen() + number;
    for (const family of families) {
      if (chosen() >= wanted) return;
      family.forEach((box) => { box.checked = true; });
    }
  }

  part.addEventListener("click", (event) => {
    const how = event.target.closest("[data-choose]")?.dataset.choose;
    if (!how) return;
    ways[how] ? ways[how]() : more(Number(how));
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}
