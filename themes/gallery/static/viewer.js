/* The lightbox itself: PhotoSwipe, with captions and a button that lays the source over its dream.
   `lightbox.js` fetches it, opens it and keeps the address. */
const openViewer = (() => {
  "use strict";
  const HOLD = 300; // milliseconds; what is held longer ends with the holding

  // A small picture is enlarged, though never so far that it falls apart into its pixels.
  const fit = ({ elementSize, panAreaSize }) =>
    Math.min(panAreaSize.x / elementSize.x, panAreaSize.y / elementSize.y, 2);

  return (links, index, point, words, heard) => {
    const pswp = new PhotoSwipe({
      dataSource: links,
      index,
      initialPointerPos: point,
      initialZoomLevel: fit,
      secondaryZoomLevel: (level) => (level.initial < 1 ? 1 : 2 * level.initial),
      maxZoomLevel: (level) => 2 * level.secondary,
      paddingFn: ({ x }) =>
        x < 600
          ? { top: 52, bottom: 88, left: 0, right: 0 }
          : { top: 56, bottom: 72, left: 72, right: 72 },
      bgOpacity: 1,
      loop: links.length > 2,
      preload: [1, 2],
      returnFocus: false,
      ...(matchMedia("(prefers-reduced-motion: reduce)").matches && {
        showHideAnimationType: "none",
        zoomAnimationDuration: 0,
      }),
      closeTitle: words.close,
      zoomTitle: words.zoom,
      arrowPrevTitle: words.previous,
      arrowNextTitle: words.next,
      errorMsg: words.error,
    });
    window.pswp = pswp;
    const shown = () => pswp.currSlide.data.element;

    pswp.addFilter("domItemData", (data, link) => ({ ...data, ...files(link) }));
    pswp.on("uiRegister", () => {
      caption(pswp, shown, words);
      if (links.some(sourceOf)) sourceButton(pswp, shown, words);
    });
    pswp.on("afterInit", () => {
      pswp.element.setAttribute("aria-label", words.viewer);
      pswp.element.setAttribute("aria-modal", "true");
    });
    // Of itself it takes the focus only where it was not opened by a pointer, and a screen reader
    // can open it by one.
    pswp.on("openingAnimationEnd", () => pswp.element.focus({ preventScroll: true }));
    wholePictures(pswp);
    pswp.on("change", () => heard.change(shown()));
    pswp.on("close", heard.close);
    pswp.on("destroy", () => {
      delete window.pswp;
      heard.destroy();
    });
    pswp.init();

    return {
      /* While it opens, it cannot be closed; who goes back that soon means it all the same. */
      close: () => {
        if (pswp.opener.isOpen) pswp.close();
        else pswp.on("openingAnimationEnd", () => pswp.close());
      },
      /* Whether `link` is among those it shows, to which it then goes. */
      show: (link) => {
        const place = links.indexOf(link);
        if (place >= 0) pswp.goTo(place);
        return place >= 0;
      },
    };
  };

  /* A picture in all widths of the best format that this browser takes, and in its own pixels. */
  function files(link) {
    const image = link.querySelector("img");
    const formats = [...link.querySelectorAll("source"), image];
    const file = image.currentSrc.split("/").pop();
    const taken = formats.find((each) => file && each.srcset.includes(file)) ?? image;
    const widths = taken.srcset.split(", ").filter((each) => each.endsWith("w"));
    const [widest, upTo] = (widths.at(-1) ?? taken.srcset).split(" ");
    const { full, width, height } = link.dataset;
    const w = Number(width ?? image.getAttribute("width"));
    const h = Number(height ?? image.getAttribute("height"));
    const thumbCropped = getComputedStyle(image).objectFit === "cover";
    const srcset = widths.join(", ");
    const whole = full && { src: full, beyond: parseInt(upTo) };
    return { thumbCropped, src: widest, srcset, whole, width: w, height: h, w, h };
  }

  /* Zoomed in beyond the widest file of its page, a picture gets its own pixels laid over it. */
  function wholePictures(pswp) {
    const lay = (content, width, height) => {
      const { whole } = content.data;
      if (!content.over && isWanted(whole, width)) {
        const over = (content.over = make("img", "pswp__img pswp__whole", ""));
        over.alt = "";
        onceDecoded(over, whole, () => {
          if (content.over === over) content.slide?.container.append(over);
        });
      }
      if (content.over) {
        content.over.hidden = !isWanted(whole, width); // Drawn smaller, it would only cost time.
        sizeTo(content.over, width, height);
      }
    };

    // Only what is looked at: the next picture may be as large.
    pswp.on("imageSizeChange", ({ content, width, height }) => {
      if (content.slide?.isActive) lay(content, width, height);
    });
    pswp.on("slideActivate", ({ slide: { content } }) => {
      lay(content, content.displayedImageWidth, content.displayedImageHeight);
    });
    pswp.on("contentRemove", ({ content }) => {
      content.over?.remove();
      delete content.over;
    });
  }

  function isWanted(whole, width) {
    return whole && width * devicePixelRatio > whole.beyond;
  }

  /* A browser that decodes a large picture as it draws it stands still for that long. */
  function onceDecoded(image, { src }, then) {
    image.src = src;
    image.decode().then(then, () => {}); // Without it, the widest file of the page stays.
  }

  function sizeTo(image, width, height) {
    image.style.width = `${width}px`;
    image.style.height = `${height}px`;
    // A picture whose `sizes` change is chosen, and decoded, anew.
    if (image.srcset) image.sizes = `${width}px`;
  }

  /* What a dream grew from: on its piece's page the other picture, elsewhere what the link says. */
  function sourceOf(link) {
    const beside = document.querySelector(".work.source a.look");
    if (beside && beside !== link) {
      return { ...files(beside), alt: beside.querySelector("img").alt };
    }
    const { source } = link.dataset;
    return source ? { src: source, srcset: "", alt: "" } : null;
  }

  function caption(pswp, shown, words) {
    pswp.ui.registerElement({
      name: "caption",
      order: 9,
      appendTo: "root",
      onInit: (element) => {
        element.classList.add("pswp__hide-on-close");
        element.setAttribute("aria-live", "polite");
        element.dir = document.documentElement.dir || "auto";
        pswp.on("change", () => element.replaceChildren(...said(shown(), words)));
      },
    });
  }

  /* On a piece's page its title and what the link says; elsewhere what stands below the picture,
     and the way to its piece. */
  function said(link, words) {
    const below = link.parentElement.querySelector(".caption");
    const title = (below?.querySelector(".name") ?? document.querySelector("h1")).textContent;
    const parts = [make("span", "pswp__title", title)];
    const layers = link.dataset.layers ?? below?.querySelector("code")?.textContent;
    if (layers) parts.push(make("code", "pswp__note", layers));
    else if (link.dataset.note) parts.push(make("span", "pswp__note", link.dataset.note));
    if (below) {
      const more = make("a", "pswp__more", words.more);
      more.href = below.closest("a").href;
      parts.push(more);
    }
    return parts;
  }

  function make(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  /* While it is held down, or until it is pressed again, the source lies over the dream, zoomed and
     moved as the dream is. */
  function sourceButton(pswp, shown, words) {
    let button = null;
    let twin = null;
    let down = 0;
    let before = false;

    const pressed = () => twin !== null;
    const lay = (over) => {
      twin?.remove();
      twin = null;
      if (over) {
        const { content, container } = pswp.currSlide;
        const { src, srcset, alt, whole } = sourceOf(shown());
        const { displayedImageWidth: width, displayedImageHeight: height } = content;
        const laid = (twin = make("img", "pswp__img pswp__source", ""));
        twin.alt = alt || words.source;
        if (srcset) twin.srcset = srcset;
        sizeTo(twin, width, height);
        twin.src = src;
        container.append(twin);
        if (isWanted(whole, width)) {
          const sharp = twin.cloneNode();
          sharp.srcset = "";
          onceDecoded(sharp, whole, () => {
            if (twin !== laid) return;
            sizeTo(sharp, content.displayedImageWidth, content.displayedImageHeight);
            twin.replaceWith(sharp);
            twin = sharp;
          });
        }
      }
      button.setAttribute("aria-pressed", String(over));
    };

    pswp.on("imageSizeChange", ({ content, width, height }) => {
      if (pressed() && content === pswp.currSlide.content) sizeTo(twin, width, height);
    });
    pswp.ui.registerElement({
      name: "source",
      order: 9,
      isButton: true,
      html: "",
      onInit: (element) => {
        button = element;
        button.textContent = words.source;
        button.addEventListener("pointerdown", () => {
          before = pressed();
          down = Date.now();
          lay(true);
        });
        button.addEventListener("pointerleave", () => {
          if (down && pressed() !== before) lay(before);
        });
        button.addEventListener("click", (event) => {
          const held = event.detail > 0 && down && Date.now() - down > HOLD;
          const was = event.detail > 0 ? before : pressed();
          down = 0;
          lay(!held && !was);
        });
        button.addEventListener("contextmenu", (event) => event.preventDefault());
        pswp.on("change", () => {
          lay(false);
          button.hidden = !sourceOf(shown());
        });
      },
    });
  }
})();
