// For members: the browser keeps one page that says when there is no connection. See /service-worker.js.

/** Register the service worker, once for the page. */
export function start(root) {
  if (root === document && document.body.dataset.member && "serviceWorker" in navigator) {
    navigator.serviceWorker.register("/service-worker.js").catch(() => {
      // A locked-down browser may refuse: the site works without.
    });
  }
}
