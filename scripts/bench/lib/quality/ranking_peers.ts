import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { type History, profileOf } from "../../../../src/interactions/history.ts";
import { historyOf, type Interactions } from "../../../../src/interactions/interactions.ts";
import type { Query } from "../../../../src/models/blending/held_out_queries.ts";
import { requireCommand } from "../../../lib/run_command.ts";
import { RECOMMENDERS, setUpPeers } from "../peers.ts";
import type { BenchRow } from "../results.ts";

/** What peers are fitted to, and what is asked of them. */
export interface PeerTask {
  readonly train: Interactions;
  readonly questions: readonly Query[];
}

/** The same for the search and for the test. */
export interface PeerTasks {
  readonly validation: PeerTask;
  readonly test: PeerTask;
  /** Whether lists hold new items alone. */
  readonly onlyNew: boolean;
}

/** What `peers/ranking.py` prints for each model. */
interface PeerFigures {
  readonly name: string;
  readonly recall: number;
  readonly ndcg: number;
  readonly cpuSeconds: number;
  readonly options: Readonly<Record<string, number>>;
}

/**
 * Measures implicit's ALS and neighborhood models on the same questions: options are searched on
 * the validation part. Ratings are those that this project's models have by default.
 *
 * @param options `k`: length of the lists. `seed` of ALS. `python`: one that has implicit, instead
 * of setting up its environment.
 */
export async function measureRankingPeers(
  { validation, test, onlyNew }: PeerTasks,
  { k, seed, python }: { k: number; seed: number; python?: string },
): Promise<BenchRow[]> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await writeTask(`${folder}/validation`, validation);
  await writeTask(`${folder}/test`, test);
  await Deno.writeTextFile(`${folder}/new.json`, JSON.stringify(onlyNew));
  const script = new URL("../../peers/ranking.py", import.meta.url).pathname;
  const output = await requireCommand(
    "measure implicit",
    python ?? await setUpPeers(RECOMMENDERS),
    [script, folder, ...[k, test.train.itemIds.size, seed].map(String)],
  );
  const found: PeerFigures[] = JSON.parse(output);
  return found.flatMap(({ name, recall, ndcg, cpuSeconds, options }) => {
    const row = { bench: "ranking", name: `implicit's ${name}`, unit: "share", options };
    return [
      { ...row, metric: `recall@${k}`, value: recall },
      { ...row, metric: `ndcg@${k}`, value: ndcg },
      { ...row, metric: "fit", unit: "CPU s", value: cpuSeconds },
    ];
  });
}

async function writeTask(path: string, { train, questions }: PeerTask): Promise<void> {
  const items = train.itemIds.size;
  const users = Array.from({ length: train.userIds.size }, (_, user) => user);
  await Deno.writeTextFile(
    `${path}_train.txt`,
    users.map((user) => ratingsText(historyOf(train, user), items)).join("\n"),
  );
  await Deno.writeTextFile(
    `${path}_questions.txt`,
    questions.map(({ history, relevant }) =>
      `${ratingsText(history, items)}\t${relevant.join(" ")}`
    ).join("\n"),
  );
}

function ratingsText(history: History, itemCount: number): string {
  const { items, ratings } = profileOf(history, itemCount, "logsum");
  return Array.from(items, (item, i) => `${item}:${ratings[i]}`).join(" ");
}
