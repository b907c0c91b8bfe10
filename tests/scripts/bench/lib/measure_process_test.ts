import { measureProcess, median } from "../../../../scripts/bench/lib/measure_process.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";

Deno.test("the median is the middle one, or the mean of the two in the middle", () => {
  assertEquals(median([3]), 3);
  assertEquals(median([10, 1, 2]), 2);
  assertEquals(median([10, 1, 2, 4]), 3);
});

Deno.test("a process is measured from start to end; its last line is its output", async () => {
  const code = `console.log("so far"); console.log(JSON.stringify({ rows: 3 }))`;
  const { output, seconds } = await measureProcess(Deno.execPath(), ["eval", code]);
  assertEquals(output, { rows: 3 });
  assert(seconds > 0);
});

Deno.test("a process that fails is an error with what it said", async () => {
  await assertRejects(
    () => measureProcess(Deno.execPath(), ["eval", `throw new Error("no such month")`]),
    InputError,
    "no such month",
  );
});
