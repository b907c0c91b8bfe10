import { Recent } from "../../base/recent.ts";
import { acceptsEncodings, STATUS_CODE } from "../../base/std/http.ts";

/** Of what is shorter, in characters, a packet or two hold as much; compressing it would only take time. */
const SHORTEST = 2048;

const ENCODING = "accept-encoding";

/** In bytes. */
const CAPACITY = 4_000_000;

/**
 * Says of an answer that it depends on what the client can unpack, where it is long enough for that: one of the
 * headers of such an answer.
 *
 * @param length In characters. Default long.
 */
export function varying(length = Infinity): { vary?: string } {
  return isShort(length) ? {} : { vary: ENCODING };
}

/** Whether an answer of so many characters goes as it is, whatever the client can unpack. */
export function isShort(length: number): boolean {
  return length < SHORTEST;
}

/** Whether a client is to get an answer compressed. */
export function isCompressible(request: Request, { headers }: Response): boolean {
  if (!headers.get("vary")?.includes(ENCODING)) return false;
  // Without the header everything would be acceptable.
  if (!request.headers.get(ENCODING)) return false;
  return acceptsEncodings(request, "gzip", "identity") === "gzip";
}

/**
 * Compresses answers by gzip, which everybody can unpack; Brotli makes such JSON 4% smaller still. Answers that have
 * an ETag are kept for the next who asks for the same.
 */
export class Compressor {
  readonly #kept = new Recent<Uint8Array<ArrayBuffer>>(CAPACITY);

  /** The answer compressed, its ETag a weak one: the same content in other bytes. */
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
    const kept = tag === null ? undefined : this.#kept.get(tag);
    if (kept) {
      await body.cancel();
      return kept;
    }
    const zipped = body.pipeThrough(new CompressionStream("gzip"));
    if (tag === null) return zipped;
    const bytes = await new Response(zipped).bytes();
    this.#kept.set(tag, bytes, bytes.length);
    return bytes;
  }
}
