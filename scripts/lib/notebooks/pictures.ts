import { join } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";

/** Charts that the documentation shows, by title, and their file names. */
const PICTURES: Readonly<Record<string, string>> = {
  "From view to cart to purchase": "funnel.svg",
  "Models compared": "models.svg",
};

interface Notebook {
  readonly cells: readonly {
    readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
  }[];
}

/**
 * Writes the charts that the documentation shows as SVG files, as the notebooks show them.
 *
 * @param notebooks Paths of notebooks that have run; those without such a chart are skipped.
 * @param into The folder to write to; created if needed.
 * @returns The files written.
 * @throws {InputError} If a notebook can't be read or a picture can't be written.
 */
export async function writePictures(notebooks: readonly string[], into: string): Promise<string[]> {
  const written: string[] = [];
  try {
    await Deno.mkdir(into, { recursive: true });
    for (const path of notebooks) {
      const { cells } = JSON.parse(await Deno.readTextFile(path)) as Notebook;
      for (const { data = {} } of cells.flatMap(({ outputs = [] }) => outputs)) {
        const file = PICTURES[titleOf(data)];
        if (!file) continue;
        await Deno.writeTextFile(join(into, file), textOf(data["image/svg+xml"]));
        written.push(join(into, file));
      }
    }
  } catch (error) {
    throw new InputError(`Cannot write pictures to ${into}: ${(error as Error).message}`);
  }
  return written;
}

function titleOf(data: Readonly<Record<string, unknown>>): string {
  const chart = data["application/vnd.vegalite.v5+json"] as { title?: { text?: string } };
  return chart?.title?.text ?? "";
}

/** Notebook files hold texts as arrays of lines. */
function textOf(lines: unknown): string {
  return Array.isArray(lines) ? lines.join("") : String(lines);
}
