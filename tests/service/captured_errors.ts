/** Runs code with `console.error` replaced, and returns what it logged, one array per call. */
export async function capturedErrors(run: () => unknown): Promise<unknown[][]> {
  const logged: unknown[][] = [];
  const original = console.error;
  console.error = (...values: unknown[]) => logged.push(values);
  try {
    await run();
  } finally {
    console.error = original;
  }
  return logged;
}
