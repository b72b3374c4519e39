// A <textarea> of a field grows with what is typed, up to 60 % of the window.
import { all } from "./dom.js";

/** Let every text area under root grow. */
export function start(root) {
  if (CSS.supports("field-sizing", "content")) {
    return;
  }
  for (const area of all(root, ".field textarea")) {
    const grow = () => {
      area.rows = Math.min(Math.max(4, area.value.split("\n").length + 1), 24);
    };
    area.addEventListener("input", grow);
    grow();
  }
}
