import { COMPILED_FILES, compileKernels } from "../../../scripts/lib/compile_kernels.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("the compiled kernels are up to date with their sources, byte for byte", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  for (const compiled of COMPILED_FILES) {
    await compileKernels(compiled, `${folder}/again.wasm`);
    assertEquals(
      await Deno.readFile(`${folder}/again.wasm`),
      await Deno.readFile(compiled.file),
      `${compiled.file} is out of date, run: deno task kernels`,
    );
  }
});
