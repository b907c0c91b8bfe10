// Draws the charts of a page. Their specifications are in the page, and the policy of the pages
// forbids eval, so Vega parses expressions and an interpreter evaluates them.
// The interpreter is the package's own file, which is beside this one only when it is served.
const INTERPRETER = new URL("vega-interpreter.js", import.meta.url).href;
const { expressionInterpreter } = await import(INTERPRETER);
const { vega, vegaLite } = globalThis;
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** No panel gets narrower; what doesn't fit then can be scrolled. */
const NARROWEST = 140;

/** How often a chart is drawn until it fits. */
const ATTEMPTS = 4;

/** The page's colours, where the theme of the charts has its own. */
function pageColors() {
  const style = getComputedStyle(document.documentElement);
  const [text, faint, line] = ["--text", "--faint", "--line"].map((name) =>
    style.getPropertyValue(name).trim()
  );
  const texts = { labelColor: text, titleColor: text };
  return {
    background: "transparent",
    title: { color: text, subtitleColor: faint },
    axis: { ...texts, gridColor: line, domainColor: line, tickColor: line },
    legend: texts,
    header: texts,
    text: { color: text },
  };
}

/** Panels below each other instead of side by side: as few beside each other as fit. */
function stacked(spec, { drawn, available }) {
  const { hconcat, facet, columns = 1, ...rest } = spec;
  if (hconcat) return { ...rest, vconcat: hconcat };
  if (facet?.column) return { ...rest, facet: facet.column, columns: 1 };
  if (facet) {
    return { ...rest, facet, columns: Math.max(1, Math.floor(columns * available / drawn)) };
  }
  return spec;
}

/** The letters of a title are about so wide, in pixels; so are those of a subtitle. */
const LETTER = { text: 10.5, subtitle: 7 };

/** A chart whose title is on as many lines as it needs. */
function withWrappedTitle({ title = {}, ...rest }, width) {
  const lines = (name) => title[name] && wrapped(title[name], width / LETTER[name]);
  return { ...rest, title: { ...title, text: lines("text"), subtitle: lines("subtitle") } };
}

/** @returns Lines of at most `most` letters, unless a single word is longer. */
function wrapped(text, most) {
  return text.split(" ").reduce(([...lines], word) => {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length <= most) lines[lines.length - 1] = line;
    else lines.push(word);
    return lines;
  }, [""]);
}

/** Panels of a width, with legends below them and labels that would touch left out. */
function narrowed(spec, width) {
  const { vconcat, spec: panel, config, ...rest } = spec;
  const narrow = vegaConfig(config, {
    axisX: { labelOverlap: "greedy" },
    title: { frame: "bounds" },
    legend: { orient: "bottom", columns: 2 },
  });
  if (vconcat) {
    return { ...rest, config: narrow, vconcat: vconcat.map((part) => ({ ...part, width })) };
  }
  if (panel) return { ...rest, config: narrow, spec: { ...panel, width } };
  return { ...rest, config: narrow, width };
}

function vegaConfig(...configs) {
  return vega.mergeConfig(...configs.map((config) => config ?? {}));
}

/** @returns How wide the drawing is, and how wide it may be. */
async function show(spec, place) {
  const config = vegaConfig(spec.config, pageColors());
  const parsed = vega.parse(vegaLite.compile({ ...spec, config }).spec, null, { ast: true });
  place.replaceChildren();
  const view = new vega.View(parsed, {
    expr: expressionInterpreter,
    renderer: "canvas",
    container: place,
    hover: false,
  });
  await view.runAsync();
  return { drawn: place.querySelector("canvas").offsetWidth, available: place.clientWidth };
}

/** Draws a chart as it is or, where it is too wide for its place, as it fits. */
async function draw(figure) {
  const place = figure.querySelector(".drawing");
  figure.ariaBusy = "true";
  // Vega names the drawing by its description.
  figure.dataset.name ??= place.ariaLabel;
  const description = figure.dataset.name;
  const spec = { ...JSON.parse(figure.querySelector("script").textContent), description };
  let widths = await show(spec, place);
  const overflows = () => widths.drawn > widths.available;
  if (overflows()) {
    const upright = withWrappedTitle(stacked(spec, widths), widths.available);
    widths = await show(upright, place);
    let width = widths.available;
    for (let i = 0; overflows() && i < ATTEMPTS && width >= NARROWEST; i++) {
      widths = await show(narrowed(upright, width), place);
      width = Math.max(NARROWEST, width - (widths.drawn - widths.available));
    }
  }
  // A keyboard scrolls only what has the focus.
  if (overflows()) figure.tabIndex = 0;
  else figure.removeAttribute("tabindex");
  figure.ariaBusy = null;
}

const figures = document.querySelectorAll("figure.chart");
const drawAll = () => figures.forEach(draw);
drawAll();
DARK.addEventListener("change", drawAll);

let { innerWidth } = globalThis;
addEventListener("resize", () => {
  if (innerWidth === globalThis.innerWidth) return;
  innerWidth = globalThis.innerWidth;
  drawAll();
});
