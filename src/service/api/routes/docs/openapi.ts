import { z } from "zod";
import { revalidatedText, taggedJson, type TaggedText } from "../../../http/json.ts";
import { revalidated } from "../../content.ts";
import { describeApi } from "../../openapi.ts";
import { exampleIds } from "../../openapi_examples.ts";
import { type ApiContext, defineRoute } from "../../route.ts";

const CACHING = "public, no-cache";

/** The version of the API and of its client's package, not of the program or of artifacts. */
export const API_VERSION = "2.0.0";

/** Documents are made when first requested and cached for as long as their artifact is served. */
const documents = new WeakMap<ApiContext, TaggedText>();

/** `GET /openapi.json`: this API as an OpenAPI 3.1 document. */
export const openApi = defineRoute({
  method: "GET",
  path: "/openapi.json",
  access: "open",
  summary: "This API as an OpenAPI 3.1 document",
  answers: revalidated("The document", z.looseObject({ openapi: z.string() }), CACHING),
  handle({ request }, context) {
    const document = documents.get(context) ?? makeDocument(context);
    documents.set(context, document);
    return revalidatedText(request, document, CACHING);
  },
});

function makeDocument({ routes, shop, protection }: ApiContext): TaggedText {
  return taggedJson(describeApi(routes, {
    version: API_VERSION,
    readsAreOpen: protection.tokens.readsAreOpen,
    ids: exampleIds({ shop, protection }),
  }));
}
