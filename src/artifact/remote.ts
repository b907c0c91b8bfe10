import { fetchSafely } from "../base/fetch_safely.ts";
import { ArtifactError, REMEDY } from "./artifact_error.ts";

/** Timeout per file: enough for 300 MB at a megabyte per second. */
const TIMEOUT_MS = 300_000;

/**
 * Fetches one file of an artifact. Redirects are followed, five at most, to HTTPS alone.
 *
 * @param url HTTPS; plain HTTP only from this machine.
 * @param most How many bytes it may have, decompressed.
 * @throws {ArtifactError} If it isn't there, isn't safe to fetch, takes too long or is larger;
 *   names it.
 */
export async function fetchPart(
  url: string,
  { most, timeoutMs = TIMEOUT_MS }: { most: number; timeoutMs?: number },
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetchSafely(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) {
      await response.body?.cancel();
      throw cannotFetch(url, `the server answers ${response.status} ${response.statusText}`);
    }
    return await readAtMost(response, url, most);
  } catch (error) {
    if (error instanceof ArtifactError) throw error;
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    throw cannotFetch(
      url,
      isLate ? `it took over ${timeoutMs / 1000} seconds` : (error as Error).message,
      error,
    );
  }
}

/** The room for an answer whose length isn't known. */
const LEAST_ROOM = 65_536;

/** Reads into memory of the announced length, so that a large file isn't held twice. */
async function readAtMost(
  response: Response,
  url: string,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get("content-length") ?? 0) || LEAST_ROOM;
  let bytes = new Uint8Array(Math.min(announced, most));
  let size = 0;
  for await (const part of response.body ?? []) {
    const end = size + part.length;
    if (end > most) throw cannotFetch(url, `it must have at most ${most} bytes, it has more`);
    if (end > bytes.length) {
      // A compressed answer is longer than announced.
      const larger = new Uint8Array(Math.min(most, Math.max(end, 2 * bytes.length)));
      larger.set(bytes.subarray(0, size));
      bytes = larger;
    }
    bytes.set(part, size);
    size = end;
  }
  return size === bytes.length ? bytes : bytes.slice(0, size);
}

function cannotFetch(url: string, why: string, cause?: unknown): ArtifactError {
  const { origin, pathname } = new URL(url);
  return new ArtifactError(`Cannot load the artifact: ${origin}${pathname}: ${why}; ${REMEDY}`, {
    cause,
  });
}
