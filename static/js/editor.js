// [data-words]: puts the rich text editor in the place of a text area. The text area stays, out of sight, and
// carries the HTML; the hidden [data-words-format] field says so. Without this module, plain words are sent.
import * as extensions from "../django_prose_editor/editor.js";
import { all } from "./dom.js";
import { askFile } from "./editor-file.js";
import { askLink } from "./editor-link.js";
import { startMentions } from "./editor-mentions.js";
import { Callout, Caption, Figure } from "./editor-nodes.js";
import { askPicture, pictureIn } from "./editor-picture.js";
import { startTools } from "./editor-tools.js";

// In characters, formatting included.
const MOST_PASTED = 1_000_000;

/** Start the editor in every such place under root. */
export function start(root) {
  for (const box of all(root, "[data-words]:not([data-words-on])")) {
    startIn(box);
  }
}

function startIn(box) {
  const area = box.querySelector("textarea");
  const format = box.querySelector("[data-words-format]");
  const content = wordsAtStart(box, area, format);
  const writing = document.activeElement === area;
  const place = document.createElement("div");
  place.className = "words__place";
  area.before(place);
  const editor = new extensions.Editor({
    element: place,
    extensions: chosen(JSON.parse(box.dataset.words)),
    content,
    // The site's style sheet has these rules: its policy lets no script write a <style>.
    injectCSS: false,
    editorProps: {
      attributes: nameOf(area),
      handlePaste: (view, event) =>
        refuseTooMuch(box, event) || takePicture(editor, box, event, event.clipboardData),
      handleDrop: (view, event) => takePicture(editor, box, event, event.dataTransfer),
      handleKeyDown: (view, event) => proposalKeys(event) || linkKeys(editor, box, event),
      transformPastedHTML: withoutForeignLooks,
    },
    onUpdate: () => {
      write();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const write = () => {
    format.value = "html";
    area.value = editor.isEmpty ? "" : editor.getHTML();
  };
  write();
  // The name and the address of the field are the editor's from now on.
  const id = area.id;
  area.id = `${id}-source`;
  area.hidden = true;
  editor.view.dom.id = id;
  labelOf(box, id)?.addEventListener("click", () => editor.commands.focus());
  // A kept draft was put into the text area.
  area.addEventListener("change", () => {
    editor.commands.setContent(format.value === "html" ? area.value : asHtml(area.value), { emitUpdate: false });
    write();
  });
  const proposalKeys = startMentions(editor, box);
  startTools(editor, box, {
    link: () => askLink(editor, box),
    picture: () => askPicture(editor, box),
    file: () => askFile(editor, box),
  });
  box.dataset.wordsOn = "";
  if (writing) {
    editor.commands.focus("end");
  }
}

// What is typed before the editor is there, or given back by the browser, wins over what the server sent.
function wordsAtStart(box, area, format) {
  if (format.value === "html") {
    return area.value;
  }
  return area.value === area.defaultValue ? box.dataset.wordsHtml : asHtml(area.value);
}

function asHtml(text) {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim());
  const holder = document.createElement("div");
  for (const paragraph of paragraphs) {
    const p = holder.appendChild(document.createElement("p"));
    for (const [index, line] of paragraph.split("\n").entries()) {
      p.append(...(index ? [document.createElement("br"), line] : [line]));
    }
  }
  return holder.innerHTML;
}

function chosen(configuration) {
  return Object.entries(configuration).map(([name, options]) => {
    const extension = OWN[name]?.(options) ?? extensions[name];
    return typeof options === "object" && !OWN[name] ? extension.configure(options) : extension;
  });
}

// What the site has made itself, and where its rules are narrower than the package's: the server would take the rest
// away.
const OWN = {
  Callout: () => Callout,
  Caption: () => Caption,
  Figure: () => Figure,
  Image: () => extensions.Image.extend({ parseHTML: () => [{ tag: 'img[src^="/files/"]' }] }),
  Link: ({ protocols, ...options }) =>
    extensions.Link.configure({
      ...options,
      isAllowedUri: (address) => address.startsWith("/") || protocols.includes(address.split(":")[0].toLowerCase()),
    }),
};

// Styles, handlers and pictures of elsewhere would be refused by the site's policy, loudly.
function withoutForeignLooks(html) {
  const page = new DOMParser().parseFromString(
    html.replace(/\s(?:style|on\w+|src(?:set)?|background)\s*=/gi, (attribute) => ` data-was-${attribute.trim()}`),
    "text/html",
  );
  for (const picture of page.querySelectorAll("img")) {
    const source = picture.getAttribute("data-was-src");
    if (source?.startsWith("/files/")) {
      picture.setAttribute("src", source);
    } else {
      picture.remove();
    }
  }
  return page.body.innerHTML;
}

function nameOf(area) {
  const label = area.labels[0];
  const attributes = { role: "textbox", "aria-multiline": "true", class: "prose", tabindex: "0" };
  if (label) {
    label.id ||= `${area.id}-label`;
    attributes["aria-labelledby"] = label.id;
  }
  for (const name of ["aria-describedby", "aria-invalid", "lang"]) {
    if (area.hasAttribute(name)) {
      attributes[name] = area.getAttribute(name);
    }
  }
  return attributes;
}

function labelOf(box, id) {
  return box.closest("form")?.querySelector(`label[for="${CSS.escape(id)}"]`);
}

// What the server would refuse isn't taken in: the browser would stand still over it.
function refuseTooMuch(box, event) {
  const tooMuch = ["text/html", "text/plain"].some(
    (type) => (event.clipboardData?.getData(type).length ?? 0) > MOST_PASTED,
  );
  box.querySelector("[data-words-too-much]").hidden = !tooMuch;
  if (tooMuch) {
    event.preventDefault();
  }
  return tooMuch;
}

function takePicture(editor, box, event, data) {
  const picture = pictureIn(data);
  if (!picture) {
    return false;
  }
  event.preventDefault();
  askPicture(editor, box, picture);
  return true;
}

function linkKeys(editor, box, event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    askLink(editor, box);
    return true;
  }
  return false;
}
