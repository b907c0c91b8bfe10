import type { Progress } from "../../src/base/progress.ts";

/** Shows a command's progress on standard error; its results go to standard output. */
export interface Reporter {
  /**
   * Starts a stage and ends the previous one.
   *
   * @returns A callback for the stage's progress, from 0 to 1.
   */
  stage(name: string): Progress;
  /** Prints a line; the stage goes on. */
  log(line: string): void;
  /** Prints a line on what isn't as asked, also if the reporter is quiet. */
  warn(line: string): void;
  /** Ends the last stage. */
  finish(): void;
}

const REDRAW_EVERY_MS = 100;

/** The longest time without a line where there is no terminal. */
const PRINT_EVERY_MS = 60_000;

interface Stage {
  readonly name: string;
  readonly start: number;
  /** The completed share. */
  done: number;
  /** When its line was last written or redrawn. */
  shown: number;
}

/**
 * Makes a reporter. A terminal shows one line that is redrawn, with the stage, its percentage and
 * the remaining time. Elsewhere each stage prints a line when it ends, and one a minute until then.
 * The notes of a stage's progress are lines of their own on both.
 *
 * @param options `quiet` suppresses all output but warnings. Tests pass a `terminal`, a `write`, a
 * clock, `now`, in milliseconds, and what runs a function after some milliseconds unless it is
 * cancelled, `schedule`.
 */
export function createReporter(
  {
    quiet = false,
    terminal = Deno.stderr.isTerminal(),
    write = writeError,
    now = () => performance.now(),
    schedule = scheduleUnreferenced,
  }: {
    quiet?: boolean;
    terminal?: boolean;
    write?: (text: string) => void;
    now?: () => number;
    schedule?: (run: () => void, ms: number) => () => void;
  } = {},
): Reporter {
  let current: Stage | undefined;
  let cancel = () => {};
  const clear = terminal ? "\r\x1b[2K" : "";
  const end = terminal ? "" : "\n";
  const interval = terminal ? REDRAW_EVERY_MS : PRINT_EVERY_MS;

  function finish(): void {
    cancel();
    if (current && !quiet) {
      const seconds = (now() - current.start) / 1000;
      write(`${clear}${current.name}: ${seconds.toFixed(1)} s\n`);
    }
    current = undefined;
  }

  function lineOf({ name, start, done }: Stage): string {
    return `${clear}${name} ${Math.round(100 * done)}%${remaining(now() - start, done)}${end}`;
  }

  function show(stage: Stage): void {
    write(lineOf(stage));
    stage.shown = now();
    scheduleLine(stage);
  }

  /** Without a terminal a line is due even if nothing advances. */
  function scheduleLine(stage: Stage): void {
    cancel();
    if (!terminal) cancel = schedule(() => show(stage), PRINT_EVERY_MS);
  }

  return {
    stage(name) {
      finish();
      const start = now();
      const stage: Stage = { name, start, done: 0, shown: terminal ? -Infinity : start };
      current = stage;
      if (quiet) return () => {};
      if (terminal) write(`${clear}${name} …`);
      scheduleLine(stage);
      return (done, note) => {
        if (current !== stage) return;
        stage.done = done;
        if (note !== undefined) write(`${clear}  ${note}\n`);
        const isDue = now() - stage.shown >= interval;
        if (isDue || (terminal && note !== undefined)) show(stage);
      };
    },
    log(line) {
      if (!quiet) write(`${clear}${line}\n`);
    },
    warn: (line) => write(`${clear}${line}\n`),
    finish,
  };
}

/** Doesn't keep the process alive. */
function scheduleUnreferenced(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  Deno.unrefTimer(timer);
  return () => clearTimeout(timer);
}

function remaining(elapsedMs: number, done: number): string {
  if (done <= 0.01) return "";
  return `, ${Math.ceil(elapsedMs / 1000 * (1 - done) / done)} s left`;
}

function writeError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
