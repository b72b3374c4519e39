// data-print: a button that prints the page; without scripts, browsers have one of their own.
import { all } from "./dom.js";

/** Show every such button under root. */
export function start(root) {
  for (const box of all(root, "[data-print]")) {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => print());
  }
}
