import { readHead } from "../files/file_kind.ts";

const NEWLINE = 10;

/** A piece of a text, in a file of its own. */
export interface TextPiece {
  readonly path: string;
  /** Whether another piece follows, which may begin with the end of this one. */
  readonly continues: boolean;
  /** Moves the end of this piece, from a position on, to the beginning of the next one. */
  carry?(from: number): void;
}

/**
 * Splits a text into files of whole lines, each with the text's first line as its header. A file
 * has at most `bytes` bytes, unless a single line is longer.
 *
 * @param chunks The text's bytes.
 * @param options `bytes`: the size limit, header included. `folder`: for the files; default: the
 * system's folder for temporary files.
 * @returns The files in order. Each is removed when the next one is requested.
 */
export async function* cutLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { bytes, folder }: { bytes: number; folder?: string },
): AsyncGenerator<TextPiece> {
  let header: Uint8Array | undefined;
  let piece: { path: string; size: number } | undefined;
  const write = (part: Uint8Array) => {
    piece ??= begin(header, folder);
    Deno.writeFileSync(piece.path, part, { append: true });
    piece.size += part.length;
  };
  /** Removes the current piece and begins the next one with its carried end. */
  const finish = (carried: number | undefined) => {
    if (piece === undefined) return;
    const { path } = piece;
    header ??= firstLine(path);
    const rest = carried === undefined ? undefined : Deno.readFileSync(path).subarray(carried);
    Deno.removeSync(path);
    piece = undefined;
    if (rest) write(rest);
  };
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length;) {
        const end = endOfPiece(chunk, start, bytes - (piece?.size ?? header?.length ?? 0));
        write(chunk.subarray(start, end));
        start = end ?? chunk.length;
        if (end === undefined || piece === undefined) continue;
        let carried: number | undefined;
        yield { path: piece.path, continues: true, carry: (from) => carried = from };
        finish(carried);
      }
    }
    if (!header) write(new Uint8Array());
    if (piece) yield { path: piece.path, continues: false };
  } finally {
    if (piece) Deno.removeSync(piece.path);
  }
}

/**
 * Where the piece ends: after the last line feed within the next `bytes` bytes, otherwise after the
 * next one. Absent if the piece continues after this chunk.
 */
function endOfPiece(chunk: Uint8Array, start: number, bytes: number): number | undefined {
  if (chunk.length - start < bytes) return undefined;
  const last = chunk.lastIndexOf(NEWLINE, start + Math.max(0, bytes - 1));
  const end = last >= start ? last : chunk.indexOf(NEWLINE, start);
  return end < 0 ? undefined : end + 1;
}

function begin(header: Uint8Array | undefined, dir?: string): { path: string; size: number } {
  const path = Deno.makeTempFileSync({ dir, suffix: ".csv" });
  if (header) Deno.writeFileSync(path, header);
  return { path, size: header?.length ?? 0 };
}

function firstLine(path: string): Uint8Array {
  const head = readHead(path);
  return head.subarray(0, head.indexOf(NEWLINE) + 1);
}
