import { resolve } from "node:path";
import { InputError } from "../../base/input_error.ts";
import type { SparkSession } from "../connect/session.ts";

/** A file that the cluster can read. */
export interface ClusterFile {
  /** Its address, as the server names it. */
  readonly path: string;
  readonly format: "text" | "parquet";
}

/**
 * Lists the files that patterns match on the cluster, without reading them: in the order of the
 * patterns, the files of each by name. In folders, names that begin with `_` or `.` are skipped.
 *
 * @param patterns Paths, folders, patterns or addresses like `s3a://bucket/2019-*.parquet`.
 * @throws {InputError} If a pattern matches nothing, or a file is of a kind that Spark can't read.
 */
export async function listFiles(
  spark: SparkSession,
  patterns: readonly string[],
): Promise<ClusterFile[]> {
  const files = new Map<string, ClusterFile>();
  for (const pattern of patterns) {
    const paths = await pathsOf(spark, pattern);
    if (paths.length === 0) {
      throw new InputError(
        `Cannot read ${pattern}: there is no such file on the cluster, whose server and ` +
          "executors read it; correct the path",
      );
    }
    for (const path of paths) files.set(path, { path, format: formatOf(path) });
  }
  return [...files.values()];
}

async function pathsOf(spark: SparkSession, pattern: string): Promise<string[]> {
  const isAddress = /^\w[\w+.-]*:/.test(pattern);
  const address = isAddress ? pattern : resolve(pattern);
  // Sail has no hidden columns of files, and leaves out the slash before a local path.
  const isSail = spark.server.name === "Sail";
  const attempted = `read ${pattern}`;
  const files = {
    format: "binaryFile",
    paths: [address],
    options: { recursiveFileLookup: "true" },
    columns: [`${isSail ? "path" : "_metadata.file_path"} AS path`],
  } as const;
  await spark.view("listed_files", files, attempted);
  const rows = await spark.rows<{ path: string }>(
    attempted,
    "SELECT path FROM listed_files ORDER BY path",
  );
  return rows.map(({ path }) => isSail && !isAddress && !path.startsWith("/") ? `/${path}` : path)
    .filter((path) => !isHidden(path, address));
}

/** Whether a name below the pattern's own begins with `_` or `.`. */
function isHidden(path: string, address: string): boolean {
  const own = decodeURI(path).split("/");
  const given = address.split("/");
  const below = own.slice(own.length - Math.max(1, own.length - given.length));
  return below.some((name) => /^[._]/.test(name) && !name.includes("="));
}

function formatOf(path: string): ClusterFile["format"] {
  if (/\.parquet$/i.test(path)) return "parquet";
  if (/\.zip$/i.test(path)) {
    throw new InputError(`Cannot read ${path}: Spark can't read .zip; unpack it, or use .gz`);
  }
  return "text";
}
