/** `deno task consume`: stores the events of a Kafka topic. */
import { Command, Option } from "commander";
import { InputError } from "../src/base/input_error.ts";
import { consume, type Consumed } from "../src/consume/consume.ts";
import { openDeadLetters } from "../src/consume/dead_letters.ts";
import { kafkaTopic } from "../src/consume/kafka_topic.ts";
import { openStore } from "../src/service/open_store.ts";
import { storeFromEnvironment } from "../src/service/settings_from_environment.ts";
import { StoreError } from "../src/service/store/store_error.ts";
import { addWrittenFiles, commaList, runTask } from "./lib/cli.ts";
import { STORE_FILE, STORE_FILES } from "./lib/serving.ts";

interface ConsumeFlags {
  brokers: string[];
  topic: string;
  deadLetters: string;
  tls?: boolean;
  sasl?: typeof MECHANISMS[number];
}

const MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;

/** Between two lines about what was stored. */
const REPORT_MS = 10_000;

async function run({ brokers, topic, deadLetters, tls, sasl }: ConsumeFlags): Promise<void> {
  const credentials = sasl && { mechanism: sasl, ...readCredentials() };
  using letters = await openDeadLetters(deadLetters);
  using store = await openStore(storeFromEnvironment(STORE_FILE)).catch((error) => {
    throw error instanceof StoreError ? new InputError(error.message, { cause: error }) : error;
  });
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  const counts = { stored: 0, duplicates: 0, refused: 0, unknownLists: 0 };
  let reported = "";
  const report = () => {
    const { stored, duplicates, refused, unknownLists } = counts;
    const line = `Stored ${stored}, duplicates ${duplicates}, refused ${refused}` +
      (unknownLists > 0 ? `, without their unknown lists ${unknownLists}` : "");
    if (line !== reported) console.log(reported = line);
  };
  const timer = setInterval(report, REPORT_MS);
  console.log(`Consuming ${topic} from ${brokers.join(", ")}; stop with Ctrl+C`);
  try {
    await consume(kafkaTopic({ brokers, topic, tls, sasl: credentials }), {
      store,
      deadLetters: letters,
      signal: stopping.signal,
      log: console.error,
      onStored(part: Consumed) {
        counts.stored += part.stored;
        counts.duplicates += part.duplicates;
        counts.refused += part.refused;
        counts.unknownLists += part.unknownLists;
      },
    });
  } finally {
    clearInterval(timer);
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stop);
  }
  report();
}

/** From the environment, so that they show in no list of processes. */
function readCredentials(): { username: string; password: string } {
  const [username, password] = ["KAFKA_USERNAME", "KAFKA_PASSWORD"].map((name) => {
    const value = Deno.env.get(name);
    if (value) return value;
    throw new InputError(`Cannot consume: --sasl needs the environment variable ${name}`);
  });
  return { username, password };
}

if (import.meta.main) {
  const command = new Command("deno task consume")
    .description(
      "Stores the events of a Kafka topic, each exactly once: one JSON object per message, by " +
        "the rules of POST /events. Runs until it is stopped, beside the servers that share its " +
        "store (STORE_URL, KV_PATH)",
    )
    .requiredOption("--brokers <list>", "host:port of brokers, separated by commas", commaList)
    .requiredOption(
      "--topic <name>",
      "the topic; all its partitions are read, from the oldest " +
        "message on at first",
    )
    .option(
      "--dead-letters <file>",
      "where messages go that can't be stored, with the reason",
      "data/dead-letters.ndjson",
    )
    .option("--tls", "encrypt connections to brokers")
    .addOption(
      new Option("--sasl <mechanism>", "log in with KAFKA_USERNAME and KAFKA_PASSWORD")
        .choices(MECHANISMS),
    )
    .action(run);
  addWrittenFiles(command, {
    ...STORE_FILES,
    "--dead-letters FILE": "messages that can't be stored",
  });
  await runTask(command);
}
