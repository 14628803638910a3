"use strict";
// Passages that say the same light up together, under the pointer and under the keyboard's focus.
const linked = (passage) =>
  [...passage.querySelectorAll(".links a")].map((a) => document.getElementById(a.hash.slice(1)));
const light = (passage, on) => {
  if (passage) [passage, ...linked(passage)].forEach((one) => one && one.classList.toggle("lit", on));
};
for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(begin, (event) => light(event.target.closest(".passage"), true));
  document.addEventListener(end, (event) => light(event.target.closest(".passage"), false));
}
const form = document.getElementById("filter");
form.hidden = false;
form.addEventListener("change", () => {
  document.body.className = `show-${form.elements.show.value}`;
});
