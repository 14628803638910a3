"use strict";
// Passages that say the same light up together, under the pointer and under the keyboard's focus, and in them the clauses
// that do. A link lights up what it alone links.
const light = (passage, range, on) => {
  const [first, last] = range.split(" ").map(Number);
  passage.classList.toggle("lit", on);
  [...passage.children].slice(first, last + 1).forEach((piece) => piece.classList.toggle("lit", on));
};
const show = (target, on) => {
  const passage = target.closest(".passage[id]");
  if (!passage) return;
  const link = target.closest(".links a");
  const links = link ? [link] : [...passage.querySelectorAll(".links a")];
  passage.classList.toggle("lit", on);
  for (const a of links) {
    light(passage, a.dataset.here, on);
    light(document.getElementById(a.hash.slice(1)), a.dataset.there, on);
  }
};
for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(begin, (event) => show(event.target, true));
  document.addEventListener(end, (event) => show(event.target, false));
}
const form = document.getElementById("filter");
form.hidden = false;
form.addEventListener("change", () => {
  document.body.className = `show-${form.elements.show.value}`;
});
