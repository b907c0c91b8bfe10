import { setCurrentVersion } from "../../src/artifact/current.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { pruneVersions, useVersion } from "../../src/artifact/versions.ts";
import { algorithms } from "../../src/models/mod.ts";
import { popularity } from "../../src/models/popularity.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { ClickCounts } from "../../src/retraining/click_counts.ts";
import type { RetrainOptions, RetrainSteps, Trained } from "../../src/retraining/retrain.ts";
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

/** Options with a minute for each of forty periods. */
export function optionsIn(directory: string): RetrainOptions {
  return { directory, watchMs: 40 * 60_000, periodMs: 60_000, tolerance: 0, leastEvents: 1 };
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
  /** Clicks in each hundred lists, by version; 10 unless it is here. */
  readonly clicks = new Map<string, number>();
  unmeasured: string | undefined;
  /** Whether the service refuses the version. */
  refuses = (_version: string) => false;
  readonly #directory: string;
  #counts = { lists: 0, clicks: 0 };

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
        this.served = version;
      },
      counts: () => Promise.resolve(this.#look()),
      prune: async () => void await pruneVersions(this.#directory, 2),
    };
    return kill ? killedIn(steps, kill) : steps;
  }

  async #train(): Promise<Trained> {
    const day = String(++this.trainings + 1).padStart(2, "0");
    const version = await saveTiny(this.#directory, `2019-12-${day}`);
    return { version, unmeasured: this.unmeasured };
  }

  #look(): ClickCounts[] {
    if (this.served === undefined) return [];
    this.#counts = {
      lists: this.#counts.lists + 100,
      // Every other period has one click more, the others one less.
      clicks: this.#counts.clicks + (this.clicks.get(this.served) ?? 10) +
        (this.#counts.lists % 200 === 0 ? 1 : -1),
    };
    return [{ version: this.served, ...this.#counts }];
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
