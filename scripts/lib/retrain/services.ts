import { InputError } from "../../../src/base/input_error.ts";
import { type ClickCounts, readClickCounts } from "../../../src/retraining/click_counts.ts";
import { apiToken, reloadService } from "../reload_service.ts";

/** How long a service may take to answer with its metrics, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** The services that serve the artifacts of a folder. */
export class Services {
  readonly #urls: readonly string[];
  readonly #log: (line: string) => void;
  /** Those that didn't answer when they were last asked. */
  readonly #silent = new Set<string>();

  /** @param urls Their addresses. */
  constructor(urls: readonly string[], log: (line: string) => void) {
    this.#urls = urls;
    this.#log = log;
  }

  /**
   * Makes all of them serve the current artifact.
   *
   * @throws {InputError} If one can't; the others were asked as well.
   */
  async reload(): Promise<void> {
    const results = await Promise.allSettled(this.#urls.map(reloadService));
    for (const result of results) if (result.status === "fulfilled") this.#log(result.value);
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  /** What each has counted; undefined for one that doesn't answer, which is logged once. */
  async counts(): Promise<(ClickCounts | undefined)[]> {
    return await Promise.all(this.#urls.map(async (url) => {
      try {
        const counts = readClickCounts(await readMetrics(url));
        this.#silent.delete(url);
        return counts;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        if (!this.#silent.has(url)) this.#log(error.message);
        this.#silent.add(url);
        return undefined;
      }
    }));
  }
}

async function readMetrics(url: string): Promise<string> {
  try {
    const token = apiToken();
    const response = await fetch(new URL("/metrics", url), {
      headers: token === "" ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return await response.text();
    await response.body?.cancel();
    throw new Error(`it answered ${response.status}`);
  } catch (error) {
    throw new InputError(`Cannot read ${url}/metrics: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
