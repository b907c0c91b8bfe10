/** What a browser that shows an answer as a page may do with it: nothing. */
const PAGE_HEADERS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
} as const;

/**
 * Says that an answer is what its type says, and of whatever a browser could show as a page what that may do, unless
 * the answer says it. JSON is data and no page, wherever its type is believed.
 */
export function completeHeaders({ headers }: Response): void {
  headers.append("x-content-type-options", "nosniff");
  if (headers.get("content-type") === "application/json") return;
  for (const [name, value] of Object.entries(PAGE_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
}
