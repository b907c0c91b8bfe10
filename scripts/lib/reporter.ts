import type { Progress } from "../../src/base/progress.ts";

/** Says on standard error what a command is doing, so that its output stays clean. */
export interface Reporter {
  /**
   * Begins a stage and ends the one before.
   *
   * @returns To be told how far the stage has come.
   */
  stage(name: string): Progress;
  /** Prints a line of its own. */
  log(line: string): void;
  /** Ends the last stage. */
  finish(): void;
}

const REDRAW_EVERY_MS = 100;

/**
 * Makes a reporter: on a terminal a line that moves (stage, percent, time left), elsewhere a plain line when
 * a stage ends.
 *
 * @param options `quiet` silences stages and lines alike; `now` is the clock, in milliseconds.
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
        write(`${clear}${name} ${Math.round(100 * done)}%${timeLeft(time - stage.start, done)}`);
      };
    },
    log(line) {
      if (!quiet) write(`${clear}${line}\n`);
    },
    finish,
  };
}

function timeLeft(elapsedMs: number, done: number): string {
  if (done <= 0.01) return "";
  return `, ${Math.ceil(elapsedMs / 1000 * (1 - done) / done)} s left`;
}

function writeError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
