import { setCurrentVersion } from "../../src/artifact/current.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { pruneVersions, useVersion } from "../../src/artifact/versions.ts";
import { algorithms } from "../../src/models/mod.ts";
import { popularity } from "../../src/models/popularity.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { RatioSums } from "../../src/experiments/estimates.ts";
import type { Span } from "../../src/retraining/clicks_by_user.ts";
import type { RetrainOptions, RetrainSteps, Trained } from "../../src/retraining/retrain.ts";
import { MS_PER_HOUR } from "../../src/base/time.ts";
import { tinyContents, tinyInteractions } from "../artifact/tiny_shop.ts";

/** What a process that is killed never gets past. */
export class Killed extends Error {}

/** Where a process is killed: in which step, and before or after what the step does. */
export interface Kill {
  readonly step: keyof RetrainSteps;
  readonly when: "before" | "after";
}

/** Events of one day, which were seen until then. */
export const SEEN = { files: { "events.csv": "10 bytes" }, received: 1000 };

/** Options with a look every hour of a day. */
export function optionsIn(directory: string): RetrainOptions {
  return {
    ...{ directory, leastEvents: 1, tolerance: 0 },
    ...{ watchMs: 24 * MS_PER_HOUR, periodMs: MS_PER_HOUR, settleMs: MS_PER_HOUR / 2 },
  };
}

/** Saves a small artifact, which isn't current. */
export async function saveTiny(directory: string, created: string): Promise<string> {
  const model = await popularity.fit(tinyInteractions());
  const models = [{ name: "popularity", options: {}, model }];
  const contents = { models, defaultModel: "popularity", created: new Date(created) };
  const saved = await saveArtifact(directory, tinyContents(contents), { makeCurrent: false });
  return saved.version;
}

/** Saves one that is current. */
export async function serveTiny(directory: string, created: string): Promise<string> {
  const version = await saveTiny(directory, created);
  await setCurrentVersion(directory, version);
  return version;
}

/** A shop with one service, whose clock the watching advances. */
export class RetrainedShop {
  /** The version that the service has loaded. */
  served: string | undefined;
  clock = Date.UTC(2019, 11, 1);
  collected = 5;
  trainings = 0;
  /** Every line that was logged. */
  readonly lines: string[] = [];
  /** Of ten lists of each user, how many are clicked, by version; 5 unless it is here. */
  readonly clicks = new Map<string, number>();
  /** Which version was served from when on. */
  readonly #changes: { version: string; from: number }[] = [];
  unmeasured: string | undefined;
  /** Whether the service refuses the version. */
  refuses = (_version: string) => false;
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @param kill Where this process is killed; default never. */
  steps(kill?: Kill): RetrainSteps {
    const steps: RetrainSteps = {
      now: () => this.clock,
      log: (line) => this.lines.push(line),
      sleep: (ms) => Promise.resolve(void (this.clock += ms)),
      findNew: () => Promise.resolve({ seen: SEEN, files: [], collected: this.collected }),
      train: () => this.#train(),
      use: async (version) => {
        await useVersion(this.#directory, { version, algorithms });
      },
      reload: async () => {
        const version = (await Deno.readTextFile(`${this.#directory}/current`)).trim();
        if (this.refuses(version)) throw new InputError(`Cannot load ${version}`);
        this.serve(version);
      },
      clicks: (spans) => Promise.resolve(spans.map((span) => this.#count(span))),
      prune: async () => void await pruneVersions(this.#directory, 2),
    };
    return kill ? killedIn(steps, kill) : steps;
  }

  async #train(): Promise<Trained> {
    const day = String(++this.trainings + 1).padStart(2, "0");
    const version = await saveTiny(this.#directory, `2019-12-${day}`);
    return { version, unmeasured: this.unmeasured };
  }

  /** Has the service serve a version from now on. */
  serve(version: string): void {
    this.served = version;
    this.#changes.push({ version, from: this.clock });
  }

  /** Ten lists of each of a hundred users an hour; half of them click on one more, half on less. */
  #count({ from, to }: Span): RatioSums {
    const hours = (to - from) / MS_PER_HOUR;
    const { version = "" } = this.#changes.findLast((change) => change.from <= from) ??
      this.#changes[0] ?? {};
    const units = Math.round(100 * hours), clicks = this.clicks.get(version) ?? 5;
    return {
      units,
      numerators: units * clicks,
      numeratorSquares: units * (clicks ** 2 + 1),
      denominators: 10 * units,
      denominatorSquares: 100 * units,
      products: 10 * units * clicks,
    };
  }
}

function killedIn(steps: RetrainSteps, { step, when }: Kill): RetrainSteps {
  const own = steps[step] as (...args: unknown[]) => unknown;
  const killed = async (...args: unknown[]) => {
    if (when === "after") await own(...args);
    throw new Killed();
  };
  return { ...steps, [step]: killed };
}
