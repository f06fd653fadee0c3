
const buttons = document.querySelectorAll("button[data-show]");
function show(language) {
  for (const main of document.querySelectorAll("main")) main.hidden = main.lang !== language;
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.show === language));
  }
}
for (const button of buttons) button.onclick = () => show(button.dataset.show);
