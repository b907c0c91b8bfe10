import { measureProcess } from "../../../../scripts/bench/lib/measure_process.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";

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
