import { writeAllSync } from "../../../base/write_all.ts";

const CHUNK = 1 << 20;

/**
 * Copies a file without some of its bytes.
 *
 * @param skipped The spans of bytes to omit, ascending.
 */
export function copyWithout(
  from: string,
  to: string,
  skipped: readonly { readonly start: number; readonly end: number }[],
): void {
  using source = Deno.openSync(from);
  using target = Deno.openSync(to, { write: true, create: true, truncate: true });
  const buffer = new Uint8Array(CHUNK);
  const edges = [0, ...skipped.flatMap(({ start, end }) => [start, end]), source.statSync().size];
  for (let edge = 0; edge < edges.length; edge += 2) {
    let remaining = edges[edge + 1] - source.seekSync(edges[edge], Deno.SeekMode.Start);
    while (remaining > 0) {
      const read = source.readSync(buffer.subarray(0, Math.min(remaining, CHUNK))) ?? 0;
      if (read === 0) return;
      writeAllSync(target, buffer.subarray(0, read));
      remaining -= read;
    }
  }
}
