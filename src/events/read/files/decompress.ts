import { createReadStream, statSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { InputError } from "../../../base/input_error.ts";
import type { Progress } from "../../../base/progress.ts";

const CHUNK = 1 << 20;

/**
 * What a gzip file holds, chunk by chunk. Several gzip files in a row, as `cat` or bgzip make them,
 * are taken as one, which `DecompressionStream` refuses.
 *
 * @throws {InputError} If the file isn't gzip, is damaged or ends too early.
 */
export async function* decompress(path: string, progress?: Progress): AsyncGenerator<Uint8Array> {
  const { size } = statSync(path);
  const source = createReadStream(path, { highWaterMark: CHUNK });
  // Failures destroy the last stream, which tells them to whoever reads from it.
  const chunks = pipeline(source, createGunzip({ chunkSize: CHUNK }), () => {});
  try {
    for await (const chunk of chunks) {
      yield chunk;
      progress?.(source.bytesRead / size);
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "Z_BUF_ERROR" && code !== "Z_DATA_ERROR") throw error;
    const why = code === "Z_BUF_ERROR" ? "it ends too early" : "it is damaged or no gzip";
    throw new InputError(
      `Cannot decompress ${path}: it must be a whole gzip file, but ${why}; ` +
        "copy or download it again",
    );
  }
}
