import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { readTensor, tensor } from "../linalg/tensor.ts";
import {
  type BlendMember,
  findMember,
  fitMembers,
  type FittedMember,
  type Member,
  membersFromTensors,
  membersToTensors,
} from "./blend_members.ts";
import { blendedScores } from "./blending/blended_scores.ts";
import { chooseWeights } from "./blending/choose_weights.ts";
import { toShares } from "./blending/find_weights.ts";
import { suitsEase } from "./blending/suits_ease.ts";
import { holdOutQueries, type Target, TARGETS } from "./blending/held_out_queries.ts";
import {
  isOfRange,
  type Normalization,
  NORMALIZATIONS,
  normalizeScores,
} from "./blending/normalize_scores.ts";
import { knownRange, scaleOf } from "./blending/score_scale.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import { ease } from "./ease.ts";
import type { Algorithm, Model } from "./model.ts";
import { defaultsOf, type OptionsOf } from "./options/declarations.ts";
import { auto, choice, list, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { seedOption } from "./options/shared_options.ts";
import { EXCLUDES } from "./rank.ts";
import { scoreCandidates } from "./score_candidates.ts";
import { rankOneByOne } from "./scoring/rank_one_by_one.ts";
import { rankStaged } from "./scoring/rank_staged.ts";

/** One model of product attributes, two of taste, the others of co-occurrence and sequence. */
export const DEFAULT_MEMBERS: readonly BlendMember[] = [
  { name: "content" },
  { name: "pure_svd" },
  { name: "item_knn" },
  { name: "sequential_rules" },
  { name: "session_knn" },
  { name: "ease" },
];

const options = {
  members: list(DEFAULT_MEMBERS, {
    rule: "a list of models",
    meaning: "The models, each with its name and options; may repeat with different options. " +
      "Of the default members, those unfit for the data are skipped",
  }),
  normalize: choice(NORMALIZATIONS, "bounds", {
    search: NORMALIZATIONS,
    saved: true,
    meaning:
      "How scores are normalized; bounds: from the least to the largest score that a model " +
      "can give, where it knows them",
  }),
  weights: list<number>([], {
    rule: "a list of numbers",
    meaning: "One weight per member, at least 0, not all 0; by default tuned on held-out events",
  }),
  target: auto(choice(TARGETS, "later", {
    meaning:
      "What the weights are tuned to predict: all later events of a user, or the next one; " +
      "auto: the next one if hardly any user comes back",
  })),
  exclude: choice(EXCLUDES, "seen", {
    meaning: "The user's own products to omit from the lists that the weights are tuned on",
  }),
  k: whole(10, { min: 1, meaning: "Length of the lists that the weights are tuned on" }),
  share: number(0.1, {
    above: 0,
    max: 0.5,
    meaning: "Share of the events, the latest, held out to tune the weights on",
  }),
  questions: whole(5000, {
    min: 1,
    meaning: "Maximum number of held-out histories to tune the weights on",
  }),
  seed: seedOption("which held-out histories are sampled"),
};

/** The options of a blend. */
export type BlendOptions = OptionsOf<typeof options>;

/**
 * Creates the algorithm that blends others: a convex combination of their normalized scores (Bell,
 * Koren and Volinsky 2007 on why blends win; Cormack, Clarke and Buettcher 2009 for ranks). The
 * weights maximize NDCG on the latest part of the training data, which {@linkcode holdOutQueries}
 * holds out; unless that gains beyond noise, the best member stays alone ({@linkcode
 * chooseWeights}). Members with weight 0 are dropped, the others are fitted again to everything.
 * Without held-out queries all get the same weight. Of the default members, `ease` is tried only on
 * small and dense data ({@linkcode suitsEase}).
 *
 * Fitting takes twice as long as fitting all members, plus scoring them for each query; members
 * that were fitted to the same data before aren't fitted to everything again. With given weights
 * only members with a weight are fitted, once; a comparison gives those of its first window to all
 * fits after it. Scoring takes as long as scoring the members; with `bounds` and `minmax`, a list
 * only needs the items that members score sparsely and those that can enter it (see {@linkcode
 * blendedScores}).
 *
 * @param algorithms Possible members.
 */
export function createBlend(algorithms: readonly Algorithm[]): Algorithm<BlendOptions> {
  return defineAlgorithm({
    name: "blend",
    description: "A weighted sum of other models, with weights tuned on held-out events",
    options,

    fitsFrom: "sums",

    // Where ease is skipped, fitting it elsewhere must not wait for the blend.
    fitsBesides: (given) =>
      ({ ...defaultsOf(options), ...given }).members.map(({ name }) => name)
        .filter((name) => name !== ease.name),

    tunesOptions: true,

    async fit(train, options, progress = () => {}) {
      checkWeights(options);
      const namesOf = (members: readonly BlendMember[]) => members.map(({ name }) => name).join();
      // Tuned members are the default ones still.
      const skipUnfit = namesOf(options.members) === namesOf(DEFAULT_MEMBERS);
      const isGiven = options.weights.length > 0;
      const members = options.members
        .map((member, place) => ({ ...member, place }))
        .filter(({ name }) => name !== ease.name || !skipUnfit || isGiven || suitsEase(train))
        .map((member) => ({ ...findMember(algorithms, member), place: member.place }));
      const { weights, target, isTuned = false } = isGiven
        ? { weights: toShares(options.weights), target: options.target }
        : await validateWeights(
          members,
          train,
          { ...options, skipUnfit },
          (done) => progress(done / 2),
        );
      const chosen = members
        .map((member, m) => ({ ...member, weight: weights[m] }))
        .filter(({ weight }) => weight > 0);
      const fitted = await fitMembers(
        chosen,
        train,
        { skipUnfit },
        (done) => progress((1 + done) / 2),
      );
      const model = createBlendModel({
        members: fitted.map(({ algorithm: { name }, model }) => ({ name, model })),
        weights: Float64Array.from(toShares(fitted.map(({ weight }) => weight))),
        normalize: options.normalize,
      });
      // Of members that weren't tried, the weight is 0.
      const all = options.members.map((_, place) =>
        weights[members.findIndex((member) => member.place === place)] ?? 0
      );
      return {
        ...model,
        ...(options.target !== target && { chosen: { target } }),
        ...(isTuned && { tuned: { weights: all, target } }),
      };
    },

    fromTensors: (tensors) =>
      createBlendModel({
        weights: readTensor(tensors, "weights", Float64Array).data,
        members: membersFromTensors(algorithms, tensors),
        ...readOptions(options, tensors),
      }),
  });
}

function checkWeights({ members, weights }: BlendOptions): void {
  if (members.length === 0) {
    throw new InputError(`Cannot fit blend: option "members" must name at least one model`);
  }
  const valid = weights.every((weight) => weight >= 0 && weight < Infinity) &&
    weights.some((weight) => weight > 0) && weights.length === members.length;
  if (weights.length === 0 || valid) return;
  throw new InputError(
    `Cannot fit blend: option "weights" must be ${members.length} numbers of at least 0, ` +
      `not all 0, one for each member; got ${weights.join(", ")}`,
  );
}

/**
 * Tunes the weights on held-out queries.
 *
 * @returns `weights`: one per member, 0 for those that can't be fitted. `target`: what they are
 * tuned to predict. `isTuned`: whether there was anything to tune and to tune them on.
 */
async function validateWeights(
  members: readonly Member[],
  train: Interactions,
  options: BlendOptions & { skipUnfit: boolean },
  progress: Progress,
): Promise<{ weights: readonly number[]; target: Target; isTuned?: boolean }> {
  const { past, queries, target } = holdOutQueries(train, {
    ...options,
    limit: options.questions,
  });
  if (members.length === 1 || queries.length === 0) {
    return { weights: toShares(members.map(() => 1)), target };
  }
  const numbered = members.map((member, m) => ({ ...member, m }));
  const fitted = await fitMembers(numbered, past, options, progress);
  const candidates = scoreCandidates(fitted.map(({ model }) => model), queries, options);
  const chosen = chooseWeights(candidates, fitted.length, options);
  const weights = members.map(() => 0);
  fitted.forEach(({ m }, i) => weights[m] = chosen[i]);
  return { weights, target, isTuned: true };
}

interface BlendParameters {
  readonly members: readonly FittedMember[];
  /** One for each member, summing to 1. */
  readonly weights: Float64Array;
  readonly normalize: Normalization;
}

function createBlendModel(parameters: BlendParameters): Model {
  const { members, weights, normalize } = parameters;
  const { itemCount } = members[0].model;
  const memberScores = new Float32Array(itemCount);
  // Other normalizations depend on all scores.
  const scoresOf = isOfRange(normalize) &&
    blendedScores(members.map(({ model }) => model), weights, normalize);
  return {
    itemCount,
    // A normalised score of 0 is a member's lowest, except that of zscore, its mean.
    ...(normalize !== "zscore" && { noSignal: 0 }),
    score(history, scores) {
      scores.fill(0);
      members.forEach(({ model }, m) => {
        model.score(history, memberScores);
        const range = isOfRange(normalize) ? knownRange(model, history, normalize) : undefined;
        normalizeScores(memberScores, normalize, range);
        for (let item = 0; item < itemCount; item++) {
          scores[item] += weights[m] * memberScores[item];
        }
      });
    },
    ...(scoresOf && {
      scoreSome: (history, items) => scoresOf(history).exact(items),
      ...rankOneByOne({
        itemCount,
        scoresOf,
        top: rankStaged,
        some: (scores, items) => scores.exact(items),
      }),
    }),
    ...(normalize !== "rank" && {
      terms: (history) =>
        members.map(({ model }, m) => {
          const { zero, unit } = scaleOf(model, history, { normalize, buffer: memberScores });
          // Equal scores count 0.
          const factor = unit === 0 ? 0 : weights[m] / unit;
          return { model, factor, constant: -factor * zero };
        }),
    }),
    toTensors: () => ({
      weights: tensor(weights),
      ...saveOptions(options, parameters),
      ...membersToTensors(members),
    }),
  };
}
