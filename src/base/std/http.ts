/**
 * The HTTP part of Deno's standard library, typed here because it is published on npm without
 * types.
 */
// @ts-types="./http.d.ts"
export { STATUS_CODE, STATUS_TEXT } from "@std/http/status";
// @ts-types="./http.d.ts"
export { acceptsEncodings } from "@std/http/negotiation";
// @ts-types="./http.d.ts"
export { ifNoneMatch } from "@std/http/etag";
