// Draws the charts of a page. Their specifications are in the page, and the policy of the pages
// forbids eval, so Vega parses expressions and an interpreter evaluates them.
// The interpreter is the package's own file, which is beside this one only when it is served.
const INTERPRETER = new URL("vega-interpreter.js", import.meta.url).href;
const { expressionInterpreter } = await import(INTERPRETER);
const { vega, vegaLite } = globalThis;
const DARK = matchMedia("(prefers-color-scheme: dark)");

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

async function draw(figure) {
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const config = vega.mergeConfig(spec.config ?? {}, pageColors());
  const parsed = vega.parse(vegaLite.compile({ ...spec, config }).spec, null, { ast: true });
  const place = figure.querySelector(".drawing");
  place.replaceChildren();
  const view = new vega.View(parsed, {
    expr: expressionInterpreter,
    renderer: "canvas",
    container: place,
    hover: false,
  });
  await view.runAsync();
}

const figures = document.querySelectorAll("figure.chart");
const drawAll = () => figures.forEach(draw);
drawAll();
DARK.addEventListener("change", drawAll);
