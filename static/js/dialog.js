// data-dialog-open="id": a link that opens a <dialog> of the page instead of leading to the page that asks the same.
import { all } from "./dom.js";

/** Make every such link under root open its dialog. */
export function start(root) {
  for (const link of all(root, "[data-dialog-open]")) {
    link.addEventListener("click", (event) => {
      const dialog = document.getElementById(link.dataset.dialogOpen);
      if (dialog?.showModal) {
        event.preventDefault();
        dialog.showModal();
      }
    });
  }
}
