import { sleep } from "../../base/time.ts";

/** Something to display, by media type; Jupyter picks the richest form that it supports. */
export type DisplayForms = Readonly<Record<string, unknown>>;

/** What Deno's Jupyter kernel adds to `Deno`; elsewhere, accessing it throws. */
interface JupyterKernel {
  readonly jupyter: {
    display(forms: DisplayForms, options: { raw: boolean }): Promise<void>;
  };
}

/** Long enough for a message to reach Jupyter, even on a busy machine. */
const SETTLE_MS = 100;

/**
 * Displays something below a notebook's cell. The cell must await it: the kernel doesn't guarantee
 * that output reaches Jupyter before the message that the cell has ended, after which Jupyter drops
 * it.
 *
 * @throws {Error} If this isn't running in a notebook.
 */
export async function display(forms: DisplayForms): Promise<void> {
  await (Deno as unknown as JupyterKernel).jupyter.display(forms, { raw: true });
  await sleep(SETTLE_MS);
}
