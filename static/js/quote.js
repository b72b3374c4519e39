// [data-quote="12"]: puts what is selected in that reply, or all of it, as a quotation at the end of the reply form.
// Without this module, the link opens the form with the quotation in it.
import { all } from "./dom.js";

const MOST = 600;

/** Let every such link under root quote. */
export function start(root) {
  for (const link of all(root, "a[data-quote]")) {
    // The click itself lets go of what is selected.
    link.addEventListener("pointerdown", () => {
      link.selected = selectedIn(link);
    });
    link.addEventListener("click", (event) => {
      const form = document.getElementById("reply-form");
      const area = form?.querySelector("textarea[name=body]");
      if (!area) {
        return;
      }
      event.preventDefault();
      const words = link.selected || selectedIn(link) || wordsOf(link);
      link.selected = "";
      quote(form, area, words.slice(0, MOST));
      form.elements.parent.value = link.dataset.quote;
    });
  }
}

function bodyOf(link) {
  return link.closest("article")?.querySelector(".reply__body");
}

function wordsOf(link) {
  const blocks = [...(bodyOf(link)?.children ?? [])].filter((block) => !block.matches(".link-card"));
  return blocks.map((block) => block.innerText.trim()).join("\n");
}

function selectedIn(link) {
  const selection = document.getSelection();
  const inside = selection.rangeCount > 0 && bodyOf(link)?.contains(selection.getRangeAt(0).commonAncestorContainer);
  return inside ? selection.toString().trim() : "";
}

function quote(form, area, words) {
  const format = form.querySelector("[data-words-format]");
  if (format?.value === "html") {
    const quotation = document.createElement("blockquote");
    for (const line of words.split(/\n+/)) {
      quotation.appendChild(document.createElement("p")).textContent = line;
    }
    area.value += `${quotation.outerHTML}<p></p>`;
  } else {
    area.value = [area.value.trim(), `“${words}”`, ""].filter((part, place) => part || place).join("\n\n");
  }
  area.dispatchEvent(new Event("change", { bubbles: true }));
  area.dispatchEvent(new Event("input", { bubbles: true }));
  form.scrollIntoView({ block: "nearest" });
  (form.querySelector("[contenteditable=true]") ?? area).focus();
}
