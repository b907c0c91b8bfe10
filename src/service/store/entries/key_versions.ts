import type { DatabaseSync, StatementSync } from "node:sqlite";

/** The key of an entry, of texts alone. */
export type TextKey = readonly string[];

/**
 * The versionstamps of three entries at one moment, as Deno KV would give them: null for those
 * that don't exist.
 */
export type ReadVersions = (keys: readonly [TextKey, TextKey, TextKey]) => (string | null)[];

/** Rows as arrays, which take half the time: Deno has this, its types don't. */
interface ArrayRows {
  setReturnArrays(isOn: boolean): void;
}

/** A statement whose rows are arrays. */
export function prepareArrays(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql) as StatementSync & ArrayRows;
  statement.setReturnArrays(true);
  return statement;
}

const VERSION = "(SELECT version FROM kv WHERE k = ?)";

/**
 * Reads versions from the table of a Deno KV, in 8 microseconds of CPU time: asking Deno KV takes
 * 60 or more, since a thread of its own reads.
 *
 * @param database A connection to the file of the Deno KV.
 */
export function versionReader(database: DatabaseSync): ReadVersions {
  const statement = prepareArrays(database, `SELECT ${VERSION}, ${VERSION}, ${VERSION}`);
  return ([first, second, third]) => {
    const row = statement.get(encodeKey(first), encodeKey(second), encodeKey(third));
    return Object.values(row!).map((version) => version === null ? null : stampOf(Number(version)));
  };
}

/** Ten bytes as hexadecimal digits: the version, then its place in a batch, which Deno KV lacks. */
function stampOf(version: number): string {
  return version.toString(16).padStart(16, "0") + "0000";
}

const encoder = new TextEncoder();

/** Texts in the tuple encoding of FoundationDB: a 2, the text in UTF-8, a 0 (in texts: 0, 255). */
function encodeKey(key: TextKey): Uint8Array {
  const bytes = encoder.encode(key.map((text) => `\x02${text}\0`).join(""));
  if (!key.some((text) => text.includes("\0"))) return bytes;
  return Uint8Array.from(key.flatMap((text) => [
    2,
    ...Array.from(encoder.encode(text)).flatMap((byte) => byte === 0 ? [0, 255] : [byte]),
    0,
  ]));
}
