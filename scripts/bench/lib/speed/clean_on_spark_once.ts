/** Cleans a file of events on a Spark server and prints the figures of `clean_once.ts`, as JSON. */
import process from "node:process";
import { openOnSpark } from "../../../../src/spark/clean/open_on_spark.ts";
import { peakBytes } from "../peak_memory.ts";
import type { Cleaning } from "./clean_once.ts";

if (import.meta.main) {
  const [file, master] = Deno.args;
  await using opened = await openOnSpark([file], { master });
  const { rowsIn, rowsOut, cartsCancelled } = opened.report;
  const { user, system } = process.cpuUsage();
  const cleaning: Omit<Cleaning, "ratings"> = {
    rowsIn,
    rowsOut,
    cartsCancelled,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: peakBytes(),
  };
  console.log(JSON.stringify(cleaning));
}
