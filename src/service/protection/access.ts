/**
 * Who may use a route: `health` everyone, without any limit; `open` everyone; `read` everyone, or
 * only clients with a token where reading needs one; `manage` only the shop's own programs, which
 * store, change, or read what a person did.
 */
export type Access = "health" | "open" | "read" | "manage";
