/**
 * Who may ask: `open` everybody, always and as often as he likes; `read` everybody unless there are tokens for
 * reading; `manage` the shop's own programs alone, which store, change, or learn what a person did.
 */
export type Access = "open" | "read" | "manage";
