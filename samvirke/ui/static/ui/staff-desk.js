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

  part.querySelector("[data-show]")?.addEventListener("click", (event) => {
    event.preventDefault();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    frame.scrollIntoView({ block: "nearest" });
  });
  show();
}
