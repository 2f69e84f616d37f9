// Answers a list of texts from a steder.json with the page's own script: node places.mjs places.js < {data, texts}
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { find, index } = await import(pathToFileURL(process.argv[2]));
const { data, texts } = JSON.parse(readFileSync(0, "utf8"));
const ready = index(data);
process.stdout.write(JSON.stringify(texts.map((text) => find(ready, text))));
