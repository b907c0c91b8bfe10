import { isoDate, SECONDS_PER_DAY } from "../base/time.ts";
import type { PartSummary, Split } from "./split.ts";

/** The number of events of one day in one part of a split. */
export interface SplitDay {
  /** For example `2019-10-31`, UTC. */
  readonly date: string;
  readonly part: PartSummary["part"];
  readonly events: number;
}

/** Counts the events per part and day of a split, in that order. A day can be in two parts. */
export function splitDays(split: Split): SplitDay[] {
  return (["train", "validation", "test"] as const).flatMap((part) => {
    const counts = new Map<number, number>();
    for (const time of split[part].times) {
      const day = Math.floor(time / SECONDS_PER_DAY);
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => a - b).map(([day, events]) => ({
      date: isoDate(SECONDS_PER_DAY * day),
      part,
      events,
    }));
  });
}
