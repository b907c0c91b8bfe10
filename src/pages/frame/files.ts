import type { Hono } from "hono";
import {
  answerFile,
  type FileSource,
  preparedFiles,
} from "../../service/api/routes/docs/prepared_file.ts";
import { STYLE } from "../../analysis/report/style.ts";
import { notFound } from "../visit/problem.ts";
import type { PageEnvironment } from "../visit/site.ts";

const CSS = "text/css; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";

/** The files that pages load: written here or part of a package. */
const FILES: Readonly<Record<string, FileSource>> = {
  "style.css": { type: CSS, read: async () => STYLE + await own("style.css") },
  "icon.svg": { type: "image/svg+xml", read: () => own("icon.svg") },
  "pages.js": { type: SCRIPT, read: () => own("pages.js") },
  "tag_page.js": { type: SCRIPT, read: () => own("tag_page.js") },
  "charts.js": { type: SCRIPT, read: () => own("charts.js") },
  "htmx.js": packaged(new URL(import.meta.resolve("htmx.org/dist/htmx.min.js"))),
  "vega.js": packaged(new URL("vega.min.js", import.meta.resolve("vega"))),
  "vega-lite.js": packaged(new URL("vega-lite.min.js", import.meta.resolve("vega-lite"))),
  "vega-interpreter.js": { type: SCRIPT, read: readInterpreter },
};

function own(name: string): Promise<string> {
  return Deno.readTextFile(new URL(`files/${name}`, import.meta.url));
}

function packaged(url: URL): FileSource {
  return { type: SCRIPT, read: () => readScript(url) };
}

/** Maps of the sources aren't served. */
async function readScript(url: URL): Promise<string> {
  return (await Deno.readTextFile(url)).replace(/\/\/# sourceMappingURL=\S+\s*$/, "");
}

/**
 * What evaluates the expressions of charts without `eval`, which the policy of the pages forbids.
 * It is a module that imports from `vega-util`, all of which the script `vega.js` has as well.
 */
async function readInterpreter(): Promise<string> {
  const text = await readScript(new URL(import.meta.resolve("vega-interpreter")));
  return text.replace(/^import (\{[^}]*\}) from 'vega-util';/, "const $1 = globalThis.vega;");
}

const fileNamed = preparedFiles(FILES);

/** Serves the files that pages load; each is read, hashed and compressed when first asked for. */
export function addFiles(app: Hono<PageEnvironment>): void {
  app.get("/files/:name", async (context) => {
    const name = context.req.param("name");
    if (!Object.hasOwn(FILES, name)) throw notFound("There is no such file.");
    return answerFile(context.req.raw, await fileNamed(name));
  });
}
