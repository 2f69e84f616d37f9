// The service form. Without this script a button shows the preview; with it the phone follows what is typed.
export function attach(part) {
  const form = part.querySelector("form");
  const frame = part.querySelector("[data-preview]");
  const live = part.querySelector("#dk-live");
  let waiting = null;

  /** Put what the server has drawn into the phone; the page inside stays, so that nothing flickers. */
  function show() {
    const page = frame.contentDocument;
    if (!waiting || page?.readyState !== "complete" || page.URL === "about:blank") return;
    page.body.replaceChildren(page.importNode(waiting, true));
    waiting = null;
    fit();
  }
  function fit() {
    const height = frame.contentDocument?.body?.scrollHeight;
    if (height) frame.style.setProperty("height", `${Math.min(Math.max(height + 16, 320), innerHeight - 180)}px`);
  }
  frame.addEventListener("load", () => (show(), fit()));
  live.addEventListener("htmx:afterSwap", () => {
    const drawn = live.querySelector("template[data-shown]");
    if (!drawn) return;
    waiting = drawn.content;
    drawn.remove();
    show();
  });

  /** The service one must go through is asked about only when there is one. */
  function through() {
    const chosen = form.querySelector("[name=access]:checked")?.value;
    const box = part.querySelector("[data-through]");
    if (box) box.hidden = chosen !== "through" && !box.querySelector(".ds-validation-message");
  }
  form.addEventListener("change", through);
  through();

  /** Give a phone the opening hours. Where the two grids do not match, the server does it. */
  function alike(event) {
    const button = event.target.closest("[data-like]");
    if (!button) return;
    const [target, source] = [button.dataset.for, button.dataset.like];
    const from = [...form.elements].filter((field) => field.name.startsWith(`${source}-`) && !/-(kind|was|mode|ask-day|ask-clock)$/.test(field.name));
    const pairs = from.map((field) => [field, [...form.elements].find((other) => other.name === target + field.name.slice(source.length) && (other.type !== "radio" || other.value === field.value))]);
    const grids = [source, target].map((name) => form.elements[`${name}-mode`]?.value);
    if (grids[0] !== "grid" || grids[1] !== "grid" || pairs.some(([, other]) => !other)) return;
    event.preventDefault();
    for (const [field, other] of pairs) {
      if (field.type === "radio" || field.type === "checkbox") other.checked = field.checked;
      else other.value = field.value;
      other.closest("[data-span]")?.classList.toggle("st-span--more", !other.value && other.closest("[data-span]").dataset.span !== "1");
    }
    form.elements[`${target}-d0-from1`].dispatchEvent(new Event("input", { bubbles: true }));
    button.closest(".dk-row").querySelector("[data-after-hours]").focus();
  }
  form.addEventListener("click", alike);

  part.querySelector("[data-show]")?.addEventListener("click", (event) => {
    event.preventDefault();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    frame.scrollIntoView({ block: "nearest" });
  });
  show();
}
