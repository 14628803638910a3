"use strict";
// Filters by code, severity, document and verdict, over the findings, the texts and the ledgers. Without script the page is
// whole and readable.
const all = (selector) => [...document.querySelectorAll(selector)];
const articles = all("article");
const [rows, marks, codes] = [all(".row"), all(".row mark"), all(".row .code")];
const parts = all(".document, tr[data-document]");
const form = document.getElementById("filters");
const add = (name, options, chosen) => {
  const label = document.createElement("label");
  const select = document.createElement("select");
  select.name = name;
  select.append(...options.map(([text, value]) => new Option(text, value, value === chosen, value === chosen)));
  label.append(name + " ", select);
  form.append(label);
};
const ranks = ["error", "warning", "info"];
for (const key of ["code", "severity", "document", "verdict"]) {
  const sources = key === "document" ? [...parts, ...articles] : articles;
  const values = [...new Set(sources.map((part) => part.dataset[key]))];
  values.sort((a, b) => ranks.indexOf(a) - ranks.indexOf(b) || (a < b ? -1 : 1));
  if (key === "verdict" && !values.includes("dismissed")) continue;
  // What was dismissed is out of sight until it is asked for.
  add(key, [["all", ""], ...values.map((value) => [value, value])], key === "verdict" ? "open" : "");
}
add("text", [["all rows", ""], ["rows with findings", "found"]], "");
const show = () => {
  const chosen = Object.fromEntries(new FormData(form));
  const wanted = Object.entries(chosen).filter(([key, value]) => value && key !== "text");
  const shown = new Set();
  for (const article of articles) {
    article.hidden = !wanted.every(([key, value]) => article.dataset[key] === value);
    if (!article.hidden) shown.add(article.dataset.number);
  }
  for (const part of parts) part.hidden = Boolean(chosen.document) && part.dataset.document !== chosen.document;
  for (const code of codes) code.hidden = !shown.has(code.dataset.of);
  for (const mark of marks) mark.classList.toggle("off", !mark.dataset.of.split(" ").some((number) => shown.has(number)));
  for (const row of rows) row.hidden = chosen.text === "found" && !row.querySelector(".code:not([hidden])");
  document.getElementById("shown").textContent = `${shown.size} of ${articles.length} findings`;
};
form.addEventListener("change", show);
// A row that is jumped to is shown, whatever was chosen.
window.addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !target.hidden) return;
  target.hidden = false;
  target.scrollIntoView();
});
show();
