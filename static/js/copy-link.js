// data-copy-link: a link that copies its own address; data-copied holds the words that say so.
import { all } from "./dom.js";

/** Make every such link under root copy instead of leading there. */
export function start(root) {
  if (!navigator.clipboard) {
    return;
  }
  for (const link of all(root, "[data-copy-link]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const words = link.querySelector("[data-copy-text]") ?? link;
      try {
        await navigator.clipboard.writeText(link.href);
      } catch {
        location.assign(link.href);
        return;
      }
      const before = words.textContent;
      words.setAttribute("role", "status");
      words.textContent = link.dataset.copied;
      setTimeout(() => {
        words.textContent = before;
        words.removeAttribute("role");
      }, 2500);
    });
  }
}
