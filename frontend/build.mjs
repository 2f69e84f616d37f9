// Builds what browsers load, from installed packages and our own files, into one folder:
//   node frontend/build.mjs OUT
// OUT gets name.<hash>.ext for each asset and manifest.json {name: file}. Same inputs, same bytes.
// Needs only `npm ci --ignore-scripts --omit=dev`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { browserslistToTargets, transform } from "lightningcss";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { minify } from "terser";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
const UI = join(ROOT, "samvirke/ui/static/ui");
const MODULES = join(ROOT, "node_modules");
const DS = join(MODULES, "@digdir/designsystemet-css/dist/src");
const ICONS = join(MODULES, "@navikt/aksel-icons/dist/svg");

// The parts of Designsystemet that each sheet uses; the rest never reaches the browser. The public sheet is also cleared of
// what no public template mentions; the one for people who log in is loaded once and stays whole: forms write markup of
// their own, and PurgeCSS loses selectors such as ":is(…):focus-visible", which its components need.
const PUBLIC = ["base", "button", "card", "heading", "tag", "skip-link"];
const STAFF = [
  ...PUBLIC, "alert", "badge", "breadcrumbs", "chip", "details", "dialog", "error-summary", "field", "fieldset", "input",
  "label", "link", "list", "paragraph", "spinner", "table", "toggle-group", "validation-message",
];
// Set by scripts or by the browser at run time, so no template shows them.
const SAFE = [/^sv-is-/, /^:popover-open$/, /^data-state$/, /^hidden$/, /^open$/];
const TARGETS = browserslistToTargets(["chrome 111", "edge 111", "firefox 115", "safari 16.4", "ios_saf 16.4"]);

const out = resolve(process.argv[2] ?? "var/assets");
const manifest = {};

