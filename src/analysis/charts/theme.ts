import type { Config } from "vega-lite";

/**
 * Eight colours that people with any kind of colour blindness can tell apart.
 *
 * Okabe and Ito, "Color Universal Design", 2008.
 */
export const PALETTE = {
  blue: "#0072B2",
  orange: "#E69F00",
  green: "#009E73",
  purple: "#CC79A7",
  skyBlue: "#56B4E9",
  vermilion: "#D55E00",
  yellow: "#F0E442",
  black: "#000000",
} as const;

/** For reference lines and other things in the background. */
export const GREY = "#A8A8A8";

/** The colours of event types, the same in every chart. */
export const EVENT_COLORS: Readonly<Record<string, string>> = {
  view: PALETTE.skyBlue,
  cart: PALETTE.orange,
  remove_from_cart: GREY,
  purchase: PALETTE.green,
};

/** The names of event types in charts. */
export const EVENT_NAMES: Readonly<Record<string, string>> = {
  view: "view",
  cart: "cart",
  remove_from_cart: "removal",
  purchase: "purchase",
};

/** d3 number formats, by kind of number. */
export const FORMATS = {
  /** 1,234,567 */
  count: ",d",
  /** A share as a percentage, three digits: 3.29%, 14.1%, 100%. */
  percent: ".3~p",
  /** A share as a percentage, on an axis: 2.5%, 50%. */
  axisPercent: "~%",
  /** 5.24 */
  price: ",.2f",
  /** On an axis: 0.05, 12. */
  axisNumber: ",.3~f",
  /** A metric: 0.0512. */
  metric: ".4f",
} as const;

/** An axis or legend of counts: 1, 2, 500k, 1M; no fractions between them. */
export const SHORT_COUNTS = { labelExpr: "format(datum.value, '~s')", tickMinStep: 1 } as const;

const TEXT = "#333333";
const LINES = "#CCCCCC";

/** The style of all charts. */
export const THEME: Config = {
  background: "white",
  font: "Helvetica, Arial, sans-serif",
  padding: 12,
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "group",
    fontSize: 16,
    color: TEXT,
    subtitleFontSize: 12,
    subtitleColor: "#666666",
    subtitlePadding: 6,
    offset: 14,
  },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 10,
    labelColor: TEXT,
    titleColor: TEXT,
    labelLimit: 400,
    maxExtent: 420,
    gridColor: "#EEEEEE",
    domainColor: LINES,
    tickColor: LINES,
  },
  axisBand: { grid: false },
  header: {
    labelFontSize: 13,
    labelFontWeight: "bold",
    labelColor: TEXT,
    titleFontSize: 12,
    titleFontWeight: "normal",
  },
  legend: {
    labelFontSize: 12,
    labelLimit: 300,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelColor: TEXT,
    titleColor: TEXT,
    symbolSize: 100,
    symbolOpacity: 1,
  },
  text: { fontSize: 12, color: TEXT },
  bar: { color: PALETTE.blue },
  point: { color: PALETTE.blue, filled: true, size: 60, opacity: 1 },
  line: { color: PALETTE.blue, strokeWidth: 2 },
  rule: { color: GREY },
  range: {
    category: Object.values(PALETTE),
    heatmap: { scheme: "viridis" },
    ramp: { scheme: "viridis" },
  },
};
