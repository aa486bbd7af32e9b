// Says how many characters are left while one writes; without it the limit stands in the help beside the field.

for (const field of document.querySelectorAll("textarea[data-left][maxlength]")) {
  const left = document.createElement("p");
  left.className = "fine left";
  const say = () => {
    left.textContent = `${field.maxLength - field.value.length} ${field.dataset.left}`;
  };
  field.after(left);
  field.addEventListener("input", say);
  say();
}
