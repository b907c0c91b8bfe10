import { explainFullDisk } from "../../src/events/scratch.ts";
import { InputError } from "../../src/base/input_error.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("the message about a full disk names the folder and what to do", () => {
  for (
    const message of [
      "parquet: File out of specification: underlying IO error: " +
      "No space left on device (os error 28)",
      "No space left on device (os error 28): writefile '/scratch/cleaning-1/a.csv'",
      "Disk quota exceeded (os error 122): writefile '/scratch/cleaning-1/a.csv'",
      "There is not enough space on the disk. (os error 112)",
    ]
  ) {
    const error = explainFullDisk(new Error(message), "/scratch/cleaning-1");
    assert(error instanceof InputError);
    assert(error.message.startsWith("Cannot write temporary files to /scratch/cleaning-1: "));
    assert(/No space left|not enough space|quota exceeded/.test(error.message));
    assert(error.message.includes("Free some space there"));
  }
});

Deno.test("any other error stays what it is", () => {
  for (const error of [new Error("a mistake"), new InputError("No space left on device"), "text"]) {
    assertEquals(explainFullDisk(error, "/scratch"), error);
  }
});
