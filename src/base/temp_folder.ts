/**
 * A temporary folder, removed with its contents when it goes out of scope.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * let path;
 * {
 *   using folder = new TempFolder();
 *   path = folder.path;
 *   await Deno.writeTextFile(`${path}/a.txt`, "a");
 * }
 * assertEquals(await Deno.stat(path).catch(() => "removed"), "removed");
 * ```
 */
export class TempFolder implements Disposable {
  /** Absolute, without a slash at the end. */
  readonly path: string = Deno.makeTempDirSync();

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
