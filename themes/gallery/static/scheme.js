/* Dark or light against the system's choice. It stands in the head and is not deferred: the page
   is not painted before it ran, so that it never flashes in the other colours. */
(() => {
  "use strict";
  const KEY = "dreamfolio-scheme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const systems = () => (dark.matches ? "dark" : "light");
  const shown = () => root.dataset.scheme || systems();

  function stored(scheme) {
    // Where storage is refused, the choice holds for the page at hand.
    try {
      if (scheme === undefined) return localStorage.getItem(KEY);
      if (scheme === null) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, scheme);
    } catch {
      return null;
    }
    return scheme;
  }

  function show(scheme) {
    if (scheme === "dark" || scheme === "light") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    // The browser's own bars take the colour of the walls.
    for (const meta of document.querySelectorAll("meta[name=theme-color][media]")) {
      meta.dataset.media ??= meta.media;
      const chosen = root.dataset.scheme;
      if (!chosen) meta.media = meta.dataset.media;
      else meta.media = meta.dataset.media.includes(chosen) ? "all" : "not all";
    }
  }

  show(stored());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.scheme");
    if (!button) return;
    const name = () => {
      const label = shown() === "dark" ? button.dataset.toLight : button.dataset.toDark;
      button.setAttribute("aria-label", label);
      button.title = label;
    };
    const follow = (scheme) => {
      show(scheme);
      name();
    };
    button.addEventListener("click", () => {
      const other = shown() === "dark" ? "light" : "dark";
      // What the system wants anyway is no choice of its own: from then on it is followed again.
      follow(stored(other === systems() ? null : other));
    });
    dark.addEventListener("change", name);
    addEventListener("storage", (event) => event.key === KEY && follow(event.newValue));
    addEventListener("pageshow", (event) => event.persisted && follow(stored()));
    name();
    button.hidden = false;
  });
})();
