import { measureProcess } from "../../../../scripts/bench/lib/measure_process.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";

Deno.test("a process is timed from start to exit; its last line is its output", async () => {
  const code = `console.log("progress"); console.log(JSON.stringify({ rows: 3 }))`;
  const { output, seconds } = await measureProcess(Deno.execPath(), ["eval", code]);
  assertEquals(output, { rows: 3 });
  assert(seconds > 0);
});

Deno.test("a process that fails is an error with its standard error", async () => {
  await assertRejects(
    () => measureProcess(Deno.execPath(), ["eval", `throw new Error("no such month")`]),
    InputError,
    "no such month",
  );
});
