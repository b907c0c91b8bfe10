import { createSpace, releaseSpaces } from "../../../src/linalg/kernels/space.ts";
import { assertEquals } from "../../assert.ts";

/** A space of half a GiB, of which nothing was written. */
function largeSpace(): WeakRef<WebAssembly.Memory> {
  const space = createSpace();
  space.floats(2 ** 27);
  return new WeakRef(space.memory);
}

/** A weak reference keeps what it refers to until the current task ends. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("a large space is freed once nothing refers to it", async () => {
  const memory = largeSpace();
  await nextTask();
  releaseSpaces();
  assertEquals(memory.deref(), undefined);
});

Deno.test("a space that something refers to stays", () => {
  const space = createSpace();
  const numbers = space.floats(2 ** 27);
  numbers[2 ** 27 - 1] = 5;
  releaseSpaces();
  assertEquals([numbers[0], numbers[2 ** 27 - 1]], [0, 5]);
});
