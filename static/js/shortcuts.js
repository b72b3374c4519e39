// dialog[data-shortcuts]: single keys do something as long as the page holds this list of them, and nobody types.
import { all } from "./dom.js";

const CARDS = "main article.card, main article.search-result, main article.reply";
const TYPED_IN = "input, textarea, select, [contenteditable]";

/** Listen for the keys that the list names. */
export function start(root) {
  for (const list of all(root, "dialog[data-shortcuts]")) {
    document.addEventListener("keydown", (event) => press(event, list));
  }
}

function press(event, list) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
    return;
  }
  if (event.target.closest?.(TYPED_IN) || document.querySelector("dialog[open]")) {
    return;
  }
  const act = {
    "?": () => list.showModal(),
    "/": search,
    n: write,
    j: () => move(1, list),
    k: () => move(-1, list),
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

// On a narrow screen the field is on a page of its own.
function search() {
  const field = document.getElementById("site-search");
  if (field?.checkVisibility()) {
    field.focus();
    field.select();
  } else {
    location.assign("/search/");
  }
}

function write() {
  const topic = document.querySelector('main a.button[href$="/topics/new/"]');
  location.assign(topic ? topic.href : "/write/");
}

// A card is reached by its title, a reply by itself: what has the focus is read out.
function move(step, list) {
  const cards = [...document.querySelectorAll(CARDS)].filter((card) => card.checkVisibility());
  const here = document.activeElement?.closest(CARDS);
  const from = here ? cards.indexOf(here) : nearest(cards, step);
  const next = cards[from + step];
  if (!next) {
    say(step > 0 ? list.dataset.shortcutsLast : list.dataset.shortcutsFirst);
    return;
  }
  say("");
  const target = next.matches(".reply") ? next : (next.querySelector("h2 a, h3 a, h4 a") ?? next);
  if (target === next) {
    next.tabIndex = -1;
  }
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

// Before any card has the focus, the first one in view comes next.
function nearest(cards, step) {
  const shown = cards.findIndex((card) => card.getBoundingClientRect().bottom > 80);
  const first = shown < 0 ? cards.length : shown;
  return step > 0 ? first - 1 : first;
}

function say(text) {
  document.getElementById("shortcuts-said").textContent = text;
}