/** All files below a folder with one of the endings, sorted, so that the order never varies. */
function files(folder, ...endings) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Templates and template tags of all rooms: {path, text, uses}, where uses are the templates it extends or includes. */
function templates() {
  const rooms = readdirSync(join(ROOT, "samvirke")).map((room) => join(ROOT, "samvirke", room));
  return rooms.flatMap((room) => files(join(room, "templates"), ".html").map((path) => {
    const text = readFileSync(path, "utf8");
    const uses = [...text.matchAll(/\{%-?\s*(?:extends|include)\s+["']([^"']+)/g)].map(([, name]) => name);
    return { path, name: path.slice(join(room, "templates").length + 1), uses };
  }));
}

/**
 * What names classes, attributes and icons, for people outside and for people who log in. A template that (through others)
 * extends ui/staff.html, or lies in a folder staff/, is only for the latter; one that extends ui/base.html only for the
 * former; what neither says, for both. So neither sheet grows by the other's screens.
 */
function markup() {
  const known = new Map(templates().map((template) => [template.name, template]));
  const reaches = (template, goal) => template.name === goal || template.uses.some((name) => known.has(name) && reaches(known.get(name), goal));
  const inside = (template) => reaches(template, "ui/staff.html") || template.name.includes("/staff/");
  const used = (pages) => {
    const found = new Set();
    const add = (template) => {
      if (found.has(template.name)) return;
      found.add(template.name);
      for (const name of template.uses) if (known.has(name)) add(known.get(name));
    };
    pages.forEach(add);
    return found;
  };
  const all = [...known.values()];
  const staff = used(all.filter(inside));
  const outside = used(all.filter((template) => reaches(template, "ui/base.html")));
  const paths = (mine, others) => all.filter(({ name }) => mine.has(name) || !others.has(name)).map(({ path }) => path);
  const rooms = readdirSync(join(ROOT, "samvirke")).map((room) => join(ROOT, "samvirke", room));
  const code = rooms.flatMap((room) => files(join(room, "templatetags"), ".py")).concat(files(UI, ".js"));
  const own = (path) => /\/staff[^/]*$/.test(path);
  return {
    public: [...paths(outside, staff), ...code.filter((path) => !own(path))],
    staff: [...paths(staff, outside), ...code.filter((path) => own(path) || path.endsWith(".py"))],
  };
}

/** Write one asset under its hashed name and note it in the manifest. */
function emit(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  manifest[name] = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  writeFileSync(join(building, manifest[name]), bytes);
}

/** Designsystemet's own tool turns the colours of our config into a contrast-checked theme. */
function theme() {
  const work = mkdtempSync(join(tmpdir(), "samvirke-theme-"));
  const tool = join(MODULES, "@digdir/designsystemet/dist/bin/designsystemet.js");
  const config = join(HERE, "designsystemet.config.json");
  try {
    execFileSync(process.execPath, [tool, "tokens", "create", "--config", config], { cwd: work, stdio: "pipe" });
    execFileSync(process.execPath, [tool, "tokens", "build"], { cwd: work, stdio: "pipe" });
    return lean(readFileSync(join(work, "design-tokens-build/samvirke.css"), "utf8"));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * The theme serves sites that choose light or dark by hand and nest colour schemes. Ours follow the reader's
 * system and nest nothing, so: light on the root, dark in its media query, no pixel rounding, plain selectors.
 */
function lean(css) {
  const sheet = postcss.parse(css);
  sheet.walkAtRules((rule) => {
    if (rule.name === "supports" || (rule.name === "media" && rule.params.includes("light"))) rule.remove();
  });
  sheet.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => !/\[data-color-scheme(?!="auto")/.test(selector));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  return sheet.toString();
}

/** Remove what no template, script or tag mentions, unused variables included, and minify. */
async function purged(sheets, content) {
  const purge = new PurgeCSS();
  let css = sheets;
  // Twice: a variable that only another unused variable needed goes in the second round.
  for (let round = 0; round < 3; round += 1) {
    const [result] = await purge.purge({
      content: content.map((path) => ({ raw: readFileSync(path, "utf8"), extension: "html" })),
      css: [{ raw: css }],
      defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
      variables: true,
      keyframes: true,
      safelist: { standard: SAFE },
      dynamicAttributes: ["data-state", "aria-pressed", "aria-current", "aria-expanded", "open", "lang", "dir", "hidden"],
    });
    css = result.css;
  }
  return minified(css);
}

function minified(css) {
  return transform({ filename: "sheet.css", code: Buffer.from(css), minify: true, targets: TARGETS }).code;
}

/** The icons that some template or tag names. */
function icons(sources) {
  const named = new Set();
  for (const path of sources) {
    const text = readFileSync(path, "utf8");
    for (const [, name] of text.matchAll(/\{%\s*icon\s+"([A-Za-z]+)"/g)) named.add(name);
    for (const [, name] of text.matchAll(/icon="([A-Z][A-Za-z]+)"/g)) named.add(name);
  }
  return [...named].sort();
}

/** Icons as one sprite. */
function sprite(names) {
  const symbols = names.map((name) => {
    const svg = readFileSync(join(ICONS, `${name}.svg`), "utf8");
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none">${inner}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

/** Our scripts, one module each; search.js is written beside them and joins when it is there. */
async function scripts() {
  for (const path of files(UI, ".js")) {
    const name = path.slice(UI.length + 1);
    const { code } = await minify(readFileSync(path, "utf8"), { module: true, ecma: 2020, compress: { passes: 2 } });
    emit(name, code);
  }
}

const building = `${out}.new`;
rmSync(building, { recursive: true, force: true });
mkdirSync(building, { recursive: true });

const sources = markup();
const component = (name) => readFileSync(join(DS, `${name}.css`), "utf8");
const tokens = theme();
const base = (names) => [tokens, ...names.map((name) => `@layer ${name === "base" ? "ds.base" : "ds.components"}{${component(name)}}`)].join("\n");

const order = "@layer ds.theme,ds.base,ds.components;";
for (const path of files(UI, ".css")) {
  const name = path.slice(UI.length + 1);
  const own = readFileSync(path, "utf8");
  if (name === "staff.css") emit(name, minified(`${order}\n${base(STAFF)}\n${own}`));
  else if (name.startsWith("staff-")) emit(name, minified(own)); // a room's own, loaded beside staff.css
  else emit(name, await purged(own.includes("@samvirke alone") ? own : `${order}\n${base(PUBLIC)}\n${own}`, sources.public));
}
await scripts();
emit("htmx.js", readFileSync(join(MODULES, "htmx.org/dist/htmx.min.js")));
const outdoors = icons(sources.public);
emit("icons.svg", sprite(outdoors));
emit("staff-icons.svg", sprite(icons(sources.staff).filter((name) => !outdoors.includes(name))));
for (const path of files(UI, ".svg", ".png", ".webmanifest")) emit(path.slice(UI.length + 1), readFileSync(path));

const ordered = Object.fromEntries(Object.entries(manifest).sort());
writeFileSync(join(building, "manifest.json"), `${JSON.stringify(ordered, null, 1)}\n`);
rmSync(out, { recursive: true, force: true });
mkdirSync(dirname(out), { recursive: true });
renameSync(building, out);
