import { requireCommand } from "../../../lib/run_command.ts";
import { RECOMMENDERS, setUpPeers } from "../peers.ts";
import type { BenchRow } from "../results.ts";

/** What `peers/ranking.py` prints for each model. */
interface PeerFigures {
  readonly name: string;
  readonly recall: number;
  readonly ndcg: number;
  readonly seconds: number;
  readonly options: Readonly<Record<string, number>>;
}

/**
 * Measures implicit's ALS and neighborhood models on the same files: options are searched on a held
 * out part of the training data, as large as that of this project's models, then the test part is
 * measured.
 *
 * @param folder Contains `train.txt` and `test.txt`.
 * @param options `k`: length of the lists. `share`: of each user's training items to hold out.
 * `seed` determines which. `python`: one that has implicit, instead of setting up its environment.
 */
export async function measureRankingPeers(
  folder: string,
  { k, share, seed, python }: { k: number; share: number; seed: number; python?: string },
): Promise<BenchRow[]> {
  const script = new URL("../../peers/ranking.py", import.meta.url).pathname;
  const args = [script, folder, ...[k, share, seed].map(String)];
  const output = await requireCommand(
    "measure implicit",
    python ?? await setUpPeers(RECOMMENDERS),
    args,
  );
  const found: PeerFigures[] = JSON.parse(output);
  return found.flatMap(({ name, recall, ndcg, seconds, options }) => {
    const row = { bench: "ranking", name: `implicit, ${name}`, unit: "share", options };
    return [
      { ...row, metric: `recall@${k}`, value: recall },
      { ...row, metric: `ndcg@${k}`, value: ndcg },
      { ...row, metric: "fit", unit: "s", value: seconds },
    ];
  });
}
