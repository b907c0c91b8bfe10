import { whole } from "../../content.ts";
import { defineRoute } from "../../route.ts";
import { answerFile, preparedFiles } from "../docs/prepared_file.ts";

const tag = preparedFiles({
  "tag.js": {
    type: "text/javascript; charset=utf-8",
    read: () => Deno.readTextFile(new URL("tag.js", import.meta.url)),
  },
});

/** `GET /tag.js`: the script that shops put on their pages. */
export const tagScript = defineRoute({
  method: "GET",
  path: "/tag.js",
  access: "open",
  summary: "The script for the shop's pages: reports events and shows lists",
  answers: whole("The script", ["text/javascript"], { isTagged: true }),
  setting: "PUBLIC_KEYS",
  isServed: ({ protection }) => protection.publicKeys.isOpen,
  async handle({ request }) {
    return answerFile(request, await tag("tag.js"));
  },
});
