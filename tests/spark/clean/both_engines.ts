/** Cleans the same files on this machine and on a Spark server, and compares everything. */
import pl from "nodejs-polars";
import { assertEquals } from "../../assert.ts";
import { type LoadOptions, openEvents } from "../../../src/events/load.ts";
import type { OpenedEvents } from "../../../src/events/loaded_events.ts";
import { type ClusterOptions, openOnSpark } from "../../../src/spark/clean/open_on_spark.ts";
import { withFiles } from "../../events/raw_files.ts";
import { master } from "../spark_server.ts";

/** Files by their names. */
export type Files = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

type SameOptions = LoadOptions & Pick<ClusterOptions, "rowsAtOnce">;

/**
 * Checks that cleaning some files gives the same rows in the same order, the same report, rejected
 * rows and notes with both engines.
 *
 * @param files The names give their order.
 * @returns The number of cleaned rows, and of rejected ones.
 */
export async function assertSame(
  files: Files,
  options: SameOptions = {},
): Promise<{ rows: number; rejects: number }> {
  let counts = { rows: 0, rejects: 0 };
  await withFiles(files, async (folder) => {
    const paths = Object.keys(files).sort().map((name) => `${folder}/${name}`);
    counts = await assertSameOf(paths, options);
  });
  return counts;
}

/** The same of files that are there. */
export async function assertSameOf(
  paths: readonly string[],
  { rowsAtOnce, ...options }: SameOptions = {},
): Promise<{ rows: number; rejects: number }> {
  await using local = await openEvents(paths, options);
  await using cluster = await openOnSpark(paths, { ...options, rowsAtOnce, master: master! });
  assertEquals(cluster.report, local.report);
  assertEquals(cluster.reading, local.reading);
  assertEquals(rejectsOf(cluster), rejectsOf(local));
  const [ours, theirs] = [await tableOf(local), await tableOf(cluster)];
  assertEquals(theirs.dtypes.map(String), ours.dtypes.map(String));
  assertEquals(theirs.columns, ours.columns);
  for (const name of ours.columns) {
    const values = (table: pl.DataFrame) => table.getColumn(name).cast(pl.Utf8, true).toArray();
    assertEquals(values(theirs), values(ours), name);
  }
  return { rows: ours.height, rejects: local.rejects.length };
}

async function tableOf({ pieces }: OpenedEvents): Promise<pl.DataFrame> {
  return await pl.concat([...pieces]).collect();
}

/** Without the text: Spark shows the line, this machine the values that it has read. */
function rejectsOf({ rejects }: OpenedEvents): object[] {
  return rejects.map(({ file, line, reason }) => ({
    file: file.slice(file.lastIndexOf("/") + 1),
    line,
    reason,
  }));
}
