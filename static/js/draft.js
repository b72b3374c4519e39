// form[data-keep-draft="key"]: what is typed stays on this device until it is safely sent.
// Forgotten when the server shows [data-draft-clear="key"], when its author logs out, and after a week.
import { all } from "./dom.js";
import { keysOf, recall, remember } from "./storage.js";

const WEEK = 7 * 24 * 3600 * 1000;
const PREFIX = "draft:";

/** Forget what was sent, then restore and keep what is typed in the forms under root. */
export function start(root) {
  forgetSent(root);
  for (const form of all(root, "[data-keep-draft]")) {
    keep(form);
  }
  for (const form of all(root, "[data-forget-drafts]")) {
    form.addEventListener("submit", () => keysOf(PREFIX).forEach((key) => remember(key, null)));
  }
}

function forgetSent(root) {
  for (const element of all(root, "[data-draft-clear]")) {
    remember(keyOf(element.dataset.draftClear), null);
  }
  for (const key of keysOf(PREFIX)) {
    const draft = parse(recall(key));
    if (!draft || Date.now() - draft.at > WEEK) {
      remember(key, null);
    }
  }
}

function keep(form) {
  const key = keyOf(form.dataset.keepDraft);
  const draft = parse(recall(key));
  if (draft) {
    restore(form, draft.fields);
  }
  let timer;
  const save = () => {
    clearTimeout(timer);
    const fields = read(form);
    const typed = Object.values(fields).some((text) => text.trim());
    remember(key, typed ? JSON.stringify({ at: Date.now(), fields }) : null);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("submit", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && form.isConnected && timer) {
      save();
    }
  });
}

function textFields(form) {
  return [...form.elements].filter(
    (element) => element.name && (element.localName === "textarea" || ["text", "url"].includes(element.type)),
  );
}

function read(form) {
  return Object.fromEntries(textFields(form).map((element) => [element.name, element.value]));
}

// What the server sent back wins: a draft fills empty fields only.
function restore(form, fields) {
  for (const element of textFields(form)) {
    const text = fields[element.name];
    if (text && !element.value) {
      element.value = text;
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

function keyOf(name) {
  return `${PREFIX}${document.body.dataset.member ?? ""}:${name}`;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
