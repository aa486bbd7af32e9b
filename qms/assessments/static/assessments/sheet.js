// Saves the sheet while one writes, keeps it in the browser while the server cannot be reached, reckons the score.
// Without this script the same form saves by its buttons.

import { keptUnder } from "../ui/kept.js";

const PAUSE = 2000;
const PATIENCE = 15000;
const form = document.querySelector("[data-sheet]");
const words = JSON.parse(form.dataset.words);
const status = form.querySelector("[data-saved]");
const slot = form.querySelector("[data-conflict-slot]");
const token = form.querySelector("[name=csrfmiddlewaretoken]");
const language = document.documentElement.lang;

// ---- What stands on the page ---------------------------------------------------------------------------------------

const entryOf = (box) => {
  const key = box.dataset.entry;
  const field = (name) => form.elements[`entry-${key}-${name}`];
  const evidence = [...box.querySelectorAll(`[name="entry-${key}-evidence"]`)].map((each) => Number(each.value));
  return { key, kind: field("kind").value, text: field("text").value, evidence };
};

const content = () => ({
  marks: Object.fromEntries([...form.querySelectorAll("[name^='mark-']")].map((f) => [f.name.slice(5), f.value])),
  unknown: form.elements.unknown.checked,
  rationale: form.elements.rationale.value,
  entries: [...form.querySelectorAll("[data-entry]")].filter((box) => !box.closest("template")).map(entryOf),
});

const spoken = ({ marks, unknown, rationale, entries }) =>
  JSON.stringify([
    Object.entries(marks).map(([code, mark]) => [code, mark.trim()]),
    unknown,
    rationale.trim(),
    entries.map((e) => [e.key, e.kind, e.text.trim(), e.evidence]).filter(([, , text, evidence]) => text || evidence.length),
  ]);
const version = () => Number(form.elements.version.value);

const say = (text, off = false) => {
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("off", off);
  status.classList.toggle("empty", !text);
};

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone };
const hour = (moment) => new Date(moment).toLocaleTimeString(language, CLOCK);

// ---- A copy in the browser, until the server has it ------------------------------------------------------------------

const store = keptUnder(form.dataset.key);
const keep = (at) => store.keep({ page: content(), version: version(), at });

// ---- Saving --------------------------------------------------------------------------------------------------------

let reached = spoken(content()); // what the server has
let lost = ""; // what was sent without an answer coming back: the server may have it or not
let timer = 0;
let running = null;
let since = null; // since when the line is down
let paused = "conflict" in form.dataset;
let leaving = false;

const changed = () => spoken(content()) !== reached;

const soon = (wait = PAUSE) => {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
};

const touched = () => {
  if (!changed()) {
    if (!since) store.drop();
    return;
  }
  keep(Date.now());
  if (paused) return;
  if (!since) say(words.unsaved);
  soon();
};

const save = () => {
  if (running || paused || !changed()) return running;
  running = send().finally(() => {
    running = null;
    if (changed() && !paused && !since && !leaving) soon();
  });
  return running;
};

const send = async () => {
  const page = content();
  const sent = spoken(page);
  let response;
  let answer;
  try {
    response = await fetch(form.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": fresh() },
      body: JSON.stringify({ version: version(), ...page }),
      signal: AbortSignal.timeout(PATIENCE),
      keepalive: leaving || document.visibilityState === "hidden",
    });
    answer = await response.json();
  } catch {
    lost = sent;
    return offline(response);
  }
  if ([401, 403].includes(response.status) || response.status >= 500) return offline(response);
  since = null;
  if (response.ok) return saved(answer, sent);
  if (response.status === 409) return clash(answer);
  mark(answer.errors);
  return say(answer.said, true);
};

// Signing in again in another window makes a new token.
const fresh = () => {
  const found = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  if (found) token.value = found.slice("csrftoken=".length);
  return token.value;
};

const saved = (answer, sent) => {
  const wrong = Object.keys(answer.errors).length > 0;
  form.elements.version.value = answer.version;
  reached = sent;
  lost = "";
  mark(answer.errors);
  say(answer.said);
  if (changed() || wrong) keep(Date.now());
  else store.drop();
};

const offline = (response) => {
  // A page instead of an answer: signed out, or a gateway that cannot reach the server.
  since ??= Date.now();
  keep(since);
  say(response && [200, 401, 403].includes(response.status) ? words.signed_out : words.offline.replace("%(hour)s", hour(since)), true);
  clearTimeout(timer);
  timer = setTimeout(save, 10000);
};

