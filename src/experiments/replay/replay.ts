import { InputError } from "../../base/input_error.ts";
import type { Exposure, ExposureWithOutcomes } from "../exposures/exposure.ts";
import { evaluateOffPolicy, type OffPolicyEvaluation } from "../off_policy.ts";
import { shareOf } from "../share_of.ts";
import { type Reward, rewardsOf } from "./reward.ts";
import { fitRewards, type RewardedPlace } from "./reward_model.ts";

/**
 * The products that a policy would have shown instead of a list, best first: more than the list has
 * places, since some of them may stand in places that weren't left to chance. Undefined if the
 * policy can't say.
 */
export type RankInstead = (
  exposure: Exposure,
) => readonly string[] | undefined | Promise<readonly string[] | undefined>;

/** How a log is replayed. */
export interface ReplayOptions {
  /** What policies are valued by. Default `click`. */
  readonly reward?: Reward;
  /** The most places of a list, of those left to chance, that count. Default all. */
  readonly places?: number;
  /** The chance that an interval misses the true value. Default 0.05. */
  readonly alpha?: number;
}

/** What a policy would have earned, per place that was left to chance. */
export interface Replay {
  /** Lists that count. */
  readonly lists: number;
  /** Lists that don't, by the reason. */
  readonly leftOut: {
    /** Nothing in them was left to chance. */
    readonly fixed: number;
    /** It isn't known what stood before the places that were seen. */
    readonly gaps: number;
    /** The policy has no list. */
    readonly unranked: number;
  };
  /** Of the policy. */
  readonly evaluation: OffPolicyEvaluation;
  /** Of what was shown. */
  readonly logged: OffPolicyEvaluation;
}

/** One place that was left to chance. */
interface Round extends RewardedPlace {
  readonly unit: string;
  /** The probability of this and the places before it that were left to chance, … */
  readonly propensity: number;
  /** … and under the policy: 1 if it would have shown the same, otherwise 0. */
  readonly target: number;
  /** The weight of the places before. */
  readonly weightBefore: number;
  /** What the policy would show here; undefined if it has nothing left. */
  readonly choice: string | undefined;
}

/** Parts that users are divided into, to guess the rewards of each from the others. */
const FOLDS = 5;
const FOLD_SALT = "replay fold";

/**
 * Estimates what a policy would have earned from lists that were shown under another one, in the
 * places that were left to chance: those with a propensity below 1. The other places stay as they
 * were. At each place the policy would show the best of its products that isn't elsewhere in the
 * list.
 *
 * A reward counts with the weight of its place and those before it, so estimates are unbiased if
 * what is clicked depends on nothing further down (reward interaction inverse propensity scoring:
 * McInerney, Brost, Chandar, Mehrotra and Carterette 2020, "Counterfactual evaluation of slate
 * recommendations with sequential reward interactions"; with guesses, the cascade doubly robust
 * estimate: Kiyohara and others 2022). Users are the independent units. What they bring is guessed
 * from other users, with five folds (Chernozhukov and others 2018).
 *
 * @throws {InputError} If no list had places that were left to chance.
 */
export async function replay(
  log: Iterable<ExposureWithOutcomes> | AsyncIterable<ExposureWithOutcomes>,
  rankInstead: RankInstead,
  { reward = "click", places = Infinity, alpha }: ReplayOptions = {},
): Promise<Replay> {
  const rounds: Round[] = [];
  const leftOut = { fixed: 0, gaps: 0, unranked: 0 };
  let lists = 0;
  for await (const logged of log) {
    const { positions, propensities } = logged.exposure;
    if (positions.some((position, i) => position !== i + 1)) leftOut.gaps++;
    else if (propensities.every((propensity) => propensity === 1)) leftOut.fixed++;
    else {
      const ranked = await rankInstead(logged.exposure);
      if (ranked === undefined) leftOut.unranked++;
      else {
        lists++;
        rounds.push(...roundsOf(logged.exposure, rewardsOf(logged, reward), { ranked, places }));
      }
    }
  }
  if (lists === 0) {
    throw new InputError(
      `Cannot replay: no list can be used; in ${leftOut.fixed} nothing was left to chance, ` +
        `${leftOut.gaps} don't begin at the first place or have gaps, and for ` +
        `${leftOut.unranked} the policy has no list; give a placement places to explore`,
    );
  }
  const guessed = withGuesses(rounds);
  const logged = rounds.map((round) => ({ ...round, target: round.propensity }));
  return {
    ...{ lists, leftOut },
    evaluation: evaluateOffPolicy(guessed, { alpha }),
    logged: evaluateOffPolicy(logged, { alpha, least: 0 }),
  };
}

function roundsOf(
  { userId, productIds, positions, propensities }: Exposure,
  rewards: readonly number[],
  { ranked, places }: { ranked: readonly string[]; places: number },
): Round[] {
  const taken = new Set(productIds.filter((_, i) => propensities[i] === 1));
  const rounds: Round[] = [];
  let propensity = 1, target = 1;
  for (const [i, productId] of productIds.entries()) {
    if (propensities[i] === 1) continue;
    if (rounds.length >= places) break;
    const weightBefore = target / propensity;
    const choice = ranked.find((id) => !taken.has(id));
    propensity *= propensities[i];
    if (choice !== productId) target = 0;
    taken.add(productId);
    rounds.push({
      ...{ unit: userId, productId, position: positions[i], reward: rewards[i] },
      ...{ propensity, target, weightBefore, choice },
    });
  }
  return rounds;
}

function withGuesses(rounds: readonly Round[]) {
  const folds = rounds.map(({ unit }) => Math.floor(FOLDS * shareOf(unit, { salt: FOLD_SALT })));
  const models = Array.from(
    { length: FOLDS },
    (_, fold) => fitRewards(rounds.filter((_, i) => folds[i] !== fold)),
  );
  return rounds.map((round, i) => {
    const { position, choice, weightBefore } = round;
    const guess = models[folds[i]];
    const best = choice === undefined ? 0 : guess({ productId: choice, position });
    return { ...round, guess: guess(round), targetGuess: weightBefore * best };
  });
}
