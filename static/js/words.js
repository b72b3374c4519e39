// [data-words]: brings the editor once the place to write comes near, or is written in. It weighs eight times all
// the other scripts together, and most who open a discussion only read.
import { all } from "./dom.js";

const NEAR = "600px";

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter(({ isIntersecting }) => isIntersecting)) {
      bring(entry.target);
    }
  },
  { rootMargin: NEAR },
);

function watch(root) {
  for (const box of all(root, "[data-words]")) {
    observer.observe(box);
    for (const moment of ["focusin", "change"]) {
      box.addEventListener(moment, () => bring(box), { once: true });
    }
    // A kept draft was put back already: nobody is shown its HTML.
    if (box.querySelector("[data-words-format]").value === "html") {
      bring(box);
    }
  }
}

async function bring(box) {
  observer.unobserve(box);
  try {
    const { start } = await import("./editor.js");
    start(box);
  } catch {
    // No connection: one writes plain words in the text area, and the editor comes when there is one.
    window.addEventListener("online", () => bring(box), { once: true });
  }
}

watch(document);
document.addEventListener("htmx:afterSettle", (event) => watch(event.detail.elt));
