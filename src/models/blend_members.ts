import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import type { Interactions } from "../interactions/interactions.ts";
import type { Tensors } from "../linalg/tensor.ts";
import { fittedBefore, keepFitted } from "./fitted_before.ts";
import type { Algorithm, Model } from "./model.ts";

/** One model of a blend, as its options name it. */
export interface BlendMember {
  /** The algorithm's name; not `blend`. */
  readonly name: string;
  /** Those omitted have the algorithm's default. */
  readonly options?: object;
}

/** One model of a blend, to be fitted. */
export interface Member {
  readonly algorithm: Algorithm;
  readonly options: object;
}

/** One model of a blend, fitted. */
export interface FittedMember {
  /** The algorithm's name. */
  readonly name: string;
  readonly model: Model;
}

/**
 * Finds a member's algorithm.
 *
 * @throws {InputError} If it can't be a member; lists those that can.
 */
export function findMember(
  algorithms: readonly Algorithm[],
  { name, options = {} }: BlendMember,
): Member {
  const algorithm = algorithms.find((algorithm) => algorithm.name === name);
  if (algorithm) return { algorithm, options };
  const names = algorithms.map((algorithm) => algorithm.name).join(", ");
  throw new InputError(`Cannot fit blend: "${name}" can't be a member, only ${names} can`);
}

/**
 * Fits members to the same data, and keeps them for others that need the same models of it.
 *
 * @param options `skipUnfit`: whether to skip members that can't be fitted to the data.
 * @throws {InputError} If a member can't be fitted and isn't skipped, or none can be fitted.
 */
export async function fitMembers<Given extends Member>(
  members: readonly Given[],
  train: Interactions,
  { skipUnfit }: { skipUnfit: boolean },
  progress: Progress,
): Promise<(Given & { readonly model: Model })[]> {
  const fitted: (Given & { readonly model: Model })[] = [];
  let mistake: InputError | undefined;
  for (const [m, member] of members.entries()) {
    const report = (done: number) => progress((m + done) / members.length);
    try {
      const model = fittedBefore(train, member) ??
        await member.algorithm.fit(train, member.options, report);
      keepFitted(train, member, model);
      fitted.push({ ...member, model });
    } catch (error) {
      if (!skipUnfit || !(error instanceof InputError)) throw error;
      mistake ??= error;
    }
    report(1);
  }
  if (fitted.length === 0 && mistake) throw mistake;
  return fitted;
}

/** The tensors of all members, named `m0-item_knn-values` and so on. */
export function membersToTensors(members: readonly FittedMember[]): Tensors {
  return Object.fromEntries(
    members.flatMap(({ name, model }, m) =>
      Object.entries(model.toTensors()).map(([key, value]) => [`m${m}-${name}-${key}`, value])
    ),
  );
}

/**
 * Restores the members that {@linkcode membersToTensors} saved.
 *
 * @param tensors May contain others too.
 * @throws {TypeError} If a member's algorithm isn't among the given ones.
 */
export function membersFromTensors(
  algorithms: readonly Algorithm[],
  tensors: Tensors,
): FittedMember[] {
  return memberTensors(tensors).map(([name, own]) => {
    const algorithm = algorithms.find((algorithm) => algorithm.name === name);
    if (!algorithm) throw new TypeError(`Cannot read a blend: it has an unknown model "${name}"`);
    return { name, model: algorithm.fromTensors(own) };
  });
}

/** The name and the tensors of each member. */
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
