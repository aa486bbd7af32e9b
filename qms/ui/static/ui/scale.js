// Moves the bars of a score while one types. The server draws the same picture after saving.

const words = document.documentElement.lang;
const figure = (number, digits = 0) =>
  number.toLocaleString(words, { maximumFractionDigits: digits }).replace("-", "\u2212");
const halfUp = (number) => Math.floor(number + 0.5);

export const follow = (root) => {
  for (const box of root.querySelectorAll("[data-pdca]")) {
    const bands = JSON.parse(box.dataset.bands);
    const bandOf = (number) => bands.find(([end]) => halfUp(number) <= end) ?? bands.at(-1);
    box.addEventListener("input", (event) => {
      const row = event.target.closest(".row4");
      if (row) show(row, event.target, bandOf);
      total(box, bandOf);
    });
  }
};

const valueOf = (field) => {
  const typed = field.value.trim();
  const number = /^\d+$/.test(typed) ? Number(typed) : null;
  return number !== null && number >= Number(field.dataset.min) && number <= Number(field.dataset.max) ? number : null;
};

const show = (row, field, bandOf) => draw(row, valueOf(field), bandOf);

const draw = (row, number, bandOf) => {
  const plot = row.querySelector("[data-plot]");
  const mark = row.querySelector("[data-band]");
  const svg = plot.querySelector("svg");
  plot.className = "plot";
  mark.replaceChildren();
  const bars = svg.querySelectorAll(":scope > rect");
  if (number === null) {
    bars.forEach((bar) => bar.setAttribute("visibility", "hidden"));
    return;
  }
  const [, index, span, title] = bandOf(number);
  plot.classList.add(`b${index}`);
  const rects = bars.length ? bars : newBars(svg);
  rects.forEach((bar) => bar.setAttribute("visibility", "visible"));
  rects[1].setAttribute("width", `${number}%`);
  mark.append(bandMark(index, `${span} ${title}`));
};

const newBars = (svg) => {
  svg.querySelectorAll("line[stroke-dasharray]").forEach((line) => line.remove());
  return [0.14, 1].map((opacity) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ y: 7, width: "100%", height: 8, fill: "currentColor", "fill-opacity": opacity }))
      bar.setAttribute(name, value);
    svg.append(bar);
    return bar;
  });
};

const bandMark = (index, text) => {
  const band = document.createElement("span");
  band.className = "band";
  band.innerHTML = `<span class="b${index}"><span class="ball" aria-hidden="true"></span></span><span></span>`;
  band.lastChild.textContent = text;
  return band;
};

const total = (box, bandOf) => {
  const sum = box.querySelector(".sum");
  if (!sum || box.dataset.pdca !== "mean") return;
  const values = [...box.querySelectorAll("input")].map(valueOf);
  const whole = values.length > 0 && values.every((value) => value !== null);
  const mean = whole ? values.reduce((a, b) => a + b, 0) / values.length : null;
  sum.querySelector("[data-total]").textContent = whole ? figure(halfUp(mean)) : "\u2013";
  sum.querySelector("[data-sum]").textContent = whole
    ? `(${values.join(" + ")}) / ${values.length} = ${figure(mean, 2)}`
    : "";
  draw(sum, mean, bandOf);
};
