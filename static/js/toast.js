// data-toast: a message that can be closed.
import { all } from "./dom.js";

/** Show the close button of every message under root. */
export function start(root) {
  for (const toast of all(root, "[data-toast]")) {
    const close = toast.querySelector("[data-toast-close]");
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
  }
}
