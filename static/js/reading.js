// #replies: the address follows the reading, and a link to a reply that stands on another page leads to it.
const REPLY = /^#reply-(\d+)$/;

/** Watch the replies of the page, and of each part that comes later. */
export function start(root) {
  const replies = document.getElementById("replies");
  if (!replies) {
    return;
  }
  if (root === document) {
    goWhereItStands();
    window.addEventListener("hashchange", goWhereItStands);
  }
  for (const reply of replies.querySelectorAll(".reply[id^=reply-]:not([data-followed])")) {
    reply.dataset.followed = "";
    observer.observe(reply);
  }
}

function goWhereItStands() {
  const [, number] = REPLY.exec(location.hash) ?? [];
  const address = new URL(location.href);
  if (number && !document.getElementById(`reply-${number}`) && address.searchParams.get("from") !== number) {
    address.searchParams.set("from", number);
    location.replace(address);
  }
}

// The line at which one reads lies in the upper third of the window.
const observer = new IntersectionObserver(
  (entries) => {
    const read = entries.find((entry) => entry.isIntersecting)?.target;
    if (read && location.hash !== `#${read.id}` && window.scrollY > 0) {
      history.replaceState(history.state, "", `#${read.id}`);
    }
  },
  { rootMargin: "-30% 0px -69% 0px" },
);
