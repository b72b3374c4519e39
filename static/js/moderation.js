// The moderators' pages of the administration: single keys, "tick all", and a batch that shows how far it is.
const TYPED_IN = "input, textarea, select, [contenteditable]";

if (document.querySelector("[data-case-keys]")) {
  document.addEventListener("keydown", press);
}
for (const set of document.querySelectorAll("[data-tick-all]")) {
  offerAll(set);
}
const waiting = document.querySelector("[data-look-again]");
if (waiting) {
  setTimeout(() => location.reload(), Number(waiting.dataset.lookAgain) * 1000);
}

// [data-key]: the key does what a click on it would do; a field gets the focus.
function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
    return;
  }
  if (event.target.closest?.(TYPED_IN) || document.querySelector("dialog[open]")) {
    return;
  }
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
    return;
  }
  const found = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (found) {
    event.preventDefault();
    found.matches(TYPED_IN) ? found.focus() : found.click();
  }
}

function move(step) {
  const links = [...document.querySelectorAll("#listing-results tbody .title-wrapper a")];
  const next = links[links.indexOf(document.activeElement) + step] ?? (step > 0 ? links[0] : links.at(-1));
  next?.focus();
}

function offerAll(set) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = set.dataset.tickAll;
  button.addEventListener("click", () => {
    for (const box of set.querySelectorAll("input[type=checkbox]")) {
      box.checked = true;
    }
  });
  set.querySelector("legend").after(button);
}
