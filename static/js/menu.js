// data-menu: a <details> that also closes on Escape, on a click elsewhere and when focus leaves it.
import { all } from "./dom.js";

/** Make every menu under root close by itself. */
export function start(root) {
  for (const menu of all(root, "[data-menu]")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        event.stopPropagation();
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) {
        menu.open = false;
      }
    });
    menu.addEventListener("toggle", () => {
      if (!menu.open) {
        return;
      }
      const elsewhere = (event) => {
        if (!menu.contains(event.target)) {
          menu.open = false;
        }
        if (!menu.open) {
          document.removeEventListener("pointerdown", elsewhere);
        }
      };
      document.addEventListener("pointerdown", elsewhere);
    });
  }
}
