// Saves the section while one writes and asks before what is not saved is left behind.
// Without this script the same form saves by its buttons.

import { keep } from "./keeping.js";

const PAUSE = 3000; // after the last keystroke
const LONGEST = 30000; // while somebody types on and on
const SPACING = 10000; // between two letters, so that the history of two who write at once stays readable
const AGAIN = 10000;
const PATIENCE = 15000;
const MOST_FAILURES = 3; // then what is newer goes along: it may be the letter that the server cannot read
const GIVING_UP = ["remove", "restore", "take", "theirs"]; // buttons that let go what was typed into their piece
const KEPT_ALIVE = 60000; // what a browser sends behind a page that goes

const form = document.querySelector("[data-writing]");
const words = JSON.parse(form.dataset.words);
const status = form.querySelector(".dock .saved");
const token = form.querySelector("[name=csrfmiddlewaretoken]");

// What is heard: the status is seen at each save, but told only when something begins or ends to be wrong.
const told = Object.assign(document.createElement("p"), { className: "hide" });
told.setAttribute("role", "status");
status?.removeAttribute("role");
form.append(told);

// ---- The pieces on the page ------------------------------------------------------------------------------------------

const places = new Map();
const findPlaces = () => {
  for (const field of form.querySelectorAll("[name=piece]")) places.set(field.value.split(":")[1], field.value);
};
findPlaces();
for (const field of form.querySelectorAll("[name^='answer-'][name$='-read']")) places.set(field.name.slice(0, -5), "");

const fieldsOf = (ident) => [...form.elements].filter((field) => field.name?.startsWith(`${ident}-`));
const valuesOf = (ident) => [...new FormData(form)].filter(([name]) => name.startsWith(`${ident}-`));
const readOf = (ident) => form.elements[`${ident}-read`];
const spoken = (ident) => JSON.stringify(valuesOf(ident).filter(([name]) => name !== `${ident}-read`));

// Some browsers put back what was typed before a page was read again: that is not what the server has.
const asLoaded = (field) => {
  if (field.type === "hidden") return true;
  if (["checkbox", "radio"].includes(field.type)) return field.checked === field.defaultChecked;
  if (!field.options) return field.value === field.defaultValue;
  const chosen = [...field.options].find((one) => one.defaultSelected) ?? field.options[0];
  return chosen.selected;
};

// ---- What the server has ---------------------------------------------------------------------------------------------

const reached = new Map(); // by piece, as it is saved
const refused = new Map(); // by piece, as it cannot be saved: not sent again before it is changed
const clashing = new Set([...form.querySelectorAll("[data-clash]")].map((one) => one.dataset.clash));
for (const ident of places.keys()) {
  if (!("unsaved" in form.dataset) && fieldsOf(ident).every(asLoaded)) reached.set(ident, spoken(ident));
}

let remark = form.elements.comment?.defaultValue ?? "";
if ("unsaved" in form.dataset) remark = "";
let stopped = !form.dataset.save;
let running = null;
let lost = null; // a letter whose answer did not come: the same is sent again before anything newer
let failed = 0; // how often in a row the server answered with an error
let timer = 0;
let begun = 0; // since when something waits to be saved
let answered = 0; // when the last answer came
let leaving = false; // by a button, which saves
let going = false; // in another way: what is sent now goes on behind the page
let last = status?.textContent ?? ""; // what was said when something was saved

const changed = (ident) => spoken(ident) !== reached.get(ident);
const waiting = (ident) => !clashing.has(ident) && changed(ident) && spoken(ident) !== refused.get(ident);
const unsaved = () =>
  Boolean(running || lost || [...places.keys()].some(changed) || (form.elements.comment?.value ?? "") !== remark);

