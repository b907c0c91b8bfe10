import { InputError } from "../../../base/input_error.ts";

/** How a file of events is written. */
export type FileKind = "csv" | "gzip" | "parquet";

/**
 * How many bytes of a file's beginning {@linkcode readHead} gives; the header of a CSV must fit in.
 */
export const HEAD_BYTES = 1 << 16;

/**
 * The first bytes of a file, or all of it if it has no more than {@linkcode HEAD_BYTES}.
 *
 * @throws {InputError} If the file can't be opened.
 */
export function readHead(path: string): Uint8Array {
  using file = open(path);
  const head = new Uint8Array(HEAD_BYTES);
  return head.subarray(0, file.readSync(head) ?? 0);
}

function open(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path);
  } catch (error) {
    throw new InputError(`Cannot read ${path}: it can't be opened: ${(error as Error).message}`);
  }
}

/**
 * Tells how a file is written by its first bytes, which may not contradict its name.
 *
 * @throws {InputError} If it is an archive, or isn't what its name says.
 */
export function fileKind(path: string, head: Uint8Array): FileKind {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  const kind = starts(0x1f, 0x8b) ? "gzip" : starts(0x50, 0x41, 0x52, 0x31) ? "parquet" : "csv";
  const named = /\.gz$/i.test(path) ? "gzip" : /\.parquet$/i.test(path) ? "parquet" : undefined;
  if (named !== undefined && head.length > 0 && named !== kind) {
    throw new InputError(
      `Cannot read ${path}: by its name it must be ${named}, by its first bytes it isn't`,
    );
  }
  if (starts(0x50, 0x4b, 3, 4)) {
    throw new InputError(
      `Cannot read ${path}: it is a zip archive or a spreadsheet; unpack it to CSV first`,
    );
  }
  return kind;
}

/** By how many times a file grows that is written as CSV, about and rather too many. */
const GROWTH: Readonly<Record<FileKind, number>> = { csv: 1, gzip: 8, parquet: 8 };

/** How many bytes a file of events has, or would have as CSV, about. */
export function csvBytes(path: string): number {
  return Deno.statSync(path).size * GROWTH[fileKind(path, readHead(path))];
}
