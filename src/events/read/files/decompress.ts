import { createReadStream, statSync } from "node:fs";
import { pipeline, type Transform } from "node:stream";
import { createGunzip, createInflateRaw, createZstdDecompress } from "node:zlib";
import { InputError } from "../../../base/input_error.ts";
import type { Progress } from "../../../base/progress.ts";
import type { FileKind } from "./file_kind.ts";
import { onlyEntry } from "./zip.ts";

const CHUNK = 1 << 20;

/**
 * Reads the bytes of a file, decompressed, chunk by chunk. A gzip file may have several members, as
 * `cat` or bgzip write them, which `DecompressionStream` refuses.
 *
 * @param kind The file's format, other than Parquet.
 * @throws {InputError} If the file is damaged or ends too early, or is an archive of several files.
 */
export async function* readChunks(
  path: string,
  kind: Exclude<FileKind, "parquet">,
  progress?: Progress,
): AsyncGenerator<Uint8Array> {
  const { size } = statSync(path);
  const entry = kind === "zip" ? onlyEntry(path) : undefined;
  const span = entry && { start: entry.start, end: Math.max(entry.start, entry.end - 1) };
  const source = createReadStream(path, { highWaterMark: CHUNK, ...span });
  const decompressor = entry?.deflated === false ? undefined : decompressorOf(kind);
  // An error destroys the last stream, whose reader receives it.
  const chunks = decompressor ? pipeline(source, decompressor, () => {}) : source;
  try {
    for await (const chunk of chunks) {
      yield chunk;
      progress?.(Math.min(1, source.bytesRead / size));
    }
  } catch (error) {
    throw decompressor ? damaged(error, path) : error;
  }
}

function decompressorOf(kind: FileKind): Transform | undefined {
  if (kind === "gzip") return createGunzip({ chunkSize: CHUNK });
  if (kind === "zstd") return createZstdDecompress({ chunkSize: CHUNK });
  if (kind === "zip") return createInflateRaw({ chunkSize: CHUNK });
  return undefined;
}

function damaged(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^(Z_|ZSTD_|ERR_)/.test(code)) return error;
  const why = code === "Z_BUF_ERROR" ? "ends too early" : "is damaged";
  return new InputError(
    `Cannot decompress ${path}: the file ${why}; copy or download it again`,
    { cause: error },
  );
}
