// Runs before the page is drawn, so that the chosen theme doesn't flash. Not a module: it must block.
(function () {
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") {
      document.documentElement.dataset.theme = theme;
    }
  } catch {
    // Storage may be forbidden: the system's theme stays.
  }
})();
