// Cards go by their small form and by dragging; both send the same form. Without scripts the form works by itself.

const NARROW = matchMedia("(max-width: 47.99rem)");
const said = document.querySelector("[data-board-said]");
let board = document.querySelector("[data-board]");
let held = null;

const cardOf = (id) => document.getElementById(id);
const statusOf = (card) => card.closest("[data-status]").dataset.status;
const optionOf = (card, status) => card.querySelector(`.move option[value="${CSS.escape(status)}"]`);

function tell(card, text) {
  card.querySelector(".said").textContent = text;
  card.scrollIntoView({ block: "nearest" });
}

// What stands now, for all cards: others may have moved theirs meanwhile.
async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-board]");
  for (const column of fresh.querySelectorAll("[data-status]")) {
    column.open = board.querySelector(`[data-status="${column.dataset.status}"]`).open;
  }
  board.replaceWith(fresh);
  board = fresh;
  prepare();
}

function focus(card) {
  card.closest("details").open = true;
  card.querySelector("h3 a").focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

async function send(card, form) {
  const typed = new FormData(form);
  const { id } = card;
  board.setAttribute("aria-busy", "true");
  said.textContent = "";
  tell(card, "");
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed, headers: { Accept: "application/json" } });
    if (!answer.headers.get("Content-Type")?.includes("json")) return form.submit(); // sign-in, or the right is gone
    const result = await answer.json();
    if (answer.ok && result.effect) return location.assign(result.effect);
    if (answer.ok || answer.status === 409) await renew();
    const now = cardOf(id);
    if (!now) return location.reload();
    if (answer.ok) said.textContent = result.said;
    else refuse(now, typed, result.said);
    focus(now);
  } catch {
    tell(cardOf(id) ?? card, said.dataset.offline);
  } finally {
    board.removeAttribute("aria-busy");
  }
}

// Nothing typed is lost: the choice, where it is still open, and the reason.
function refuse(card, typed, text) {
  const form = card.querySelector(".move");
  if (form && optionOf(card, typed.get("status"))) form.elements.status.value = typed.get("status");
  if (form?.elements.reason) form.elements.reason.value = typed.get("reason") ?? "";
  tell(card, text);
}

function drop(card, status) {
  const option = optionOf(card, status);
  if (!option) return tell(card, said.dataset.elsewhere);
  const form = card.querySelector(".move");
  form.elements.status.value = status;
  if (option.classList.contains("why") && !form.elements.reason.value.trim()) {
    tell(card, said.dataset.reason);
    form.elements.reason.focus();
    return;
  }
  send(card, form);
}

function prepare() {
  for (const form of board.querySelectorAll(".move")) form.closest(".ticket").draggable = true;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".move")) return;
  event.preventDefault();
  send(event.target.closest(".ticket"), event.target);
});

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.(".ticket[draggable=true]");
  if (!card || event.target.closest("input, select")) return;
  held = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.querySelector(".code").textContent);
  card.classList.add("held");
  board.classList.add("dragging");
  for (const column of board.querySelectorAll("[data-status]")) {
    column.classList.toggle("can", Boolean(optionOf(card, column.dataset.status)));
    column.classList.toggle("from", column.dataset.status === statusOf(card));
  }
});

document.addEventListener("dragover", (event) => {
  const column = held && event.target.closest?.(".col.can");
  for (const other of board.querySelectorAll(".over")) if (other !== column) other.classList.remove("over");
  if (!column) return;
  event.preventDefault();
  column.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const column = held && event.target.closest?.(".col.can");
  if (!column) return;
  event.preventDefault();
  drop(held, column.dataset.status);
});

document.addEventListener("dragend", () => {
  held?.classList.remove("held");
  held = null;
  board.classList.remove("dragging");
  for (const column of board.querySelectorAll("[data-status]")) column.classList.remove("can", "from", "over");
});

// On a phone only what is being worked on is unfolded at first; an address that names a card unfolds its column.
if (NARROW.matches) {
  for (const column of board.querySelectorAll("details[data-status]")) {
    column.open = column.dataset.status === "in_progress";
  }
}
if (location.hash) document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
prepare();
