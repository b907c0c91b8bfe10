import { writeAll } from "../base/write_all.ts";
import {
  type Tensor,
  tensor,
  type Tensors,
  tensorType,
  type TypedArray,
  viewBytes,
} from "../linalg/tensor.ts";
import { ArtifactError, REMEDY } from "./artifact_error.ts";
import { NAME_PATTERN, type TensorFile } from "./manifest.ts";
import { isRemote } from "../base/fetch_safely.ts";
import { fetchPart } from "./remote.ts";
import { sha256 } from "../base/sha256.ts";

/**
 * Writes each tensor to its own file, `<prefix>.<name>.bin`, and syncs it to disk; all at once,
 * since most of the time is the disk's. When it fails, no file is being written any more.
 *
 * @returns Their entries in the manifest, in the order of their names.
 * @throws {TypeError} If a tensor's name can't be part of a file name.
 */
export async function writeTensors(
  folder: string,
  prefix: string,
  tensors: Tensors,
): Promise<TensorFile[]> {
  const names = Object.keys(tensors).sort();
  for (const name of names) {
    if (NAME_PATTERN.test(name)) continue;
    throw new TypeError(
      `Cannot save tensor "${name}" of ${prefix}: a name must match ${NAME_PATTERN}`,
    );
  }
  const written = await Promise.allSettled(
    names.map((name) => writeTensor(folder, `${prefix}.${name}.bin`, name, tensors[name])),
  );
  return written.map((file) => {
    if (file.status === "fulfilled") return file.value;
    throw file.reason;
  });
}

async function writeTensor(
  folder: string,
  file: string,
  name: string,
  tensor: Tensor,
): Promise<TensorFile> {
  const bytes = bytesOf(tensor.data);
  await writeDurably(`${folder}/${file}`, bytes);
  return {
    name,
    file,
    type: tensorType(tensor),
    shape: [...tensor.shape],
    bytes: bytes.length,
    sha256: sha256(bytes),
  };
}

/** Writes a new file and syncs it to disk. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  await writeAll(file, bytes);
  await file.sync();
}

/** Syncs what was renamed in a folder to disk; Windows does so itself and can't open folders. */
export async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  await folder.sync();
}

/** The array's bytes, copied only if other threads share them. */
function bytesOf({ buffer, byteOffset, byteLength }: TypedArray): Uint8Array<ArrayBuffer> {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer, byteOffset, byteLength);
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

/**
 * Reads tensors in parallel, checks size and SHA-256 of each, and views the bytes without copying.
 *
 * @throws {ArtifactError} If a file is missing, cut short or changed; names it.
 */
export async function readTensors(folder: string, files: readonly TensorFile[]): Promise<Tensors> {
  const entries = files.map(async (file) => [file.name, await readTensor(folder, file)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function readTensor(
  folder: string,
  { file, type, shape, bytes, sha256: expected }: TensorFile,
): Promise<Tensor> {
  const path = `${folder}/${file}`;
  const found = await readPart(path, bytes);
  if (found.length !== bytes) {
    throw new ArtifactError(
      `Cannot load the artifact: ${path} must have ${bytes} bytes, ` +
        `it has ${found.length}; ${REMEDY}`,
    );
  }
  if (sha256(found) !== expected) {
    throw new ArtifactError(
      `Cannot load the artifact: ${path} is damaged, its SHA-256 isn't the manifest's; ${REMEDY}`,
    );
  }
  try {
    return tensor(viewBytes(type, found), shape);
  } catch (error) {
    throw new ArtifactError(
      `Cannot load the artifact: ${path} doesn't hold a ${type} of shape [${shape}]; ${REMEDY}`,
      { cause: error },
    );
  }
}

/**
 * Reads one file of an artifact, local or remote.
 *
 * @param most How many bytes it may have.
 * @throws {ArtifactError} If it is missing, larger, no file, or can't be read; names it.
 */
export async function readPart(path: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (isRemote(path)) return await fetchPart(path, { most });
  try {
    return await readWhole(path, await sizeOf(path, most));
  } catch (error) {
    if (error instanceof ArtifactError) throw error;
    if (error instanceof Deno.errors.NotFound) {
      throw new ArtifactError(`Cannot load the artifact: ${path} is missing; ${REMEDY}`);
    }
    throw new ArtifactError(
      `Cannot load the artifact: ${path} can't be read (${(error as Error).message}); ${REMEDY}`,
      { cause: error },
    );
  }
}

/**
 * The size of a file. Checks before it is opened that the path leads to one: opening a named pipe
 * would wait for a writer forever, and a device may never end.
 */
async function sizeOf(path: string, most: number): Promise<number> {
  const { isFile, size } = await Deno.stat(path);
  if (!isFile) {
    throw new ArtifactError(`Cannot load the artifact: ${path} must be a file; ${REMEDY}`);
  }
  if (size <= most) return size;
  throw new ArtifactError(
    `Cannot load the artifact: ${path} must have at most ${most} bytes, it has ${size}; ${REMEDY}`,
  );
}

/** As `Deno.readFile` does, straight into memory of the right size, which takes half the time. */
async function readWhole(path: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  const bytes = new Uint8Array(size);
  let end = 0;
  while (end < bytes.length) {
    const read = await file.read(bytes.subarray(end));
    if (read === null) break;
    end += read;
  }
  return bytes.subarray(0, end);
}
