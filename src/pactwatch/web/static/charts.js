// Draws the charts of a page with its own colours, light or dark. The tables beside say the same.
const self = document.querySelector("script[data-bundle]");
const places = [...document.querySelectorAll("[data-chart]")];
const dark = matchMedia("(prefers-color-scheme: dark)");

const look = () => {
  const styles = getComputedStyle(document.documentElement);
  const colour = (name) => styles.getPropertyValue(`--${name}`).trim();
  const ink = colour("ink"), quiet = colour("quiet"), rule = colour("rule"), accent = colour("accent");
  const font = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
  const tints = dark.matches
    ? [accent, "#8fb8c9", "#c9b26f", "#9fc08b", "#b79ccf", "#d3a5a0", "#9a948a"]
    : [accent, "#2f6d86", "#8a6d12", "#4b7a35", "#6f4f8f", "#8d5a52", "#6f6a61"];
  return {
    background: "transparent",
    font,
    view: { stroke: "transparent" },
    axis: { labelColor: quiet, titleColor: quiet, titleFontWeight: "normal", labelLimit: innerWidth < 700 ? 130 : 320, gridColor: rule, tickColor: rule, domainColor: rule, labelFontSize: 12, titleFontSize: 12 },
    axisX: { labelSeparation: 12, labelOverlap: "greedy" },
    axisY: { gridDash: [1, 3] },
    legend: { labelColor: quiet, titleColor: quiet, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", symbolStrokeColor: ink, symbolFillColor: "transparent" },
    range: { category: tints },
    mark: { color: accent },
    rule: { color: colour("line") },
    text: { color: ink },
    geoshape: { color: colour("land") },
    circle: { color: ink },
    style: {
      link: { color: colour("line"), stroke: colour("line"), strokeWidth: 1.5 },
      band: { fill: accent, stroke: accent, strokeWidth: 1 },
      step: { fill: accent, stroke: accent, strokeWidth: 1.5 },
      tie: { color: colour("line"), stroke: colour("line"), strokeOpacity: 0.55 },
      node: { fill: accent, stroke: colour("paper"), strokeWidth: 1.5, opacity: 1 },
      name: { color: ink, fill: ink, fontSize: 12 },
      land: { color: colour("land"), fill: colour("land"), stroke: colour("paper"), strokeWidth: 0.6 },
      country: { color: accent, fill: accent, stroke: colour("paper"), strokeWidth: 0.6 },
      city: { color: ink, fill: ink, fillOpacity: 0.75, stroke: colour("paper"), strokeWidth: 0.8 },
    },
  };
};

// Written here, and not by the bundle, which would set it as HTML with a style of its own.
const tip = document.createElement("div");
tip.id = "vg-tooltip-element";
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);
const tooltip = (_handler, event, _item, value) => {
  if (!value) { tip.classList.remove("visible"); return; }
  tip.replaceChildren();
  const table = document.createElement("table");
  for (const [key, words] of Object.entries(value)) {
    const row = table.insertRow();
    const name = row.insertCell();
    name.className = "key";
    name.textContent = key;
    row.insertCell().textContent = String(words);
  }
  tip.append(table);
  tip.classList.add("visible");
  const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  const top = event.clientY + 14 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 14;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${Math.max(8, top)}px`;
};

const draw = async (place) => {
  const answer = await fetch(place.dataset.chart);
  if (!answer.ok) throw new Error(`${place.dataset.chart}: ${answer.status}`);
  const chart = await answer.json();
  const drawn = await window.vegaEmbed(place, chart, {
    actions: false, logLevel: 1, renderer: "svg", ast: true, defaultStyle: false, tooltip, config: look(), theme: undefined,
  });
  place.dataset.drawn = "yes";
  const svg = place.querySelector("svg");
  svg?.setAttribute("aria-hidden", "true");
  svg?.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", "-1"));
  place.finalize = () => drawn.finalize();
};

const drawAll = () => Promise.all(places.map(async (place) => {
  place.finalize?.();
  try { await draw(place); } catch (error) { place.dataset.drawn = "no"; place.textContent = "The chart could not be drawn; the table says the same."; }
}));

if (places.length) {
  await import(new URL(self.dataset.bundle, document.baseURI).href);
  await drawAll();
  document.documentElement.dataset.charts = "drawn";
  dark.addEventListener("change", drawAll);
}
