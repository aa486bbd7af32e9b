// Small comforts; every page works without them.

const menus = () => document.querySelectorAll("details.pick[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.querySelector("[data-errors]")?.focus();

// A second click on the way sends nothing twice.
const TWICE = 4000;
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (Date.now() - (sent.get(form) ?? -TWICE) < TWICE) event.preventDefault();
  else sent.set(form, Date.now());
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form);
});

if (document.querySelector("[data-pdca]")) import("./scale.js").then(({ follow }) => follow(document));

// Signing out by the button leaves nothing on this device that was typed and not saved.
const leave = document.querySelector("form[action$='/accounts/logout/']");
if (leave) import("./kept.js").then(({ clearKept }) => leave.addEventListener("submit", clearKept));
