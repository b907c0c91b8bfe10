import { z } from "zod";
import { varying } from "../../http/compression.ts";
import { revalidatedJson, tagOf, unlessSame } from "../../http/json.ts";
import { describeApi, type OpenApiDocument } from "../openapi.ts";
import { json, NO_PARAMETERS, revalidated, type Route } from "../route.ts";
import type { Shop } from "../../recommend/shop.ts";

/**
 * `GET /openapi.json`: this API in the form of OpenAPI 3.1.
 *
 * @param options `routes` all that there are, asked for when the document is; `readsAreOpen` whether reading
 *   needs no token.
 */
export function openApiRoute(
  { artifact: { manifest: { formatVersion } } }: Shop,
  { routes, readsAreOpen }: { routes: () => readonly Route[]; readsAreOpen: boolean },
): Route {
  let document: OpenApiDocument | undefined;
  return {
    method: "GET",
    path: "/openapi.json",
    access: "open",
    summary: "This API in the form of OpenAPI 3.1",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: revalidated(json("The document", z.looseObject({ openapi: z.string() }))),
    handle({ request }) {
      document ??= describeApi(routes(), { version: `${formatVersion}.0.0`, readsAreOpen });
      return revalidatedJson(request, document, "public, no-cache");
    },
  };
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Clickstream recommender: API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/** Scripts and requests from here alone; the page sets styles and draws small pictures by itself. */
const PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const START = `SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
});
`;

/** The files that the page is made of, all from here or from the package. */
const ASSETS: Readonly<Record<string, { type: string; read: () => Promise<string> }>> = {
  "swagger-ui.css": {
    type: "text/css; charset=utf-8",
    read: () => readPackaged(import.meta.resolve("swagger-ui-dist/swagger-ui.css")),
  },
  "swagger-ui-bundle.js": {
    type: "text/javascript; charset=utf-8",
    read: () => readPackaged(import.meta.resolve("swagger-ui-dist/swagger-ui-bundle.js")),
  },
  "start.js": { type: "text/javascript; charset=utf-8", read: () => Promise.resolve(START) },
};

function readPackaged(url: string): Promise<string> {
  return Deno.readTextFile(new URL(url));
}

/** `GET /docs`: a page to read about this API and try it. */
export function docsRoute(): Route {
  return {
    method: "GET",
    path: "/docs",
    access: "open",
    summary: "A page to read about this API and try it",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: revalidated({ description: "The page", types: { "text/html": undefined } }),
    handle: ({ request }) => revalidatedText(request, PAGE, "text/html; charset=utf-8"),
  };
}

/** `GET /docs/{file}`: what the page is made of. */
export function docsAssetRoute(): Route {
  const pathParameters = z.object({
    file: z.enum(Object.keys(ASSETS)),
  });
  const route: Route<typeof pathParameters, typeof NO_PARAMETERS> = {
    method: "GET",
    path: "/docs/{file}",
    access: "open",
    summary: "What the page is made of",
    pathParameters,
    query: NO_PARAMETERS,
    answers: revalidated({
      description: "A file",
      types: { "text/css": undefined, "text/javascript": undefined },
    }),
    async handle({ request, path: { file } }) {
      const { type, read } = ASSETS[file];
      return revalidatedText(request, await read(), type);
    },
  };
  return route;
}

function revalidatedText(request: Request, text: string, type: string): Response {
  const headers = {
    "content-type": type,
    "cache-control": "public, no-cache",
    "content-security-policy": PAGE_POLICY,
    etag: tagOf(text),
    ...varying(text.length),
  };
  return unlessSame(request, new Response(text, { headers }));
}
