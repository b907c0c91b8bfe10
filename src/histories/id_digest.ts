import { hash } from "node:crypto";

/**
 * The SHA-256 of a user's id in UTF-8, as 64 hexadecimal digits. Shards hold users in the order of
 * these digests, which SQL can sort by as well: `sha2(user_id, 256)`.
 */
export function idDigest(userId: string): string {
  return hash("sha256", userId);
}

/** The first 32 bits of a digest, by which a block is found. */
export function hashOf(digest: string): number {
  return parseInt(digest.slice(0, 8), 16);
}
