import { delimiter, join } from "node:path";
import { writeJson } from "../write_json.ts";

/** What the notebooks name as their kernel. */
export const KERNEL_NAME = "shop-recommender";

/**
 * Registers a kernel that runs the Deno that runs this, in a folder of the project's own.
 *
 * @param directory The folder in which to keep it.
 * @returns The environment in which Jupyter knows the kernel, beside its others.
 */
export async function writeKernel(directory: string): Promise<Record<string, string>> {
  const data = join(directory, "jupyter");
  await writeJson(join(data, "kernels", KERNEL_NAME, "kernel.json"), {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno (shop recommender)",
    language: "typescript",
  });
  const before = Deno.env.get("JUPYTER_PATH");
  return { JUPYTER_PATH: before ? `${data}${delimiter}${before}` : data };
}
