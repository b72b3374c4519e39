// time[data-ago]: keeps "5 min ago" right on a page that stays open or comes out of a cache.
import { all } from "./dom.js";

const UNITS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];
const WEEK = 7 * 86400;

/** Rewrite the moments under root now; the page's own are rewritten each minute. */
export function start(root) {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang);
  const update = () => {
    for (const element of all(root, "time[data-ago]")) {
      const age = (Date.now() - Date.parse(element.dateTime)) / 1000;
      const unit = UNITS.find(([, seconds]) => age >= seconds);
      if (unit && age < WEEK) {
        element.textContent = words.format(-Math.floor(age / unit[1]), unit[0]);
      } else if (age >= WEEK) {
        element.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(
          Date.parse(element.dateTime),
        );
      }
    }
  };
  if (root === document) {
    setInterval(update, 60_000);
  }
  update();
}
