import { Cache } from "../../base/cache.ts";
import { acceptsEncodings, STATUS_CODE } from "../../base/std/http.ts";

/**
 * In characters. Shorter answers fit into a packet or two, so compressing them would only take
 * time.
 */
const MIN_LENGTH = 2048;

const ENCODING = "accept-encoding";

/** In bytes of compressed answers. */
const CACHE_BYTES = 4_000_000;

/**
 * The `vary` header of an answer that is long enough to be compressed for clients that accept it.
 *
 * @param length In characters. Default `Infinity`.
 */
export function varying(length = Infinity): { vary?: string } {
  return isShort(length) ? {} : { vary: ENCODING };
}

/** Whether an answer of this many characters is too short to be compressed. */
export function isShort(length: number): boolean {
  return length < MIN_LENGTH;
}

/** Whether to compress an answer for this client. */
export function isCompressible(request: Request, { headers }: Response): boolean {
  if (!headers.get("vary")?.includes(ENCODING)) return false;
  if (headers.has("content-encoding")) return false;
  // Without the header any encoding would count as accepted.
  if (!request.headers.get(ENCODING)) return false;
  return acceptsEncodings(request, "gzip", "identity") === "gzip";
}

/**
 * Compresses answers with gzip, which every client supports; Brotli would make such JSON 4%
 * smaller. Compressed answers with an ETag are cached.
 */
export class Compressor {
  readonly #compressed = new Cache<Uint8Array<ArrayBuffer>>(CACHE_BYTES);

  /** The compressed answer. Its ETag is weak, since the content is the same in other bytes. */
  async compress({ status, headers: given, body }: Response): Promise<Response> {
    const headers = new Headers(given);
    const tag = headers.get("etag");
    if (tag !== null) headers.set("etag", `W/${tag}`);
    if (status === STATUS_CODE.NotModified) return new Response(null, { status, headers });
    headers.set("content-encoding", "gzip");
    headers.delete("content-length");
    return new Response(body && await this.#zip(body, tag), { status, headers });
  }

  async #zip(
    body: ReadableStream<Uint8Array<ArrayBuffer>>,
    tag: string | null,
  ): Promise<BodyInit> {
    const cached = tag === null ? undefined : this.#compressed.get(tag);
    if (cached) {
      await body.cancel();
      return cached;
    }
    const zipped = body.pipeThrough(new CompressionStream("gzip"));
    if (tag === null) return zipped;
    const bytes = await new Response(zipped).bytes();
    this.#compressed.set(tag, bytes, { size: bytes.length });
    return bytes;
  }
}
