const form = document.getElementById("filter");
const rows = [...document.querySelectorAll(".rows > li")];

const kept = {
  all: () => true,
  unaligned: (row) => row.classList.contains("unaligned"),
  doubtful: (row) => Number(row.dataset.score) <= Number(form.limit.value),
};

function filter() {
  const keep = kept[form.show.value];
  let shown = 0;
  for (const row of rows) {
    row.hidden = !keep(row);
    shown += row.hidden ? 0 : 1;
  }
  form.value.value = Number(form.limit.value).toFixed(2);
  document.getElementById("shown").textContent = `${shown} of ${rows.length} rows`;
}

form.limit.addEventListener("input", () => (form.show.value = "doubtful"));
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
filter();
