/** `deno task lab`: opens the notebooks in JupyterLab, which is set up if needed. */
import { Command } from "commander";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import { JUPYTER_FILES, setUpJupyter } from "./lib/notebooks/jupyter.ts";
import { eventsEnvironment, NOTEBOOKS } from "./lib/notebooks/notebooks.ts";

interface LabFlags {
  events?: string;
  month?: string;
  port: number;
  browser: boolean;
}

async function run({ events, month, port, browser }: LabFlags): Promise<void> {
  const { program, env } = await setUpJupyter("lab", console.error);
  const args = [
    "lab",
    "--ip=127.0.0.1",
    `--port=${port}`,
    ...(browser ? [] : ["--no-browser"]),
    // Containers run as root; only this machine can reach the address.
    ...(Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : []),
    NOTEBOOKS,
  ];
  const lab = new Deno.Command(program, {
    args,
    env: { ...env, ...eventsEnvironment({ events, month }) },
  }).spawn();
  // JupyterLab receives Ctrl+C too and asks for confirmation; this process waits for it to exit.
  const ignore = () => {};
  Deno.addSignalListener("SIGINT", ignore);
  const { code } = await lab.status;
  Deno.removeSignalListener("SIGINT", ignore);
  if (code !== 0) Deno.exit(code);
}

if (import.meta.main) {
  const command = new Command("deno task lab")
    .description("Opens the notebooks in JupyterLab, which is set up if needed")
    .option(
      "--events <file>",
      "the shop's events: a file or a pattern (default: $EVENTS or a simulated month)",
    )
    .option(
      "--month <month>",
      "month to work with, for example 2019-10 (default: the latest full one)",
    )
    .option("--port <n>", "port to listen on", wholeNumber(1, 65_535), 8888)
    .option("--no-browser", "print the address instead of opening a browser")
    .action(run);
  addWrittenFiles(command, JUPYTER_FILES);
  await runTask(command);
}
