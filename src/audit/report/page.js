// Filters by code, severity and document. Without script the page is whole and readable.
const articles = [...document.querySelectorAll("article")];
const form = document.getElementById("filters");
for (const key of ["code", "severity", "document"]) {
  const values = [...new Set(articles.map((article) => article.dataset[key]))].sort();
  const label = document.createElement("label");
  const select = document.createElement("select");
  select.name = key;
  select.append(new Option("all", ""), ...values.map((value) => new Option(value, value)));
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
