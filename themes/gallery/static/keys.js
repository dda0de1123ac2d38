/* The arrow keys lead from a piece to its neighbours, unless something on the page wants them. */
(() => {
  "use strict";
  const BACKWARD = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const FORWARD = BACKWARD === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const REL = { [BACKWARD]: "prev", [FORWARD]: "next" };
  const WANTED_BY = "img-comparison-slider, video, pre, input, select, textarea, .pswp";

  document.addEventListener("keydown", (event) => {
    const rel = REL[event.key];
    if (!rel || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.defaultPrevented || document.querySelector(".pswp")) return;
    if (event.target.closest(WANTED_BY)) return;
    // A page wider than its window, as one enlarged is, scrolls by these keys.
    if (document.documentElement.scrollWidth > innerWidth) return;
    const link = document.querySelector(`.neighbours a[rel="${rel}"]`);
    if (link) location.assign(link.href);
  });
})();
