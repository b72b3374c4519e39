// The editor's question for a file: a PDF or an office document, to which the text then links.
import { openDialog } from "./editor-dialog.js";
import { send } from "./editor-picture.js";

/** Ask for a file, and link to it where one writes. */
export function askFile(editor, box) {
  let sending = null;
  const dialog = openDialog(box, "[data-words-document]", () => {
    sending?.abort();
    editor.commands.focus();
  });
  const part = (name) => dialog.querySelector(`[data-words-${name}]`);
  const refuse = (words) => {
    part("error").textContent = words;
    part("error").hidden = false;
    part("progress").hidden = true;
    sending = null;
    part("file").focus();
  };
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = part("file").files;
    if (sending) {
      return;
    }
    if (!file) {
      refuse(part('say="file"').textContent);
      return;
    }
    part("error").hidden = true;
    part("progress").hidden = false;
    sending = new XMLHttpRequest();
    const answer = await send(sending, box, file, "", part("progress"));
    if (answer?.url) {
      const link = { type: "link", attrs: { href: answer.url } };
      editor.chain().focus().insertContent({ type: "text", text: file.name, marks: [link] }).run();
      dialog.close();
    } else if (dialog.open) {
      refuse(answer?.error ?? part('say="failed"').textContent);
    }
  });
}
