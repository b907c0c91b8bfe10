import type { Progress } from "../../base/progress.ts";
import { cutLines } from "./csv/cut.ts";
import { readCsvPieces } from "./csv/read_pieces.ts";
import { decompress } from "./files/decompress.ts";
import type { FileEvents } from "./files/file_events.ts";
import { fileKind, readHead } from "./files/file_kind.ts";
import { readParquet } from "./parquet.ts";

const CHUNK = 1 << 20;

/** How many bytes of CSV a row of events has, about. */
const ROW_BYTES = 120;

/** How to read files that are larger than memory. */
export interface PieceOptions {
  /** How many bytes of a file, as CSV, are read at once at most; default: all of them. */
  readonly pieceBytes?: number;
  /** Where temporary files go; default: the system's folder for them. */
  readonly scratch?: string;
}

/**
 * Reads a file of events, piece by piece in the order of its rows: CSV, gzipped CSV or Parquet,
 * told apart by their first bytes.
 *
 * @throws {InputError} If the file can't be read as one of them, or holds no rows.
 */
export async function* readFile(
  path: string,
  { pieceBytes = Infinity, scratch, progress }: PieceOptions & { progress?: Progress } = {},
): AsyncGenerator<FileEvents> {
  const kind = fileKind(path, readHead(path));
  const options = { name: path, scratch };
  if (kind === "parquet") {
    yield* readParquet(path, { rows: Math.ceil(pieceBytes / ROW_BYTES), progress });
  } else if (kind === "csv" && Deno.statSync(path).size <= pieceBytes) {
    yield* readCsvPieces([path], { ...options, progress });
  } else {
    const chunks = kind === "gzip" ? decompress(path, progress) : chunksOf(path, progress);
    yield* readCsvPieces(cutLines(chunks, { bytes: pieceBytes, folder: scratch }), options);
  }
}

/** A file's bytes, in a buffer that is used again for the next ones. */
function* chunksOf(path: string, progress?: Progress): Generator<Uint8Array> {
  using file = Deno.openSync(path);
  const { size } = file.statSync();
  const buffer = new Uint8Array(CHUNK);
  let done = 0;
  for (let read = file.readSync(buffer); read !== null; read = file.readSync(buffer)) {
    yield buffer.subarray(0, read);
    progress?.((done += read) / size);
  }
}
