import { whole } from "../../content.ts";
import { defineRoute } from "../../route.ts";
import { answerFile } from "./answer_file.ts";

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

/** `GET /docs`: a page that documents this API and lets people try it. */
export const docsPage = defineRoute({
  method: "GET",
  path: "/docs",
  access: "open",
  summary: "A page that documents this API and lets people try it",
  answers: whole("The page", ["text/html"], { isTagged: true }),
  handle: ({ request }) => answerFile(request, PAGE, "text/html; charset=utf-8"),
});
