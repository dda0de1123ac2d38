/* Buttons that copy the text beside them. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("button.copy")) {
    const code = button.parentElement.querySelector("code");
    const label = button.textContent;
    let timer = 0;
    button.addEventListener("click", async () => {
      button.textContent = (await copied(code)) ? button.dataset.done : label;
      clearTimeout(timer);
      timer = setTimeout(() => (button.textContent = label), 2000);
    });
    button.hidden = false;
  }

  async function copied(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      // Over plain http there is no clipboard to write to: the words are marked instead, and the
      // old command tried.
      getSelection().selectAllChildren(code);
      return document.execCommand("copy");
    }
  }
})();
