/** What Deno's kernel for Jupyter asks a value for, to show it. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** A value that a notebook shows, when it is the last of a cell, as something better than its properties. */
export interface Displayable {
  /** Its forms by media type, of which Jupyter takes the best that it knows. */
  [JUPYTER_DISPLAY](): Promise<Readonly<Record<string, unknown>>>;
}
