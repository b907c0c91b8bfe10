import { formatCount } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText } from "../chart.ts";
import { PALETTE, SHORT_COUNTS } from "../theme.ts";

/** One step down the waterfall. */
export interface WaterfallStep {
  readonly step: string;
  /** How many rows the step takes away; 0 for one that takes none. */
  readonly removed: number;
}

/**
 * What is left of the rows, step by step, from all that came in to those that stay.
 *
 * @param before How many rows came in.
 */
export function waterfallChart(
  before: number,
  steps: readonly WaterfallStep[],
  { title = "What cleaning does to the rows", subtitle }: ChartText = {},
): ChartSpec {
  let left = before;
  const drops = steps.map(({ step, removed }) => {
    left -= removed;
    return { step, from: left, to: left + removed, kind: "removed", label: drop(removed, before) };
  });
  const values = [
    { step: "rows read", from: 0, to: before, kind: "rows", label: formatCount(before) },
    ...drops,
    { step: "rows kept", from: 0, to: left, kind: "rows", label: formatCount(left) },
  ];
  return chart(title, subtitle, {
    data: { values },
    width: 460,
    height: { step: 30 },
    encoding: {
      y: { field: "step", type: "nominal", sort: null, title: "Step" },
      x: {
        field: "from",
        type: "quantitative",
        title: "Rows",
        axis: SHORT_COUNTS,
        scale: { domain: [0, before * 1.25], nice: false },
      },
      x2: { field: "to" },
    },
    layer: [
      {
        mark: { type: "bar", height: { band: .7 } },
        encoding: {
          color: {
            field: "kind",
            type: "nominal",
            scale: { domain: ["rows", "removed"], range: [PALETTE.blue, PALETTE.vermilion] },
            legend: null,
          },
          tooltip: [{ field: "step", type: "nominal" }, { field: "label", type: "nominal" }],
        },
      },
      {
        mark: { type: "text", align: "left", dx: 6 },
        encoding: { x: { field: "to", type: "quantitative" }, x2: null, text: { field: "label" } },
      },
    ],
  });
}

function drop(removed: number, before: number): string {
  if (removed === 0) return "none";
  const percent = 100 * removed / before;
  return `−${formatCount(removed)} (${percent < .01 ? "< 0.01" : percent.toPrecision(2)}%)`;
}
