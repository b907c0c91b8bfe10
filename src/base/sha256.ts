import { createHash } from "node:crypto";

/**
 * The SHA-256 digest (FIPS 180-4) of some bytes, as 64 hexadecimal digits. Synchronous, because
 * Web Crypto would digest a copy, which takes as long as the digest and doubles the memory.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const digest = sha256(new TextEncoder().encode("abc"));
 * assertEquals(digest.slice(0, 16), "ba7816bf8f01cfea");
 * ```
 */
export function sha256(bytes: Uint8Array<ArrayBuffer>): string {
  return createHash("sha256").update(bytes).digest("hex");
}
