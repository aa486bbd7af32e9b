// What was typed into a section and is not saved yet is kept in this browser; when the section is opened again, it is
// offered once: to be put back, or discarded. Where nothing can be written any more, it is shown.

import { keptUnder } from "../ui/kept.js";

const form = document.querySelector("[data-kept]");
const pattern = document.querySelector("[data-offer]");
const store = keptUnder(form.dataset.kept);
const language = document.documentElement.lang;

// ---- Keeping ---------------------------------------------------------------------------------------------------------

const found = store.read() ?? {};
let offered = { ...found.offered, ...found.typed };

// typed: by piece, its place, the version that was read, and its fields; leaving: a button takes it to the server
export const keep = (typed, { leaving = false } = {}) => {
  const at = Date.now();
  for (const piece of Object.values(typed)) Object.assign(piece, { at, leaving });
  write(typed);
};

let last = {};
const write = (typed = last) => {
  last = typed;
  if (Object.keys({ ...offered, ...typed }).length) store.keep({ offered, typed });
  else store.drop();
};

// ---- What stands on the page -----------------------------------------------------------------------------------------

const visible = () => [...form.elements].filter((field) => field.name && field.type !== "hidden");
const fieldsOf = (ident) => visible().filter((field) => field.name.startsWith(`${ident}-`));
const partOf = (field, ident) => field.name.slice(ident.length + 1);
const isTicked = (field) => !["checkbox", "radio"].includes(field.type) || field.checked;
const FIGURE = /^[-\u2212]?\d[\d \u00a0\u202f]*([.,]\d+)?$/;

const plain = (text) => {
  const tidy = text.replaceAll("\r\n", "\n").trim();
  if (!FIGURE.test(tidy)) return tidy;
  return String(Number(tidy.replace(/[ \u00a0\u202f]/g, "").replace(",", ".").replace("\u2212", "-")));
};
const spoken = (values) => JSON.stringify(values.map(([part, text]) => [part, plain(text)]).filter(([, text]) => text));
const onPage = (ident) => fieldsOf(ident).filter(isTicked).map((field) => [partOf(field, ident), field.value]);
const flat = (text) => text.replace(/\s+/g, " ").trim();
const texts = () => [...document.querySelectorAll(".remarks li, .prose")].map((one) => flat(one.textContent));
const isRead = (text) => texts().some((one) => one.includes(flat(text)));

const isSaved = (ident, piece) => {
  if (ident === "comment") return isRead(piece.values[0][1]);
  const read = form.elements[`${ident}-read`];
  if (!read) return !("writing" in form.dataset) && isRead(piece.values[0][1]);
  return (piece.leaving && read.value !== piece.read) || spoken(piece.values) === spoken(onPage(ident));
};

// ---- Offering --------------------------------------------------------------------------------------------------------

const questionOf = (ident, piece) => (piece.place ? piece.place.split(":")[0] : ident.replace("answer-", ""));
const headOf = (ident, piece) => (ident === "comment" ? "comments-head" : `question-${questionOf(ident, piece)}-head`);
const titleOf = (ident, piece) => document.getElementById(headOf(ident, piece))?.textContent ?? "";
const isSaid = ([part, value]) => value && !["year", "better"].includes(part);

const shown = (ident, [part, value]) => {
  const options = fieldsOf(ident).filter((field) => ["checkbox", "radio"].includes(field.type) && field.value === value);
  return options.find((field) => partOf(field, ident) === part)?.labels[0]?.textContent.trim() ?? value;
};

const wordsOf = (ident, { values }) => values.filter(isSaid).map((each) => shown(ident, each)).join("; ");

const offer = () => {
  const note = pattern.content.firstElementChild.cloneNode(true);
  const heading = note.querySelector("h2");
  const moment = new Date(Math.max(...Object.values(offered).map((piece) => piece.at)));
  const clock = { dateStyle: "long", timeStyle: "short", hourCycle: "h23", timeZone: form.dataset.zone };
  heading.textContent = heading.textContent.replace("{moment}", moment.toLocaleString(language, clock));
  const list = note.querySelector("dl");
  for (const [ident, piece] of Object.entries(offered)) {
    list.append(Object.assign(document.createElement("dt"), { textContent: titleOf(ident, piece) }));
    list.append(Object.assign(document.createElement("dd"), { textContent: wordsOf(ident, piece) }));
  }
  note.querySelector("[data-take]")?.addEventListener("click", () => {
    note.remove();
    take();
  });
  note.querySelector("[data-discard]").addEventListener("click", () => {
    note.remove();
    offered = {};
    write();
    document.getElementById("content").focus();
  });
  form.before(note);
  for (const text of list.querySelectorAll("dd")) if (text.scrollHeight > text.clientHeight) text.tabIndex = 0;
};

// ---- Putting it back -------------------------------------------------------------------------------------------------

const take = () => {
  const taken = Object.entries(offered);
  const touched = taken.map(([ident, piece]) => putBack(ident, piece)).filter(Boolean);
  offered = {};
  form.dispatchEvent(new CustomEvent("taken"));
  for (const field of touched) field.dispatchEvent(new Event("input", { bubbles: true }));
  touched[0]?.focus();
};

const putBack = (ident, piece) => {
  if (ident === "comment") {
    form.elements.comment.value = piece.values[0][1];
    return form.elements.comment;
  }
  const known = form.elements[`${ident}-read`];
  const place = known ? ident : newPlace(ident, piece);
  if (!place) return null;
  if (known) known.value = piece.read; // what others changed since is found out when it is saved
  const values = new Map(piece.values);
  const fields = fieldsOf(place);
  for (const field of fields) {
    const part = partOf(field, place);
    if (["checkbox", "radio"].includes(field.type)) {
      field.checked = piece.values.some(([name, value]) => name === part && value === field.value);
    } else if (values.has(part)) field.value = values.get(part);
  }
  fields[0]?.closest("details")?.setAttribute("open", "");
  return fields[0];
};

// The piece was new, or somebody took it out: the empty room of its question, or room made beside the last one.
const newPlace = (ident, piece) => {
  const box = document.getElementById(`question-${questionOf(ident, piece)}`);
  const marks = [...(box?.querySelectorAll("[name=piece]") ?? [])];
  const keyOf = (mark) => mark.value.split(":")[1];
  const isNew = (mark) => form.elements[`${keyOf(mark)}-read`].value.startsWith("0:");
  const empty = marks.find((mark) => isNew(mark) && !onPage(keyOf(mark)).some(isSaid));
  if (empty) return keyOf(empty);
  const neighbour = marks.at(-1)?.closest(".from");
  if (!neighbour) return null;
  const key = keyOf(marks.at(-1));
  const made = document.createElement("div");
  made.innerHTML = neighbour.outerHTML.replaceAll(key, ident);
  made.querySelectorAll(".piece-row, .src, .note, .disputed, .why, [data-clash]").forEach((part) => part.remove());
  const label = made.querySelector("label").firstChild;
  label.textContent = label.textContent.replace(/\d+/, marks.length + 1);
  made.querySelector(`[name="${ident}-read"]`).value = "0:";
  neighbour.after(made.firstElementChild);
  return ident;
};

// A page that brings back what was typed holds it itself.
if (!("unsaved" in form.dataset)) {
  offered = Object.fromEntries(Object.entries(offered).filter(([ident, piece]) => !isSaved(ident, piece)));
  write({});
  if (Object.keys(offered).length) offer();
}
