// form[data-keep-draft="key"]: what is typed stays on this device until it is safely sent.
// A hidden field with data-keep-with="name" goes along with the field of that name: it says how to read it.
// Forgotten when the server shows [data-draft-clear="key"], when its author logs out, and after a week.
// In a form that is kept by the server too (data-autosave), what this device kept is newer than what the server sent:
// it wins, every choice included, together with the version that it was typed into. With data-keep-bound, what was
// sent just now is what counts.
import { all } from "./dom.js";
import { keysOf, recall, remember } from "./storage.js";

const WEEK = 7 * 24 * 3600 * 1000;
const PREFIX = "draft:";
const CHOICES = ["radio", "checkbox"];

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

/** The server has all of it: this device needn't keep it any more. */
export function forgetDraft(form) {
  remember(keyOf(form.dataset.keepDraft), null);
}

/** Keep what is typed in a form on this device now. */
export function keepDraft(form) {
  const fields = read(textFields(form));
  const typed = Object.values(fields).some((text) => text.trim());
  const kept = { at: Date.now(), fields, companions: read(companions(form)) };
  if (isKeptByServer(form)) {
    kept.choices = choicesOf(form);
    kept.version = form.elements.version?.value;
  }
  remember(keyOf(form.dataset.keepDraft), typed ? JSON.stringify(kept) : null);
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
  const draft = parse(recall(keyOf(form.dataset.keepDraft)));
  if (draft && isKeptByServer(form)) {
    if ("keepBound" in form.dataset) {
      keepDraft(form);
    } else {
      restoreAll(form, draft);
    }
  } else if (draft) {
    restore(form, draft);
  }
  let timer;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    keepDraft(form);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  };
  form.addEventListener("input", soon);
  form.addEventListener("autosave:done", () => {
    clearTimeout(timer);
    timer = undefined;
  });
  form.addEventListener("submit", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && form.isConnected && timer) {
      save();
    }
  });
}

function isKeptByServer(form) {
  return "autosave" in form.dataset;
}

function textFields(form) {
  return [...form.elements].filter(
    (element) =>
      element.name && (element.localName === "textarea" || ["text", "url", "datetime-local"].includes(element.type)),
  );
}

function choicesOf(form) {
  const chosen = {};
  for (const element of form.elements) {
    if (element.name && element.localName === "select") {
      chosen[element.name] = [element.value];
    } else if (element.name && CHOICES.includes(element.type)) {
      chosen[element.name] ??= [];
      if (element.checked) {
        chosen[element.name].push(element.value);
      }
    }
  }
  return chosen;
}

function choose(form, choices) {
  for (const element of form.elements) {
    const chosen = choices[element.name];
    if (chosen && element.localName === "select") {
      element.value = chosen[0];
    } else if (chosen && CHOICES.includes(element.type)) {
      element.checked = chosen.includes(element.value);
    }
  }
}

function companions(form) {
  return [...form.querySelectorAll("[data-keep-with]")];
}

function read(elements) {
  return Object.fromEntries(elements.map((element) => [element.name, element.value]));
}

// What the server sent back wins: a draft fills empty fields only.
function restore(form, draft) {
  for (const element of textFields(form)) {
    if (draft.fields[element.name] && !element.value) {
      fill(form, element, draft);
    }
  }
}

function restoreAll(form, draft) {
  for (const element of textFields(form)) {
    if (element.name in draft.fields && draft.fields[element.name] !== element.value) {
      fill(form, element, draft);
    }
  }
  choose(form, draft.choices ?? {});
  if (form.elements.version && draft.version !== undefined) {
    form.elements.version.value = draft.version;
  }
  form.dataset.keepRestored = "";
}

function fill(form, element, { fields, companions: kept = {} }) {
  const companion = companions(form).find((other) => other.dataset.keepWith === element.name);
  if (companion && kept[companion.name]) {
    companion.value = kept[companion.name];
  }
  element.value = fields[element.name];
  element.dispatchEvent(new Event("change", { bubbles: true }));
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
