/**
 * `deno task bench:off-policy`: off-policy estimates beside those of Open Bandit Pipeline, on the
 * sample of the Open Bandit Dataset that it brings.
 */
import { Command } from "commander";
import { TempFolder } from "../../src/base/temp_folder.ts";
import {
  evaluateOffPolicy,
  type LoggedReward,
  type OffPolicyValue,
} from "../../src/experiments/off_policy.ts";
import type { Interval } from "../../src/experiments/effect.ts";
import { runTask } from "../lib/cli.ts";
import { createReporter } from "../lib/reporter.ts";
import { requireCommand } from "../lib/run_command.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { OPEN_BANDIT, setUpPeers } from "./lib/peers.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";

const PEER = new URL("./peers/off_policy.py", import.meta.url).pathname;

/** What the peer writes for a log. */
interface Compared {
  readonly name: string;
  readonly log: Readonly<Record<Exclude<keyof LoggedReward, "unit">, readonly number[]>>;
  readonly estimates: Readonly<Record<keyof OffPolicyValue, Interval>>;
}

async function run(flags: ResultFlags): Promise<void> {
  const reporter = createReporter(flags);
  reporter.stage(`Setting up ${OPEN_BANDIT.alone}`);
  const python = await setUpPeers(OPEN_BANDIT);
  using folder = new TempFolder();
  const file = `${folder.path}/estimates.json`;
  reporter.stage("Estimating there");
  await requireCommand("run Open Bandit Pipeline", python, [PEER, file]);
  const compared: Compared[] = JSON.parse(await Deno.readTextFile(file));
  reporter.finish();
  await reportRows(compared.flatMap(compare), flags);
}

function compare({ name, log, estimates }: Compared): BenchRow[] {
  const rewards = log.reward.map((reward, i): LoggedReward => ({
    reward,
    propensity: log.propensity[i],
    target: log.target[i],
    guess: log.guess[i],
    targetGuess: log.targetGuess[i],
  }));
  const { value, effectiveSize, rounds, refusal } = evaluateOffPolicy(rewards, { least: 10 });
  if (!value) throw new Error(`Cannot compare: ${refusal}`);
  const options = { rounds, effectiveSize: Math.round(effectiveSize) };
  return (["ips", "snips", "doublyRobust"] as const).flatMap((estimator): BenchRow[] =>
    (["estimate", "low", "high"] as const).map((metric) => ({
      bench: "off-policy",
      name: `${name}: ${estimator}`,
      metric,
      value: value[estimator]?.[metric] ?? NaN,
      unit: "share",
      peer: "obp",
      peerValue: estimates[estimator][metric],
      options,
    }))
  );
}

if (import.meta.main) {
  const command = new Command("deno task bench:off-policy")
    .description(
      "Compares off-policy estimates with those of Open Bandit Pipeline on its bundled sample, " +
        `installed in ${OPEN_BANDIT.folder}`,
    )
    .action(run);
  await runTask(addResultOptions(command));
}
