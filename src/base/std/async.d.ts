/**
 * Calls a function until it succeeds, with pauses that grow exponentially.
 *
 * @param options The first pause lasts `minTimeout` milliseconds, each later one `multiplier`
 *   (default 2) times as long, up to `maxTimeout`; `jitter` is the largest share by which a pause
 *   is shortened at random. An error that `isRetriable` rejects is rethrown unchanged.
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
