// A file that is too large is named before it is sent, so that nobody waits for a web server's refusal.

for (const input of document.querySelectorAll("input[type=file][data-most-bytes]")) {
  const said = document.createElement("p");
  said.className = "why";
  said.setAttribute("role", "alert");
  input.before(said);

  const judge = () => {
    const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.mostBytes));
    said.textContent = tooLarge ? input.dataset.tooLarge : "";
    input.toggleAttribute("aria-invalid", tooLarge);
    return !tooLarge;
  };

  input.addEventListener("change", judge);
  input.form.addEventListener("submit", (event) => {
    if (judge()) return;
    event.preventDefault();
    input.focus();
  });
}
