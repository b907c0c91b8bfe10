/** One round of successive halving: so many trials, each on a sample of so many users. */
export interface Rung {
  readonly trials: number;
  readonly users: number;
}

/** What {@linkcode planRungs} starts from. */
export interface RungOptions {
  /** How many combinations of options there are to begin with. */
  trials: number;
  /** How many users there are. */
  users: number;
  /** The smallest sample that tells anything. */
  minUsers: number;
}

/** Of so many trials one goes on, to a sample so many times as large. */
const REDUCTION = 3;

/**
 * Plans successive halving (Jamieson and Talwalkar 2016): all trials on a small sample of users, the best
 * third on three times as many, and so on, until at least three are left for all users. Every round then costs
 * about as much as the next. Fewer than nine trials, or too few users for smaller samples, make one round.
 *
 * @returns The first round first; the last one has all users.
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

/** One combination of options and how far it came. */
export interface Candidate<Options, Outcome> {
  /** Its number, from 0, in the order in which the combinations were given. */
  readonly number: number;
  readonly options: Options;
  /** The last round that it took part in, from 0. */
  readonly rung: number;
  /** What it gave there. */
  readonly outcome: Outcome;
}

/**
 * Runs successive halving. All trials of a round run at once, as far as `measure` lets them; what comes out
 * doesn't depend on which ends first.
 *
 * @param rungs As {@linkcode planRungs} gives them.
 * @param search `measure` tries options in a round; `loss` says how bad an outcome is, the less the better,
 * `NaN` for one that failed and goes no further.
 * @returns The best first: by round, then by loss, of equals the one with the lower number; failed ones last
 * within their round.
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
  let going = combinations.map((options, number) => ({ options, number }));
  let ranked: Candidate<Options, Outcome>[] = [];
  for (const [rung, { trials }] of rungs.entries()) {
    const measured = await Promise.all(
      going.slice(0, trials).map(async ({ options, number }) => ({
        ...{ number, options, rung },
        outcome: await measure(options, rung),
      })),
    );
    const taking = new Set(measured.map(({ number }) => number));
    ranked = [...measured.sort(order), ...ranked.filter(({ number }) => !taking.has(number))];
    going = measured.filter(({ outcome }) => !Number.isNaN(loss(outcome)));
  }
  return ranked;
}

/** Failed ones, whose loss is `NaN`, come last. */
function compareLosses(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}