const clash = (answer) => {
  if (lost && spoken(answer.stored) === lost) {
    // It was this very page: only the answer had got lost.
    form.elements.version.value = answer.version;
    reached = lost;
    lost = "";
    return soon(0);
  }
  paused = true;
  form.elements.version.value = answer.version;
  slot.innerHTML = answer.html;
  say("", true);
  status.append(Object.assign(document.createElement("a"), { href: `#${slot.id}`, textContent: answer.said }));
};

// ---- Errors at their fields -----------------------------------------------------------------------------------------

const mark = (errors = {}) => {
  for (const field of form.querySelectorAll("[name^='mark-']")) {
    const said = errors[field.id] ?? "";
    const note = document.getElementById(`${field.id}_error`);
    note.textContent = said;
    note.hidden = !said;
    field.classList.toggle("is-invalid", Boolean(said));
    field.closest(".row4").classList.toggle("wrong", Boolean(said));
    if (said) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", said ? `${field.id}_error ${field.id}_band` : `${field.id}_band`);
  }
};

// ---- Rows ------------------------------------------------------------------------------------------------------------

const uuid = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

const rowsOf = (kind) => form.querySelector(`[data-rows="${kind}"]`);

const add = (kind, { key = uuid(), text = "", focus = true } = {}) => {
  const rows = rowsOf(kind);
  const pattern = form.querySelector(`template[data-pattern="${kind}"]`);
  const made = document.createElement("div");
  const number = rows.querySelectorAll("[data-entry]").length + 1;
  made.innerHTML = pattern.innerHTML.replaceAll("--key--", key).replaceAll("--number--", number);
  const row = made.firstElementChild;
  row.querySelector("textarea").value = text;
  rows.append(row);
  if (focus) row.querySelector("textarea").focus();
  return row;
};

const remove = (box) => {
  const gone = document.createElement("p");
  const back = document.createElement("button");
  gone.className = "entry gone";
  gone.textContent = `${words.removed} `;
  Object.assign(back, { type: "button", className: "linky", textContent: words.put_back });
  back.addEventListener("click", () => {
    gone.replaceWith(box);
    box.querySelector("textarea").focus();
    touched();
  });
  gone.append(back);
  box.replaceWith(gone);
  back.focus();
  touched();
};

form.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button) return;
  if (button.dataset.add) {
    event.preventDefault();
    add(button.dataset.add);
  } else if ("remove" in button.dataset) {
    const box = button.closest("[data-entry]");
    event.preventDefault();
    remove(box);
  } else if (button.closest("[data-conflict-slot]") && button.tagName === "A") {
    store.drop();
    reached = spoken(content());
  }
});

// ---- The score while one types ---------------------------------------------------------------------------------------

const box = form.querySelector("[data-marks]");
const rule = JSON.parse(box.dataset.marks);
const bands = JSON.parse(box.dataset.bands);
const halfUp = (number) => Math.floor(number + 0.5);
const bandOf = (number) => bands.find(([end]) => halfUp(number) <= end) ?? bands.at(-1);

const numberIn = (field) => {
  const text = field.value.trim();
  const number = Number(text);
  return /^[0-9]+$/.test(text) && number >= Number(field.dataset.min) && number <= Number(field.dataset.max) ? number : null;
};

const bandMark = (index, text) => {
  const band = document.createElement("span");
  band.className = "band";
  band.innerHTML = `<span class="b${index}"><span class="ball" aria-hidden="true"></span></span><span></span>`;
  band.lastChild.textContent = text;
  return band;
};

const newBar = (svg, opacity, before) => {
  const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const attributes = { y: 7, width: "100%", height: 8, fill: "currentColor", "fill-opacity": opacity };
  for (const [name, value] of Object.entries(attributes)) bar.setAttribute(name, value);
  svg.insertBefore(bar, before);
  return bar;
};

const draw = (row, number, blank) => {
  const plot = row.querySelector("[data-plot]");
  const said = row.querySelector("[data-band]");
  const svg = plot.querySelector("svg");
  plot.className = "plot";
  said.replaceChildren();
  let bars = [...svg.querySelectorAll(":scope > rect")];
  for (const bar of bars) bar.setAttribute("visibility", number === null ? "hidden" : "visible");
  if (number === null) {
    if (blank) said.append(Object.assign(document.createElement("span"), { className: "band quiet", textContent: blank }));
    return;
  }
  const [, index, span, title] = bandOf(number);
  svg.querySelectorAll("[stroke-dasharray]").forEach((line) => line.remove());
  if (!bars.length) {
    const before = svg.querySelector(".q-previous");
    bars = [newBar(svg, 0.14, before), newBar(svg, 1, before)];
  }
  plot.classList.add(`b${index}`);
  bars[1].setAttribute("width", `${((number - rule.low) / (rule.high - rule.low)) * 100}%`);
  said.append(bandMark(index, `${span} ${title}`));
};

