import { ByteReader, type ByteWriter } from "../linalg/varint.ts";
import type { ByteSpan } from "./event_coding.ts";

const encoder = new TextEncoder();
/** Keeps a byte order mark, which is part of the id. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A user in a block. */
export interface BlockEntry {
  readonly userId: string;
  /** Where the packed events are within the block. */
  readonly events: ByteSpan;
}

/** Appends a user to a block: lengths and bytes of the id and of the packed events. */
export function writeEntry(block: ByteWriter, userId: string, events: Uint8Array): void {
  const id = encoder.encode(userId);
  block.varint(id.length);
  block.write(id);
  block.varint(events.length);
  block.write(events);
}

/** The users of a block, in their order. */
export function* entriesOf(block: Uint8Array): Generator<BlockEntry> {
  const reader = new ByteReader(block);
  while (!reader.isAtEnd) {
    const { start, end } = reader.skip(reader.varint());
    const events = reader.skip(reader.varint());
    yield { userId: decoder.decode(block.subarray(start, end)), events };
  }
}

/** Where a user's packed events are within a block; undefined if the user isn't in it. */
export function findEntry(block: Uint8Array, userId: string): ByteSpan | undefined {
  const wanted = encoder.encode(userId);
  const reader = new ByteReader(block);
  while (!reader.isAtEnd) {
    const id = reader.skip(reader.varint());
    const events = reader.skip(reader.varint());
    if (isAt(block, id, wanted)) return events;
  }
  return undefined;
}

function isAt(bytes: Uint8Array, { start, end }: ByteSpan, wanted: Uint8Array): boolean {
  if (end - start !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false;
  return true;
}
