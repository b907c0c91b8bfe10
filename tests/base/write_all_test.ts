import { writeAll, writeAllSync } from "../../src/base/write_all.ts";
import { assertEquals } from "../assert.ts";

Deno.test("writing goes on until every byte is written", async () => {
  const written: number[] = [];
  const writeSync = (bytes: Uint8Array) => {
    const some = bytes.subarray(0, 2);
    written.push(...some);
    return some.length;
  };
  writeAllSync({ writeSync }, Uint8Array.of(1, 2, 3, 4, 5));
  await writeAll({ write: (bytes) => Promise.resolve(writeSync(bytes)) }, Uint8Array.of(6, 7, 8));
  assertEquals(written, [1, 2, 3, 4, 5, 6, 7, 8]);
});
