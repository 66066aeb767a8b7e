// What curves gain with script: a button opens them in uPlot, to zoom by dragging. The drawing of the page stays the
// default, and its marks, table and file stand beside both. uPlot is loaded with the first curve that is opened.

const DAY = 86400;
let loading;

function load({ script, style }) {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
    const tag = Object.assign(document.createElement("script"), { src: script, onload: resolve, onerror: reject });
    document.head.append(tag);
  });
  return loading;
}

// null ends a line; "" says that this line has no point there, and goes on.
const readable = (values) => values.map((value) => (value === "" ? undefined : value));

// UTC days as the tables write them, shortened to months or years where ticks are that far apart.
const days = (splits, seconds) => {
  const letters = seconds >= 365 * DAY ? 4 : seconds >= 28 * DAY ? 7 : 10;
  return splits.map((split) => new Date(split * 1000).toISOString().slice(0, letters));
};

function draw(button, drawing) {
  const source = JSON.parse(document.getElementById(button.dataset.zoom).textContent);
  const host = Object.assign(document.createElement("div"), { className: "zoomed" });
  const ink = getComputedStyle(host.ownerDocument.body).color;
  const line = getComputedStyle(drawing.querySelector(".rule")).stroke;
  const strokes = source.lines.map(({ key }) => getComputedStyle(drawing.querySelector(`.trace.${key}`)).stroke);
  drawing.before(host);
  const across = (splits, seconds) => (source.months ? splits.map((split) => `${Math.round(split * 10) / 10}`) : days(splits, seconds));
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  const options = {
    width: host.clientWidth,
    height: 300,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { x: { time: !source.months }, y: source.log ? { distr: 3 } : { range: (_plot, _low, high) => [0, (high || 1) * 1.05] } },
    axes: [
      { ...axis, values: (_plot, splits, _axis, _space, seconds) => across(splits, seconds) },
      { ...axis, size: 64, values: (_plot, splits) => splits.map((split) => split?.toLocaleString("en") ?? "") },
    ],
    series: [
      { label: button.dataset.day, value: (_plot, seconds) => (seconds == null ? "–" : across([seconds], DAY)[0]) },
      ...source.lines.map(({ label }, index) => ({
        label,
        stroke: strokes[index],
        width: 1.75,
        value: (_plot, value) => (value == null ? "–" : value.toLocaleString("en")),
      })),
    ],
  };
  const plot = new uPlot(options, [source.at, ...source.lines.map(({ values }) => readable(values))], host);
  new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: 300 })).observe(host);
  drawing.style.display = "none";
  button.disabled = true;
  button.textContent = button.dataset.hint;
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button[data-zoom]");
  if (!button) return;
  const drawing = button.closest("figure").querySelector("svg.chart");
  await load(button.dataset);
  if (!button.disabled) draw(button, drawing);
});
