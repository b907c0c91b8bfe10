import { compileKernels, KERNELS_FILE } from "../../../scripts/lib/compile_kernels.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("the compiled kernels are those of the sources, byte for byte", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await compileKernels(`${folder}/kernels.wasm`);
    assertEquals(
      await Deno.readFile(`${folder}/kernels.wasm`),
      await Deno.readFile(KERNELS_FILE),
      "after a change of the sources, run: deno task kernels",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
