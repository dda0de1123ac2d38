/* Every `a.look` opens its picture in the lightbox. The address then ends in the link's id, so that
   a picture can be sent to somebody, and Back closes it. What the lightbox is made of weighs more
   than the page: it is fetched when a visitor first reaches for a picture. */
(() => {
  "use strict";
  const STATIC = document.currentScript.src.replace(/[^/]*$/, "");
  const STYLES = ["vendor/photoswipe/photoswipe.css", "lightbox.css"];
  const SCRIPTS = ["vendor/photoswipe/photoswipe.umd.min.js", "viewer.js"];
  const HERE = location.pathname + location.search;
  // More of them may come, from other parts of a long page.
  const all = () => [...document.querySelectorAll("a.look")];
  const words = document.getElementById("viewing-words")?.dataset;
  if (!words) return;

  let viewer = null;
  let current = null;
  let pushed = false;
  let fetched = null;

  const fetchOnce = () => (fetched ??= Promise.all([...STYLES, ...SCRIPTS].map(element)));

  function element(name) {
    const style = name.endsWith(".css");
    const made = document.createElement(style ? "link" : "script");
    if (style) made.rel = "stylesheet";
    // Scripts put in by a script run as they arrive unless told to keep their order.
    else made.async = false;
    made[style ? "href" : "src"] = STATIC + name;
    return new Promise((resolve, reject) => {
      made.onload = resolve;
      made.onerror = () => {
        made.remove();
        reject(new Error(name));
      };
      document.head.append(made);
    });
  }

  async function open(link, point) {
    if (viewer || current) return;
    current = link;
    link.setAttribute("aria-busy", "true");
    try {
      await fetchOnce();
    } catch {
      fetched = current = null;
      if (point !== undefined) location.assign(link.href);
      return;
    } finally {
      link.removeAttribute("aria-busy");
    }
    // What a filter hides is not walked through.
    const links = all().filter((each) => !each.closest(".tile[hidden]"));
    current = null;
    viewer = openViewer(links, Math.max(links.indexOf(link), 0), point ?? null, words, {
      change: keepAddress,
      close: leaveAddress,
      destroy: giveBack,
    });
  }

  function keepAddress(link) {
    const before = current;
    current = link;
    const address = `${link.dataset.on ?? HERE}#${link.id}`;
    if (location.hash === `#${link.id}`) return;
    if (before) {
      history.replaceState(null, "", address);
    } else {
      history.pushState(null, "", address);
      pushed = true;
    }
  }

  function leaveAddress() {
    inPlace(current).scrollIntoView({ block: "nearest", behavior: "instant" });
    if (location.hash !== `#${current.id}`) return;
    if (pushed) {
      // Going back would scroll back too, away from the picture just left.
      history.scrollRestoration = "manual";
      history.back();
    } else {
      history.replaceState(null, "", location.href.split("#")[0]);
    }
  }

  function giveBack() {
    inPlace(current).focus({ preventScroll: true });
    viewer = current = null;
    pushed = false;
  }

  // A dream that is being compared has a slider in the place of its link.
  const inPlace = (link) => (link.hidden ? link.previousElementSibling : link);

  function follow() {
    history.scrollRestoration = "auto";
    const link = all().find((each) => location.hash === `#${each.id}`);
    if (!viewer) {
      if (link) open(link);
    } else if (!link || !viewer.show(link)) {
      viewer.close();
    }
  }

  const lookOf = (event) => event.target.closest?.("a.look");

  addEventListener("click", (event) => {
    const link = lookOf(event);
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // A keyboard's click is nowhere.
    open(link, event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : null);
  });
  for (const sign of ["pointerover", "pointerdown", "focusin"]) {
    addEventListener(sign, (event) => lookOf(event) && fetchOnce().catch(() => (fetched = null)), {
      passive: true,
    });
  }
  for (const link of all()) link.setAttribute("aria-haspopup", "dialog");
  addEventListener("popstate", follow);
  follow();
})();