const keepTyped = (given = "", leaving = false) => {
  const typed = {};
  for (const [ident, place] of places) {
    const values = valuesOf(ident).filter(([name]) => name !== `${ident}-read`);
    const parts = values.map(([name, value]) => [name.slice(ident.length + 1), value]);
    if (changed(ident) && ident !== given) typed[ident] = { place, read: readOf(ident).value, values: parts };
  }
  const comment = form.elements.comment?.value ?? "";
  if (comment !== remark) typed.comment = { values: [["", comment]] };
  keep(typed, { leaving });
};

// ---- Saving ----------------------------------------------------------------------------------------------------------

// Signing in again in another window makes a new token.
const fresh = () => {
  const found = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  if (found) token.value = found.slice("csrftoken=".length);
  return token.value;
};

const write = () => {
  const idents = [...places.keys()].filter(waiting);
  if (!idents.length) return null;
  const body = new URLSearchParams();
  for (const ident of idents) {
    if (places.get(ident)) body.append("piece", places.get(ident));
    for (const [name, value] of valuesOf(ident)) body.append(name, value);
  }
  return { body: body.toString(), sent: new Map(idents.map((ident) => [ident, spoken(ident)])) };
};

const soon = () => {
  if (stopped || leaving) return;
  const now = Date.now();
  begun ||= now;
  const pause = Math.max(Math.min(PAUSE, begun + LONGEST - now), answered + SPACING - now, 0);
  clearTimeout(timer);
  timer = setTimeout(save, pause);
};

const save = () => {
  if (running || stopped || leaving) return running;
  clearTimeout(timer);
  const letter = lost ?? write();
  if (!letter) return null;
  begun = 0;
  running = send(letter).finally(() => {
    running = null;
    if (!lost && [...places.keys()].some(waiting)) soon();
  });
  return running;
};

const send = async (letter) => {
  let response;
  let answer;
  try {
    response = await fetch(form.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": fresh() },
      body: letter.body,
      signal: AbortSignal.timeout(PATIENCE),
      keepalive: (going || document.visibilityState === "hidden") && letter.body.length < KEPT_ALIVE,
    });
    if (response.status < 500 && ![403, 404].includes(response.status)) answer = await response.json();
  } catch {
    response = null;
  }
  lost = null;
  answered = Date.now();
  if (response?.status === 401) return later(letter, "signed_out");
  if (response && [403, 404].includes(response.status)) return stop(words.gone);
  if (!answer) return response ? broken(letter) : later(letter, "offline");
  failed = 0;
  if (!response.ok) return stop(answer.said);
  return saved(answer, letter.sent);
};

const later = (letter, kind) => {
  lost = letter;
  say(kind, words[kind]);
  clearTimeout(timer);
  timer = setTimeout(save, AGAIN);
};

const broken = (letter) => {
  failed += 1;
  later(letter, "broken");
  if (failed >= MOST_FAILURES) lost = null;
};

const stop = (said) => {
  stopped = true;
  say("stopped", said);
};

const saved = (answer, sent) => {
  last = answer.said;
  for (const [ident, text] of sent) {
    if (answer.reads[ident]) readOf(ident).value = answer.reads[ident];
    if (ident in answer.clashes) dispute(ident, answer.clashes[ident]);
    else if (ident in answer.faults) refused.set(ident, text);
    else reached.set(ident, text);
    faults.set(ident, answer.faults[ident] ?? {});
    if (!(ident in answer.faults) || !isWrittenOn(ident)) mark(ident);
  }
  keepTyped();
  sum();
};

// ---- What is said ----------------------------------------------------------------------------------------------------

let heard = "";

const say = (kind, text, target = "") => {
  const off = !["saved", "unsaved"].includes(kind);
  const line = target ? Object.assign(document.createElement("a"), { href: `#${target}`, textContent: text }) : text;
  status.replaceChildren(line);
  status.classList.toggle("off", off);
  status.classList.toggle("empty", !text);
  if (kind === "unsaved" || kind === heard) return;
  heard = kind;
  told.textContent = text;
};

const isWrittenOn = (ident) => fieldsOf(ident).includes(document.activeElement);

