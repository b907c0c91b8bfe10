/** `deno task report`: one HTML page on how the models compare, for people who won't open a notebook. */
import { Command, Option } from "commander";
import { requireVersion } from "../src/artifact/current.ts";
import { readManifest } from "../src/artifact/read_manifest.ts";
import { writeWhole } from "../src/base/write_whole.ts";
import { InputError } from "../src/base/input_error.ts";
import { renderReport } from "../src/analysis/report/page.ts";
import { type ReportSource, reportSource } from "../src/analysis/report/source.ts";
import { runTask } from "./lib/cli.ts";
import { addEventsOptions, type EventsFlags } from "./lib/events_options.ts";
import { createReporter } from "./lib/reporter.ts";
import { addTrainingOptions, type TrainingFlags } from "./lib/training_options.ts";

const OF_ARTIFACTS = ["html", "artifacts", "version", "quiet"];

type ReportFlags = Omit<EventsFlags, "events"> & TrainingFlags & {
  events?: string[];
  html?: string;
  artifacts: string;
  version?: string;
};

async function run(
  { events, artifacts, version, ...flags }: ReportFlags,
  command: Command,
): Promise<void> {
  if (!events) refuseMeasuring(command);
  const page = await renderReport(
    events
      ? await sourceOfEvents({ ...flags, artifacts, events })
      : await sourceOfArtifact(artifacts, version),
  );
  const html = flags.html ?? `${artifacts}/report.html`;
  await writeWhole(html, (unfinished) => Deno.writeTextFile(unfinished, page));
  console.log(`Report: ${html}`);
}

/** An artifact's figures are what they are: options of measuring would be passed over in silence. */
function refuseMeasuring(command: Command): void {
  const given = command.options.filter((option) =>
    command.getOptionValueSource(option.attributeName()) === "cli" &&
    !OF_ARTIFACTS.includes(option.attributeName())
  );
  if (given.length === 0) return;
  throw new InputError(
    `Cannot report on an artifact with ${
      given.map(({ long }) => long).join(", ")
    }: its figures are ` +
      `measured already; leave that out, or give --events to measure anew`,
  );
}

async function sourceOfArtifact(artifacts: string, wanted?: string): Promise<ReportSource> {
  const version = await requireVersion(artifacts, wanted);
  return reportSource(await readManifest(`${artifacts}/${version}`, version), version);
}

async function sourceOfEvents(flags: ReportFlags & EventsFlags): Promise<ReportSource> {
  // Reading events needs Polars, reporting on an artifact doesn't.
  const { evaluateForReport } = await import("./lib/evaluate_for_report.ts");
  return reportSource(await evaluateForReport(flags, createReporter(flags)));
}

if (import.meta.main) {
  const command = new Command("deno task report")
    .description(
      "Writes one HTML page, to be opened anywhere, on how the models compare: those of an artifact, " +
        "or with --events measured anew without exporting anything",
    );
  addTrainingOptions(addEventsOptions(command, { required: false }))
    .option("--html <file>", "the page to write (default: report.html beside the artifacts)")
    .option("--artifacts <dir>", "where artifacts are kept", "artifacts")
    .addOption(
      new Option("--version <version>", "report on this artifact (default: the current one)")
        .conflicts("events"),
    )
    .action(run);
  await runTask(command);
}
