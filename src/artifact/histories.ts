import type { Interactions } from "../interactions/interactions.ts";
import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";
import { checkBelow, checkLength, checkOffsets } from "./checks.ts";

/** The events of all users: the arrays of {@linkcode Interactions}, without ids and sessions. */
export type Histories = Pick<Interactions, "indptr" | "items" | "weights" | "times">;

/** The histories as tensors, without copying. */
export function historiesToTensors({ indptr, items, weights, times }: Histories): Tensors {
  return {
    indptr: tensor(indptr),
    items: tensor(items),
    weights: tensor(weights),
    times: tensor(times),
  };
}

/**
 * The inverse of {@linkcode historiesToTensors}.
 *
 * @param size Number of users and items.
 * @throws {RangeError} If the arrays are inconsistent.
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
