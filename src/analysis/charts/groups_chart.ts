import { formatCounted } from "../../base/format.ts";
import { chart, type ChartSpec, type ChartText, emptyChart } from "./chart.ts";
import {
  DOTS,
  interval,
  MULTILINE_LABELS,
  nominal,
  NUMBER_AXIS,
  ordinal,
  quantitative,
} from "./encodings.ts";

/** One metric of one model for a group of users. */
export interface GroupRow {
  readonly model: string;
  /** For example `2–4`; groups appear in the order given. */
  readonly group: string;
  readonly users: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A metric of several models, group by group: dots joined by lines, with bands for their intervals.
 *
 * @param options `groupTitle`: what distinguishes the groups. `step`: pixels from one group to the
 * next.
 */
export function groupsChart(
  rows: readonly GroupRow[],
  { title, subtitle = "Bands: 95% intervals", metric, groupTitle, step = 110 }: ChartText & {
    readonly title: string;
    readonly metric: string;
    readonly groupTitle: string;
    readonly step?: number;
  },
): ChartSpec {
  if (rows.length === 0) return emptyChart(title, subtitle);
  const values = rows.map(({ group, users, ...row }) => ({
    ...row,
    group: `${group}\n${formatCounted(users, "user")}`,
  }));
  return chart(title, subtitle, {
    data: { values },
    width: { step },
    height: 300,
    encoding: {
      x: ordinal("group", { sort: null, title: groupTitle, axis: MULTILINE_LABELS }),
      color: nominal("model", { sort: null, title: "Model" }),
    },
    layer: [
      {
        mark: { type: "area", opacity: .12 },
        encoding: interval("y", { title: metric, axis: NUMBER_AXIS }),
      },
      { mark: "line", encoding: { y: quantitative("mean") } },
      {
        mark: DOTS,
        encoding: {
          y: quantitative("mean"),
          shape: nominal("model", { sort: null, title: "Model" }),
        },
      },
    ],
  });
}
