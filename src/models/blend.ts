import { InputError } from "../base/input_error.ts";
import type { Interactions } from "../interactions/interactions.ts";
import type { Progress } from "../base/progress.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import { holdOutQuestions, type Target, TARGETS } from "./blending/blend_questions.ts";
import { castBallots, findWeights, toShares } from "./blend_weights.ts";
import type { Algorithm, Model } from "./model.ts";
import {
  type Normalization,
  NORMALIZATIONS,
  normalizeScores,
} from "./blending/normalize_scores.ts";
import { requireEvents, resolveOptions } from "./options.ts";
import { type Exclude, EXCLUDES } from "./recommend.ts";

/** One model of a blend. */
export interface BlendMember {
  /** The algorithm's name; not `blend`. */
  readonly name: string;
  /** Those left out have the algorithm's default. */
  readonly options?: object;
}

/** What to blend, and how to find the weights. */
export interface BlendOptions {
  /**
   * The models; one of them may stand several times, with different options. Default content, pure_svd, item_knn,
   * sequential_rules and session_knn: one for what is known of products, one for taste, the others for what goes
   * together and what comes next. Of the default those that can't be fitted to the data are left out.
   */
  members: readonly BlendMember[];
  /** How scores are made comparable. Default `"minmax"`. */
  normalize: Normalization;
  /** One weight for each member, at least 0, not all 0. Default none: they are found on validation. */
  weights: readonly number[];
  /** What the weights are to foretell. Default `"later"`: all that a user does after the cut. */
  target: Target;
  /** What the lists leave out, for which the weights are found. Default `"seen"`. */
  exclude: Exclude;
  /** Length of the lists for which the weights are found. Default 10. */
  k: number;
  /** How much of the events, the latest, is held out to find the weights on, from 0 to 1. Default 0.1. */
  share: number;
  /** On how many questions at most the weights are found. Default 5,000. */
  questions: number;
  /** Determines which questions, where there are more. Default 1. */
  seed: number;
}

/**
 * Makes the algorithm that blends others: a convex sum of their normalised scores (Bell, Koren and Volinsky 2007
 * on why blends win; Cormack, Clarke and Buettcher 2009 for ranks). The weights are found on the latest part of
 * the training data, which {@linkcode holdOutQuestions} holds out: they maximise NDCG there. Members of weight 0
 * are left out, the others are fitted anew to everything. Where nothing can be asked (nobody came back), all
 * weigh the same.
 *
 * Fitting takes what fitting all members twice takes, and scoring them for each question; scoring, what scoring
 * the members takes.
 *
 * @param algorithms What can be a member.
 */
export function createBlend(algorithms: readonly Algorithm[]): Algorithm<BlendOptions> {
  return {
    name: "blend",
    description: "A weighted sum of other models, its weights found on held-out events",
    defaults: {
      members: ["content", "pure_svd", "item_knn", "sequential_rules", "session_knn"]
        .map((name) => ({ name })),
      normalize: "minmax",
      weights: [],
      target: "later",
      exclude: "seen",
      k: 10,
      share: 0.1,
      questions: 5000,
      seed: 1,
    },
    searchSpace: { normalize: NORMALIZATIONS },

    async fit(train, given, progress = () => {}) {
      const options = resolveOptions("blend", this.defaults, given, {
        normalize: { oneOf: NORMALIZATIONS },
        target: { oneOf: TARGETS },
        exclude: { oneOf: EXCLUDES },
        k: { min: 1, whole: true },
        share: { min: 0, max: 0.5, exclusive: true },
        questions: { min: 1, whole: true },
        seed: { whole: true },
      });
      const members = options.members.map((member) => findMember(algorithms, member));
      checkWeights(options);
      requireEvents("blend", train);
      // Options come from other threads as copies.
      const skipUnfit = JSON.stringify(options.members) === JSON.stringify(this.defaults.members);
      const weights = options.weights.length > 0
        ? toShares(options.weights)
        : await validate(members, train, { ...options, skipUnfit }, (done) => progress(done / 2));
      const chosen = members
        .map((member, m) => ({ ...member, weight: weights[m] }))
        .filter(({ weight }) => weight > 0);
      const fitted = await fitMembers(
        chosen,
        train,
        { skipUnfit },
        (done) => progress((1 + done) / 2),
      );
      return createBlendModel({
        members: fitted.map(({ algorithm: { name }, model }) => ({ name, model })),
        weights: Float64Array.from(toShares(fitted.map(({ weight }) => weight))),
        normalize: options.normalize,
      });
    },

    fromTensors: (tensors) =>
      createBlendModel({
        weights: readTensor(tensors, "weights", Float64Array).data,
        normalize: NORMALIZATIONS[readScalar(tensors, "normalize")],
        members: memberTensors(tensors).map(([name, own]) => {
          const algorithm = algorithms.find((algorithm) => algorithm.name === name);
          if (!algorithm) throw new TypeError(`Cannot read a blend: there is no model "${name}"`);
          return { name, model: algorithm.fromTensors(own) };
        }),
      }),
  };
}

