// form[data-autosave="address"]: what is typed is sent there a few seconds after the last key, and becomes a draft.
// [data-autosave-say] in the form are the sentences of each state; one of them is shown at a time.
// Where it can't be sent, draft.js keeps it on this device.
import { all } from "./dom.js";
import { forgetDraft, keepDraft } from "./draft.js";

const PAUSE = 2500;
const RETRY = 15_000;
// Who types without a pause is kept too.
const LONGEST = 10_000;

/** Keep what is typed in every such form under root. */
export function start(root) {
  for (const form of all(root, "[data-autosave]")) {
    new Autosave(form).start();
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.running = null;
    this.timer = null;
    this.since = null;
    this.stopped = false;
    this.sent = "";
  }

  start() {
    const { form } = this;
    this.sent = words(form);
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => this.look());
    if ("keepRestored" in form.dataset) {
      this.say("restored");
      this.sent = "";
      this.soon();
    }
  }

  soon() {
    if (this.stopped || !this.form.isConnected) {
      return;
    }
    this.since ??= Date.now();
    clearTimeout(this.timer);
    const wait = Math.min(PAUSE, Math.max(0, this.since + LONGEST - Date.now()));
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Who comes back to this window may have logged in again in another one.
  look() {
    if (document.visibilityState === "hidden") {
      this.save();
    } else if (this.state === "away") {
      this.comeBack();
    }
  }

  // What is on its way is kept before the form goes: it would seem to come from another window.
  async submit(event) {
    clearTimeout(this.timer);
    if (this.running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      await this.running;
      this.form.requestSubmit(event.submitter);
      return;
    }
    this.stopped = true;
    // A page that is shown again from the browser's memory goes on.
    setTimeout(() => (this.stopped = this.state === "conflict"), 5000);
  }

  async save() {
    clearTimeout(this.timer);
    this.since = null;
    if (this.running || this.stopped || !this.form.isConnected || words(this.form) === this.sent) {
      return;
    }
    this.running = this.send();
    await this.running;
    this.running = null;
    if (this.state === "offline") {
      this.timer = setTimeout(() => this.save(), RETRY);
    } else if (!this.state && words(this.form) !== this.sent) {
      this.soon();
    }
  }

  async send() {
    const going = words(this.form);
    const body = new FormData(this.form);
    body.delete("picture");
    const answer = await this.ask({ method: "POST", body });
    if (!answer) {
      return;
    }
    if (answer.status === 204) {
      this.sent = going;
    } else if (answer.status === 200) {
      this.kept(going, answer.data);
    } else if (answer.status === 409) {
      this.stopped = true;
      this.fail("conflict");
    } else {
      this.sent = going;
      this.fail("refused", answer.data.error);
    }
  }

  // The answer's status and data; null where there is no answer, or another than the site gives to who may write.
  async ask(how) {
    let response;
    try {
      response = await fetch(this.form.dataset.autosave, { ...how, headers: { Accept: "application/json" } });
    } catch {
      this.fail("offline");
      return null;
    }
    if (response.status === 204) {
      return { status: 204 };
    }
    if (response.status >= 500 || response.status === 429) {
      this.fail("offline");
      return null;
    }
    if (response.status === 413) {
      this.fail("large");
      return null;
    }
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs || response.status === 401) {
      this.fail("away");
      return null;
    }
    return { status: response.status, data: await response.json() };
  }

  async comeBack() {
    const answer = await this.ask({});
    if (answer?.status !== 200) {
      return;
    }
    if (String(answer.data.member) !== document.body.dataset.member) {
      this.stopped = true;
      this.fail("other");
      return;
    }
    this.form.elements.csrfmiddlewaretoken.value = answer.data.token;
    this.save();
  }

  kept(going, { draft, version, key, address, published }) {
    const { form } = this;
    if (published) {
      location.assign(published);
      return;
    }
    form.elements.draft.value = draft;
    form.elements.version.value = version;
    this.sent = going;
    if (form.dataset.keepDraft !== key) {
      forgetDraft(form);
      form.dataset.keepDraft = key;
      history.replaceState(history.state, "", address);
    }
    if (words(form) === going) {
      form.dispatchEvent(new CustomEvent("autosave:done"));
      forgetDraft(form);
    }
    this.say("");
    const hour = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
    form.querySelector("[data-autosave-at]").textContent = hour.format(new Date());
    form.querySelector("[data-autosave-saved]").hidden = false;
  }

  fail(state, why = "") {
    keepDraft(this.form);
    this.form.querySelector("[data-autosave-why]").textContent = why;
    this.say(state);
  }

  say(state) {
    this.state = state;
    for (const sentence of this.form.querySelectorAll("[data-autosave-say]")) {
      sentence.hidden = sentence.dataset.autosaveSay !== state;
    }
    this.form.querySelector("[data-autosave-saved]").hidden = true;
  }
}

// What was filled in, without what goes along with every form.
function words(form) {
  const skipped = ["csrfmiddlewaretoken", "draft", "version", "submission", "picture", "body_format"];
  return JSON.stringify([...new FormData(form)].filter(([name]) => !skipped.includes(name)));
}
