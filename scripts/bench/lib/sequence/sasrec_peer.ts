import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { historyOf, type Interactions } from "../../../../src/interactions/interactions.ts";
import type { SasrecOptions } from "../../../../src/models/sasrec.ts";
import { requireCommand } from "../../../lib/run_command.ts";
import { setUpPeers, TRANSFORMERS } from "../peers.ts";
import type { LastItems } from "./last_items.ts";

/** What `peers/sasrec.py` prints. */
export interface PeerSasrec {
  readonly hitRate: number;
  readonly ndcg: number;
  /** How many it trained, including those after the best. */
  readonly epochs: number;
  /** CPU time of the fit, on one thread. */
  readonly cpuSeconds: number;
}

/**
 * Trains RecTools' SASRec with the same dimensions, dropout and learning rate, all items as
 * candidates and its own batches, until its validation loss hasn't fallen for five epochs, and
 * measures it on the same questions. Its validation has as many last items as `sasrec` holds out.
 *
 * @param options `k`: length of the lists. `python`: one that has RecTools, instead of setting up
 * its environment.
 */
export async function measurePeerSasrec(
  { train, questions }: LastItems,
  { k, python, model }: {
    k: number;
    python?: string;
    model: Pick<
      SasrecOptions,
      "factors" | "blocks" | "heads" | "maxLength" | "dropout" | "learningRate" | "epochs" | "seed"
    >;
  },
): Promise<PeerSasrec> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await Deno.writeTextFile(`${folder}/train.txt`, toLines(train));
  await Deno.writeTextFile(
    `${folder}/test.txt`,
    questions.map(({ user, next }) => `${user} ${next}`).join("\n"),
  );
  const settings = {
    n_factors: model.factors,
    n_blocks: model.blocks,
    n_heads: model.heads,
    session_max_len: model.maxLength,
    dropout_rate: model.dropout,
    lr: model.learningRate,
    loss: "softmax",
  };
  const script = new URL("../../peers/sasrec.py", import.meta.url).pathname;
  const output = await requireCommand(
    "measure RecTools",
    python ?? await setUpPeers(TRANSFORMERS),
    [script, folder, ...[k, JSON.stringify(settings), model.epochs, model.seed].map(String)],
  );
  return JSON.parse(output.trim().split("\n").at(-1)!);
}

/** A line for each user with events: the user, then the items in time order. */
function toLines(train: Interactions): string {
  return Array.from({ length: train.userIds.size }, (_, user) => user)
    .filter((user) => train.indptr[user + 1] > train.indptr[user])
    .map((user) => [user, ...historyOf(train, user).items].join(" "))
    .join("\n");
}
