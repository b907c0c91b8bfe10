import { ArtifactError } from "./artifact_error.ts";
import { listVersions, setCurrentVersion, TEMPORARY_PREFIX } from "./current.ts";
import { requireLittleEndian } from "./little_endian.ts";
import { MANIFEST_FILE } from "./manifest.ts";
import { sha256 } from "./sha256.ts";
import { writeDurably } from "./tensor_files.ts";
import { type ArtifactContents, checkContents, writeContents } from "./write_contents.ts";

/** Where an artifact went. */
export interface SavedArtifact {
  /** When it was made and what is in it, such as `20191101T120000Z-0123456789ab`; sorts by time. */
  readonly version: string;
  /** Its folder. */
  readonly path: string;
}

/**
 * Writes an artifact to `<directory>/<version>/` and makes it the current one. Everything is written to a
 * temporary folder first and renamed when the disk has it: whenever the program or the machine stops, what
 * was current before still is. One save at a time: a second waits for the first.
 *
 * @param directory Made if need be.
 * @throws {TypeError} If the contents don't belong together; see {@linkcode checkContents}.
 * @throws {ArtifactError} If the files can't be written.
 */
export async function saveArtifact(
  directory: string,
  contents: ArtifactContents,
): Promise<SavedArtifact> {
  requireLittleEndian();
  checkContents(contents);
  try {
    await Deno.mkdir(directory, { recursive: true });
    using lock = await Deno.open(`${directory}/.lock`, { create: true, write: true });
    await lock.lock(true);
    await removeLeftovers(directory);
    return await writeArtifact(directory, contents);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new ArtifactError(
      `Cannot save an artifact in ${directory}: ${error.message}; make room or choose another folder`,
      { cause: error },
    );
  }
}

/** What a crash left behind: nobody else is at work on it, because whoever writes holds the lock. */
async function removeLeftovers(directory: string): Promise<void> {
  for await (const { name } of Deno.readDir(directory)) {
    if (name.startsWith(TEMPORARY_PREFIX)) await removeIfPresent(`${directory}/${name}`);
  }
}

async function writeArtifact(
  directory: string,
  contents: ArtifactContents,
): Promise<SavedArtifact> {
  const temporary = `${directory}/${TEMPORARY_PREFIX}${crypto.randomUUID()}`;
  try {
    await Deno.mkdir(temporary);
    const manifest = await writeContents(temporary, contents);
    const bytes = new TextEncoder().encode(JSON.stringify(manifest, replaceInfinity, 2) + "\n");
    await writeDurably(`${temporary}/${MANIFEST_FILE}`, bytes);

    const version = versionName(manifest.created, await sha256(bytes));
    const path = `${directory}/${version}`;
    // The name tells the contents, so one that is there already is the same.
    const present = (await listVersions(directory)).includes(version);
    if (!present) await Deno.rename(temporary, path);
    await syncFolder(directory);
    await setCurrentVersion(directory, version);
    return { version, path };
  } finally {
    await removeIfPresent(temporary);
  }
}

/** JSON has no number for these: an option of `Infinity` would become `null`. */
function replaceInfinity(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** `2019-11-01T12:00:00.000Z` → `20191101T120000Z-0123456789ab`. */
function versionName(created: string, digest: string): string {
  const time = created.replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
  return `${time}-${digest.slice(0, 12)}`;
}

async function removeIfPresent(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Has the disk keep the renaming as well; Windows does so by itself and can't open folders. */
async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync();
}
