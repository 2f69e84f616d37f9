// The public pages without this script are whole. It adds what needs a clock or a key: badges, the call box
// for this minute, quick exit, the filter, printing. No storage, no third party.
const html = document.documentElement;
const all = (selector) => [...document.querySelectorAll(selector)];

// --- Right for this minute --------------------------------------------------------------------------------
// The page carries spans in minutes since 1970 for the day it was built and the next. Outside that time
// (a saved copy, a laptop that slept, a clock that is wrong) nothing is said about open or closed.
const block = document.getElementById("tider");
const times = block && JSON.parse(block.textContent);
const oslo = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Oslo", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const parts = (minute) => Object.fromEntries(oslo.formatToParts(minute * 6e4).map((part) => [part.type, part.value]));
const dayNumber = (p) => Date.UTC(p.year, p.month - 1, p.day) / 864e5;

/** When, as said on this page: "kl. 15.30", "i morgen kl. 08.00", "mandag kl. 08.00". An end at midnight is "kl. 24.00". */
function when(minute, now, ends) {
  const midnight = ends && parts(minute).hour + parts(minute).minute === "0000";
  const p = parts(midnight ? minute - 1 : minute);
  const hour = midnight ? "24" : p.hour;
  const time = hour + (times.words.lang === "en" ? ":" : ".") + (midnight ? "00" : p.minute);
  const ahead = dayNumber(p) - dayNumber(parts(now));
  if (ahead === 0 || (ahead === 1 && minute - now < 720 && hour < 6)) return times.words.clock.replace("{c}", time);
  const day = ahead === 1 ? times.words.tomorrow : ahead < 7 && times.words.days[(dayNumber(p) + 3) % 7];
  return day ? times.words.day.replace("{d}", day).replace("{c}", time) : "";
}

/** [end of the span that holds now or 0, start of the next one or 0]. */
function at(index, now) {
  const flat = times.spans[index];
  for (let i = 0; i < flat.length; i += 2) {
    if (now < flat[i]) return [0, flat[i]];
    if (now < flat[i + 1]) return [flat[i + 1], 0];
  }
  return [0, 0];
}

/** Put text into an element with the time isolated, so that right-to-left text cannot turn it around. */
function say(element, text, time) {
  const [before, after] = text.split("{t}");
  const bdi = document.createElement("bdi");
  bdi.dir = "ltr";
  bdi.className = "sv-num";
  bdi.textContent = time;
  element.replaceChildren(before, ...(after === undefined ? [] : [bdi, after]));
}

function badge(element, now, fresh) {
  const [until, next] = fresh ? at(element.dataset.hours, now) : [0, 0];
  const [open, openLong, closed] = times.words[element.dataset.kind];
  const time = until ? (until < times.until ? when(until, now, true) : "") : next ? when(next, now) : "";
  if (!until && !time) return element.replaceChildren();
  const tag = document.createElement("span");
  tag.className = "ds-tag sv-badge";
  tag.dataset.color = until ? "success" : "neutral";
  say(tag.appendChild(document.createElement("span")), until ? (time ? open : openLong) : closed, time);
  element.replaceChildren(tag);
}

/** The first candidate whose phone hours hold this minute, else the one that may always be rung. */
function callBox(now, fresh) {
  const boxes = all("[data-call]");
  const open = (box) => box.dataset.call !== "always" && fresh && at(box.dataset.call, now)[0];
  const chosen = fresh ? boxes.find((box) => box.dataset.call === "always" || open(box)) : boxes.at(-1);
  for (const box of boxes) {
    box.hidden = box !== chosen;
    const until = open(box);
    box.classList.toggle("sv-is-live", Boolean(until));
    if (until) say(box.querySelector(".sv-live"), times.words.call, when(until, now, true));
  }
}

function tick() {
  const now = Math.floor(Date.now() / 6e4);
  const fresh = now >= times.built - 5 && now < times.until;
  for (const element of all("[data-hours]")) badge(element, now, fresh);
  callBox(now, fresh);
}
if (times) {
  tick();
  setInterval(tick, 2e4);
  document.addEventListener("visibilitychange", tick);
  addEventListener("pageshow", tick);
}

// --- Quick exit: the link works alone; the script leaves no way back with the back button ------------------
const exit = document.querySelector("[data-quick-exit]");
if (exit) {
  let presses = [];
  const dots = document.querySelector(".sv-keys i");
  const leave = () => {
    document.title = "…";
    document.body.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    presses = event.key === "Shift" ? [...presses.filter((t) => Date.now() - t < 5000), Date.now()] : [];
    if (dots) {
      dots.textContent = "●".repeat(presses.length);
      dots.style.display = presses.length ? "inline" : "";
    }
    if (presses.length > 2) leave();
  });
  // Somebody else presses "back" after a quick exit: the page is fetched anew, not shown from memory.
  addEventListener("pageshow", (event) => event.persisted && document.body.hidden && location.replace(exit.href));
}

// --- Filter, print, search on use --------------------------------------------------------------------------
for (const filter of all("[data-filter]")) {
  const cards = [...filter.parentElement.querySelectorAll("[data-groups]")];
  const apply = () => {
    const value = filter.querySelector(":checked")?.value;
    for (const card of cards) card.hidden = Boolean(value) && !card.dataset.groups.split(" ").includes(value);
  };
  filter.addEventListener("change", apply);
  apply();
}
for (const button of all("[data-print]")) button.addEventListener("click", () => print());
for (const form of all("[data-script]")) {
  form.addEventListener("focusin", () => import(form.dataset.script).then((module) => module.attach?.(form)), { once: true });
}
