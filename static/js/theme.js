// data-theme-switch: the light, dark and automatic buttons of the footer.
import { all } from "./dom.js";
import { recall, remember } from "./storage.js";

/** Show the switch and make its buttons choose the theme. */
export function start(root) {
  for (const box of all(root, "[data-theme-switch]")) {
    const buttons = box.querySelectorAll("[data-theme-choice]");
    const show = (theme) => {
      for (const button of buttons) {
        button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
      }
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const theme = button.dataset.themeChoice;
        if (theme === "auto") {
          delete document.documentElement.dataset.theme;
          remember("theme", null);
        } else {
          document.documentElement.dataset.theme = theme;
          remember("theme", theme);
        }
        show(theme);
      });
    }
    show(recall("theme") ?? "auto");
    box.hidden = false;
  }
}
