/* The page of all pieces: choose by collection, network, layer and tag. The choice stands in the
   address (`#collection=…&layer=…`), so that it can be shared and survives going back.

   Of a large portfolio the page is one of several parts. `pieces.js` then tells what hangs in which,
   and what was chosen is fetched from all of them. Where nothing can be fetched, as from a folder,
   the links from part to part lead to it. */
(() => {
  "use strict";
  const form = document.querySelector("form.filter");
  const selects = [...form.querySelectorAll("select")];
  const output = form.querySelector("output");
  const none = document.querySelector(".none");
  const list = document.querySelector(".all");
  const more = document.querySelector(".more");
  const nav = document.querySelector("nav.parts");
  const parted = typeof allPieces !== "undefined";
  const here = parted ? form.dataset.part - 1 : 0;

  const tiles = new Map([[here, tilesIn(document)]]); // those at hand, by their part
  const index = parted ? allPieces : indexOfThis();
  const total = index.kinds.flatMap((kind) => kind.in).reduce((sum, [, count]) => sum + count, 0);
  const enough = tiles.get(here).length; // to look at, before more is asked for
  let fetched = parted;
  let wanted = enough;
  let round = 0;

  function tilesIn(page) {
    return [...page.querySelectorAll(".all > .tile")].map((tile) => ({
      tile,
      keys: Object.fromEntries(selects.map(({ name }) => [name, JSON.parse(tile.dataset[name])])),
    }));
  }

  function indexOfThis() {
    return { parts: [""], kinds: tiles.get(0).map(({ keys }) => ({ keys, in: [[0, 1]] })) };
  }

  /* Whether a picture is of everything chosen, one select left out of account. */
  function matches(keys, except) {
    return selects.every(
      (select) => select === except || !select.value || keys[select.name].includes(select.value),
    );
  }

  const chosen = () => selects.some((select) => select.value);

  /* How many pictures of the choice hang in each part. */
  function counts() {
    const found = index.parts.map(() => 0);
    for (const kind of index.kinds) {
      if (matches(kind.keys)) for (const [part, count] of kind.in) found[part] += count;
    }
    return found;
  }

  function show() {
    const found = counts();
    const sum = found.reduce((one, other) => one + other, 0);
    if (chosen() && fetched) bring(found);
    else if (chosen() && sum && !found[here]) {
      location.replace(addressOf(found.findIndex((count) => count)));
    }
    lay();
    const text = form.dataset.shown.replace("{n}", sum).replace("{total}", total);
    output.textContent = chosen() ? text : "";
    form.querySelector("button").disabled = !chosen();
    none.hidden = sum > 0;
    selects.forEach(offer);
    if (parted) lead(found);
  }

  /* Without a choice, what hangs in this part; else whatever is at hand. */
  function lay() {
    for (const [part, those] of tiles) {
      for (const { tile, keys } of those) tile.hidden = !(chosen() ? matches(keys) : part === here);
    }
  }

  /* From part to part only where something of the choice hangs, and the choice goes along. */
  function lead(found) {
    nav.hidden = chosen() && fetched;
    for (const link of nav.querySelectorAll("li a")) {
      const part = Number(link.textContent) - 1;
      link.href = addressOf(part);
      link.parentElement.hidden = chosen() && !found[part] && part !== here;
    }
    for (const [rel, step] of [["prev", -1], ["next", 1]]) {
      const link = nav.querySelector(`[rel=${rel}]`);
      let part = here + step;
      while (chosen() && part in found && !found[part]) part += step;
      if (link) link.hidden = !(part in found);
      if (link && part in found) link.href = addressOf(part);
    }
  }

  const addressOf = (part) => index.parts[part] + location.hash;

  /* Fetch the parts of the choice, from the first on, until there is enough to look at. */
  async function bring(found) {
    const turn = ++round;
    let shown = 0;
    let left = false;
    more.hidden = true;
    list.setAttribute("aria-busy", "true");
    for (const [part, count] of found.entries()) {
      if (!count) continue;
      left = shown >= wanted;
      if (left) break;
      if (!tiles.has(part)) {
        try {
          await take(part);
        } catch {
          fetched = false;
        }
        if (turn !== round) return;
        if (!fetched) break;
        lay();
      }
      shown += count;
    }
    list.removeAttribute("aria-busy");
    more.hidden = !left || !fetched;
    if (!fetched) show();
  }

  async function take(part) {
    const answer = await fetch(index.parts[part]);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (tiles.has(part)) return;
    tiles.set(part, tilesIn(page));
    for (const { tile } of tiles.get(part)) {
      for (const link of tile.querySelectorAll("a.look")) {
        link.setAttribute("aria-haspopup", "dialog");
        link.dataset.on = index.parts[part]; // Where somebody is to be sent to see it.
      }
    }
    const inOrder = [...tiles.keys()].sort((one, other) => one - other);
    list.append(...inOrder.flatMap((each) => tiles.get(each).map(({ tile }) => tile)));
  }

  /* What would lead to nothing cannot be chosen. */
  function offer(select) {
    const there = new Set();
    for (const { keys } of index.kinds) {
      if (matches(keys, select)) for (const key of keys[select.name]) there.add(key);
    }
    for (const option of select.options) {
      option.disabled = option.value !== "" && !option.selected && !there.has(option.value);
    }
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      select.value = asked.get(select.name) || "";
      // A link may be older than the portfolio: what is gone asks for nothing.
      if (select.selectedIndex < 0) select.value = "";
    }
    wanted = enough;
    show();
  }

  function write() {
    const asked = new URLSearchParams();
    for (const { name, value } of selects) if (value) asked.set(name, value);
    const hash = asked.toString();
    history.pushState(null, "", location.pathname + location.search + (hash ? `#${hash}` : ""));
    wanted = enough;
    show();
  }

  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(write));
  more?.querySelector("button").addEventListener("click", () => {
    wanted += enough;
    bring(counts());
  });
  /* An address without a choice, such as that of a picture in the lightbox, changes nothing. */
  function follow() {
    if (!location.hash || location.hash.includes("=")) read();
  }
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  form.hidden = false;
  read();
})();
