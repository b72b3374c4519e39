// .prose[data-unfurl="address"]: a link to something on the site that stands alone in its paragraph shows what it
// leads to, for those who may read it. One question for the whole page; without it, links stay links.
import { all } from "./dom.js";

const KNOWN = /^\/(?:contributions\/\d+|groups\/[\w-]+\/topics\/\d+|blogs\/[\w-]+\/[\w-]+)\/$/;
const MOST = 20;

/** Ask what the links under root lead to. */
export async function start(root) {
  const texts = all(root, ".prose[data-unfurl]");
  const links = texts.flatMap((text) => [...text.querySelectorAll("p > a[href]")].filter(standsAlone)).slice(0, MOST);
  if (links.length === 0) {
    return;
  }
  const query = new URLSearchParams(links.map((link) => ["path", new URL(link.href).pathname]));
  const response = await fetch(`${texts[0].dataset.unfurl}?${query}`);
  if (!response.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const link of links) {
    const card = page.querySelector(`[data-path="${CSS.escape(new URL(link.href).pathname)}"]`);
    if (card && link.isConnected) {
      link.parentElement.after(document.importNode(card, true));
    }
  }
}

function standsAlone(link) {
  const address = new URL(link.href);
  const alone = link.parentElement.textContent.trim() === link.textContent.trim();
  return alone && address.origin === location.origin && KNOWN.test(address.pathname);
}
