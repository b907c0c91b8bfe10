/**
 * Calls a function until it succeeds, with pauses that grow exponentially.
 *
 * @param options Pauses last `minTimeout` milliseconds at first, `multiplier` (default 2) times as
 *   long after each attempt, `maxTimeout` at most, shortened at random by a share of up to
 *   `jitter`. An error that `isRetriable` rejects is thrown as it is.
 */
export function retry<T>(
  run: () => Promise<T>,
  options: {
    maxAttempts: number;
    minTimeout: number;
    maxTimeout: number;
    multiplier?: number;
    jitter?: number;
    isRetriable?: (error: unknown) => boolean;
  },
): Promise<T>;
