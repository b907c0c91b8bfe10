/**
 * Pages for people: what is recommended to whom, and why it can be trusted. They ask the API like
 * any other client, and nothing else of the program knows of them.
 *
 * @module
 */
import type { MakePages, Pages } from "../service/handler.ts";
import type { PagesOptions } from "../service/serve.ts";
import type { Lasting } from "./visit/site.ts";

/**
 * The pages' code. With a literal in `import`, Deno would read all of its modules when the service
 * starts.
 */
const APP = import.meta.resolve("./app.tsx");

/** The address of all pages. */
const PAGES = /^\/pages(?=[/?]|$)/;

/** How the addresses of the files that pages load begin. */
const FILES = "/pages/files/";

/** The address at which clients that ask for JSON get the API's index. */
const INDEX = /^\/(\?|$)/;

/**
 * Makes the pages of a service. Their code is loaded with the first request for one, so a service
 * that nobody looks at needs no time and no memory for them.
 */
export function createPages(options: PagesOptions): MakePages {
  const lasting: Lasting = {};
  return (api) => {
    let loaded: Promise<(...request: Parameters<Pages["answer"]>) => Promise<Response>> | undefined;
    return {
      answer(request, exchange) {
        if (!isForPeople(request)) return undefined;
        loaded ??= importApp().then(({ createApp }) => createApp({ api, options, lasting }));
        return loaded.then((answer) => answer(request, exchange));
      },
      isFile: (request) => pathOf(request).startsWith(FILES),
    };
  };
}

function importApp(): Promise<typeof import("./app.tsx")> {
  return import(APP);
}

/** Whether a request is for a page: `/` only from a browser, which asks for HTML. */
function isForPeople(request: Request): boolean {
  const path = pathOf(request);
  if (PAGES.test(path)) return true;
  return INDEX.test(path) && (request.headers.get("accept") ?? "").includes("text/html");
}

/** The path and query as sent. */
function pathOf({ url }: Request): string {
  return url.slice(url.indexOf("/", "https://".length));
}
