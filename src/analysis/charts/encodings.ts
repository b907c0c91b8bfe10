/** The parts of Vega-Lite specifications that several charts share. */
import { EVENT_COLORS, EVENT_NAMES, FORMATS, GREY } from "./theme.ts";

/** A channel that encodes a field of numbers. */
export interface QuantitativeChannel {
  readonly field: string;
  readonly type: "quantitative";
}

/**
 * Encodes a field of numbers.
 *
 * @param rest Other properties of the channel, such as `title` and `axis`.
 */
export function quantitative<Rest extends object>(
  field: string,
  rest?: Rest,
): QuantitativeChannel & Rest {
  return { field, type: "quantitative", ...rest as Rest };
}

/** Encodes a field of names. */
export function nominal<Rest extends object>(
  field: string,
  rest?: Rest,
): { readonly field: string; readonly type: "nominal" } & Rest {
  return { field, type: "nominal", ...rest as Rest };
}

/** Encodes a field of ordered categories. */
export function ordinal<Rest extends object>(
  field: string,
  rest?: Rest,
): { readonly field: string; readonly type: "ordinal" } & Rest {
  return { field, type: "ordinal", ...rest as Rest };
}

/** An axis of categories whose labels are horizontal. */
export const LEVEL_LABELS = { labelAngle: 0 } as const;

/** As {@linkcode LEVEL_LABELS}, with a line of its own after each line break of a label. */
export const MULTILINE_LABELS = {
  ...LEVEL_LABELS,
  labelExpr: "split(datum.label, '\\n')",
} as const;

/** An axis of shares. */
export const PERCENT_AXIS = { format: FORMATS.axisPercent } as const;

/** An axis of other numbers. */
export const NUMBER_AXIS = { format: FORMATS.axisNumber } as const;

/** Dots whose tooltip shows the whole row. */
export const DOTS = { type: "point", tooltip: { content: "data" } } as const;

/**
 * A scale that gives each type of event its name and colour, the same in every chart.
 *
 * @param types In the order of the legend. Default: the order of the funnel.
 */
export function eventScale(
  types: readonly string[] = Object.keys(EVENT_COLORS),
): { domain: string[]; range: string[] } {
  return {
    domain: types.map((type) => EVENT_NAMES[type]),
    range: types.map((type) => EVENT_COLORS[type]),
  };
}

/**
 * A layer that writes a value beside its mark.
 *
 * @param format One of {@linkcode FORMATS}.
 * @param place Where, relative to the mark.
 */
export function valueLabels(
  field: string,
  format: string,
  place: { readonly align?: "left"; readonly dx?: number; readonly dy?: number },
): object {
  return {
    mark: { type: "text", ...place },
    encoding: { text: quantitative(field, { format }) },
  };
}

/** As {@linkcode valueLabels}, but shares below 0.01% that aren't 0 are `< 0.01%`. */
export function shortLabel(
  field: string,
  format: string,
  place: { readonly align?: "left"; readonly dx?: number; readonly dy?: number },
): object {
  if (format !== FORMATS.percent) return valueLabels(field, format, place);
  const isTiny = `datum.${field} > 0 && datum.${field} < 0.0001`;
  return {
    transform: [{
      calculate: `${isTiny} ? '< 0.01%' : format(datum.${field}, '${format}')`,
      as: "shown",
    }],
    mark: { type: "text", ...place },
    encoding: { text: nominal("shown") },
  };
}

/**
 * Encodes the ends of an interval, from the fields `low` and `high`.
 *
 * @param channel The axis that the interval is along.
 * @param rest Other properties of the channel.
 */
export function interval(channel: "x" | "y", rest?: object): object {
  return { [channel]: quantitative("low", rest), [`${channel}2`]: { field: "high" } };
}

/** A layer with the dashed diagonal from (0, 0) to (1, 1): what a curve of shares is by chance. */
export function diagonal(x: string, y: string): object {
  return {
    data: { values: [{ [x]: 0, [y]: 0 }, { [x]: 1, [y]: 1 }] },
    mark: { type: "line", color: GREY, strokeDash: [4, 3], strokeWidth: 1 },
    encoding: { x: quantitative(x), y: quantitative(y) },
  };
}

/** Encodes one curve of shares per name, from (0, 0) to (1, 1). */
export function shareAxes(
  [x, xTitle]: readonly [string, string],
  [y, yTitle]: readonly [string, string],
): { x: object; y: object } {
  return {
    x: quantitative(x, { title: xTitle, axis: PERCENT_AXIS }),
    y: quantitative(y, { title: yTitle, axis: PERCENT_AXIS }),
  };
}

/**
 * A layer that writes the values into a heat map's cells, white on dark ones.
 *
 * @param isDark A Vega expression, true for the cells with a dark colour.
 */
export function cellLabels(field: string, format: string, isDark: string): object {
  return {
    mark: "text",
    encoding: {
      text: quantitative(field, { format }),
      color: { condition: { test: isDark, value: "white" }, value: "black" },
    },
  };
}
