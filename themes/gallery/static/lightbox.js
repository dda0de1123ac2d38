/* Every link with `data-pswp-src` opens its picture in PhotoSwipe. The address then ends in the
   link's id, so that a picture can be sent to somebody, and Back closes it. */
(() => {
  "use strict";
  const LINKS = "a[data-pswp-src]";
  const links = [...document.querySelectorAll(LINKS)];
  const words = document.getElementById("viewing-words")?.dataset;
  if (!links.length || !words) return;

  // A small picture is enlarged, though never so far that it falls apart into its pixels.
  const fit = ({ elementSize, panAreaSize }) =>
    Math.min(panAreaSize.x / elementSize.x, panAreaSize.y / elementSize.y, 2);

  const lightbox = new PhotoSwipeLightbox({
    gallery: "#main",
    children: LINKS,
    pswpModule: PhotoSwipe,
    initialZoomLevel: fit,
    secondaryZoomLevel: (level) => (level.initial < 1 ? 1 : 2 * level.initial),
    maxZoomLevel: (level) => 2 * level.secondary,
    paddingFn: ({ x }) =>
      x < 600 ? { top: 52, bottom: 88, left: 0, right: 0 } : { top: 56, bottom: 72, left: 72, right: 72 },
    bgOpacity: 1,
    loop: links.length > 2,
    preload: [1, 2],
    returnFocus: false,
    closeTitle: words.close,
    zoomTitle: words.zoom,
    arrowPrevTitle: words.previous,
    arrowNextTitle: words.next,
    errorMsg: words.error,
  });

  for (const link of links) link.setAttribute("aria-haspopup", "dialog");

  let current = null;
  let pushed = false;

  lightbox.on("uiRegister", () => {
    lightbox.pswp.ui.registerElement({
      name: "caption",
      order: 9,
      appendTo: "root",
      onInit: (element, pswp) => {
        element.classList.add("pswp__hide-on-close");
        element.setAttribute("aria-live", "polite");
        pswp.on("change", () => caption(element, pswp.currSlide.data.element));
      },
    });
  });

  function caption(element, link) {
    const { title, note, code, page } = link.dataset;
    const parts = [make("span", "pswp__title", title)];
    if (note) parts.push(make(code === undefined ? "span" : "code", "pswp__note", note));
    if (page) {
      const more = make("a", "pswp__more", words.more);
      more.href = page;
      parts.push(more);
    }
    element.replaceChildren(...parts);
  }

  function make(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  lightbox.on("afterInit", () => {
    const { element } = lightbox.pswp;
    element.setAttribute("aria-label", words.viewer);
    element.setAttribute("aria-modal", "true");
  });

  // Of itself it takes the focus only where it was not opened by a pointer, and a screen reader
  // can open it by one.
  lightbox.on("openingAnimationEnd", () => lightbox.pswp.element.focus({ preventScroll: true }));

  lightbox.on("change", () => {
    const before = current;
    current = lightbox.pswp.currSlide.data.element;
    const address = `#${current.id}`;
    if (location.hash === address) return;
    if (before) {
      history.replaceState(null, "", address);
    } else {
      history.pushState(null, "", address);
      pushed = true;
    }
  });

  lightbox.on("close", () => {
    inPlace(current).scrollIntoView({ block: "nearest", behavior: "instant" });
    if (location.hash !== `#${current.id}`) return;
    if (pushed) {
      // Going back would scroll back too, away from the picture just left.
      history.scrollRestoration = "manual";
      history.back();
    } else {
      history.replaceState(null, "", location.href.split("#")[0]);
    }
  });

  lightbox.on("destroy", () => {
    inPlace(current).focus({ preventScroll: true });
    current = null;
    pushed = false;
  });

  // A dream that is being compared has a slider in the place of its link.
  const inPlace = (link) => (link.hidden ? link.previousElementSibling : link);

  function follow() {
    history.scrollRestoration = "auto";
    const place = links.findIndex((link) => location.hash === `#${link.id}`);
    if (current) {
      if (place < 0) lightbox.pswp.close();
      else lightbox.pswp.goTo(place);
    } else if (place >= 0) {
      lightbox.loadAndOpen(place);
    }
  }

  lightbox.init();
  addEventListener("popstate", follow);
  follow();
})();
