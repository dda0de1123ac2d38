/* A dream laid over its source, with a slider between the two, in the place of the dream. */
(() => {
  "use strict";
  const source = document.querySelector(".work.source picture");
  if (!source || !customElements.get("img-comparison-slider")) return;

  for (const button of document.querySelectorAll("button.compare")) {
    const link = button.closest(".work").querySelector("a.look");
    let slider = null;
    button.addEventListener("click", () => {
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
    // The component moves by the arrow keys, and tells those who cannot see it nothing.
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
      const to = { Home: 0, End: 100, PageUp: slider.value + 10, PageDown: slider.value - 10 };
      if (!(event.key in to)) return;
      event.preventDefault();
      slider.value = Math.min(Math.max(to[event.key], 0), 100);
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
