/** Draws a chart and reads what the picture shows. */
import type { ChartSpec } from "../../../src/analysis/charts/chart.ts";
import { renderSvg } from "../../../src/analysis/charts/render_svg.ts";
import { assertEquals } from "../../assert.ts";

/** What a chart shows. */
export interface Drawing {
  /** All texts except axis labels. */
  readonly texts: readonly string[];
  readonly title: string;
  readonly subtitle: string;
  /** Distinct titles, even if several panels have the same. */
  readonly axisTitles: readonly string[];
  /** The labels of the axes' ticks. */
  readonly axisLabels: readonly string[];
  /** What a screen reader reads for each bar, dot and line: its fields and their values. */
  readonly marks: readonly string[];
}

/** Draws a chart; fails on any warning of Vega. */
export async function draw(spec: ChartSpec): Promise<Drawing> {
  const warnings: string[] = [];
  const svg = await renderSvg(spec, { warn: (message) => warnings.push(message) });
  assertEquals(warnings, []);
  const inRole = (role: string) => groups(svg, `role-${role}`).flatMap(textsOf);
  const axisLabels = groups(svg, "role-axis-label");
  return {
    texts: textsOf(axisLabels.reduce((rest, group) => rest.replace(group, ""), svg)),
    title: inRole("title-text").at(-1) ?? "",
    subtitle: inRole("title-subtitle").at(-1) ?? "",
    axisTitles: [...new Set(inRole("axis-title"))],
    axisLabels: axisLabels.flatMap(textsOf),
    marks: [...svg.matchAll(/aria-label="([^"]*)" role="graphics-symbol"/g)].map(([, label]) =>
      unescape(label)
    ),
  };
}

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, inner]) =>
    unescape(inner.replace(/<\/tspan><tspan[^>]*>/g, " ").replace(/<[^>]*>/g, ""))
  );
}

/** The contents of the groups with a class; groups of text contain no other groups. */
function groups(svg: string, name: string): string[] {
  return [...svg.matchAll(/<g class="([^"]*)"[^>]*>((?:(?!<g[ >]).)*?)<\/g>/gs)]
    .filter(([, classes]) => classes.split(" ").includes(name))
    .map(([, , inner]) => inner);
}

function unescape(text: string): string {
  const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => characters[name]);
}
