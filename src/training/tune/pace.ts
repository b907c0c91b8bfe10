import { sum } from "../../base/statistics.ts";
import { optionsToJson } from "./options_json.ts";
import type { TrialKey } from "./journal.ts";

/** Foresees how long trials take, from those before them. */
export interface Pace {
  /** Notes how long a trial took. */
  add(trial: TrialKey, seconds: number): void;
  /** The expected time of a trial in seconds; 0 before the first. */
  secondsOf(trial: TrialKey): number;
}

/** The seconds of trials on one sample, by their options. */
type Sample = Map<string, number>;

/**
 * Makes a pace. Much of a trial's time is the same for samples of all sizes, such as what a model
 * computes for each item, and options differ in their time a hundredfold. So the time is expected
 * to grow with the users along a line through those of the same combinations on two samples, and
 * in proportion to the users as long as no combination ran on two. What grows is the combination's
 * own time on another sample if it ran on one, or else the mean of all.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const pace = createPace(), options = { factors: 64 };
 * pace.add({ options, users: 100 }, 3);
 * assertEquals(pace.secondsOf({ options, users: 300 }), 9);
 * pace.add({ options, users: 300 }, 5);
 * assertEquals(pace.secondsOf({ options, users: 900 }), 11);
 * ```
 */
export function createPace(): Pace {
  const samples = new Map<number, Sample>();

  /** The sample nearest to a number of users, of those that pass. */
  function nearest(users: number, passes: (sample: Sample) => boolean): number | undefined {
    return [...samples.keys()].filter((size) => passes(samples.get(size)!))
      .sort((a, b) => Math.abs(a - users) - Math.abs(b - users))[0];
  }

  /** How many times as long a trial takes with other users. */
  function growth(from: number, users: number): number {
    const line = lineThrough(samples, users);
    const [before, after] = [from, users].map((size) =>
      line ? line.seconds + line.slope * (size - line.users) : size
    );
    return before > 0 && after > 0 ? after / before : users / from;
  }

  return {
    add({ options, users }, seconds) {
      const sample: Sample = samples.get(users) ?? new Map();
      samples.set(users, sample.set(keyOf(options), seconds));
    },
    secondsOf({ options, users }) {
      const key = keyOf(options);
      const own = nearest(users, (sample) => sample.has(key));
      if (own !== undefined) return samples.get(own)!.get(key)! * growth(own, users);
      const other = nearest(users, () => true);
      if (other === undefined) return 0;
      const seconds = [...samples.get(other)!.values()];
      return sum(seconds) / seconds.length * growth(other, users);
    },
  };
}

function keyOf(options: TrialKey["options"]): string {
  return JSON.stringify(optionsToJson(options));
}

/** Seconds by the number of users: those at one number, and more for each further user. */
interface Line {
  readonly users: number;
  readonly seconds: number;
  /** At least 0. */
  readonly slope: number;
}

/**
 * The line through the times on two samples, of the combinations that ran on both: the two samples
 * nearest to a number of users that have any in common.
 */
function lineThrough(samples: ReadonlyMap<number, Sample>, users: number): Line | undefined {
  const sizes = [...samples.keys()].sort((a, b) => Math.abs(a - users) - Math.abs(b - users));
  for (const [place, size] of sizes.entries()) {
    for (const other of sizes.slice(0, place)) {
      const [first, second] = [samples.get(size)!, samples.get(other)!];
      const both = [...first.keys()].filter((key) => second.has(key));
      if (both.length === 0) continue;
      const [seconds, others] = [first, second].map((of) => sum(both.map((key) => of.get(key)!)));
      return { users: size, seconds, slope: Math.max(0, (others - seconds) / (other - size)) };
    }
  }
}
