import { type Command, Option } from "commander";
import { InputError } from "../../../src/base/input_error.ts";
import { wholeNumber } from "../cli.ts";

/** What cleans the events. */
export const ENGINES = ["local", "spark"] as const;

/** What the options that {@linkcode addEngineOptions} adds are parsed into. */
export interface EngineFlags {
  engine?: typeof ENGINES[number];
  master?: string;
  sums?: boolean;
  sumsUsers?: number;
}

/** The address that `spark:up` starts a server at. */
export const LOCAL_SERVER = "sc://127.0.0.1:15002";

/** Adds the options that choose what cleans the events. */
export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--engine <name>",
        "what cleans the events: this machine, or a Spark cluster",
      )
        .choices(ENGINES).default("local"),
    )
    .option(
      "--master <address>",
      "the cluster's Spark Connect server, like sc://host:15002; the files of --events are those " +
        `that it can read (default: ${LOCAL_SERVER}, of deno task spark:up)`,
    );
}

/** Adds the option that leaves the events on the cluster; for commands that train. */
export function addSumsOption(command: Command): Command {
  return command.option(
    "--sums",
    "leave the events on the cluster, with --engine spark: it sums up what models are made from; " +
      "here come a sample of users, on whom models are measured and als, svd and graph_svd are " +
      "fitted, the products, all ratings if they fit, and the newest sessions",
  ).option(
    "--sums-users <n>",
    "users of that sample (default: 100,000, or ten for each of --evaluate-users)",
    wholeNumber(1),
  );
}

/**
 * The server to clean events on; nothing if this machine does.
 *
 * @throws {InputError} If a server or sums are asked for, but not the engine.
 */
export function clusterOf(
  { engine = "local", master, sums, sumsUsers }: EngineFlags,
): string | undefined {
  if (sumsUsers !== undefined && !sums) {
    throw new InputError("Cannot use --sums-users alone: add --sums, or leave it out");
  }
  if (engine === "spark") return master ?? LOCAL_SERVER;
  const alone = master !== undefined ? "--master" : sums ? "--sums" : undefined;
  if (alone === undefined) return undefined;
  throw new InputError(`Cannot use ${alone} alone: add --engine spark, or leave it out`);
}
