// Counts while one types. The page works without it.

const form = document.querySelector("[data-writing]");
const language = document.documentElement.lang;
const shown = (number) => number.toLocaleString(language, { useGrouping: "always" });
const lengthOf = (text) => [...text.replaceAll("\r\n", "\n").trim()].length;

const count = (question) => {
  const limit = question.querySelector("[data-limit]");
  if (!limit || question.querySelector("table")) return;
  const length = [...question.querySelectorAll("textarea")].reduce((sum, field) => sum + lengthOf(field.value), 0);
  const most = Number(limit.dataset.most);
  const over = most ? length - most : 0;
  const said = limit.querySelector("[data-too-many]");
  limit.querySelector("[data-shown]").textContent = limit.dataset.words.replace("%(length)s", shown(length));
  limit.classList.toggle("over", over > 0);
  limit.classList.toggle("near", most > 0 && over <= 0 && length >= most * 0.9);
  said.hidden = over <= 0;
  said.textContent = over > 0 ? limit.dataset.over.replace("%(count)s", shown(over)) : "";
  limit.querySelector("rect + rect")?.setAttribute("width", Math.min(length, most));
};

form.addEventListener("input", (event) => {
  const question = event.target.closest(".question");
  if (question) count(question);
});
