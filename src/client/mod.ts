/**
 * A typed client of the API for shops' back ends and browsers. It needs `fetch` and nothing else:
 * copy this folder to use it elsewhere.
 */
export { ApiError } from "./api_error.ts";
export { ShopClient } from "./client.ts";
export type { Listed } from "./client.ts";
export type { ClientOptions } from "./options.ts";
export type * from "./api_types.ts";
