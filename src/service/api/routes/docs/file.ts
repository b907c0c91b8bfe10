import { z } from "zod";
import { whole } from "../../content.ts";
import { defineRoute } from "../../route.ts";
import { answerFile } from "./answer_file.ts";

const START = `SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
});
`;

/** The files that the page loads: written here or part of the package. */
const FILES: Readonly<Record<string, { type: string; read: () => Promise<string> }>> = {
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

/** `GET /docs/{file}`: the files that the page loads. */
export const docsFile = defineRoute({
  method: "GET",
  path: "/docs/{file}",
  access: "open",
  summary: "The files that the page loads",
  pathParameters: { file: z.enum(Object.keys(FILES)) },
  answers: whole("A file", ["text/css", "text/javascript"], { isTagged: true }),
  async handle({ request, path: { file } }) {
    const { type, read } = FILES[file];
    return answerFile(request, await read(), type);
  },
});
