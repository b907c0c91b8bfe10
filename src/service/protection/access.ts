/**
 * Who may use a route: `open` everyone, without a rate limit; `read` everyone, or only clients with
 * a token where reading needs one; `manage` only the shop's own programs, which store, change, or
 * read what a person did.
 */
export type Access = "open" | "read" | "manage";
