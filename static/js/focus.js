// data-focus: takes the focus when it appears, so that an error summary is heard and seen.
import { all } from "./dom.js";

/** Focus the first such element under root. */
export function start(root) {
  all(root, "[data-focus]")[0]?.focus();
}
