/**
 * Front coding of texts, such as ids: each is stored as the number of bytes that it shares with the
 * beginning of the one before, and the rest (Witten, Moffat, Bell 1999, Managing Gigabytes). It is
 * small for texts in ascending order, and right in any.
 */
import { checkSum, lengthsFromTensors, startsFromTensors, startsToTensors } from "./lengths.ts";
import { readTensor, tensor, type Tensors } from "./tensor.ts";

/** Texts as UTF-8, and where each starts; one start more than there are texts. */
interface Texts {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/**
 * Texts without the bytes that they share with the text before.
 *
 * @param plain `bytes`: the texts as UTF-8, one after another; `lengths`: the bytes of each.
 * @returns `shared`: the number of bytes that each text shares, at most 255; `bytes` and `lengths`
 * of the rests. The plain tensors if that isn't smaller.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "./tensor.ts";
 *
 * const { shared, bytes, lengths } = frontCoded({
 *   bytes: tensor(new TextEncoder().encode("5712790" + "5712801")),
 *   lengths: tensor(Uint8Array.of(7, 7)),
 * });
 * assertEquals(shared.data, Uint8Array.of(0, 4));
 * assertEquals(bytes.data, new TextEncoder().encode("5712790" + "801"));
 * assertEquals(lengths.data, Uint8Array.of(7, 3));
 * ```
 */
export function frontCoded(plain: Tensors): Tensors {
  const bytes = readTensor(plain, "bytes", Uint8Array).data;
  const texts = { bytes, starts: startsFromTensors(plain, "lengths", bytes.length) };
  const shared = countShared(texts);
  // A byte for each text must save more than it takes.
  const saved = shared.reduce((sum, count) => sum + count, 0);
  if (saved <= shared.length) return plain;
  const rests = withoutShared(texts, shared);
  return {
    shared: tensor(shared),
    bytes: tensor(rests.bytes),
    ...startsToTensors("lengths", rests.starts),
  };
}

/**
 * The inverse of {@linkcode frontCoded}; plain tensors are returned as they are.
 *
 * @returns `bytes`, and `offsets`: where each text starts, one more than there are texts.
 * @throws {TypeError} If a tensor is missing or has another type.
 * @throws {RangeError} If a text shares more bytes than the one before has, the lengths don't sum
 * to the number of bytes, or there aren't as many of them as of `shared`.
 */
export function frontDecoded(tensors: Tensors): Tensors {
  if (!("shared" in tensors)) return tensors;
  const shared = readTensor(tensors, "shared", Uint8Array).data;
  const rests = readTensor(tensors, "bytes", Uint8Array).data;
  const lengths = lengthsFromTensors(tensors, "lengths");
  const size = lengths.length;
  if (shared.length !== size) {
    throw new RangeError(`shared must hold ${size} numbers, it holds ${shared.length}`);
  }
  let sharedSum = 0, restSum = 0;
  for (let text = 0; text < size; text++) {
    sharedSum += shared[text];
    restSum += lengths[text];
  }
  checkSum("lengths", restSum, rests.length);
  const bytes = new Uint8Array(sharedSum + restSum), offsets = new Uint32Array(size + 1);
  for (let text = 0, before = 0, end = 0, rest = 0; text < size; text++) {
    const start = end;
    if (shared[text] > start - before) {
      throw new RangeError(
        "shared must be at most the bytes of the text before, " +
          `number ${text} is ${shared[text]} of ${start - before}`,
      );
    }
    for (let i = 0; i < shared[text]; i++) bytes[end++] = bytes[before + i];
    for (let i = 0; i < lengths[text]; i++) bytes[end++] = rests[rest++];
    offsets[text + 1] = end;
    before = start;
  }
  return { bytes: tensor(bytes), offsets: tensor(offsets) };
}

/** How many bytes each text shares with the beginning of the one before, at most 255. */
function countShared({ bytes, starts }: Texts): Uint8Array {
  const shared = new Uint8Array(starts.length - 1);
  for (let text = 1; text < shared.length; text++) {
    const before = starts[text - 1], start = starts[text];
    const most = Math.min(255, start - before, starts[text + 1] - start);
    let count = 0;
    while (count < most && bytes[before + count] === bytes[start + count]) count++;
    shared[text] = count;
  }
  return shared;
}

/** What each text has after the bytes that it shares. */
function withoutShared({ bytes, starts }: Texts, shared: Uint8Array): Texts {
  const rests = new Uint8Array(bytes.length), restStarts = new Uint32Array(starts.length);
  let end = 0;
  for (let text = 0; text < shared.length; text++) {
    for (let at = starts[text] + shared[text]; at < starts[text + 1]; at++) {
      rests[end++] = bytes[at];
    }
    restStarts[text + 1] = end;
  }
  return { bytes: rests.slice(0, end), starts: restStarts };
}
