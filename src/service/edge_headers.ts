/** Answers are data: a browser runs and shows nothing of them, nor guesses what they are. */
export const SAFE_HEADERS = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** Adds {@linkcode SAFE_HEADERS} where an answer doesn't say something else. */
export function completeHeaders({ headers }: Response): void {
  for (const [name, value] of Object.entries(SAFE_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
}
