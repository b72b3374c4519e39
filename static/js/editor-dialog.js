// The questions of the editor: a <dialog> made from a template, outside the form that the editor stands in.

/** Open the dialog in that template of the box; it is gone once closed, after `closed` was called. */
export function openDialog(box, template, closed) {
  const dialog = box.querySelector(template).content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  dialog.querySelector("[data-words-cancel]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
  });
  dialog.showModal();
  return dialog;
}
