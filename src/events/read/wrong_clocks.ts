import pl from "nodejs-polars";
import { countWhere } from "../tables/frames.ts";
import { POSITION } from "../tables/schema.ts";
import { LINE } from "./files/file_events.ts";
import type { Reject } from "./files/rejects.ts";
import { rowText } from "./files/row_text.ts";
import { rowsWhere } from "./values/typed_events.ts";

const DAY = 86_400e6;

/** Longer than any shop pauses, in days. */
const GAP_DAYS = 180;

/**
 * The largest group of events that can't matter: a thousandth of all, or three if they are a
 * hundredth.
 */
const MATTERS = { share: 1 / 1000, few: 3, fewShare: 1 / 100 };

/** Why an event is rejected whose clock was wrong. */
const REASONS = {
  future: "event_time is more than a day in the future: a wrong clock",
  apart: `event_time is over ${GAP_DAYS} days apart from nearly all other events: a wrong clock`,
} as const;

/**
 * A span of time with wrong clocks, in microseconds since 1970-01-01 UTC; `to` isn't part of it.
 */
export interface WrongSpan {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** Events of some days that follow each other closely. */
interface Cluster {
  from: number;
  to: number;
  rows: number;
}

/** The events of one day; times in microseconds since 1970-01-01 UTC. */
export interface EventsOfDay {
  /** The first and the last time. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** Finds events whose clock was wrong, over all events. */
export interface WrongClocks {
  /** Later times are in the future: microseconds since 1970-01-01 UTC. */
  readonly future: number;
  /** Counts events. */
  add(events: pl.DataFrame): void;
  /** Counts events that were counted by day. */
  addDays(days: readonly EventsOfDay[]): void;
  /** The spans of time with wrong clocks, once all events have been added; usually none. */
  find(): WrongSpan[];
}

/**
 * Creates a search for events that are later than a day from now, or that a gap no shop has
 * separates from all others, if they are too few to matter: up to a thousandth of all, or up to
 * three if they are at most a hundredth.
 *
 * @param now Milliseconds since 1970-01-01 UTC.
 */
export function createWrongClocks(now: number = Date.now()): WrongClocks {
  const future = now * 1000 + DAY;
  const clusters: Cluster[] = [];
  return {
    future,
    add(events) {
      clusters.push(...clustersOf(events, future));
    },
    addDays(days) {
      clusters.push(...clustersOfDays(days, future));
    },
    find() {
      const joined = joinClusters(clusters.filter(({ from }) => from < future));
      const rows = joined.reduce((sum, { rows }) => sum + rows, 0);
      const most = Math.max(MATTERS.share * rows, Math.min(MATTERS.few, MATTERS.fewShare * rows));
      const bulk = Math.max(...joined.map(({ rows }) => rows));
      const apart = joined.filter(({ rows }) => rows < bulk && rows <= most);
      return [
        ...apart.map(({ from, to }) => ({ from, to: Math.min(to, future), reason: REASONS.apart })),
        ...(clusters.some(({ to }) => to > future)
          ? [{ from: future, to: Infinity, reason: REASONS.future }]
          : []),
      ];
    },
  };
}

/** Microseconds since 1970-01-01 UTC. */
const TIME = pl.col("event_time").cast(pl.Int64, true).cast(pl.Float64, true);

function clustersOf(events: pl.DataFrame, future: number): Cluster[] {
  const time = pl.col("event_time").cast(pl.Int64, true);
  const [{ from, to, rows }] = events.select(
    time.min().cast(pl.Float64, true).alias("from"),
    time.max().cast(pl.Float64, true).alias("to"),
    time.count().cast(pl.Float64, true).alias("rows"),
  ).toRecords() as { from: number | null; to: number; rows: number }[];
  if (from === null) return [];
  if (to - from < GAP_DAYS * DAY && to < future) return [{ from, to: to + 1, rows }];
  const day = TIME.div(DAY).floor();
  const days = events.filter(pl.col("event_time").isNotNull())
    .select(pl.when(TIME.gtEq(future)).then(pl.lit(Infinity)).otherwise(day).alias("day"))
    .groupBy("day").agg(pl.len().cast(pl.Float64, true).alias("rows"))
    .toRecords() as { day: number; rows: number }[];
  return days.map(({ day, rows }) =>
    day === Infinity
      ? { from: future, to: future + 1, rows }
      : { from: day * DAY, to: (day + 1) * DAY, rows }
  );
}

/** The same of events that were counted by day. */
function clustersOfDays(days: readonly EventsOfDay[], future: number): Cluster[] {
  if (days.length === 0) return [];
  const from = Math.min(...days.map(({ from }) => from));
  const to = Math.max(...days.map(({ to }) => to));
  const rows = days.reduce((sum, { rows }) => sum + rows, 0);
  if (to - from < GAP_DAYS * DAY && to < future) return [{ from, to: to + 1, rows }];
  return days.map(({ from, rows }) => {
    const day = Math.floor(from / DAY) * DAY;
    return from >= future
      ? { from: future, to: future + 1, rows }
      : { from: day, to: day + DAY, rows };
  });
}

/** Joins clusters without a long gap between them. */
function joinClusters(clusters: readonly Cluster[]): Cluster[] {
  const joined: Cluster[] = [];
  for (const cluster of [...clusters].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || cluster.from - last.to > GAP_DAYS * DAY) joined.push({ ...cluster });
    else {
      last.to = Math.max(last.to, cluster.to);
      last.rows += cluster.rows;
    }
  }
  return joined;
}

/** Whether an event is in one of the spans; never null. */
function isIn(spans: readonly Pick<WrongSpan, "from" | "to">[]): pl.Expr {
  return spans.map(({ from, to }) => TIME.gtEq(from).and(TIME.lt(to)))
    .reduce((any, one) => any.or(one)).fillNull(false);
}

/**
 * Takes the events with wrong clocks out of a table.
 *
 * @param events With the column {@linkcode LINE}.
 * @param file The file that they are from.
 * @returns The other events, and the rejected rows by line.
 */
export function dropWrongClocks(
  events: pl.DataFrame,
  spans: readonly WrongSpan[],
  file: string,
): { events: pl.DataFrame; rejects: Reject[] } {
  if (spans.length === 0 || countWhere(events, isIn(spans)) === 0) return { events, rejects: [] };
  const lines = events.getColumn(LINE);
  const shown = events.select(
    ...events.columns.filter((name) => name !== LINE && name !== POSITION),
  );
  const rejects = spans.flatMap((span) =>
    rowsWhere(events, isIn([span])).map((row) => ({
      file,
      line: lines.get(row) as number,
      reason: span.reason,
      text: rowText(shown, row),
    }))
  );
  return {
    events: events.filter(isIn(spans).not()),
    rejects: rejects.sort((a, b) => a.line - b.line),
  };
}
