import { z } from "zod";
import { inQuery } from "../../../schema/in_query.ts";
import { whole } from "../../content.ts";
import { defineRoute } from "../../route.ts";
import { answerFile, type FileSource, preparedFiles } from "./prepared_file.ts";

const START = `SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
});
`;

/** The files that the page loads: written here or part of the package. */
const FILES: Readonly<Record<string, FileSource>> = {
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

/** A file that the page loads; it is read, hashed and compressed when it is first requested. */
export const docsFileNamed = preparedFiles(FILES);

/** `GET /docs/{file}`: the files that the page loads. */
export const docsFile = defineRoute({
  method: "GET",
  path: "/docs/{file}",
  access: "open",
  summary: "The files that the page loads",
  pathParameters: { file: z.enum(Object.keys(FILES)) },
  query: inQuery({
    v: z.string().max(100, { error: "at most 100 characters long" }).optional()
      .describe("The content's version, as the page has it: the answer is then immutable"),
  }),
  answers: whole("A file", ["text/css", "text/javascript"], { isTagged: true }),
  async handle({ request, path: { file }, query: { v } }) {
    return answerFile(request, await docsFileNamed(file), v);
  },
});
