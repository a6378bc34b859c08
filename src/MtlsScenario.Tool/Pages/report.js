"use strict";
const said = document.getElementById("said");
async function copy(text, code) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not every browser lets a page from a file use the clipboard.
    getSelection().selectAllChildren(code);
    return document.execCommand("copy");
  }
}
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    const done = await copy(code.textContent, code);
    button.textContent = done ? "Copied" : "Selected";
    said.textContent = done ? "Copied to the clipboard" : "Selected, to be copied with the keyboard";
    setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 3000);
  });
}
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", openTarget);
openTarget();
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
