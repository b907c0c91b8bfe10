import { formatCounted } from "../../../src/base/format.ts";
import { reportRows } from "../../../src/events/clean/clean_report.ts";
import { writeRejects } from "../../../src/events/read/files/rejects.ts";
import type { ClusterOptions } from "../../../src/spark/clean/open_on_spark.ts";
import { openShopOnSpark } from "../../../src/spark/train/open_shop_on_spark.ts";
import { type EventsFlags, loadOptions } from "../events_options.ts";
import { REJECTS_FILE, reportRejects } from "../open_reported.ts";
import type { Reporter } from "../reporter.ts";
import type { LoadedShop } from "../run_training.ts";
import { formatTable } from "../tables/table.ts";
import { wrapText } from "../tables/wrap.ts";
import type { TrainingFlags } from "../training_options.ts";
import type { EngineFlags } from "./engine_options.ts";
import { disposedOnInterrupt, untilInterrupted } from "./until_interrupted.ts";

/** The fewest users whose events are brought here unless the command says, if there are as many. */
const SAMPLED_USERS = 100_000;

/** Users sampled for each one that may be measured: most have no event in a window. */
const SAMPLED_PER_MEASURED = 10;

/** Cleans events on a cluster and leaves them there; here come sampled users, ratings and sums. */
export async function loadSums(
  flags: EventsFlags & TrainingFlags & EngineFlags,
  cluster: Pick<ClusterOptions, "master" | "forgotten">,
  reporter: Reporter,
): Promise<LoadedShop> {
  const { cache: _, ...options } = loadOptions(flags);
  const { seed, eventWeights, evaluateUsers } = flags;
  const sampledUsers = flags.sumsUsers ??
    Math.max(SAMPLED_USERS, SAMPLED_PER_MEASURED * evaluateUsers);
  const progress = reporter.stage("Reading and cleaning events on the cluster");
  const leftOut: string[] = [];
  const note = (text: string) => {
    if (leftOut.includes(text)) return;
    leftOut.push(text);
    reporter.warn(wrapText(text));
  };
  const open = (signal: AbortSignal) =>
    openShopOnSpark(
      flags.events,
      {
        ...options,
        ...cluster,
        ...{ signal, seed, eventWeights, sampledUsers, note },
      },
      progress,
    );
  const { report, rejects, ...shop } = await reportRejects(
    REJECTS_FILE,
    () => untilInterrupted(open),
  );
  await using opened = new AsyncDisposableStack();
  opened.use(disposedOnInterrupt(shop));
  if (rejects.length > 0) {
    await writeRejects(REJECTS_FILE, rejects);
    reporter.log(`Rejected rows, with line and reason: ${REJECTS_FILE}`);
  }
  reporter.log(formatTable(["events", "removed", "left"], reportRows(report)));
  const { interactions: { userIds }, all } = shop;
  reporter.log(
    `Models are made from sums over ${formatCounted(all.users, "user")} and ` +
      `${formatCounted(all.events, "event")}, and measured on ` +
      (userIds.size === all.users ? "all of them" : `${formatCounted(userIds.size, "user")}`),
  );
  const kept = opened.move();
  return {
    ...shop,
    cleaning: report,
    leftOut,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
