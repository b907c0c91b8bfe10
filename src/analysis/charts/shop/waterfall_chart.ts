import { formatCount } from "../../../base/format.ts";
import { chart, type ChartSpec, type ChartText } from "../chart.ts";
import { nominal, quantitative } from "../encodings.ts";
import { PALETTE, SHORT_COUNTS } from "../theme.ts";

/** One step down the waterfall. */
export interface WaterfallStep {
  readonly step: string;
  /** How many rows the step removes; may be 0. */
  readonly removed: number;
}

/**
 * The rows that remain after each step, from all rows read to those kept.
 *
 * @param before The number of rows read.
 */
export function waterfallChart(
  before: number,
  steps: readonly WaterfallStep[],
  { title = "Rows removed by cleaning", subtitle }: ChartText = {},
): ChartSpec {
  let remaining = before;
  const drops = steps.map(({ step, removed }) => {
    remaining -= removed;
    return {
      step,
      from: remaining,
      to: remaining + removed,
      kind: "removed",
      label: dropLabel(removed, before),
    };
  });
  const values = [
    { step: "rows read", from: 0, to: before, kind: "rows", label: formatCount(before) },
    ...drops,
    { step: "rows kept", from: 0, to: remaining, kind: "rows", label: formatCount(remaining) },
  ];
  return chart(title, subtitle, {
    data: { values },
    width: 460,
    height: { step: 30 },
    encoding: {
      y: nominal("step", { sort: null, title: "Step" }),
      x: quantitative("from", {
        title: "Rows",
        axis: SHORT_COUNTS,
        scale: { domain: [0, before * 1.25], nice: false },
      }),
      x2: { field: "to" },
    },
    layer: [
      {
        mark: { type: "bar", height: { band: .7 } },
        encoding: {
          color: nominal("kind", {
            scale: { domain: ["rows", "removed"], range: [PALETTE.blue, PALETTE.vermilion] },
            legend: null,
          }),
          tooltip: [nominal("step"), nominal("label")],
        },
      },
      {
        mark: { type: "text", align: "left", dx: 6 },
        encoding: { x: quantitative("to"), x2: null, text: { field: "label" } },
      },
    ],
  });
}

function dropLabel(removed: number, before: number): string {
  if (removed === 0) return "none";
  const percent = 100 * removed / before;
  return `−${formatCount(removed)} (${percent < .01 ? "< 0.01" : percent.toPrecision(2)}%)`;
}
