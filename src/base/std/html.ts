/** The HTML part of Deno's standard library, typed here because npm publishes it without types. */
// @ts-types="./html.d.ts"
export { escape as escapeHtml } from "@std/html/entities";
