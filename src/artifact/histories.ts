import type { Interactions } from "../interactions/interactions.ts";
import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";
import { checkBelow, checkLength, checkOffsets } from "./checks.ts";

/** What everybody did, without who they are: the arrays of {@linkcode Interactions}, sessions left out. */
export type Histories = Pick<Interactions, "indptr" | "items" | "weights" | "times">;

/** The histories as tensors, not copied. */
export function historiesToTensors({ indptr, items, weights, times }: Histories): Tensors {
  return {
    indptr: tensor(indptr),
    items: tensor(items),
    weights: tensor(weights),
    times: tensor(times),
  };
}

/**
 * Takes back what {@linkcode historiesToTensors} gave.
 *
 * @param size How many users and items there are.
 * @throws {RangeError} If the arrays don't fit together.
 * @throws {TypeError} If one is missing or of another type.
 */
export function historiesFromTensors(
  tensors: Tensors,
  size: { users: number; items: number },
): Histories {
  const indptr = readTensor(tensors, "indptr", Uint32Array).data;
  const items = readTensor(tensors, "items", Uint32Array).data;
  const weights = readTensor(tensors, "weights", Float32Array).data;
  const times = readTensor(tensors, "times", Uint32Array).data;
  checkOffsets("indptr", indptr, { parts: size.users, end: items.length });
  checkLength("weights", weights, items.length);
  checkLength("times", times, items.length);
  checkBelow("items", items, size.items);
  return { indptr, items, weights, times };
}
