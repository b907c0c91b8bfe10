/** `deno task spark:protos`: generates the Spark Connect client from Spark's own description. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "../lib/cli.ts";
import { generateProtos } from "../lib/spark/generate_protos.ts";
import { connectJar, installServer, SPARK } from "../lib/spark/spark_servers.ts";

const GENERATED = new URL("../../src/spark/generated", import.meta.url).pathname;

if (import.meta.main) {
  const command = new Command("deno task spark:protos")
    .description(
      "Generates the Spark Connect client from the description in Spark's jar; run it after " +
        "changing Spark's version",
    )
    .action(async () => {
      await installServer(SPARK, console.log);
      await generateProtos(connectJar(), GENERATED);
    });
  addWrittenFiles(command, {
    "src/spark/generated": "the client's messages",
    [SPARK.folder]: `Spark: ${SPARK.size}`,
  });
  await runTask(command);
}
