/** Columns with one value for a whole file, which folders in its path name. */
export type Partitions = Readonly<Record<string, string>>;

/** What Hive writes for a missing value. */
const NULL = "__HIVE_DEFAULT_PARTITION__";

/**
 * The columns in a file's path, in Hive's form: the folders `event_type=view` and `day=2019-10-01`
 * are columns of all files in them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(partitionsOf("out/event_type=view/part-0.parquet"), { event_type: "view" });
 * ```
 */
export function partitionsOf(path: string): Partitions {
  const folders = path.split(/[/\\]/).slice(0, -1);
  const pairs = folders.flatMap((folder) => {
    const match = /^([A-Za-z_]\w*)=(.*)$/.exec(folder);
    return match === null ? [] : [[match[1], decode(match[2])] as const];
  });
  return Object.fromEntries(pairs);
}

function decode(value: string): string {
  if (value === NULL) return "";
  return value.replace(
    /%[0-9a-f]{2}/gi,
    (code) => String.fromCharCode(parseInt(code.slice(1), 16)),
  );
}
