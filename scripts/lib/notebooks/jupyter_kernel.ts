import { delimiter, join } from "node:path";
import { writeJson } from "../write_json.ts";

/** The kernel's name in the notebooks' metadata. */
export const KERNEL_NAME = "shop-recommender";

/**
 * Registers a kernel that runs the Deno of this process.
 *
 * @param directory The folder to register it in.
 * @returns The environment in which Jupyter finds the kernel, besides its own.
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
