import { InputError } from "../../../base/input_error.ts";

/** The format of a file of events: text (CSV or JSON lines), compressed text, or Parquet. */
export type FileKind = "text" | "gzip" | "zstd" | "zip" | "parquet";

/** How a kind of file is recognised. */
interface Signature {
  /** Its first bytes. */
  readonly bytes: readonly number[];
  /** What its name must end in, and only its name may. */
  readonly name?: RegExp;
  /** How much larger its events are as CSV: a generous estimate. */
  readonly growth: number;
}

const SIGNATURES: Readonly<Record<Exclude<FileKind, "text">, Signature>> = {
  gzip: { bytes: [0x1f, 0x8b], name: /\.gz$/i, growth: 8 },
  zstd: { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: /\.zst$/i, growth: 10 },
  zip: { bytes: [0x50, 0x4b, 3, 4], name: /\.zip$/i, growth: 8 },
  parquet: { bytes: [0x50, 0x41, 0x52, 0x31], name: /\.parquet$/i, growth: 8 },
};

const KINDS = Object.keys(SIGNATURES) as (keyof typeof SIGNATURES)[];

/** How many bytes {@linkcode readHead} reads; a CSV header must fit in. */
export const HEAD_BYTES = 1 << 16;

/**
 * Reads the first {@linkcode HEAD_BYTES} of a file, or all of it if it is shorter.
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
 * Recognises a file's format by its first bytes, which must not contradict its name.
 *
 * @throws {InputError} If the file isn't what its name says.
 */
export function fileKind(path: string, head: Uint8Array): FileKind {
  const kind =
    KINDS.find((kind) => SIGNATURES[kind].bytes.every((byte, index) => head[index] === byte)) ??
      "text";
  const named = KINDS.find((kind) => SIGNATURES[kind].name?.test(path));
  if (named !== undefined && head.length > 0 && named !== kind) {
    throw new InputError(`Cannot read ${path}: its name says ${named}, but its content isn't`);
  }
  return kind;
}

/** Estimates the size of a file's events as CSV, in bytes. */
export function csvBytes(path: string): number {
  const kind = fileKind(path, readHead(path));
  return Deno.statSync(path).size * (kind === "text" ? 1 : SIGNATURES[kind].growth);
}
