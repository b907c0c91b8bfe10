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

/** How trials are measured and compared. */
export interface TrialSearch<Options, Outcome> {
  /**
   * Tries options in a round; `undefined` if there is no time left for it. `leads` says whether it
   * is among the first two of its round, without which the round decides nothing.
   */
  measure: (options: Options, rung: number, leads: boolean) => Promise<Outcome | undefined>;
  /** Lower is better; `NaN` for a failure, which goes no further. */
  loss: (outcome: Outcome) => number;
}

/** With fewer trials than this, a later round has no comparison, and the one before it decides. */
const LEADERS = 2;

/**
 * Runs successive halving. All trials of a round are requested at once, and `measure` decides how
 * many run at a time; the result doesn't depend on which ends first. When time is up, the rounds so
 * far decide, the last one only if it compared at least two.
 *
 * @param rungs As {@linkcode planRungs} returns them.
 * @param search `keep`: the number of a combination that every round measures, first and beside the
 *   others: what they have to beat. Default none.
 * @returns Those measured, the best first: by round, then by loss, then by number; failures last
 * within their round.
 */
export async function halve<Options, Outcome>(
  combinations: readonly Options[],
  rungs: readonly Rung[],
  { keep, ...search }: TrialSearch<Options, Outcome> & { keep?: number },
): Promise<Candidate<Options, Outcome>[]> {
  const isKept = ({ number }: { number: number }) => number === keep;
  let remaining = combinations.map((options, number) => ({ options, number }));
  let ranked: Candidate<Options, Outcome>[] = [];
  for (const [rung, { trials }] of rungs.entries()) {
    const going = remaining.filter((candidate, i) => i < trials || isKept(candidate))
      .sort((a, b) => Number(isKept(b)) - Number(isKept(a)));
    const measured = await measureAll(going, rung, search);
    if (measured.length < (rung === 0 ? 1 : Math.min(LEADERS, going.length))) break;
    ranked = rankCandidates([...measured, ...ranked], search);
    remaining = ranked.filter(({ rung: last, outcome }) =>
      last === rung && !Number.isNaN(search.loss(outcome))
    );
  }
  return ranked;
}

/** Measures combinations in one round, at the same time; omits those without an outcome. */
export async function measureAll<Options, Outcome>(
  combinations: readonly { readonly options: Options; readonly number: number }[],
  rung: number,
  { measure }: Pick<TrialSearch<Options, Outcome>, "measure">,
): Promise<Candidate<Options, Outcome>[]> {
  const tried = await Promise.all(combinations.map(async ({ options, number }, place) => {
    const outcome = await measure(options, rung, place < LEADERS);
    return outcome === undefined ? [] : [{ number, options, rung, outcome }];
  }));
  return tried.flat();
}

/**
 * Each candidate once, in the last round that it was in, the best first: by round, then by loss,
 * then by number; failures last within their round.
 */
export function rankCandidates<Options, Outcome>(
  candidates: readonly Candidate<Options, Outcome>[],
  { loss }: Pick<TrialSearch<Options, Outcome>, "loss">,
): Candidate<Options, Outcome>[] {
  const last = new Map<number, Candidate<Options, Outcome>>();
  for (const candidate of candidates) {
    const other = last.get(candidate.number);
    if (!other || candidate.rung > other.rung) last.set(candidate.number, candidate);
  }
  return [...last.values()].sort((a, b) =>
    b.rung - a.rung || compareLosses(loss(a.outcome), loss(b.outcome)) || a.number - b.number
  );
}

/** Failures, whose loss is `NaN`, come last. */
function compareLosses(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}
