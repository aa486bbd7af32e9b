// A point of the matrix can be dragged; the form beside it does the same without this.

const [LOW, HIGH, NEAR] = [1, 5, 5];
const map = document.querySelector("[data-matrix]");
const form = document.querySelector("[data-place-form]");
const choice = document.querySelector("#weigh");
const said = document.querySelector("[data-drag-said]");

const held = { link: null, from: null, moved: false };

function optionOf(link) {
  return [...choice.options].find((option) => option.value === link.dataset.point);
}

// Where in the field the pointer is: how feasible, how important.
function placeOf(link, event) {
  const field = link.ownerSVGElement.querySelector(":scope > .q-grid > rect").getBoundingClientRect();
  const share = (at, start, length) => Math.min(Math.max((at - start) / length, 0), 1);
  const span = HIGH - LOW;
  return {
    feasibility: LOW + span * share(event.clientX, field.left, field.width),
    importance: HIGH - span * share(event.clientY, field.top, field.height),
  };
}

function tell(link, event) {
  const place = placeOf(link, event);
  const number = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const code = link.querySelector("text")?.textContent ?? "";
  said.textContent = `${code} ${number.format(place.importance)} × ${number.format(place.feasibility)}`.trim();
  said.hidden = false;
  said.style.left = `${event.clientX + 16}px`;
  said.style.top = `${event.clientY + 16}px`;
}

function letGo() {
  if (!held.link) return;
  held.link.classList.remove("held");
  held.link.removeAttribute("transform");
  said.hidden = true;
  held.link = null;
}

function begin(event) {
  const link = event.target.closest("a[data-point]");
  if (!link || event.button !== 0 || !optionOf(link)) return;
  Object.assign(held, { link, from: { x: event.clientX, y: event.clientY }, moved: false });
}

function follow(event) {
  if (!held.link) return;
  const [x, y] = [event.clientX - held.from.x, event.clientY - held.from.y];
  if (!held.moved && Math.hypot(x, y) < NEAR) return;
  if (!held.moved) held.link.setPointerCapture(event.pointerId);
  held.moved = true;
  held.link.classList.add("held");
  held.link.setAttribute("transform", `translate(${x} ${y})`);
  tell(held.link, event);
}

function drop(event) {
  if (!held.link) return;
  const { link, moved } = held;
  if (moved) {
    const place = placeOf(link, event);
    const option = optionOf(link);
    form.action = option.dataset.place;
    form.elements.version.value = option.dataset.version;
    form.elements.importance.value = place.importance.toFixed(2);
    form.elements.feasibility.value = place.feasibility.toFixed(2);
    form.submit();
    said.hidden = true;
    held.link = null;
    return;
  }
  letGo();
}

if (map && form && choice) {
  map.classList.add("drags");
  document.querySelector("[data-drag-hint]").hidden = false;
  map.addEventListener("pointerdown", begin);
  map.addEventListener("pointermove", follow);
  map.addEventListener("pointerup", drop);
  map.addEventListener("pointercancel", letGo);
  map.addEventListener("dragstart", (event) => event.target.closest("a[data-point]") && event.preventDefault());
  // The click that ends a drag shall not open the action.
  map.addEventListener("click", (event) => held.moved && event.target.closest("a[data-point]") && event.preventDefault(), true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && letGo());
}