const total = () => {
  const sum = box.querySelector(".sum");
  if (!sum) return;
  const fields = [...box.querySelectorAll("input")];
  const values = fields.map(numberIn);
  const whole = values.every((value) => value !== null);
  let score = null;
  let said = "";
  if (whole) {
    const added = values.reduce((a, b) => a + b, 0);
    score = added / values.length;
    const exact = (added * 100) % values.length === 0;
    const shown = score.toLocaleString(language, { maximumFractionDigits: 2 });
    said = `(${values.join(" + ")}) / ${values.length} ${exact ? "=" : "\u2248"} ${shown}`;
    const cap = rule.how === "capped" ? fields.find((field) => field.name === `mark-${rule.by}`) : null;
    if (cap && numberIn(cap) < score) {
      score = numberIn(cap);
      const dimension = cap.closest(".row4").querySelector("label b").textContent;
      said += `; ${words.capped.replace("%(mark)s", score).replace("%(dimension)s", dimension)}`;
    }
  }
  sum.querySelector("[data-sum]").textContent = said;
  sum.querySelector("[data-total]").textContent = score === null ? "\u2013" : halfUp(score).toLocaleString(language);
  draw(sum, score, "");
};

box.addEventListener("input", (event) => {
  draw(event.target.closest(".row4"), numberIn(event.target), words.not_scored);
  total();
});

// ---- What was not saved last time ------------------------------------------------------------------------------------

const restore = ({ page, version: made }) => {
  for (const [code, mark] of Object.entries(page.marks)) {
    const field = form.elements[`mark-${code}`];
    if (field) field.value = mark;
  }
  form.elements.unknown.checked = page.unknown;
  form.elements.rationale.value = page.rationale;
  const wanted = new Map(page.entries.map((entry) => [entry.key, entry]));
  const written = page.entries.some((entry) => entry.text.trim());
  for (const row of form.querySelectorAll("[data-entry]")) {
    const entry = wanted.get(row.dataset.entry);
    if (entry) row.querySelector("textarea").value = entry.text;
    else if (written && row.querySelector("textarea").value.trim()) row.remove();
    wanted.delete(row.dataset.entry);
  }
  for (const { key, kind, text, evidence } of wanted.values()) {
    if (!text.trim() || !rowsOf(kind)) continue;
    [...rowsOf(kind).children].find((each) => each.querySelector("textarea")?.value.trim() === "")?.remove();
    const row = add(kind, { key, text, focus: false });
    for (const pk of evidence) {
      row.append(Object.assign(document.createElement("input"), { type: "hidden", name: `entry-${key}-evidence`, value: pk }));
    }
  }
  for (const field of box.querySelectorAll("input")) draw(field.closest(".row4"), numberIn(field), words.not_scored);
  total();
  form.elements.version.value = made;
};

const kept = store.read();
if ("typed" in form.dataset || paused) {
  reached = "";
  keep(Date.now());
  if (!paused) soon();
} else if (kept) {
  if (spoken(kept.page) === reached) store.drop();
  else {
    restore(kept);
    say(words.restored, true);
    soon(500);
  }
}

// ---- When ------------------------------------------------------------------------------------------------------------

form.addEventListener("input", touched);
addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") last();
});
addEventListener("pagehide", () => last());

// The page goes: what is not saved is sent behind it, and stays in the browser until the next visit finds it saved.
const last = () => {
  if (leaving || paused || !changed()) return;
  keep(Date.now());
  save();
};

// A button saves the same way first, so that the form finds its text in place and its version fresh; never for long.
let ready = false;
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!ready && !paused && (running || changed())) {
    event.preventDefault();
    ready = true;
    const first = Promise.resolve(running).then(() => save());
    const enough = new Promise((done) => setTimeout(done, 3000));
    Promise.race([first, enough]).finally(() => form.requestSubmit(event.submitter));
    return;
  }
  fresh();
  leaving = true;
  if (changed()) keep(Date.now());
  else store.drop();
});
addEventListener("pageshow", () => {
  leaving = false;
  ready = false;
});