const sum = () => {
  const kept = [...refused].filter(([ident, text]) => spoken(ident) === text && changed(ident)).map(([ident]) => ident);
  const wrong = kept.filter((ident) => !isWrittenOn(ident));
  const first = [...clashing, ...wrong][0];
  if (!first) return kept.length || [...places.keys()].some(waiting) ? say("unsaved", words.unsaved) : say("saved", last);
  const lines = [clashing.size && words.clash, wrong.length && words.wrong, words.rest].filter(Boolean);
  return say(clashing.size ? "clash" : "wrong", lines.join(" "), controlOf(first)?.id);
};

const controlOf = (ident) => fieldsOf(ident).find((field) => field.type !== "hidden");
const wrapperOf = (field) => field.closest(".field") ?? field.parentElement;

const dispute = (ident, said) => {
  const note = Object.assign(document.createElement("div"), { className: "note warn disputed" });
  note.append(Object.assign(document.createElement("p"), { textContent: said }));
  clashing.add(ident);
  wrapperOf(controlOf(ident)).before(note);
};

// ---- Errors at their fields, once one has left the piece -------------------------------------------------------------

const faults = new Map();

const mark = (ident) => {
  const wrong = faults.get(ident);
  if (!wrong) return;
  for (const field of fieldsOf(ident).filter((one) => one.type !== "hidden")) at(field, wrong[field.name] ?? "");
};

const at = (field, said) => {
  const wrapper = wrapperOf(field);
  const name = `id_${field.name}_error`;
  const known = document.getElementById(name);
  wrapper.classList.toggle("wrong", Boolean(said));
  if (known) known.replaceChildren();
  field.classList.toggle("is-invalid", Boolean(said));
  if (!said) return field.removeAttribute("aria-invalid");
  const place = known ?? Object.assign(document.createElement("div"), { id: name });
  place.append(Object.assign(document.createElement("p"), { className: "why", textContent: said }));
  if (!known) (wrapper.querySelector(":scope > .form-check") ?? field).before(place);
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(name);
  field.setAttribute("aria-describedby", [...described].join(" "));
  field.setAttribute("aria-invalid", "true");
  field.closest("details")?.setAttribute("open", "");
};

form.addEventListener("focusout", (event) => {
  const ident = [...faults.keys()].find((one) => event.target.name?.startsWith(`${one}-`));
  if (!ident || fieldsOf(ident).includes(event.relatedTarget)) return;
  mark(ident);
  setTimeout(() => !running && !lost && !stopped && ![...places.keys()].some(waiting) && sum());
});

// ---- When ------------------------------------------------------------------------------------------------------------

if ([...places.keys()].some(changed)) keepTyped();
form.addEventListener("taken", findPlaces);
form.addEventListener("input", () => {
  keepTyped();
  if (stopped || lost) return;
  if (![...places.keys()].some(waiting)) return;
  if (!clashing.size) say("unsaved", words.unsaved);
  soon();
});
addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});
addEventListener("pagehide", () => save());
addEventListener("beforeunload", (event) => {
  if (leaving || !unsaved()) return;
  going = true;
  save();
  going = false;
  event.preventDefault();
});

// A button waits until what is on its way has arrived, so that its form reads on from there; never for long.
let ready = false;
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!stopped && navigator.onLine === false) {
    event.preventDefault();
    return say("offline", words.offline);
  }
  if (!ready && (running || lost)) {
    event.preventDefault();
    ready = true;
    const first = Promise.resolve(running ?? save());
    const enough = new Promise((done) => setTimeout(done, 3000));
    return Promise.race([first, enough]).finally(() => form.requestSubmit(event.submitter));
  }
  fresh();
  leaving = true;
  const [act, about] = (event.submitter?.value ?? "").split(":");
  keepTyped(GIVING_UP.includes(act) ? about : "", true);
});
addEventListener("pageshow", () => {
  leaving = false;
  ready = false;
});
