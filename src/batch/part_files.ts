import { join } from "node:path";
import { sha256 } from "../base/sha256.ts";
import { writeWhole } from "../base/write_whole.ts";

const KEY_FILE = "key";

/**
 * The finished parts of a batch, in a folder beside its output. They outlive a process that is
 * killed: a batch with the same key goes on where it ended.
 */
export class PartFiles {
  readonly folder: string;
  /** How many parts were finished before. */
  readonly found: number;
  readonly #finished: Set<number>;

  private constructor(folder: string, finished: Set<number>) {
    this.folder = folder;
    this.found = finished.size;
    this.#finished = finished;
  }

  /**
   * Opens the folder, without the parts of a batch with another key.
   *
   * @param key Everything that the parts depend on, as JSON; only its digest is written.
   */
  static async open(folder: string, key: unknown): Promise<PartFiles> {
    const text = sha256(new TextEncoder().encode(JSON.stringify(key)));
    if (await readIfThere(join(folder, KEY_FILE)) !== text) {
      await removeIfThere(folder);
      await writeWhole(join(folder, KEY_FILE), (file) => Deno.writeTextFile(file, text));
    }
    const finished = new Set<number>();
    for await (const { name } of Deno.readDir(folder)) {
      if (/^\d+\.part$/.test(name)) finished.add(parseInt(name));
    }
    return new PartFiles(folder, finished);
  }

  /** Whether a part is finished. */
  has(part: number): boolean {
    return this.#finished.has(part);
  }

  /** Adds a part. */
  async add(part: number, text: string): Promise<void> {
    await writeWhole(this.#path(part), (file) => Deno.writeTextFile(file, text));
    this.#finished.add(part);
  }

  /** The parts' bytes, in their order. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    for (let part = 0; part < this.#finished.size; part++) {
      yield await Deno.readFile(this.#path(part));
    }
  }

  /** Removes the folder. */
  remove(): Promise<void> {
    return Deno.remove(this.folder, { recursive: true });
  }

  #path(part: number): string {
    return join(this.folder, `${part}.part`);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function removeIfThere(folder: string): Promise<void> {
  try {
    await Deno.remove(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
