import { whereFull } from "../../src/events/scratch.ts";
import { InputError } from "../../src/base/input_error.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("of a full disk it is said where, and what to do, whoever met it", () => {
  for (
    const message of [
      "parquet: File out of specification: underlying IO error: No space left on device (os error 28)",
      "No space left on device (os error 28): writefile '/scratch/cleaning-1/a.csv'",
      "Disk quota exceeded (os error 122): writefile '/scratch/cleaning-1/a.csv'",
      "There is not enough space on the disk. (os error 112)",
    ]
  ) {
    const error = whereFull(new Error(message), "/scratch/cleaning-1");
    assert(error instanceof InputError);
    assert(/^Cannot put aside in \/scratch\/cleaning-1 /.test(error.message));
    assert(/No space left|not enough space|quota exceeded/.test(error.message));
    assert(error.message.includes("Make room there"));
  }
});

Deno.test("any other error stays what it is", () => {
  for (const error of [new Error("a mistake"), new InputError("No space left on device"), "text"]) {
    assertEquals(whereFull(error, "/scratch"), error);
  }
});
