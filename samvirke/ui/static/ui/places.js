// Finds a municipality in the browser from steder.json. The same algorithm as samvirke/reference/places.py;
// samvirke/reference/tests/place_cases.json holds both.
const SMALL = new Set(["kommune", "kommunen", "herad", "bydel", "suohkan", "tjielte"]);
const LETTERS = { æ: "a", ø: "o", đ: "d", ŋ: "n", ŧ: "t", ð: "d" };
const [EXACT, PREFIX, WORD, TYPO] = [0, 1, 2, 3];

/** Different ways of writing a name meet: "Ålesund", "aalesund", "ALESUND". */
export function fold(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[æøđŋŧð]/g, (c) => LETTERS[c]);
  return (plain.replaceAll("aa", "a").replaceAll("ae", "a").replaceAll("oe", "o").match(/[a-z0-9]+/g) ?? []).join(" ");
}

/** steder.json made ready for asking. */
export function index(data) {
  const entries = [];
  const postal = new Map();
  const add = (name, position, kind) => {
    const folded = fold(name);
    entries.push({ folded, base: fold(name.replace(/( i | på | \(| [A-ZÆØÅ]$).*/, "")), words: folded.split(" "), shown: name, position, kind });
  };
  data.municipalities.forEach(([, , name, , more], position) => {
    add(name, position, more.includes(name) ? 1 : 0);
    for (const other of more) add(other, position, 1);
  });
  for (const [name, position, steps] of data.places) {
    add(name, position, 2);
    let code = 0;
    for (const step of steps) postal.set(String((code += step)).padStart(4, "0"), [name, position]);
  }
  return { data, entries, postal };
}

function slip(a, b) {
  if (Math.abs(a.length - b.length) > 1 || b.length < 4) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const rest = a.slice(start);
  const other = b.slice(start);
  const swapped = rest.slice(1, 2) + rest.slice(0, 1) + rest.slice(2);
  return rest.slice(1) === other.slice(1) || rest.slice(1) === other || rest === other.slice(1) || swapped === other;
}

function rank(entry, asked) {
  if (asked === entry.folded || asked === entry.base) return EXACT;
  if (asked.length > 1) {
    if (entry.folded.startsWith(asked)) return PREFIX;
    if (entry.words.some((word) => word.startsWith(asked)) || asked.startsWith(`${entry.folded} `)) return WORD;
  }
  return asked.length >= 4 && (slip(asked, entry.folded) || slip(asked, entry.base)) ? TYPO : null;
}

/** What a text may mean, best first: [{slug, name, county, matched, exact}], at most twelve. */
export function find({ data, entries, postal }, text) {
  const hit = (position, matched, exact) => {
    const [, slug, name, county] = position < 0 ? ["", "_national", "", ""] : data.municipalities[position];
    return { slug, name, county, matched, exact };
  };
  const code = text.match(/(?<!\d)\d{4}(?!\d)/)?.[0];
  if (postal.has(code)) return [hit(postal.get(code)[1], `${code} ${postal.get(code)[0]}`, true)];
  const words = fold(text.replace(/\d/g, " ")).split(" ").filter(Boolean);
  const kept = words.filter((word) => !SMALL.has(word));
  const asked = (kept.length ? kept : words).join(" ");
  if (!asked) return [];
  let found = entries.map((entry) => [rank(entry, asked), entry]).filter(([r]) => r !== null);
  const best = Math.min(TYPO, ...found.map(([r]) => r));
  found = found.filter(([r]) => r < TYPO || best === TYPO);
  found.sort(([r, a], [s, b]) => r - s || a.kind - b.kind || (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.position - b.position));
  const hits = new Map();
  for (const [r, entry] of found) if (!hits.has(entry.position)) hits.set(entry.position, hit(entry.position, entry.shown, r === EXACT));
  return [...hits.values()].slice(0, 12);
}

/** Answer the form on this page: straight to the municipality when the place is sure, else a list to choose from. */
export function attach(form) {
  const loaded = fetch(form.dataset.places).then((answer) => answer.json()).then(index);
  const results = form.querySelector("[data-results]");
  const folder = document.documentElement.lang === "en" ? "en/" : "";
  const address = (hit) => (hit.slug === "_national" ? form.dataset.national : `/${hit.slug}/${folder}`);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    loaded.then((places) => {
      const hits = find(places, form.elements.sted.value);
      const exact = hits.filter((hit) => hit.exact);
      if (exact.length === 1 && exact[0].slug !== "_national") return location.assign(address(exact[0]));
      results.hidden = false;
      const nowhere = exact.length === 1;
      results.textContent = nowhere ? form.dataset.nowhere : hits.length ? "" : form.dataset.none;
      if (nowhere || !hits.length) return undefined;
      const list = document.createElement("ul");
      list.className = "sv-results";
      for (const hit of hits) {
        const link = document.createElement("a");
        link.href = address(hit);
        link.textContent = hit.name || hit.matched;
        const item = document.createElement("li");
        item.append(link, hit.county ? ` ${hit.county}` : "");
        list.append(item);
      }
      results.append(list);
      return undefined;
    }, () => form.submit()); // no net for the list: the form asks the server
  });
}
