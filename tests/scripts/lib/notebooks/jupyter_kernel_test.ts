import { join } from "node:path";
import { KERNEL_NAME, writeKernel } from "../../../../scripts/lib/notebooks/jupyter_kernel.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("the kernel runs the Deno of this process and has its own folder", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  const env = await writeKernel(folder);
  assertEquals(env.JUPYTER_PATH.split(":")[0], join(folder, "jupyter"));
  const file = join(folder, "jupyter", "kernels", KERNEL_NAME, "kernel.json");
  const { argv, language } = JSON.parse(await Deno.readTextFile(file));
  assertEquals(argv, [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"]);
  assertEquals(language, "typescript");
});
