/**
 * The SHA-256 digest (FIPS 180-4) of some bytes, as 64 hexadecimal digits; computed beside the main thread.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert/equals";
 *
 * const digest = await sha256(new TextEncoder().encode("abc"));
 * assertEquals(digest.slice(0, 16), "ba7816bf8f01cfea");
 * ```
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
