// Answers questions with the JavaScript twin: {indexes: {lang: index}, questions: [[lang, words, limit]]} in, hits out.
"use strict";
const fs = require("fs");
const twin = { exports: {} };
new Function("module", "window", fs.readFileSync(process.argv[2], "utf8"))(twin, {});
const { indexes, questions } = JSON.parse(fs.readFileSync(0, "utf8"));
const answers = questions.map(([language, words, limit]) => twin.exports.search(indexes[language], words, limit));
process.stdout.write(JSON.stringify(answers));
