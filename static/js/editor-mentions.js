// After an @ the editor proposes members: arrows choose, Enter or Tab writes the handle, Escape lets it be. The form
// says where to ask (data-mentions); without this module one types the handle oneself, and the server links it alike.

const WAIT = 200;
const BEGUN = /(?:^|[\s(])@([\p{L}\d][\p{L}\d-]{0,39})$/u;
// In these, an @ is part of what stands there.
const LEFT_ALONE = ["code", "codeBlock", "link"];

/** Propose members in the editor. Returns a function that takes the keys meant for the list. */
export function startMentions(editor, box) {
  const address = box.closest("form")?.dataset.mentions;
  if (!address) {
    return () => false;
  }
  const list = box.querySelector("[data-words-people]").content.cloneNode(true).firstElementChild;
  list.id = `${editor.view.dom.id}-people`;
  list.hidden = true;
  box.querySelector(".words__place").append(list);
  editor.view.dom.setAttribute("aria-autocomplete", "list");
  let timer;
  let asked = "";
  let dismissed = "";

  const close = () => {
    clearTimeout(timer);
    asked = "";
    list.hidden = true;
    list.replaceChildren();
    editor.view.dom.removeAttribute("aria-controls");
    editor.view.dom.removeAttribute("aria-activedescendant");
  };

  const mark = (option) => {
    for (const other of list.children) {
      other.setAttribute("aria-selected", String(other === option));
    }
    option.scrollIntoView({ block: "nearest" });
    editor.view.dom.setAttribute("aria-activedescendant", option.id);
  };

  const choose = (option) => {
    const begun = begunIn(editor);
    close();
    if (begun) {
      editor.chain().focus().insertContentAt(begun, { type: "text", text: `@${option.dataset.handle} ` }).run();
    }
  };

  const show = (members, begun) => {
    list.replaceChildren(...members.map((member, place) => optionFor(member, `${list.id}-${place}`)));
    list.hidden = members.length === 0;
    if (list.hidden) {
      return;
    }
    placeAt(list, editor.view.coordsAtPos(begun.from));
    editor.view.dom.setAttribute("aria-controls", list.id);
    mark(list.firstElementChild);
  };

  const ask = async (name) => {
    asked = name;
    const response = await fetch(`${address}&q=${encodeURIComponent(name)}`);
    const begun = begunIn(editor);
    if (!response.ok || asked !== name || begun?.name !== name) {
      return;
    }
    show((await response.json()).members, begun);
  };

  editor.on("update", () => {
    clearTimeout(timer);
    const begun = begunIn(editor);
    if (!begun || begun.name === dismissed) {
      close();
    } else if (begun.name !== asked) {
      dismissed = "";
      timer = setTimeout(() => ask(begun.name), WAIT);
    }
  });
  editor.on("selectionUpdate", () => {
    if (!begunIn(editor)) {
      close();
    }
  });
  editor.on("blur", close);
  // The place where one writes stays while one presses a name.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(option);
    }
  });

  return (event) => {
    if (list.hidden || event.isComposing) {
      return false;
    }
    const options = [...list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : options.length - 1;
      mark(options[(at + step) % options.length]);
    } else if (event.key === "Enter" || event.key === "Tab") {
      choose(options[at]);
    } else if (event.key === "Escape") {
      dismissed = begunIn(editor)?.name ?? "";
      close();
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
}

// What stands between an @ and the cursor, and where; undefined where no name is being typed.
function begunIn(editor) {
  const { selection } = editor.state;
  if (!selection.empty || LEFT_ALONE.some((name) => editor.isActive(name))) {
    return undefined;
  }
  const { $from } = selection;
  // What isn't text (a line break) counts as one character, as it does in positions.
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\n");
  const [, name] = BEGUN.exec(before) ?? [];
  return name && { name, from: selection.from - name.length - 1, to: selection.from };
}

function optionFor({ handle, name, institution }, id) {
  const option = document.createElement("li");
  option.id = id;
  option.className = "words__person";
  option.setAttribute("role", "option");
  option.dataset.handle = handle;
  option.appendChild(document.createElement("strong")).textContent = name;
  option.appendChild(document.createElement("span")).textContent = [`@${handle}`, institution]
    .filter(Boolean)
    .join(" · ");
  return option;
}

function placeAt(list, { left, bottom }) {
  const frame = list.parentElement.getBoundingClientRect();
  const furthest = Math.max(0, frame.width - list.offsetWidth);
  list.style.left = `${Math.min(left - frame.left, furthest)}px`;
  list.style.top = `${bottom - frame.top + 4}px`;
}
