// form[data-keep-draft="key"]: what is typed stays on this device until it is safely sent.
// A hidden field with data-keep-with="name" goes along with the field of that name: it says how to read it.
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
    restore(form, draft);
  }
  let timer;
  const save = () => {
    clearTimeout(timer);
    const fields = read(textFields(form));
    const typed = Object.values(fields).some((text) => text.trim());
    const kept = { at: Date.now(), fields, companions: read(companions(form)) };
    remember(key, typed ? JSON.stringify(kept) : null);
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

function companions(form) {
  return [...form.querySelectorAll("[data-keep-with]")];
}

function read(elements) {
  return Object.fromEntries(elements.map((element) => [element.name, element.value]));
}

// What the server sent back wins: a draft fills empty fields only.
function restore(form, { fields, companions: kept = {} }) {
  for (const element of textFields(form)) {
    const text = fields[element.name];
    if (text && !element.value) {
      const companion = companions(form).find((other) => other.dataset.keepWith === element.name);
      if (companion && kept[companion.name]) {
        companion.value = kept[companion.name];
      }
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
