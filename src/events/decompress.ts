import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { InputError } from "../interactions/input_error.ts";

const CHUNK = 1 << 20;

/**
 * Writes what a gzip file holds to another file, as a stream. Several gzip files in a row, as `cat` or bgzip
 * make them, are taken as one, which `DecompressionStream` refuses.
 *
 * @throws {InputError} If the file isn't gzip, is damaged or ends too early.
 */
export async function decompress(from: string, to: string): Promise<void> {
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: CHUNK }),
      createGunzip({ chunkSize: CHUNK }),
      createWriteStream(to),
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "Z_BUF_ERROR" && code !== "Z_DATA_ERROR") throw error;
    const why = code === "Z_BUF_ERROR" ? "it ends too early" : "it is damaged or no gzip";
    throw new InputError(
      `Cannot decompress ${from}: it must be a whole gzip file, but ${why}; copy or download it again`,
    );
  }
}
