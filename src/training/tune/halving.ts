/**
 * One round of successive halving: the number of trials, and of users in the sample they are
 * measured on.
 */
export interface Rung {
  readonly trials: number;
  readonly users: number;
}

/** What {@linkcode planRungs} starts from. */
export interface RungOptions {
  /** Number of combinations of options in the first round. */
  trials: number;
  /** Number of all users. */
  users: number;
  /** Smallest sample that is informative. */
  minUsers: number;
}

/** One in this many trials goes on, to a sample this many times as large. */
const REDUCTION = 3;

/**
 * Plans successive halving (Jamieson and Talwalkar 2016): all trials on a small sample of users,
 * the best third on three times as many, and so on, until at least three remain for all users. All
 * rounds cost about the same. Fewer than nine trials, or too few users for smaller samples, make a
 * single round.
 *
 * @returns In order; the last round has all users.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(planRungs({ trials: 27, users: 9000, minUsers: 500 }), [
 *   { trials: 27, users: 1000 },
 *   { trials: 9, users: 3000 },
 *   { trials: 3, users: 9000 },
 * ]);
 * ```
 */
export function planRungs({ trials, users, minUsers }: RungOptions): Rung[] {
  const rungs: Rung[] = [{ trials, users }];
  for (let share = REDUCTION; trials >= REDUCTION * share && users >= minUsers * share;) {
    rungs.push({ trials: Math.ceil(trials / share), users: Math.ceil(users / share) });
    share *= REDUCTION;
  }
  // Fewer trials go with more users.
  const sizes = rungs.map((rung) => rung.users).reverse();
  return rungs.map((rung, i) => ({ trials: rung.trials, users: sizes[i] }));
}

/** One combination of options and the last round that it reached. */
export interface Candidate<Options, Outcome> {
  /** Its position, from 0, among the combinations given. */
  readonly number: number;
  readonly options: Options;
  /** The last round that it was in, from 0. */
  readonly rung: number;
  /** Its outcome in that round. */
  readonly outcome: Outcome;
}

/**
 * Runs successive halving. All trials of a round run concurrently, as far as `measure` lets them;
 * the result doesn't depend on which ends first.
 *
 * @param rungs As {@linkcode planRungs} returns them.
 * @param search `measure` tries options in a round; `loss` of an outcome is lower the better, `NaN`
 * for a failure, which goes no further.
 * @returns The best first: by round, then by loss, then by number; failures last within their
 * round.
 */
export async function halve<Options, Outcome>(
  combinations: readonly Options[],
  rungs: readonly Rung[],
  { measure, loss }: {
    measure: (options: Options, rung: number) => Promise<Outcome>;
    loss: (outcome: Outcome) => number;
  },
): Promise<Candidate<Options, Outcome>[]> {
  const order = (a: Candidate<Options, Outcome>, b: Candidate<Options, Outcome>) =>
    compareLosses(loss(a.outcome), loss(b.outcome)) || a.number - b.number;
  let remaining = combinations.map((options, number) => ({ options, number }));
  let ranked: Candidate<Options, Outcome>[] = [];
  for (const [rung, { trials }] of rungs.entries()) {
    const measured = await Promise.all(
      remaining.slice(0, trials).map(async ({ options, number }) => ({
        ...{ number, options, rung },
        outcome: await measure(options, rung),
      })),
    );
    const inRound = new Set(measured.map(({ number }) => number));
    ranked = [...measured.sort(order), ...ranked.filter(({ number }) => !inRound.has(number))];
    remaining = measured.filter(({ outcome }) => !Number.isNaN(loss(outcome)));
  }
  return ranked;
}

/** Failures, whose loss is `NaN`, come last. */
function compareLosses(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}
