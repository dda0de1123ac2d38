// Reloads the page once its site is another one, and shows what is wrong meanwhile.
(() => {
  const { version } = document.currentScript.dataset;
  const own = new URL(".", document.currentScript.src);
  const DISMISSED = "dreamfolio: dismissed";
  let source = null;
  let panel = null;

  // A browser opens six connections to a server at most: only pages that are seen keep one.
  const listen = () => {
    if (document.hidden || source) return;
    source = new EventSource(new URL("events", own));
    source.onmessage = ({ data }) => hear(JSON.parse(data));
  };
  const rest = () => {
    source?.close();
    source = null;
  };
  const hear = (state) => {
    if (state.version !== version) {
      rest();
      location.reload();
      return;
    }
    panel?.remove();
    panel = null;
    if (state.problems.length) {
      const said = JSON.stringify(state.problems);
      if (recall() !== said) show(state, () => keep(said));
    } else {
      keep("");
    }
  };

  // Where storage is refused, a panel that was closed comes back with the next page.
  const recall = () => { try { return sessionStorage.getItem(DISMISSED); } catch { return null; } };
  const keep = (said) => { try { sessionStorage.setItem(DISMISSED, said); } catch { /* so be it */ } };

  const element = (name, text = "", className = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const show = ({ problems, kept }, onClose) => {
    // In a tree of its own, where the theme's styles do not reach.
    panel = document.createElement("dreamfolio-problems");
    const root = panel.attachShadow({ mode: "open" });
    const style = element("link");
    style.rel = "stylesheet";
    style.href = new URL("panel.css", own);
    const box = element("section");
    box.setAttribute("role", "alert");
    const close = element("button", "×");
    close.type = "button";
    close.title = "Close";
    close.setAttribute("aria-label", "Close");
    const shut = () => { panel?.remove(); panel = null; onClose(); };
    close.addEventListener("click", shut);
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const heading = kept ? `${count}: the site stays as it was` : count;
    box.append(element("h2", heading), close, ...problems.map(told));
    // Unstyled, it would stand in the page for a moment.
    box.hidden = true;
    style.addEventListener("load", () => { box.hidden = false; });
    root.append(style, box);
    document.body.append(panel);
  };

  const told = (problem) => {
    const article = element("article");
    if (problem.file) {
      const place = [problem.file, problem.line, problem.column].filter((part) => part != null);
      article.append(element("p", place.join(":"), "place"));
    }
    article.append(element("p", problem.message, "message"));
    if (problem.lines.length) article.append(excerpt(problem));
    if (problem.mend) article.append(element("p", problem.mend, "mend"));
    return article;
  };

  const excerpt = (problem) => {
    const pre = element("pre");
    for (const [number, text] of problem.lines) {
      const line = element("span", "", number === problem.line ? "line at" : "line");
      line.append(element("span", String(number), "number"));
      const column = number === problem.line && problem.column ? problem.column - 1 : -1;
      if (column >= 0 && column < text.length) {
        const word = /^[\w./+~-]*/.exec(text.slice(column))[0] || text[column];
        line.append(text.slice(0, column), element("mark", word), text.slice(column + word.length));
      } else {
        line.append(text);
      }
      pre.append(line, "\n");
    }
    return pre;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
