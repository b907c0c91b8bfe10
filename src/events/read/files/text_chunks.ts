import { HEAD_BYTES } from "./file_kind.ts";

/** A text's bytes, of which the first have been looked at. */
export interface PeekedChunks {
  /** The first bytes, at least as many as {@linkcode HEAD_BYTES} if there are. */
  readonly head: Uint8Array;
  /** All bytes, those of the head among them. */
  readonly chunks: AsyncGenerator<Uint8Array>;
}

/** The encodings of a text with a byte order mark, other than UTF-8. */
const MARKS: Readonly<Record<string, readonly number[]>> = {
  "utf-16le": [0xff, 0xfe],
  "utf-16be": [0xfe, 0xff],
};

/** The encoding that a text's byte order mark names; nothing for UTF-8 and texts without a mark. */
export function markedEncoding(head: Uint8Array): string | undefined {
  return Object.keys(MARKS).find((name) => MARKS[name].every((byte, i) => head[i] === byte));
}

/** Reads the head of a text, which is turned into UTF-8 if its byte order mark says UTF-16. */
export async function peekText(source: AsyncIterable<Uint8Array>): Promise<PeekedChunks> {
  const raw = await peek(source);
  const encoding = markedEncoding(raw.head);
  return encoding === undefined ? raw : await peek(toUtf8(raw.chunks, encoding));
}

async function peek(source: AsyncIterable<Uint8Array>): Promise<PeekedChunks> {
  const iterator = source[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < HEAD_BYTES) {
    const { done, value } = await iterator.next();
    if (done) break;
    read.push(Uint8Array.from(value));
    bytes += value.length;
  }
  return { head: concat(read), chunks: chain(read, iterator) };
}

async function* chain(
  first: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
