/** `deno task report`: one HTML page on how the models compare. */
import { historiesFromEnvironment } from "../src/service/settings_from_environment.ts";
import { Command, Option } from "commander";
import { loadArtifact } from "../src/artifact/load.ts";
import { algorithms } from "../src/models/mod.ts";
import { writeWhole } from "../src/base/write_whole.ts";
import { InputError } from "../src/base/input_error.ts";
import { renderReport } from "../src/analysis/report/page.ts";
import { type ReportSource, reportSource } from "../src/analysis/report/source.ts";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { addEventsOptions, type EventsFlags, TRAINING_FILES } from "./lib/events_options.ts";
import { reportExamples } from "./lib/report_examples.ts";
import { createReporter } from "./lib/reporter.ts";
import { addTrainingOptions, type TrainingFlags } from "./lib/training_options.ts";

/** Options that apply to a report on an artifact. */
const ARTIFACT_OPTIONS = ["html", "artifacts", "version", "quiet"];

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
  if (!events) refuseTrainingOptions(command);
  const page = await renderReport(
    events
      ? await sourceOfEvents({ ...flags, artifacts, events })
      : await sourceOfArtifact(artifacts, version),
  );
  const html = flags.html ?? `${artifacts}/report.html`;
  await writeWhole(html, (unfinished) => Deno.writeTextFile(unfinished, page));
  console.log(`Report: ${html}`);
}

/** An artifact's figures are fixed; without this, training options would be ignored silently. */
function refuseTrainingOptions(command: Command): void {
  const given = command.options.filter((option) =>
    command.getOptionValueSource(option.attributeName()) === "cli" &&
    !ARTIFACT_OPTIONS.includes(option.attributeName())
  );
  if (given.length === 0) return;
  const names = given.map(({ long }) => long).join(", ");
  throw new InputError(
    `Cannot report on an artifact with ${names}: its figures are already measured; omit these ` +
      "options, or pass --events to compare the models again",
  );
}

async function sourceOfArtifact(artifacts: string, requested?: string): Promise<ReportSource> {
  const artifact = await loadArtifact(artifacts, {
    ...{ algorithms, version: requested },
    histories: historiesFromEnvironment(),
  });
  const { manifest, version } = artifact;
  return { ...reportSource(manifest, version), examples: await reportExamples(artifact) };
}

async function sourceOfEvents(flags: ReportFlags & EventsFlags): Promise<ReportSource> {
  // Imported only if needed: it loads Polars.
  const { evaluateForReport } = await import("./lib/evaluate_for_report.ts");
  return await evaluateForReport(flags, createReporter(flags));
}

if (import.meta.main) {
  const command = new Command("deno task report")
    .description(
      "Writes a self-contained HTML page on how the models compare: those of an artifact or, " +
        "with --events, trained and compared without exporting them",
    );
  addTrainingOptions(addEventsOptions(command, { required: false }))
    .option("--html <file>", "page to write (default: report.html in the artifacts' folder)")
    .option("--artifacts <dir>", "folder of the artifacts", "artifacts")
    .addOption(
      new Option("--version <version>", "artifact to report on (default: the current one)")
        .conflicts("events"),
    )
    .action(run);
  addWrittenFiles(command, {
    "--html FILE": "the page",
    ...TRAINING_FILES,
  });
  await runTask(command);
}
