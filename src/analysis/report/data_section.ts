import { formatCount, formatCounted, formatNumber, formatShare } from "../../base/format.ts";
import { splitTimelineChart } from "../charts/models/split_timeline_chart.ts";
import { waterfallChart } from "../charts/shop/waterfall_chart.ts";
import type { DrawChart } from "./draw_chart.ts";
import { type Html, html, htmlTable } from "./html.ts";
import type { ReportSource } from "./source.ts";

/** The data that the models learned from: its source, and what cleaning kept. */
export async function dataSection(
  { data, cleaning, complements }: ReportSource,
  draw: DrawChart,
): Promise<Html> {
  const facts = [
    ["Files", html`<span class="wrap">${data.sources.join(", ")}</span>`],
    ["From (UTC)", dateText(data.from)],
    ["To (UTC)", dateText(data.to)],
    ["Users", formatCount(data.users)],
    ["Products", formatCount(data.items)],
    ["Views, carts and purchases", formatCount(data.events)],
    ...optionRows(data),
    ...(complements ? [["Products that go together", togetherText(complements)] as const] : []),
  ];
  return html`
    <section><h2>The data</h2>
    ${htmlTable([], facts, { caption: "The training data" })}
    ${cleaning && await cleaningPart(cleaning, draw)}</section>
  `;
}

function togetherText(
  { absent, figures = {} }: NonNullable<ReportSource["complements"]>,
): string {
  if (absent !== undefined) return `no table: ${absent}`;
  const [pairs, products, baskets] = [figures.pairs, figures.products, figures.baskets].map(Number);
  return `${formatCounted(pairs, "pair")} of ${formatCounted(products, "product")}, from ` +
    formatCounted(baskets, "basket");
}

const COUNTED = ["sources", "users", "items", "events", "from", "to"];

/** Other facts: `sampledUsers: 20000` reads "sampled users". */
function optionRows(data: ReportSource["data"]): [string, string][] {
  return Object.entries(data)
    .filter(([name, value]) => !COUNTED.includes(name) && typeof value !== "object")
    .map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      typeof value === "number" ? formatNumber(value) : String(value),
    ]);
}

async function cleaningPart(
  { rowsIn, rowsOut, steps }: NonNullable<ReportSource["cleaning"]>,
  draw: DrawChart,
): Promise<Html> {
  return html`<p>Of ${formatCounted(rowsIn, "row")} read, ${formatCount(rowsOut)} were kept
(${
    formatShare(rowsOut / rowsIn)
  }). A removal from the cart stays in the rows, cancels the cart event before it
and is no sign of interest.</p>
${await draw("Cleaning", waterfallChart(rowsIn, steps))}`;
}

/** How past and future were separated. */
export async function splitSection(
  { comparison: { split, days } }: ReportSource,
  draw: DrawChart,
): Promise<Html> {
  return html`
    <section><h2>Past and future</h2>
    <p>Models were fitted to the events before a cut-off and predicted the events after it. The
    winner was chosen on the validation window; the test window shows how good it is, and didn't
    affect the choice.</p>
    ${await draw("Split", splitTimelineChart(days))}
    ${htmlTable(
      ["Part", "From (UTC)", "Events", "Users", "New users", "User-product pairs", "Known pairs"],
      split.map((part) => [
        part.part,
        part.from ? dateText(part.from) : "the start",
        ...[part.events, part.users, part.newUsers, part.pairs, part.repeatPairs].map(formatCount),
      ]),
      { caption: "The parts of the split; known pairs also occurred in an earlier part" },
    )}</section>
  `;
}

/** An ISO time to the minute. */
export function dateText(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
