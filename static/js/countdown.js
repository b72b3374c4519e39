// data-countdown="seconds": counts down, then sends the release form inside it.
import { all } from "./dom.js";

/** Start every countdown under root. */
export function start(root) {
  for (const box of all(root, "[data-countdown]")) {
    count(box);
  }
}

function count(box) {
  const end = performance.now() + Number(box.dataset.countdown) * 1000;
  const left = box.querySelector("[data-countdown-left]");
  const bar = box.querySelector("[data-countdown-bar]");
  const timer = setInterval(() => {
    if (!box.isConnected) {
      clearInterval(timer);
      return;
    }
    const seconds = Math.max(0, (end - performance.now()) / 1000);
    left.textContent = String(Math.ceil(seconds));
    bar.value = seconds;
    if (seconds === 0) {
      clearInterval(timer);
      box.querySelector("[data-countdown-release]")?.requestSubmit();
    }
  }, 200);
  // Whoever takes it back in the last second must win over the clock.
  box.addEventListener("submit", () => clearInterval(timer));
}
