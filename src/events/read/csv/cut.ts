import { readHead } from "../files/file_kind.ts";

const NEWLINE = 10;

/**
 * Cuts a text into files of whole lines that begin with the text's first line. Each has at most so
 * many bytes, or ends with the line that goes beyond.
 *
 * @param chunks The text's bytes.
 * @param options `bytes`: how many, the first line among them. `folder`: where the files go;
 * default the system's folder for temporary files.
 * @returns The files in the order of the text. Each is removed when the next one is asked for.
 */
export async function* cutLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { bytes, folder }: { bytes: number; folder?: string },
): AsyncGenerator<string> {
  let header: Uint8Array | undefined;
  let piece: { path: string; size: number } | undefined;
  const write = (part: Uint8Array) => {
    piece ??= begin(header, folder);
    Deno.writeFileSync(piece.path, part, { append: true });
    piece.size += part.length;
  };
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length;) {
        const end = endOfPiece(chunk, start, bytes - (piece?.size ?? header?.length ?? 0));
        write(chunk.subarray(start, end));
        start = end ?? chunk.length;
        if (end === undefined || piece === undefined) continue;
        yield piece.path;
        header ??= firstLine(piece.path);
        Deno.removeSync(piece.path);
        piece = undefined;
      }
    }
    if (!header) write(new Uint8Array());
    if (piece) yield piece.path;
  } finally {
    if (piece) Deno.removeSync(piece.path);
  }
}

/**
 * Behind the last line feed among the next so many bytes, or else behind the next one; absent where
 * more can follow.
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
