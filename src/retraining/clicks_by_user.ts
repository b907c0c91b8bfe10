import type { RatioSums } from "../experiments/estimates.ts";
import { readUserExposures } from "../service/exposures/exposures_with_outcomes.ts";
import type { EventStore } from "../service/store/event_store.ts";

/** A stretch of time, in milliseconds since 1970-01-01 UTC. */
export interface Span {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
}

/** How lists and clicks are counted. */
export interface ClickOptions {
  /** How long after a list a click counts, in milliseconds. */
  readonly settleMs: number;
}

/**
 * Counts the lists that users were shown, and those of which they clicked on something, in spans of
 * time. Every list has the same time to be clicked: those that end a span have it after its end.
 *
 * @returns For each span, sums over users of clicked lists (the numerators) and lists.
 */
export async function clicksByUser(
  store: EventStore,
  spans: readonly Span[],
  { settleMs }: ClickOptions,
): Promise<RatioSums[]> {
  const sums = spans.map(() => ({
    ...{ units: 0, numerators: 0, numeratorSquares: 0 },
    ...{ denominators: 0, denominatorSquares: 0, products: 0 },
  }));
  for await (const { lists } of readUserExposures(store)) {
    for (const [i, { from, to }] of spans.entries()) {
      const shown = lists.filter(({ exposure: { at } }) => from <= at && at < to);
      if (shown.length === 0) continue;
      const clicked = shown.filter(({ exposure: { at }, outcomes }) =>
        outcomes.some((outcome) =>
          outcome.type === "view" && outcome.at < at + settleMs
        )
      ).length;
      sums[i].units++;
      sums[i].numerators += clicked;
      sums[i].numeratorSquares += clicked ** 2;
      sums[i].denominators += shown.length;
      sums[i].denominatorSquares += shown.length ** 2;
      sums[i].products += clicked * shown.length;
    }
  }
  return sums;
}
