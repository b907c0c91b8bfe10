import { whole } from "../../content.ts";
import { defineRoute } from "../../route.ts";
import { docsFileNamed } from "./file.ts";
import { answerFile, preparedFiles, versionOf } from "./prepared_file.ts";

/** The page; the addresses of its files name their content, so that browsers needn't ask again. */
async function readPage(): Promise<string> {
  const [style, bundle, start] = await Promise.all(
    ["swagger-ui.css", "swagger-ui-bundle.js", "start.js"].map(async (name) =>
      `docs/${name}?v=${versionOf(await docsFileNamed(name))}`
    ),
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Clickstream recommender: API</title>
    <link rel="stylesheet" href="${style}">
  </head>
  <body>
    <div id="api"></div>
    <script src="${bundle}"></script>
    <script src="${start}"></script>
  </body>
</html>
`;
}

const fileNamed = preparedFiles({
  page: { type: "text/html; charset=utf-8", read: readPage },
});

/** `GET /docs`: a page that documents this API and lets people try it. */
export const docsPage = defineRoute({
  method: "GET",
  path: "/docs",
  access: "open",
  summary: "A page that documents this API and lets people try it",
  answers: whole("The page", ["text/html"], { isTagged: true }),
  async handle({ request }) {
    return answerFile(request, await fileNamed("page"));
  },
});
