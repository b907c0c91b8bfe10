import { numbersFromTensors, numbersToTensors } from "../../linalg/coded_numbers.ts";
import {
  lengthsFromTensors,
  lengthsOf,
  lengthsToTensors,
  startsFromTensors,
  startsToTensors,
} from "../../linalg/lengths.ts";
import { narrow, readWholeNumbers } from "../../linalg/narrow.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../../linalg/tensor.ts";
import { longestSession, packSessions, type SessionIndex } from "./session_index.ts";

/** Everything that {@linkcode indexFromTensors} needs. */
export function indexToTensors(index: SessionIndex): Tensors {
  const { lengths, items, weights, itemIndptr, itemSessions, longest, dayStarts } = index;
  return {
    ...lengthsToTensors("lengths", lengths),
    items: tensor(items),
    ...numbersToTensors("weights", weights),
    ...startsToTensors("itemLengths", itemIndptr),
    itemSessions: tensor(itemSessions.bytes),
    ...startsToTensors("itemBytes", itemSessions.starts),
    longest: scalar(longest),
    ...startsToTensors("dayLengths", dayStarts),
  };
}

/**
 * Restores an index.
 *
 * @throws {TypeError} If a tensor is missing or has another type.
 * @throws {RangeError} If tensors don't fit together.
 */
export function indexFromTensors(tensors: Tensors): SessionIndex {
  if ("indptr" in tensors) return indexOfVersion1(tensors);
  const items = readWholeNumbers(tensors, "items");
  const bytes = readTensor(tensors, "itemSessions", Uint8Array).data;
  const indptr = startsFromTensors(tensors, "lengths", items.length);
  return {
    indptr,
    lengths: lengthsFromTensors(tensors, "lengths"),
    items,
    weights: numbersFromTensors(tensors, "weights"),
    itemIndptr: startsFromTensors(tensors, "itemLengths", items.length),
    itemSessions: { starts: startsFromTensors(tensors, "itemBytes", bytes.length), bytes },
    longest: readScalar(tensors, "longest"),
    dayStarts: dayStartsOf(tensors, indptr.length - 1),
  };
}

/** Artifacts of format version 1 have plain arrays. */
function indexOfVersion1(tensors: Tensors): SessionIndex {
  const indptr = readTensor(tensors, "indptr", Uint32Array).data;
  const itemIndptr = readTensor(tensors, "itemIndptr", Uint32Array).data;
  const itemSessions = readTensor(tensors, "itemSessions", Uint32Array).data;
  const items = readTensor(tensors, "items", Uint32Array).data;
  const sessions = indptr.length - 1;
  return {
    indptr,
    lengths: lengthsOf(indptr),
    items: narrow(items, itemIndptr.length - 1),
    weights: readTensor(tensors, "weights", Float32Array).data,
    itemIndptr,
    itemSessions: packSessions({ itemIndptr, itemSessions, sessions }),
    longest: longestSession(indptr),
    dayStarts: dayStartsOf(tensors, sessions),
  };
}

/** Older artifacts don't know the days: their sessions all count as of the latest one. */
function dayStartsOf(tensors: Tensors, sessions: number): Uint32Array {
  if (!("dayLengths" in tensors)) return Uint32Array.of(0, sessions);
  return startsFromTensors(tensors, "dayLengths", sessions);
}
