import { TempFolder } from "../src/base/temp_folder.ts";

/** Runs a test in a temporary folder, which is removed afterwards. */
export async function withFolder(run: (folder: string) => void | Promise<void>): Promise<void> {
  using temporary = new TempFolder();
  await run(temporary.path);
}
