// A field of names with commas between them proposes names that exist: data-complete="/tags/complete/".
import { all } from "./dom.js";

const WAIT = 200;
let lists = 0;

/** Let every such field under root propose names. */
export function start(root) {
  for (const field of all(root, "input[data-complete]")) {
    if (!field.list) {
      propose(field);
    }
  }
}

function propose(field) {
  const list = document.createElement("datalist");
  list.id = `proposals-${(lists += 1)}`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer;
  let asked = "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const comma = field.value.lastIndexOf(",");
      const before = comma < 0 ? "" : `${field.value.slice(0, comma)}, `;
      const typed = field.value.slice(comma + 1).trim();
      if (typed.length < 2 || typed === asked) {
        return;
      }
      asked = typed;
      const response = await fetch(`${field.dataset.complete}?q=${encodeURIComponent(typed)}`);
      if (!response.ok || asked !== typed) {
        return;
      }
      const { tags } = await response.json();
      // A list proposes whole values: what stands before the last comma stays.
      list.replaceChildren(...tags.map((tag) => new Option("", before + tag.name)));
    }, WAIT);
  });
}
