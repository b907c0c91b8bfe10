import { listVersions, setCurrentVersion, TEMPORARY_PREFIX } from "./current.ts";
import { requireLittleEndian } from "./little_endian.ts";
import { removeIfPresent, withLock } from "./lock.ts";
import { MANIFEST_FILE } from "./manifest.ts";
import { sha256 } from "../base/sha256.ts";
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
 * @throws {InputError} If a model learned numbers that aren't finite.
 */
export async function saveArtifact(
  directory: string,
  contents: ArtifactContents,
): Promise<SavedArtifact> {
  requireLittleEndian();
  checkContents(contents);
  return await withLock(directory, () => writeArtifact(directory, contents), {
    attempt: "save an artifact",
    remedy: "make room or choose another folder",
  });
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

    const version = versionName(manifest.created, sha256(bytes));
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

/** Has the disk keep the renaming as well; Windows does so by itself and can't open folders. */
async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync();
}
