import { createHash } from "node:crypto";
import { join } from "node:path";
import pl from "nodejs-polars";
import { InputError } from "../base/input_error.ts";
import type { Cleaning, OpenedEvents } from "./loaded_events.ts";
import { writeParquet } from "./tables/write_parquet.ts";
import { writeWhole } from "../base/write_whole.ts";

/** The folder's size limit; beyond it, the least recently used entries are removed. */
const MOST_BYTES = 4 * 2 ** 30;

const CHUNK = 1 << 20;

const PIECE_ROWS = 1 << 22;

/** The folders whose code determines what cleaned events are: this one and those it may import. */
const CODE_FOLDERS = ["base", "events", "interactions", "linalg"];

/**
 * The cache key of a cleaning: a digest of the files' contents and paths, the options and the code.
 * Hashing half a gigabyte takes about half a second.
 *
 * @param files Their paths count because rejected rows name them.
 * @param options The options of cleaning; plain JSON.
 * @param code Identifies the code of cleaning; default: a digest of its sources.
 */
export function cacheKey(
  files: readonly string[],
  options: object,
  code: string = codeDigest(),
): string {
  const facts = { code, options, files: files.map((path) => ({ path, sha256: fileDigest(path) })) };
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** The SHA-256 digest of a file, read in chunks. */
function fileDigest(path: string): string {
  using file = Deno.openSync(path);
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK);
  for (let read = file.readSync(buffer); read !== null; read = file.readSync(buffer)) {
    hash.update(buffer.subarray(0, read));
  }
  return hash.digest("hex");
}

let code: string | undefined;

/** Changes with any source file, so that no version number has to be maintained by hand. */
function codeDigest(): string {
  code ??= createHash("sha256")
    .update(
      JSON.stringify(
        CODE_FOLDERS.flatMap((name) =>
          sourcesOf(new URL(`../${name}/`, import.meta.url)).map(fileDigest)
        ),
      ),
    )
    .digest("hex");
  return code;
}

function sourcesOf(folder: URL): string[] {
  return [...Deno.readDirSync(folder)]
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap(({ name, isDirectory }) =>
      isDirectory
        ? sourcesOf(new URL(`${name}/`, folder))
        : /\.(ts|wasm)$/.test(name)
        ? [new URL(name, folder).pathname]
        : []
    );
}

/** What the cache stores besides the events. */
interface Facts extends Omit<Cleaning, "cached"> {
  /** The digest of the file of events. */
  readonly sha256: string;
}

/**
 * Looks up cleaned events in a cache folder.
 *
 * @returns Nothing if the cache has no such entry, or a damaged one.
 */
export async function readCache(
  folder: string,
  key: string,
): Promise<CleanedEvents | undefined> {
  const paths = entryPaths(folder, key);
  const facts = await readFacts(paths.facts);
  if (facts === undefined || !isFile(paths.events)) return undefined;
  const { sha256, ...rest } = facts;
  if (fileDigest(paths.events) !== sha256) return undefined;
  const now = new Date();
  await Deno.utime(paths.events, now, now);
  return { ...rest, pieces: piecesOf(paths.events, rest.report.rowsOut), cached: paths.events };
}

/** Cleaned events and where they come from. */
type CleanedEvents = Omit<OpenedEvents, keyof AsyncDisposable>;

/** A file's rows in pieces that fit in memory. */
function piecesOf(path: string, rows: number): pl.LazyDataFrame[] {
  const scan = pl.scanParquet(path);
  const pieces = Math.max(1, Math.ceil(rows / PIECE_ROWS));
  return Array.from({ length: pieces }, (_, piece) => scan.slice(piece * PIECE_ROWS, PIECE_ROWS));
}

/** The first line is the digest of the rest, which is JSON. */
async function readFacts(path: string): Promise<Facts | undefined> {
  if (!isFile(path)) return undefined;
  const text = await Deno.readTextFile(path);
  const end = text.indexOf("\n");
  return text.slice(0, end) === textDigest(text.slice(end + 1))
    ? JSON.parse(text.slice(end + 1))
    : undefined;
}

/**
 * Stores cleaned events in a cache folder, which is created if needed. The facts that {@linkcode
 * readCache} looks for are written last, so an interrupted run leaves no incomplete entry. Then the
 * least recently used entries are removed until the folder is within its limit.
 *
 * @param options `mostBytes`: the folder's limit; default 4 GiB. The entry just written always
 * stays.
 * @throws {InputError} If the folder can't be written.
 */
export async function writeCache(
  folder: string,
  key: string,
  { pieces, files, report, rejects, reading }: CleanedEvents,
  { mostBytes = MOST_BYTES }: { mostBytes?: number } = {},
): Promise<void> {
  const paths = entryPaths(folder, key);
  try {
    await writeWhole(paths.events, (file) => writeParquet(file, pl.concat([...pieces])));
    const text = JSON.stringify({
      files,
      report,
      rejects,
      reading,
      sha256: fileDigest(paths.events),
    });
    await writeWhole(
      paths.facts,
      (file) => Deno.writeTextFile(file, `${textDigest(text)}\n${text}`),
    );
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message}, or turn the cache off: --no-cache`);
  }
  await removeOldest(folder, key, mostBytes);
}

async function removeOldest(folder: string, newest: string, mostBytes: number): Promise<void> {
  const entries = [...Deno.readDirSync(folder)]
    .filter(({ name }) => name.endsWith(EVENTS))
    .map(({ name }) => name.slice(0, -EVENTS.length))
    .map((key) => ({ key, ...Deno.statSync(entryPaths(folder, key).events) }))
    .sort((a, b) => Number(b.key === newest) - Number(a.key === newest) || timeOf(b) - timeOf(a));
  let bytes = 0;
  for (const { key, size } of entries) {
    bytes += size;
    if (bytes <= mostBytes || key === newest) continue;
    const { events, facts } = entryPaths(folder, key);
    await Deno.remove(facts).catch(() => {});
    await Deno.remove(events);
  }
}

const EVENTS = ".parquet";

function entryPaths(folder: string, key: string): { events: string; facts: string } {
  return { events: join(folder, key + EVENTS), facts: join(folder, `${key}.json`) };
}

function timeOf({ mtime }: Deno.FileInfo): number {
  return mtime?.getTime() ?? 0;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return false;
    throw error;
  }
}

function textDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
