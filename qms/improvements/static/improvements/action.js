// Ticks are saved as they are made. Without this script the same form saves by its button.

for (const form of document.querySelectorAll("[data-ticks]")) {
  const status = form.querySelector("[data-saved]");
  form.classList.add("js-ticks");

  const say = (words, off = false) => {
    status.textContent = words;
    status.classList.remove("empty");
    status.classList.toggle("off", off);
    if (off) form.classList.remove("js-ticks"); // the button comes back
  };

  const remember = (box) => {
    const line = box.closest("li");
    line.querySelector("[name=before]")?.remove();
    if (!box.checked) return;
    const before = document.createElement("input");
    Object.assign(before, { type: "hidden", name: "before", value: box.value });
    line.append(before);
  };

  form.addEventListener("change", async ({ target }) => {
    if (target.name !== "done") return;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      const { said } = await answer.json();
      if (answer.ok) {
        remember(target);
        say(status.dataset.savedWords);
      } else say(said, true);
    } catch {
      say(status.dataset.offWords, true);
    }
  });
}
