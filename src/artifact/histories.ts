import { type EventArrays, PackedHistories } from "../histories/packed_histories.ts";
import { readTensor, type Tensors } from "../linalg/tensor.ts";
import { checkBelow, checkLength, checkOffsets } from "./checks.ts";

/** How many users and items histories are about. */
interface Size {
  readonly users: number;
  readonly items: number;
}

/**
 * Packs histories.
 *
 * @throws {RangeError} If the arrays are inconsistent.
 */
export function packHistories(events: EventArrays, size: Size): PackedHistories {
  const { indptr, items, weights, times } = events;
  checkOffsets("indptr", indptr, { parts: size.users, end: items.length });
  checkLength("weights", weights, items.length);
  checkLength("times", times, items.length);
  checkBelow("items", items, size.items);
  return PackedHistories.pack(events);
}

/**
 * Restores histories from their tensors; packs those of format version 1, which are plain arrays.
 *
 * @throws {RangeError} If the tensors are inconsistent.
 * @throws {TypeError} If one is missing or of another type.
 */
export function historiesFromTensors(tensors: Tensors, size: Size): PackedHistories {
  if ("indptr" in tensors) {
    return packHistories({
      indptr: readTensor(tensors, "indptr", Uint32Array).data,
      items: readTensor(tensors, "items", Uint32Array).data,
      weights: readTensor(tensors, "weights", Float32Array).data,
      times: readTensor(tensors, "times", Uint32Array).data,
    }, size);
  }
  const histories = PackedHistories.fromTensors(tensors);
  if (histories.users === size.users) return histories;
  throw new RangeError(`lengths must hold ${size.users} numbers, it holds ${histories.users}`);
}
