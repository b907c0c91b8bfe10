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
  /** Ends the last stage. */
  finish(): void;
}

const REDRAW_EVERY_MS = 100;

/**
 * Makes a reporter. A terminal shows one line that is redrawn, with the stage, its percentage and
 * the remaining time; elsewhere each stage prints a line when it ends.
 *
 * @param options `quiet` suppresses all output. Tests pass a `terminal`, a `write` and a clock,
 * `now`, in milliseconds.
 */
export function createReporter(
  {
    quiet = false,
    terminal = Deno.stderr.isTerminal(),
    write = writeError,
    now = () => performance.now(),
  }: {
    quiet?: boolean;
    terminal?: boolean;
    write?: (text: string) => void;
    now?: () => number;
  } = {},
): Reporter {
  let current: { name: string; start: number; drawn: number } | undefined;
  const clear = terminal ? "\r\x1b[2K" : "";

  function finish(): void {
    if (current && !quiet) {
      const seconds = (now() - current.start) / 1000;
      write(`${clear}${current.name}: ${seconds.toFixed(1)} s\n`);
    }
    current = undefined;
  }
  return {
    stage(name) {
      finish();
      const stage = current = { name, start: now(), drawn: -Infinity };
      if (terminal && !quiet) write(`${clear}${name} …`);
      return (done) => {
        const time = now();
        if (!terminal || quiet || current !== stage || time - stage.drawn < REDRAW_EVERY_MS) return;
        stage.drawn = time;
        write(`${clear}${name} ${Math.round(100 * done)}%${remaining(time - stage.start, done)}`);
      };
    },
    log(line) {
      if (!quiet) write(`${clear}${line}\n`);
    },
    finish,
  };
}

function remaining(elapsedMs: number, done: number): string {
  if (done <= 0.01) return "";
  return `, ${Math.ceil(elapsedMs / 1000 * (1 - done) / done)} s left`;
}

function writeError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
