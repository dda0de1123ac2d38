/* The page of all pieces: choose by collection, network and layer. The choice stands in the
   address (`#collection=…&layer=…`), so that it can be shared and survives going back. */
(function () {
  "use strict";
  var form = document.querySelector("form.filter");
  var tiles = Array.prototype.map.call(document.querySelectorAll(".all > .tile"), function (tile) {
    return { tile: tile, keys: {} };
  });
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));
  var output = form.querySelector("output");
  var none = document.querySelector(".none");

  tiles.forEach(function (one) {
    selects.forEach(function (select) {
      one.keys[select.name] = JSON.parse(one.tile.dataset[select.name]);
    });
  });

  /* Whether a picture is of everything chosen, one select left out of account. */
  function matches(one, except) {
    return selects.every(function (select) {
      return select === except || !select.value || one.keys[select.name].includes(select.value);
    });
  }

  function show() {
    var shown = 0;
    tiles.forEach(function (one) {
      one.tile.hidden = !matches(one);
      shown += one.tile.hidden ? 0 : 1;
    });
    var chosen = selects.some(function (select) { return select.value; });
    output.textContent = chosen
      ? form.dataset.shown.replace("{n}", shown).replace("{total}", tiles.length) : "";
    form.querySelector("button").disabled = !chosen;
    none.hidden = shown > 0;
    selects.forEach(offer);
  }

  /* What would lead to nothing cannot be chosen. */
  function offer(select) {
    var there = new Set();
    tiles.forEach(function (one) {
      if (matches(one, select)) one.keys[select.name].forEach(function (key) { there.add(key); });
    });
    Array.prototype.forEach.call(select.options, function (option) {
      option.disabled = option.value !== "" && !option.selected && !there.has(option.value);
    });
  }

  function read() {
    var asked = new URLSearchParams(location.hash.slice(1));
    selects.forEach(function (select) {
      select.value = asked.get(select.name) || "";
      /* A link may be older than the portfolio: what is gone asks for nothing. */
      if (select.selectedIndex < 0) select.value = "";
    });
    show();
  }

  function write() {
    var asked = new URLSearchParams();
    selects.forEach(function (select) {
      if (select.value) asked.set(select.name, select.value);
    });
    var hash = asked.toString();
    history.pushState(null, "", location.pathname + location.search + (hash ? "#" + hash : ""));
    show();
  }

  form.addEventListener("change", write);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(write); });
  /* An address without a choice, such as that of a picture in the lightbox, changes nothing. */
  function follow() {
    if (!location.hash || location.hash.includes("=")) read();
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("popstate", follow);
  form.hidden = false;
  read();
})();
