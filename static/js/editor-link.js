// The editor's question for the address of a link.
import { openDialog } from "./editor-dialog.js";

/** Ask where the selected words lead, and make them a link, change it or take it away. */
export function askLink(editor, box) {
  const dialog = openDialog(box, "[data-words-link]", () => editor.commands.focus());
  const input = dialog.querySelector("[data-words-address]");
  const error = dialog.querySelector("[data-words-error]");
  const remove = dialog.querySelector("[data-words-remove]");
  input.value = editor.getAttributes("link").href ?? "";
  remove.hidden = !editor.isActive("link");
  remove.addEventListener("click", () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    dialog.close();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const href = wholeAddress(input.value.trim());
    error.hidden = href !== "";
    if (!href) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    setLink(editor, href);
    dialog.close();
  });
}

function setLink(editor, href) {
  if (editor.state.selection.empty && !editor.isActive("link")) {
    const mark = { type: "link", attrs: { href } };
    editor.chain().focus().insertContent({ type: "text", text: href.replace(/^mailto:/, ""), marks: [mark] }).run();
  } else {
    editor.chain().focus().extendMarkRange("link").setLink({ href }).run();
  }
}

// "example.org/page" means a page, "someone@example.org" an address to write to.
function wholeAddress(text) {
  if (/^[^\s/@:]+@[^\s/@:]+\.[^\s/@:]+$/.test(text)) {
    return `mailto:${text}`;
  }
  const guess = /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(guess);
    const isPage = ["http:", "https:"].includes(url.protocol) && /\.|^localhost$/.test(url.hostname);
    return isPage || url.protocol === "mailto:" ? url.href : "";
  } catch {
    return "";
  }
}
