/** Answers are data: a browser runs and shows nothing of them, nor guesses what they are. */
const HEADERS = [
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["referrer-policy", "no-referrer"],
  ["x-content-type-options", "nosniff"],
] as const;

/** Adds what every answer says to browsers, where it doesn't say something else; an answer that has it stays. */
export function completeHeaders({ headers }: Response): void {
  // The last of them is nobody else's.
  if (headers.has(HEADERS[HEADERS.length - 1][0])) return;
  for (const [name, value] of HEADERS) if (!headers.has(name)) headers.set(name, value);
}
