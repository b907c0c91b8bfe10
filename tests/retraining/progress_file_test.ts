import { InputError } from "../../src/base/input_error.ts";
import {
  NO_PROGRESS,
  type Progress,
  readProgress,
  writeProgress,
} from "../../src/retraining/progress_file.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { SEEN } from "./retrained_shop.ts";

Deno.test("progress is read as it was written; without a file there is none", () =>
  withFolder(async (folder) => {
    assertEquals(await readProgress(folder), NO_PROGRESS);
    const progress: Progress = {
      ...NO_PROGRESS,
      change: {
        stage: "watching",
        candidate: "20191202T000000Z-0123456789ab",
        before: "20191201T000000Z-0123456789ab",
        seen: SEEN,
        entered: 1000,
      },
    };
    await writeProgress(folder, progress);
    assertEquals(await readProgress(folder), progress);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(), [
      ".lock",
      "retraining.json",
    ]);
  }));

Deno.test("a file that isn't progress is refused and named", () =>
  withFolder(async (folder) => {
    for (const [text, reason] of [["{", "JSON"], ['{"format":1}', "rolledBack"]]) {
      await Deno.writeTextFile(`${folder}/retraining.json`, text);
      const { message } = await assertRejects(() => readProgress(folder), InputError);
      assertStringIncludes(message, `Cannot retrain: ${folder}/retraining.json can't be used`);
      assertStringIncludes(message, reason);
    }
  }));
