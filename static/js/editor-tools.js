// The toolbar of the editor: one stop of the tab key, arrows between its buttons.

const DOES = {
  bold: { run: (chain) => chain.toggleBold(), on: ["bold"] },
  italic: { run: (chain) => chain.toggleItalic(), on: ["italic"] },
  code: { run: (chain) => chain.toggleCode(), on: ["code"] },
  heading: { run: (chain) => chain.toggleHeading({ level: 2 }), on: ["heading", { level: 2 }] },
  subheading: { run: (chain) => chain.toggleHeading({ level: 3 }), on: ["heading", { level: 3 }] },
  bullets: { run: (chain) => chain.toggleBulletList(), on: ["bulletList"] },
  numbers: { run: (chain) => chain.toggleOrderedList(), on: ["orderedList"] },
  quote: { run: (chain) => chain.toggleBlockquote(), on: ["blockquote"] },
  block: { run: (chain) => chain.toggleCodeBlock(), on: ["codeBlock"] },
  callout: { run: (chain) => chain.toggleCallout(), on: ["callout"] },
  table: { run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }) },
  rule: { run: (chain) => chain.setHorizontalRule() },
  undo: { run: (chain) => chain.undo() },
  redo: { run: (chain) => chain.redo() },
  row: { run: (chain) => chain.addRowAfter() },
  column: { run: (chain) => chain.addColumnAfter() },
  "no-row": { run: (chain) => chain.deleteRow() },
  "no-column": { run: (chain) => chain.deleteColumn() },
  "no-table": { run: (chain) => chain.deleteTable() },
  link: { on: ["link"] },
  picture: {},
  file: {},
};

/** Show the toolbar above the editor. `dialogs` are the functions of the buttons that ask something first. */
export function startTools(editor, box, dialogs) {
  box.prepend(box.querySelector("[data-words-tools]").content.cloneNode(true));
  const bar = box.querySelector("[role=toolbar]");
  const buttons = [...bar.querySelectorAll("[data-words-does]")];
  buttons[0].tabIndex = 0;
  for (const button of buttons) {
    const name = button.dataset.wordsDoes;
    button.addEventListener("click", () => {
      if (dialogs[name]) {
        dialogs[name]();
      } else {
        DOES[name].run(editor.chain().focus()).run();
      }
    });
  }
  // The selection in the text stays while one presses a button.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("keydown", (event) => move(event, bar, buttons));
  const show = () => {
    for (const part of bar.querySelectorAll("[data-words-in]")) {
      part.hidden = !editor.isActive(part.dataset.wordsIn);
    }
    for (const button of buttons) {
      const { run, on } = DOES[button.dataset.wordsDoes];
      if (on) {
        button.setAttribute("aria-pressed", String(editor.isActive(...on)));
      }
      if (run) {
        button.setAttribute("aria-disabled", String(!run(editor.can().chain()).run()));
      }
    }
    const stop = buttons.find((button) => button.tabIndex === 0);
    if (!isShown(stop)) {
      stop.tabIndex = -1;
      buttons[0].tabIndex = 0;
    }
  };
  editor.on("transaction", show);
  show();
}

function isShown(button) {
  return !button.closest("[hidden]");
}

function move(event, bar, buttons) {
  const shown = buttons.filter(isShown);
  const at = shown.indexOf(document.activeElement);
  const to = {
    ArrowRight: (at + 1) % shown.length,
    ArrowLeft: (at - 1 + shown.length) % shown.length,
    Home: 0,
    End: shown.length - 1,
  }[event.key];
  if (at < 0 || to === undefined) {
    return;
  }
  event.preventDefault();
  shown[at].tabIndex = -1;
  shown[to].tabIndex = 0;
  shown[to].focus();
}
