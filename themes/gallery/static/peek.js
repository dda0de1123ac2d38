/* While a dream is held down, its source shows in its place. */
(() => {
  "use strict";
  const HOLD = 220; // milliseconds; a click is shorter
  const source = document.querySelector(".work.source picture");
  if (!source) return;

  for (const link of document.querySelectorAll(".dreams a.look")) {
    // Else a long press lifts the picture off the page, there to be dropped elsewhere.
    for (const each of [link, ...link.querySelectorAll("img")]) each.draggable = false;
    let timer = 0;
    let under = null;
    let held = false;

    link.addEventListener("pointerdown", (event) => {
      held = false;
      if (event.button !== 0 || !event.isPrimary) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      timer = setTimeout(() => {
        held = true;
        under ??= laidUnder(link);
        link.classList.add("held");
      }, HOLD);
    });
    const release = () => {
      clearTimeout(timer);
      timer = 0;
      link.classList.remove("held");
    };
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      link.addEventListener(end, release);
    }
    // Else a long press on a phone opens a menu.
    link.addEventListener("contextmenu", (event) => timer && event.preventDefault());
    link.addEventListener("click", (event) => {
      if (!held) return;
      held = false;
      event.preventDefault();
      event.stopPropagation();
    });
  }
  for (const hint of document.querySelectorAll(".hold-hint")) hint.hidden = false;

  function laidUnder(link) {
    const twin = source.cloneNode(true);
    twin.classList.add("peek");
    const image = twin.querySelector("img");
    image.loading = "eager";
    image.alt = "";
    link.append(twin);
    return twin;
  }
})();
