import { sha256 } from "../../base/sha256.ts";
import type { Interactions } from "../../interactions/interactions.ts";

/**
 * A digest of data and settings, which changes with anything that the figures could depend on.
 *
 * @param settings Plain values, in a fixed order.
 * @returns 64 hexadecimal digits.
 */
export function fingerprintOf(
  { userIds, itemIds, ...events }: Interactions,
  settings: object,
): string {
  const parts = {
    settings,
    userIds: userIds.toTensors(),
    itemIds: itemIds.toTensors(),
    ...events,
  };
  const digests = new Map<unknown, string>();
  for (const array of arraysIn(parts)) digests.set(array, sha256(bytesOf(array)));
  const text = JSON.stringify(parts, (_name, value: unknown) => digests.get(value) ?? plain(value));
  return sha256(new TextEncoder().encode(text));
}

/** JSON has no number for infinity. */
function plain(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

function* arraysIn(value: unknown): Generator<ArrayBufferView> {
  if (ArrayBuffer.isView(value)) yield value;
  else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) yield* arraysIn(part);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
