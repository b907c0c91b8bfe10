/** `deno task replay`: what another model would have earned with the lists that were shown. */
import { historiesFromEnvironment } from "../../src/service/settings_from_environment.ts";
import { Command, Option } from "commander";
import { loadArtifact } from "../../src/artifact/load.ts";
import { InputError } from "../../src/base/input_error.ts";
import { replay } from "../../src/experiments/replay/replay.ts";
import { type Reward, REWARDS } from "../../src/experiments/replay/reward.ts";
import { algorithms } from "../../src/models/mod.ts";
import { ATTRIBUTION_HOURS } from "../../src/service/exposures/exposures.ts";
import { openStore } from "../../src/service/open_store.ts";
import { StoreError } from "../../src/service/store/store_error.ts";
import { STORE_OPTION, storeFlag } from "../lib/batch/store_flag.ts";
import { addWrittenFiles, runTask, wholeNumber } from "../lib/cli.ts";
import { openPolicy } from "../lib/experiments/policy.ts";
import { ReplayedLog } from "../lib/experiments/replayed_log.ts";
import { formatReplay } from "../lib/tables/replay_table.ts";
import { writeJson } from "../lib/write_json.ts";

interface ReplayFlags {
  policy: string;
  reward: Reward;
  places?: number;
  placement?: string;
  store?: string | true;
  artifacts: string;
  version?: string;
  placements: string;
  hours: number;
  json?: string;
}

/** Exit code of a log that says too little about the policy. */
const REFUSED = 2;

const EXIT_CODES = `
Exit codes:
  0  the policy was valued
  1  nothing could be replayed
  ${REFUSED}  the log says too little about the policy: there is no estimate, and why`;

async function run({ artifacts, version, policy: name, store, ...flags }: ReplayFlags) {
  const { reward, places, placement, placements, hours, json } = flags;
  const artifact = await loadArtifact(artifacts, {
    ...{ algorithms, version },
    histories: historiesFromEnvironment(),
  });
  try {
    // Replaying drops no events: that is the service's.
    using opened = await openStore({ ...storeFlag(store ?? true), retentionDays: undefined });
    const policy = await openPolicy(artifact, name, { store: opened, placements });
    const { products } = await opened.productChanges();
    const priceOf = (id: string) => products.get(id)?.price ?? artifactPrice(artifact, id);
    const log = new ReplayedLog(artifact, opened, { placement, hours, priceOf });
    const replayed = await replay(
      log.lists(),
      // Some of its products may be elsewhere in the list.
      ({ at, productIds }) => policy(log.eventsBefore(at), 2 * productIds.length),
      { reward, places },
    );
    console.log(formatReplay(replayed, { policy: name, reward, early: log.early }));
    if (json !== undefined) {
      await writeJson(json, { ...{ policy: name, reward, early: log.early }, ...replayed });
    }
    if (replayed.evaluation.refusal !== undefined) Deno.exitCode = REFUSED;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(`Cannot replay: ${error.message}`, { cause: error });
  }
}

/** Undefined if it isn't known. */
function artifactPrice(
  { interactions: { itemIds, catalogue } }: Awaited<ReturnType<typeof loadArtifact>>,
  id: string,
): number | undefined {
  const price = catalogue.price[itemIds.indexOf(id)];
  return price > 0 ? price : undefined;
}

if (import.meta.main) {
  const command = new Command("deno task replay")
    .description(
      "Estimates what another model or placement would have earned with the lists that users " +
        "were shown, in the places that were left to chance",
    )
    .requiredOption("--policy <name>", "a model of the artifact, or placement:NAME")
    .addOption(
      new Option("--reward <what>", "what it is valued by").choices([...REWARDS]).default("click"),
    )
    .option(
      "--places <n>",
      "count only the first n places left to chance of each list (default: all)",
      wholeNumber(1),
    )
    .option("--placement <name>", "replay only lists of this placement (default: all)")
    .option(STORE_OPTION, "the store; default that of STORE_URL or KV_PATH")
    .option("--artifacts <folder>", "folder of the artifacts", "artifacts")
    .option("--version <version>", "artifact; default the current one")
    .option(
      "--placements <file>",
      "the file of placements, for placement:NAME",
      Deno.env.get("PLACEMENTS") ?? "placements.json",
    )
    .option(
      "--hours <hours>",
      "how long after a list an event counts for it that names no list",
      wholeNumber(0),
      ATTRIBUTION_HOURS,
    )
    .option("--json <file>", "also write the figures as JSON")
    .action(run);
  addWrittenFiles(command, { "--json FILE": "the figures" }).addHelpText("after", EXIT_CODES);
  await runTask(command);
}
