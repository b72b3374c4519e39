// The editor's question for a picture: which one, and what it shows. It is sent at once, seen by its author alone
// until the text is posted.
import { openDialog } from "./editor-dialog.js";

const TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/** Return the picture among what was pasted or dropped, unless words came with it. */
export function pictureIn(data) {
  if (!data || data.types.includes("text/html")) {
    return null;
  }
  return [...data.files].find((file) => TYPES.includes(file.type)) ?? null;
}

/** Ask for a picture, or for the words of the one that is given, and put it into the text. */
export function askPicture(editor, box, picture = null) {
  let sending = null;
  const dialog = openDialog(box, "[data-words-picture]", () => {
    sending?.abort();
    editor.commands.focus();
  });
  const part = (name) => dialog.querySelector(`[data-words-${name}]`);
  if (picture) {
    const files = new DataTransfer();
    files.items.add(picture);
    part("file").files = files.files;
    part("alt").focus();
  }
  const refuse = (words, input) => {
    part("error").textContent = words;
    part("error").hidden = false;
    part("progress").hidden = true;
    sending = null;
    input.focus();
  };
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = part("file").files;
    const alt = part("alt").value.trim();
    if (sending) {
      return;
    }
    if (!file) {
      refuse(part('say="file"').textContent, part("file"));
      return;
    }
    if (!alt) {
      refuse(part('say="alt"').textContent, part("alt"));
      return;
    }
    part("error").hidden = true;
    part("progress").hidden = false;
    sending = new XMLHttpRequest();
    const answer = await send(sending, box, file, alt, part("progress"));
    if (answer?.url) {
      const { url: src, width, height } = answer;
      insert(editor, { src, alt, width, height }, part("caption").value.trim());
      dialog.close();
    } else if (dialog.open) {
      refuse(answer?.error ?? part('say="failed"').textContent, part("file"));
    }
  });
}

function insert(editor, attrs, caption) {
  const image = { type: "image", attrs };
  const words = caption ? [{ type: "text", text: caption }] : [];
  const node = caption ? { type: "figure", content: [image, { type: "caption", content: words }] } : image;
  editor.chain().focus().insertContent(node).run();
}

/** Send a file to be kept for its author, and return what the server answers. */
export function send(request, box, file, alt, progress) {
  const body = new FormData();
  body.append("file", file);
  body.append("alt", alt);
  request.open("POST", box.dataset.wordsUpload);
  request.setRequestHeader("X-CSRFToken", box.closest("form").elements.csrfmiddlewaretoken.value);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    progress.value = event.loaded / event.total;
  });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => resolve(request.response));
    request.send(body);
  });
}
