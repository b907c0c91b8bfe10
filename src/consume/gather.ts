/**
 * Gathers what comes one by one into batches: as many as came within a moment after the first.
 *
 * @param options `most`: in a batch. `lingerMs`: the moment.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * async function* numbers() {
 *   yield* [1, 2, 3];
 * }
 * const batches = await Array.fromAsync(gather(numbers(), { most: 2, lingerMs: 10 }));
 * assertEquals(batches, [[1, 2], [3]]);
 * ```
 */
export async function* gather<T>(
  items: AsyncIterable<T>,
  { most, lingerMs }: { most: number; lingerMs: number },
): AsyncGenerator<T[]> {
  const iterator = items[Symbol.asyncIterator]();
  let pending = iterator.next();
  try {
    while (true) {
      const first = await pending;
      if (first.done) return;
      const batch = [first.value];
      pending = iterator.next();
      const { promise: over, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => resolve(undefined), lingerMs);
      try {
        while (batch.length < most) {
          const next = await Promise.race([pending, over]);
          if (next === undefined || next.done) break;
          batch.push(next.value);
          pending = iterator.next();
        }
      } finally {
        clearTimeout(timer);
      }
      yield batch;
    }
  } finally {
    // Its failure has been seen, or doesn't matter any more.
    pending.catch(() => {});
    await iterator.return?.();
  }
}
