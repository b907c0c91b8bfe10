/** Answers are data: a browser runs and shows nothing of them, nor guesses what they are. */
const HEADERS = [
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["x-content-type-options", "nosniff"],
] as const;

/** Adds what every answer says to browsers, where it doesn't say something else. */
export function completeHeaders({ headers }: Response): void {
  for (const [name, value] of HEADERS) if (!headers.has(name)) headers.set(name, value);
  // JSON leads nowhere.
  if (!/json$/.test(headers.get("content-type") ?? "")) {
    headers.set("referrer-policy", "no-referrer");
  }
}
