// data-count-words="{words} … {minutes}": says how long the text of its form is, and how long it takes to read.
import { all } from "./dom.js";

const WORDS_A_MINUTE = 220;
const PAUSE = 500;

/** Count in every form under root that asks for it. */
export function start(root) {
  for (const line of all(root, "[data-count-words]")) {
    const form = line.closest("form");
    let timer;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(form, line), PAUSE);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    soon();
  }
}

function show(form, line) {
  const text = form.querySelector("[data-words] [contenteditable]")?.innerText ?? form.elements.body.value;
  const words = text.split(/\s+/).filter(Boolean).length;
  const minutes = Math.max(1, Math.ceil(words / WORDS_A_MINUTE));
  line.textContent = line.dataset.countWords.replace("{words}", words).replace("{minutes}", minutes);
  line.hidden = words === 0;
}
