// Every behaviour of the site, started for the page and for each part that htmx brings in.
import { start as startAutosave } from "./autosave.js";
import { start as startAutosize } from "./autosize.js";
import { start as startComplete } from "./complete.js";
import { start as startCopyLink } from "./copy-link.js";
import { start as startCountWords } from "./count-words.js";
import { start as startCountdown } from "./countdown.js";
import { start as startDialog } from "./dialog.js";
import { start as startDraft } from "./draft.js";
import { start as startFocus } from "./focus.js";
import { start as startInstall } from "./install.js";
import { start as startMenu } from "./menu.js";
import { start as startPrint } from "./print.js";
import { start as startQuote } from "./quote.js";
import { start as startReading } from "./reading.js";
import { start as startShortcuts } from "./shortcuts.js";
import { start as startTheme } from "./theme.js";
import { start as startTime } from "./time.js";
import { start as startToast } from "./toast.js";
import { start as startUnfurl } from "./unfurl.js";

const STARTS = [
  startDraft,
  startAutosave,
  startAutosize,
  startComplete,
  startCopyLink,
  startCountWords,
  startCountdown,
  startDialog,
  startFocus,
  startInstall,
  startMenu,
  startPrint,
  startQuote,
  startReading,
  startShortcuts,
  startTheme,
  startTime,
  startToast,
  startUnfurl,
];

function startAll(root) {
  for (const start of STARTS) {
    start(root);
  }
}

startAll(document);
document.addEventListener("htmx:afterSettle", (event) => startAll(event.detail.elt));
