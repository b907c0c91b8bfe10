import type { Progress } from "../../base/progress.ts";
import { cutLines, type TextPiece } from "./csv/cut.ts";
import { type LineOrigin, readCsvPieces } from "./csv/read_pieces.ts";
import { headerlessNames } from "./csv/headerless.ts";
import { readChunks } from "./files/decompress.ts";
import type { FileEvents } from "./files/file_events.ts";
import { fileKind, readHead } from "./files/file_kind.ts";
import { partitionsOf } from "./files/partitions.ts";
import { markedEncoding, type PeekedChunks, peekText } from "./files/text_chunks.ts";
import { isJsonLines, jsonToCsv } from "./json/json_to_csv.ts";
import type { FormatOptions } from "./layouts/format_options.ts";
import { readParquet } from "./parquet.ts";

/** About how many bytes a row of events has as CSV. */
const ROW_BYTES = 120;

/** How to read files that are larger than memory. */
export interface PieceOptions {
  /** The most bytes of a file, as CSV, to read at a time; default: all of them. */
  readonly pieceBytes?: number;
  /** The folder for temporary files; default: the system's. */
  readonly scratch?: string;
}

/** How to read a file. */
export interface FileOptions extends PieceOptions {
  /** What the shop says about its form. */
  readonly format?: FormatOptions;
  readonly progress?: Progress;
}

/**
 * Reads a file of events in pieces, in the order of its rows: CSV or JSON lines, compressed or in
 * UTF-16, or Parquet, recognised by its first bytes.
 *
 * @returns Nothing if the file is empty.
 * @throws {InputError} If the file is none of them.
 */
export async function* readFile(
  path: string,
  { pieceBytes = Infinity, scratch, format, progress }: FileOptions = {},
): AsyncGenerator<FileEvents> {
  const head = readHead(path);
  const kind = fileKind(path, head);
  const options = { name: path, scratch, format, partitions: partitionsOf(path) };
  if (head.length === 0) return;
  if (kind === "parquet") {
    yield* readParquet(path, { ...options, rows: Math.ceil(pieceBytes / ROW_BYTES), progress });
  } else if (kind === "text" && isPlainCsv(head) && Deno.statSync(path).size <= pieceBytes) {
    yield* readCsvPieces([{ path, continues: false }], { ...options, progress });
  } else {
    const text = await peekText(readChunks(path, kind, progress));
    const cut = (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextPiece> =>
      cutLines(chunks, { bytes: pieceBytes, folder: scratch });
    if (isJsonLines(text.head)) {
      const csv = jsonToCsv(text, { name: path, own: format?.columns });
      yield* readCsvPieces(cut(csv.chunks), { ...options, origin: csv });
    } else {
      const header = headerlessNames(text.head);
      const chunks = header === undefined ? text.chunks : withHeader(header, text);
      const origin = header === undefined ? undefined : WITHOUT_HEADER;
      yield* readCsvPieces(cut(chunks), { ...options, origin });
    }
  }
}

/** The lines of a file to which a header was added. */
const WITHOUT_HEADER: LineOrigin = { lineOf: (line) => line - 1, takeRejects: () => [] };

/** Whether a text can be read from its file as it is. */
function isPlainCsv(head: Uint8Array): boolean {
  return markedEncoding(head) === undefined && !isJsonLines(head) &&
    headerlessNames(head) === undefined;
}

async function* withHeader(header: string, { chunks }: PeekedChunks): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(`${header}\n`);
  yield* chunks;
}
