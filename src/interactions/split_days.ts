import { isoDate, SECONDS_PER_DAY } from "../base/time.ts";
import type { PartSummary, Split } from "./split.ts";

/** The events of one day that fall into one part of a split. */
export interface SplitDay {
  /** For example `2019-10-31`, UTC. */
  readonly date: string;
  readonly part: PartSummary["part"];
  readonly events: number;
}

/** How many events of each day fall into which part of a split, part by part and day by day. A day can be in two. */
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
