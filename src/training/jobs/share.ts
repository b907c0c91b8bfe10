import type { Catalogue } from "../../interactions/catalogue.ts";
import { IdMap } from "../../interactions/id_map.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import type { Tensors, TypedArray } from "../../linalg/tensor.ts";
import type { JobData } from "./job_data.ts";

/** The data of jobs as sent to workers: arrays in shared memory, ids as tensors. */
export interface SharedJobData {
  readonly userIds: Tensors;
  readonly itemIds: Tensors;
  readonly catalogue?: Catalogue;
  readonly history: Events;
  /** The same object as `history` or `past` if training needed no preparation. */
  readonly fittedTo: Events;
  readonly truth: Events;
  readonly past?: Events;
}

type Events = Pick<Interactions, "indptr" | "items" | "weights" | "times" | "sessions">;

/**
 * Copies the data of jobs to shared memory, once for all workers: posting the result to a worker
 * copies only the distinct texts of the catalogue.
 *
 * @param data Its parts have the same users and items.
 */
export function shareJobData({ history, fittedTo, truth, past }: JobData): SharedJobData {
  const { userIds, itemIds, catalogue } = history;
  const shared = new Map<Interactions, Events>();
  const share = (part: Interactions) => {
    if (part.statistics) throw new TypeError("Sums that are made elsewhere can't be shared");
    const events = shared.get(part) ?? shareArrays(eventsOf(part));
    shared.set(part, events);
    return events;
  };
  return {
    userIds: shareArrays(userIds.toTensors()),
    itemIds: shareArrays(itemIds.toTensors()),
    ...(catalogue && { catalogue: shareArrays(catalogue) }),
    history: share(history),
    fittedTo: share(fittedTo),
    truth: share(truth),
    ...(past && { past: share(past) }),
  };
}

/** The inverse of {@linkcode shareJobData}, without copying the arrays. */
export function receiveJobData(shared: SharedJobData): JobData {
  const common = {
    userIds: IdMap.fromTensors(shared.userIds),
    itemIds: IdMap.fromTensors(shared.itemIds),
    ...(shared.catalogue && { catalogue: shared.catalogue }),
  };
  return {
    history: { ...common, ...shared.history },
    fittedTo: { ...common, ...shared.fittedTo },
    truth: { ...common, ...shared.truth },
    ...(shared.past && { past: { ...common, ...shared.past } }),
  };
}

function eventsOf({ indptr, items, weights, times, sessions }: Interactions): Events {
  return { indptr, items, weights, times, ...(sessions && { sessions }) };
}

/** The same value with every typed array in it, at any depth, copied to shared memory. */
function shareArrays<Value extends object>(value: Value): Value {
  const entries = Object.entries(value).map(([name, part]) => [
    name,
    isTypedArray(part)
      ? shareArray(part)
      : typeof part === "object" && !Array.isArray(part)
      ? shareArrays(part)
      : part,
  ]);
  return Object.fromEntries(entries) as Value;
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function shareArray(array: TypedArray): TypedArray {
  const shared = new SharedArrayBuffer(array.byteLength);
  new Uint8Array(shared).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  const constructor = array.constructor as new (buffer: SharedArrayBuffer) => TypedArray;
  return new constructor(shared);
}
