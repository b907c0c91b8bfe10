import { formatCount } from "../../base/format.ts";
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

/** More lines with bands in one panel can't be told apart. */
const MODELS_PER_PANEL = 3;

/** The most panels in a row. */
const PANELS_ACROSS = 3;
/** The width of a row, the gap between panels, and the step of a panel's width, in pixels. */
const WIDEST = 960;
const SPACING = 24;
const PANEL_STEP = 54;

/**
 * A metric of several models, group by group: dots joined by lines, with bands for their intervals.
 * More than three models get a panel each.
 *
 * @param options `groupTitle`: what distinguishes the groups. `step`: pixels from one group to the
 * next, in a single panel.
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
    group: `${group}\n${formatCount(users)}`,
  }));
  const models = [...new Set(rows.map(({ model }) => model))];
  const x = ordinal("group", {
    sort: null,
    title: [groupTitle, "(below: users)"],
    axis: MULTILINE_LABELS,
  });
  if (models.length <= MODELS_PER_PANEL) {
    const encoding = {
      x,
      color: nominal("model", { sort: null, title: "Model" }),
      shape: nominal("model", { sort: null, title: "Model" }),
    };
    const size = { width: { step }, height: 300 };
    return chart(title, subtitle, { data: { values }, ...size, ...lines(metric, encoding) });
  }
  const groups = new Set(rows.map(({ group }) => group)).size;
  const across = Math.floor((WIDEST + SPACING) / (groups * PANEL_STEP + SPACING));
  return chart(title, subtitle, {
    data: { values },
    facet: nominal("model", { sort: models, title: null }),
    columns: Math.min(PANELS_ACROSS, Math.max(1, across)),
    spacing: SPACING,
    spec: { width: { step: PANEL_STEP }, height: 130, ...lines(metric, { x }) },
    resolve: { axis: { x: "independent" } },
  });
}

function lines(
  metric: string,
  { shape, ...encoding }: { readonly x: object; readonly color?: object; readonly shape?: object },
): object {
  return {
    encoding,
    layer: [
      {
        mark: { type: "area", opacity: .12 },
        encoding: interval("y", { title: metric, axis: NUMBER_AXIS }),
      },
      { mark: "line", encoding: { y: quantitative("mean") } },
      { mark: DOTS, encoding: { y: quantitative("mean"), ...(shape && { shape }) } },
    ],
  };
}
