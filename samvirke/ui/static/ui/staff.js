// The screens for people who log in work without this script. It adds comfort: the error summary takes the focus,
// a question before something is removed comes as a dialog, nothing is sent twice, and what is typed is not lost.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// --- Errors: read first what is wrong -----------------------------------------------------------------------------
function focusErrors(root = document) {
  root.querySelector("[data-errors]")?.focus();
}

// --- Menus in the header: Escape and a click beside them close them --------------------------------------------------
function closeDrops(except) {
  for (const drop of all("details[data-drop][open]")) if (drop !== except) drop.open = false;
}
addEventListener("click", (event) => closeDrops(event.target.closest?.("details[data-drop]")));
addEventListener("keydown", (event) => {
  const drop = event.key === "Escape" && document.querySelector("details[data-drop][open]");
  if (!drop) return;
  drop.open = false;
  drop.querySelector("summary").focus();
});

// --- Nothing is sent twice; nothing typed is lost by a wrong click ----------------------------------------------------
// data-unsaved: ask before the page is left with something typed; data-unsaved="dirty": it was so when it came.
const dirty = new Set(all("[data-unsaved=dirty]"));
addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-unsaved]")) dirty.add(form);
});
addEventListener("beforeunload", (event) => {
  for (const form of dirty) if (!form.isConnected) dirty.delete(form);
  if (dirty.size) event.preventDefault();
});
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.submitter?.formTarget) return; // goes to another window or frame: this page stays
  if (form.dataset.sent) return event.preventDefault();
  if (event.defaultPrevented) return;
  dirty.delete(form);
  if (form.matches("[data-once]")) form.dataset.sent = "1";
  if (form.matches("[data-keep-scroll]")) remember();
});
addEventListener("pageshow", () => {
  for (const form of all("[data-sent]")) delete form.dataset.sent;
});

// --- The page stays where it was after an act on one of many rows -------------------------------------------------
const PLACE = "samvirke-place";
function remember() {
  sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollY]));
}
function comeBack() {
  const [path, y] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  sessionStorage.removeItem(PLACE);
  if (path === location.pathname && !document.querySelector("[data-errors]")) scrollTo(0, y);
}

// --- A page that asks before something is done comes as a dialog: <a href="…/fjern/" data-dialog> -------------------
addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  event.preventDefault();
  if (link.dataset.asking) return;
  link.dataset.asking = "1";
  try {
    const answer = await fetch(link.href, { headers: { "X-Requested-With": "dialog" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const asked = page.querySelector("[data-confirm]");
    if (!answer.ok || !asked) throw new Error("no question");
    ask(asked, link, answer.url);
  } catch {
    location.assign(link.href);
  }
});
function ask(asked, link, address) {
  const dialog = document.createElement("dialog");
  dialog.className = "ds-dialog";
  dialog.append(document.adoptNode(asked));
  const title = asked.querySelector("h2");
  if (title) dialog.setAttribute("aria-labelledby", (title.id ||= "st-asked"));
  const form = asked.matches("form") ? asked : asked.querySelector("form");
  if (form && !form.getAttribute("action")) form.action = address;
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    delete link.dataset.asking;
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

// --- The session ends soon: ask two minutes before -----------------------------------------------------------------
let ends = Number(document.body.dataset.sessionEnds) * 1000;
const session = document.getElementById("st-session");
const heard = (headers) => {
  const told = Number(headers.get("X-Session-Ends")) * 1000;
  if (told) ends = told;
};
if (ends && session) {
  setInterval(() => {
    if (Date.now() > ends) location.reload();
    else if (Date.now() > ends - 120000 && !session.open) session.showModal();
  }, 10000);
  session.querySelector("[data-session-stay]").addEventListener("click", async () => {
    const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    const answer = await fetch(document.body.dataset.sessionKeep, { method: "POST", headers: token });
    if (!answer.ok) return location.reload();
    heard(answer.headers);
    session.close();
  });
}

// --- Larger parts come when they are needed: <div data-script="…">, also in what htmx brings -----------------------
function wake(root) {
  for (const part of all("[data-script]", root)) {
    if (part.dataset.awake) continue;
    part.dataset.awake = "1";
    import(part.dataset.script).then((module) => module.attach(part));
  }
}
document.addEventListener("htmx:afterSwap", (event) => {
  wake(event.target);
  focusErrors(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const told = Number(event.detail.xhr?.getResponseHeader("X-Session-Ends")) * 1000;
  if (told) ends = told;
});
wake(document);
focusErrors();
comeBack();
