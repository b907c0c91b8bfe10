import { InputError } from "../../base/input_error.ts";
import { partitionsOf } from "../../events/read/files/partitions.ts";
import type { FormatOptions } from "../../events/read/layouts/format_options.ts";
import type { SparkSession } from "../connect/session.ts";
import { sqlText } from "../sql/quote.ts";
import { type ClusterFile, listFiles } from "./list_files.ts";
import { parquetSource } from "./parquet_source.ts";
import { mostFilesAtOnce, PLACE, type Source } from "./source.ts";
import { readTextForm, type TextFile, textSource } from "./text_source.ts";

/** How many files are looked into at the same time. */
const AT_ONCE = 8;

/** Raw events on the cluster. */
export interface ClusterEvents {
  /** The files in their order. */
  readonly files: readonly string[];
  /** Those without any line. */
  readonly empty: readonly string[];
  readonly sources: readonly Source[];
}

/**
 * The table of raw events that {@linkcode openSources} names, with the column `file_number`. Each
 * query reads the files.
 */
export const READ_EVENTS = "read_events";

/**
 * Finds events on the cluster, recognises the form of each file, and names the table of all raw
 * events {@linkcode READ_EVENTS}. Only the first lines of files are read.
 *
 * @throws {InputError} If a file is missing or isn't one of events.
 */
export async function openSources(
  spark: SparkSession,
  patterns: readonly string[],
  format?: FormatOptions,
): Promise<ClusterEvents> {
  const found = await listFiles(spark, patterns);
  const files = found.map(({ path }) => path);
  const texts = await readForms(spark, found.filter(({ format }) => format === "text"), format);
  const most = mostFilesAtOnce(spark);
  const sources: Source[] = [];
  const name = () => `source_${sources.length}`;
  for (const group of groups(texts, ({ path, ...form }) => keyOf(path, form), most)) {
    sources.push(await textSource(spark, group, name()));
  }
  const parquet = found.filter(({ format }) => format === "parquet");
  for (const group of groups(parquet, ({ path }) => keyOf(path), most)) {
    const paths = group.map(({ path }) => path);
    sources.push(await parquetSource(spark, paths, { view: name(), format }));
  }
  const empty = files.filter((file) => !sources.some(({ files }) => files.includes(file)));
  if (sources.length === 0) {
    throw new InputError(`Cannot read ${empty.join(", ")}: it has no events`);
  }
  await spark.view(READ_EVENTS, rawEvents(sources, files));
  return { files, empty, sources };
}

async function readForms(
  spark: SparkSession,
  files: readonly ClusterFile[],
  format?: FormatOptions,
): Promise<TextFile[]> {
  const forms: (TextFile | undefined)[] = [];
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    forms.push(...await Promise.all(some.map(({ path }) => readTextForm(spark, path, format))));
  }
  return forms.filter((form) => form !== undefined);
}

/** What files must share to be one table. */
function keyOf(path: string, form?: object): string {
  return JSON.stringify([partitionsOf(path), form]);
}

function groups<T>(all: readonly T[], keyOf: (one: T) => string, most: number): T[][] {
  return [...Map.groupBy(all, keyOf).values()].flatMap((group) =>
    Array.from(
      { length: Math.ceil(group.length / Math.min(most, group.length)) },
      (_, i) => group.slice(i * most, (i + 1) * most),
    )
  );
}

function rawEvents(sources: readonly Source[], files: readonly string[]): string {
  const isCleaned = sources.every(({ isCleaned }) => isCleaned);
  const names = [...RAW_COLUMNS, ...(isCleaned ? CLEANED_COLUMNS : [])].join(", ");
  const all = sources.map(({ query }) => `SELECT ${PLACE.join(", ")}, ${names} FROM (${query})`)
    .join("\nUNION ALL\n");
  const numbers = files.map((file, number) => `(${sqlText(file)}, ${number})`).join(", ");
  return `SELECT files.file_number, raw.* FROM (${all}) AS raw ` +
    `JOIN (SELECT * FROM VALUES ${numbers} AS files(file, file_number)) AS files ` +
    `ON raw.place_file = files.file`;
}

/** Those of sources that have been cleaned before. */
export const CLEANED_COLUMNS = ["old_rating", "old_day_of_week", "old_hour"] as const;

/** The columns of every source. */
const RAW_COLUMNS = [
  ...["line", "problem", "event_time", "event_type", "product_id", "category_id"],
  ...["category_code", "brand", "user_id", "user_session", "title", "image_url", "url"],
  ...["price", "price_unreadable"],
] as const;
