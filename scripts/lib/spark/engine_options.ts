import { type Command, Option } from "commander";
import { InputError } from "../../../src/base/input_error.ts";

/** What cleans the events. */
export const ENGINES = ["local", "spark"] as const;

/** What the options that {@linkcode addEngineOptions} adds are parsed into. */
export interface EngineFlags {
  engine?: typeof ENGINES[number];
  master?: string;
}

/** The address that `spark:up` starts a server at. */
const LOCAL_SERVER = "sc://127.0.0.1:15002";

/** Adds the options that choose what cleans the events. */
export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--engine <name>",
        "what cleans the events: this machine, or a Spark cluster; models train here",
      )
        .choices(ENGINES).default("local"),
    )
    .option(
      "--master <address>",
      "the cluster's Spark Connect server, like sc://host:15002; the files of --events are those " +
        `that it can read (default: ${LOCAL_SERVER}, of deno task spark:up)`,
    );
}

/**
 * The server to clean events on; nothing if this machine does.
 *
 * @throws {InputError} If a server is named, but not the engine.
 */
export function clusterOf({ engine = "local", master }: EngineFlags): string | undefined {
  if (engine === "spark") return master ?? LOCAL_SERVER;
  if (master === undefined) return undefined;
  throw new InputError("Cannot use --master alone: add --engine spark, or leave it out");
}
