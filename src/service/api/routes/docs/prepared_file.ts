import { varying } from "../../../http/compression.ts";
import { tagOf, unlessSame } from "../../../http/json.ts";
import { acceptsEncodings } from "../../../../base/std/http.ts";

/** Scripts and requests from this service only; Swagger UI sets styles and inlines small images. */
const PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Revalidated each time, or cached for a year by an address that names this very content. */
const CACHING = {
  revalidated: "public, no-cache",
  immutable: "public, max-age=31536000, immutable",
} as const;

/** A file of the documentation as it is sent; its bytes are shared by all answers. */
export interface PreparedFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
}

/** Where the text of a file comes from. */
export interface FileSource {
  readonly type: string;
  read(): Promise<string>;
}

/**
 * Prepares files when they are first asked for. One that couldn't be read is read again by the next
 * request.
 *
 * @returns Gives the file of a name.
 */
export function preparedFiles<Name extends string>(
  sources: Readonly<Record<Name, FileSource>>,
): (name: Name) => Promise<PreparedFile> {
  const prepared = new Map<Name, Promise<PreparedFile>>();
  return (name) => {
    const known = prepared.get(name);
    if (known) return known;
    const { type, read } = sources[name];
    const file = read().then((text) => prepareFile(text, type));
    prepared.set(name, file);
    file.catch(() => prepared.delete(name));
    return file;
  };
}

/** Hashes and compresses a file. */
async function prepareFile(text: string, type: string): Promise<PreparedFile> {
  const bytes = new TextEncoder().encode(text);
  const zipped = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return { type, etag: tagOf(text), bytes, zipped: await new Response(zipped).bytes() };
}

/** Identifies the content of a file in an address. */
export function versionOf({ etag }: PreparedFile): string {
  return etag.replaceAll('"', "");
}

/**
 * Answers with a file, or with 304 if the client has it already.
 *
 * @param version What the address says of the content. Default nothing.
 */
export function answerFile(request: Request, file: PreparedFile, version?: string): Response {
  const { type, etag, bytes, zipped } = file;
  const accepted = request.headers.get("accept-encoding");
  const isZipped = accepted !== null && acceptsEncodings(request, "gzip", "identity") === "gzip";
  const isImmutable = version === versionOf(file);
  const headers = {
    "content-type": type,
    "cache-control": CACHING[isImmutable ? "immutable" : "revalidated"],
    "content-security-policy": PAGE_POLICY,
    // Weak, since the content is the same in other bytes.
    etag: isZipped ? `W/${etag}` : etag,
    ...varying(),
    ...(isZipped && { "content-encoding": "gzip" }),
  };
  return unlessSame(request, new Response(isZipped ? zipped : bytes, { headers }));
}
