/* A dream laid over its source, with a slider between the two, in the place of the dream. The
   slider is fetched when a visitor first reaches for it. */
(() => {
  "use strict";
  const SLIDER = document.currentScript.src.replace(
    /[^/]*$/,
    "vendor/img-comparison-slider/img-comparison-slider.js",
  );
  const STEPS = {
    ArrowLeft: (at) => at - 2,
    ArrowDown: (at) => at - 2,
    PageDown: (at) => at - 10,
    Home: () => 0,
    ArrowRight: (at) => at + 2,
    ArrowUp: (at) => at + 2,
    PageUp: (at) => at + 10,
    End: () => 100,
  };
  const source = document.querySelector(".work.source picture");
  if (!source) return;

  let fetched = null;
  const fetchOnce = () =>
    (fetched ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = SLIDER;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        fetched = null;
        reject(new Error(SLIDER));
      };
      document.head.append(script);
    }));
  const reach = () => fetchOnce().catch(() => {});

  for (const button of document.querySelectorAll("button.compare")) {
    const link = button.closest(".work").querySelector("a.look");
    let slider = null;
    for (const sign of ["pointerover", "focus"]) button.addEventListener(sign, reach);
    button.addEventListener("click", async () => {
      try {
        await fetchOnce();
      } catch {
        return;
      }
      if (slider) {
        slider.remove();
        slider = null;
      } else {
        slider = comparison(link.querySelector("picture"), button.dataset.label);
        link.before(slider);
        slider.focus({ preventScroll: true });
      }
      link.hidden = slider !== null;
      button.setAttribute("aria-pressed", String(slider !== null));
    });
    button.hidden = false;
  }

  function comparison(dream, label) {
    const slider = document.createElement("img-comparison-slider");
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.slot = "handle";
    slider.append(copy(source, "first"), copy(dream, "second"), handle);
    // The component tells those who cannot see it nothing, and moves only while a key is down:
    // the short press that a screen reader sends would be lost.
    slider.setAttribute("keyboard", "disabled");
    slider.setAttribute("role", "slider");
    slider.setAttribute("aria-label", label);
    slider.setAttribute("aria-valuemin", "0");
    slider.setAttribute("aria-valuemax", "100");
    const tell = () => {
      slider.setAttribute("aria-valuenow", String(Math.round(slider.value)));
      slider.setAttribute("aria-valuetext", `${Math.round(slider.value)} %`);
    };
    slider.addEventListener("slide", tell);
    slider.addEventListener("keydown", (event) => {
      const to = STEPS[event.key]?.(slider.value);
      if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      slider.value = Math.min(Math.max(to, 0), 100);
      tell();
    });
    tell();
    return slider;
  }

  function copy(picture, slot) {
    const twin = picture.cloneNode(true);
    const image = twin.querySelector("img");
    image.loading = "eager";
    image.draggable = false;
    twin.slot = slot;
    return twin;
  }
})();
