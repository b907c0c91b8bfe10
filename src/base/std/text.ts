/**
 * The text part of Deno's standard library, typed here because it is published on npm without
 * types.
 */
// @ts-types="./text.d.ts"
export { levenshteinDistance } from "@std/text/levenshtein-distance";