interface Member {
  readonly algorithm: Algorithm;
  readonly options: object;
}

function findMember(
  algorithms: readonly Algorithm[],
  { name, options = {} }: BlendMember,
): Member {
  const algorithm = algorithms.find((algorithm) => algorithm.name === name);
  if (algorithm) return { algorithm, options };
  const names = algorithms.map((algorithm) => algorithm.name).join(", ");
  throw new InputError(`Cannot fit blend: "${name}" can't be a member, only: ${names}`);
}

function checkWeights({ members, weights }: BlendOptions): void {
  if (members.length === 0) {
    throw new InputError(`Cannot fit blend: option "members" must name at least one model`);
  }
  const valid = weights.every((weight) => weight >= 0 && weight < Infinity) &&
    weights.some((weight) => weight > 0) && weights.length === members.length;
  if (weights.length === 0 || valid) return;
  throw new InputError(
    `Cannot fit blend: option "weights" must be ${members.length} numbers of at least 0, not all 0, ` +
      `one for each member; got ${weights.join(", ")}`,
  );
}

/**
 * Fits the members to the same data.
 *
 * @param options `skipUnfit`: whether to go on without members that can't be fitted to the data.
 * @throws {InputError} If a member can't be fitted and is not to be skipped, or none can.
 */
async function fitMembers<Given extends Member>(
  members: readonly Given[],
  train: Interactions,
  { skipUnfit }: { skipUnfit: boolean },
  progress: Progress,
): Promise<(Given & { readonly model: Model })[]> {
  const fitted: (Given & { readonly model: Model })[] = [];
  let mistake: InputError | undefined;
  for (const [m, member] of members.entries()) {
    const tell = (done: number) => progress((m + done) / members.length);
    try {
      const model = await member.algorithm.fit(train, member.options, tell);
      fitted.push({ ...member, model });
    } catch (error) {
      if (!skipUnfit || !(error instanceof InputError)) throw error;
      mistake ??= error;
    }
    tell(1);
  }
  if (fitted.length === 0 && mistake) throw mistake;
  return fitted;
}

/** @returns One weight for each member, 0 for those that can't be fitted. */
async function validate(
  members: readonly Member[],
  train: Interactions,
  options: BlendOptions & { skipUnfit: boolean },
  progress: Progress,
): Promise<readonly number[]> {
  const { past, questions } = holdOutQuestions(train, options);
  if (members.length === 1 || questions.length === 0) {
    return findWeights([], members.length, options.k);
  }
  const numbered = members.map((member, m) => ({ ...member, m }));
  const fitted = await fitMembers(numbered, past, options, progress);
  const ballots = castBallots(fitted.map(({ model }) => model), questions, options);
  const found = findWeights(ballots, fitted.length, options.k);
  const weights = members.map(() => 0);
  fitted.forEach(({ m }, i) => weights[m] = found[i]);
  return weights;
}

interface BlendParameters {
  readonly members: readonly { readonly name: string; readonly model: Model }[];
  /** One for each member, summing to 1. */
  readonly weights: Float64Array;
  readonly normalize: Normalization;
}

function createBlendModel({ members, weights, normalize }: BlendParameters): Model {
  const { itemCount } = members[0].model;
  const own = new Float32Array(itemCount);
  return {
    itemCount,
    score(history, scores) {
      scores.fill(0);
      members.forEach(({ model }, m) => {
        model.score(history, own);
        normalizeScores(own, normalize);
        for (let item = 0; item < itemCount; item++) scores[item] += weights[m] * own[item];
      });
    },
    toTensors: () => ({
      weights: tensor(weights),
      normalize: scalar(NORMALIZATIONS.indexOf(normalize)),
      ...Object.fromEntries(
        members.flatMap(({ name, model }, m) =>
          Object.entries(model.toTensors()).map((
            [tensorName, value],
          ) => [`m${m}-${name}-${tensorName}`, value])
        ),
      ),
    }),
  };
}

/** The name and the tensors of each member, which are saved as `m0-item_knn-values` and so on. */
function memberTensors(tensors: Tensors): [name: string, own: Tensors][] {
  const members: [string, Record<string, Tensors[string]>][] = [];
  for (const [key, value] of Object.entries(tensors)) {
    const [, index, name, tensorName] = /^m(\d+)-(\w+)-(.+)$/.exec(key) ?? [];
    if (index === undefined) continue;
    members[Number(index)] ??= [name, {}];
    members[Number(index)][1][tensorName] = value;
  }
  return members;
}
