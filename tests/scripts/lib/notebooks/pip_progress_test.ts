import { pipProgress } from "../../../../scripts/lib/notebooks/pip_progress.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("a line for every fifteen packages and one for unpacking show how far pip is", () => {
  const logged: string[] = [];
  const next = pipProgress((line) => logged.push(line));
  for (let i = 0; i < 32; i++) {
    next(`Collecting package-${i}>=1 (from jupyterlab)`);
    next(`  Downloading package_${i}-py3-none-any.whl (25 kB)`);
  }
  next("Installing collected packages: a, b, c");
  next("Successfully installed a-1 b-2 c-3");
  assertEquals(logged, [
    "  15 packages found and downloaded",
    "  30 packages found and downloaded",
    "  Unpacking 32 packages: the last step, about 20 seconds",
  ]);
});
