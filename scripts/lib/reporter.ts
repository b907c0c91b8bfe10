import type { Progress } from "../../src/interactions/progress.ts";

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
 * @param options `quiet` silences stages and lines alike.
 */
export function createReporter(
  { quiet = false, terminal = Deno.stderr.isTerminal(), write = writeError }: {
    quiet?: boolean;
    terminal?: boolean;
    write?: (text: string) => void;
  } = {},
): Reporter {
  let current: { name: string; start: number; drawn: number } | undefined;
  const clear = terminal ? "\r\x1b[2K" : "";

  function finish(): void {
    if (current && !quiet) write(`${clear}${current.name}: ${seconds(current.start)} s\n`);
    current = undefined;
  }
  return {
    stage(name) {
      finish();
      const stage = current = { name, start: performance.now(), drawn: -Infinity };
      if (terminal && !quiet) write(`${clear}${name} …`);
      return (done) => {
        const now = performance.now();
        if (!terminal || quiet || current !== stage || now - stage.drawn < REDRAW_EVERY_MS) return;
        stage.drawn = now;
        write(`${clear}${name} ${Math.round(100 * done)}%${timeLeft(now - stage.start, done)}`);
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

function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

function writeError(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(text));
}
