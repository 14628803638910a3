// Filters by code, severity, document and verdict. Without script the page is whole and readable.
const articles = [...document.querySelectorAll("article")];
const form = document.getElementById("filters");
for (const key of ["code", "severity", "document", "verdict"]) {
  const values = [...new Set(articles.map((article) => article.dataset[key]))].sort();
  if (key === "verdict" && !values.includes("dismissed")) continue;
  const label = document.createElement("label");
  const select = document.createElement("select");
  select.name = key;
  // What was dismissed is out of sight until it is asked for.
  const chosen = (value) => key === "verdict" && value === "open";
  select.append(new Option("all", ""), ...values.map((value) => new Option(value, value, chosen(value), chosen(value))));
  label.append(key + " ", select);
  form.append(label);
}
const show = () => {
  const wanted = [...new FormData(form)].filter(([, value]) => value);
  let shown = 0;
  for (const article of articles) {
    article.hidden = !wanted.every(([key, value]) => article.dataset[key] === value);
    shown += article.hidden ? 0 : 1;
  }
  document.getElementById("shown").textContent = `${shown} of ${articles.length} findings`;
};
form.addEventListener("change", show);
show();
