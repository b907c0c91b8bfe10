import { ArtifactError, REMEDY } from "./artifact_error.ts";

/** Timeout per file: enough for 300 MB at a megabyte per second. */
const TIMEOUT_MS = 300_000;

/** Whether a path is the address of another machine. */
export function isRemote(path: string): boolean {
  return /^https?:\/\//.test(path);
}

/**
 * Fetches one file of an artifact.
 *
 * @param url HTTPS; plain HTTP only from this machine.
 * @param most Most bytes it may have.
 * @throws {ArtifactError} If it is missing, too slow or too large; names it.
 */
export async function fetchPart(
  url: string,
  { most = Infinity, timeoutMs = TIMEOUT_MS }: { most?: number; timeoutMs?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  requireSafe(url);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
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

function requireSafe(url: string): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname)) return;
  throw cannotFetch(url, "models are only fetched over https");
}

async function readAtMost(
  response: Response,
  url: string,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) throw cannotFetch(url, `it must have ${most} bytes, it has more`);
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function cannotFetch(url: string, why: string, cause?: unknown): ArtifactError {
  const { origin, pathname } = new URL(url);
  return new ArtifactError(`Cannot load the artifact: ${origin}${pathname}: ${why}; ${REMEDY}`, {
    cause,
  });
}
