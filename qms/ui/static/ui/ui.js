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

if (document.querySelector("[data-pdca]")) import("./scale.js").then(({ follow }) => follow(document));
