import { sleep } from "../../base/time.ts";

/** What can be shown, in several forms by media type, of which Jupyter takes the best that it knows. */
export type DisplayForms = Readonly<Record<string, unknown>>;

/** What Deno's kernel for Jupyter adds to `Deno`; elsewhere, asking for it throws. */
interface JupyterKernel {
  readonly jupyter: {
    display(forms: DisplayForms, options: { raw: boolean }): Promise<void>;
  };
}

/** Long enough for what was sent to Jupyter to arrive, also on a busy machine. */
const SETTLE_MS = 100;

/**
 * Shows something below the cell of a notebook. The cell must wait for it: the kernel doesn't see to it that the
 * value of a cell reaches Jupyter before the news that the cell has ended, after which Jupyter takes no more.
 *
 * @throws {Error} If this doesn't run in a notebook.
 */
export async function display(forms: DisplayForms): Promise<void> {
  await (Deno as unknown as JupyterKernel).jupyter.display(forms, { raw: true });
  await sleep(SETTLE_MS);
}
