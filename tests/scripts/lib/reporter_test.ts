import { createReporter } from "../../../scripts/lib/reporter.ts";
import { assertEquals } from "../../assert.ts";

const CLEAR = "\r\x1b[2K";

/**
 * A reporter whose output is recorded, with a clock that `at` sets, in milliseconds, and that runs
 * what is scheduled until then.
 */
function recorded(options: { quiet?: boolean; terminal?: boolean } = {}) {
  const written: string[] = [];
  let scheduled: { run: () => void; due: number } | undefined;
  let time = 0;
  const reporter = createReporter({
    terminal: false,
    ...options,
    write: (text) => written.push(text),
    now: () => time,
    schedule(run, ms) {
      const own = scheduled = { run, due: time + ms };
      return () => {
        if (scheduled === own) scheduled = undefined;
      };
    },
  });
  const at = (milliseconds: number) => {
    while (scheduled && scheduled.due <= milliseconds) {
      const { run, due } = scheduled;
      time = due;
      run();
    }
    time = milliseconds;
  };
  return { reporter, written, at, isScheduled: () => scheduled !== undefined };
}

Deno.test("without a terminal a short stage prints one line when it ends", () => {
  const { reporter, written, at } = recorded();
  const progress = reporter.stage("Reading");
  progress(0.5);
  assertEquals(written, []);
  at(1240);
  reporter.stage("Fitting");
  at(60_240);
  reporter.finish();
  assertEquals(written, ["Reading: 1.2 s\n", "Fitting: 59.0 s\n"]);
});

Deno.test("without a terminal a long stage prints a line a minute, even if it stalls", () => {
  const { reporter, written, at, isScheduled } = recorded();
  const progress = reporter.stage("Fitting");
  at(30_000);
  progress(0.25);
  at(150_000);
  progress(0.5);
  at(185_000);
  reporter.finish();
  assertEquals(written, [
    "Fitting 25%, 180 s left\n",
    "Fitting 25%, 360 s left\n",
    "Fitting 50%, 180 s left\n",
    "Fitting: 185.0 s\n",
  ]);
  assertEquals(isScheduled(), false);
});

Deno.test("progress prints the line of a minute if the timer couldn't run", () => {
  const written: string[] = [];
  let time = 0;
  const reporter = createReporter({
    terminal: false,
    write: (text) => written.push(text),
    now: () => time,
    schedule: () => () => {},
  });
  const progress = reporter.stage("Fitting");
  for (time = 0; time <= 121_000; time += 1000) progress(time / 242_000);
  assertEquals(written, ["Fitting 25%, 182 s left\n", "Fitting 50%, 122 s left\n"]);
});

Deno.test("notes are lines of their own, between those of every minute", () => {
  const plain = recorded();
  const progress = plain.reporter.stage("Fitting");
  plain.at(50_000);
  progress(0.5, "svd fitted in 50.0 s");
  assertEquals(plain.written, ["  svd fitted in 50.0 s\n"]);
  plain.at(60_000);
  assertEquals(plain.written[1], "Fitting 50%, 60 s left\n");
  plain.reporter.finish();

  const { reporter, written } = recorded({ terminal: true });
  reporter.stage("Fitting")(0.5, "svd fitted in 0.0 s");
  assertEquals(written.slice(1), [
    `${CLEAR}  svd fitted in 0.0 s\n`,
    `${CLEAR}Fitting 50%, 0 s left`,
  ]);
});

Deno.test("on a terminal a stage is one line, redrawn with the remaining time", () => {
  const { reporter, written, at } = recorded({ terminal: true });
  const progress = reporter.stage("Fitting");
  at(5000);
  progress(0.25);
  at(20_000);
  reporter.finish();
  assertEquals(written, [
    `${CLEAR}Fitting …`,
    `${CLEAR}Fitting 25%, 15 s left`,
    `${CLEAR}Fitting: 20.0 s\n`,
  ]);
});

Deno.test("at the very beginning the remaining time is omitted", () => {
  const { reporter, written } = recorded({ terminal: true });
  reporter.stage("Fitting")(0.001);
  assertEquals(written[1], `${CLEAR}Fitting 0%`);
});

Deno.test("the line is redrawn at most ten times a second", () => {
  const { reporter, written, at } = recorded({ terminal: true });
  const progress = reporter.stage("Fitting");
  for (let time = 0; time < 1000; time++) {
    at(time);
    progress(time / 1000);
  }
  assertEquals(written.length, 1 + 10);
});

Deno.test("the progress of a stage that has ended is ignored", () => {
  const { reporter, written } = recorded({ terminal: true });
  const first = reporter.stage("Reading");
  reporter.stage("Fitting");
  const before = written.length;
  first(0.9);
  reporter.finish();
  first(1);
  assertEquals(written.slice(before), [`${CLEAR}Fitting: 0.0 s\n`]);
});

Deno.test("a log line doesn't end the stage", () => {
  const { reporter, written } = recorded();
  reporter.stage("Fitting");
  reporter.log("12 users dropped");
  reporter.finish();
  assertEquals(written, ["12 users dropped\n", "Fitting: 0.0 s\n"]);
});

Deno.test("a quiet reporter prints warnings alone, and finishing without a stage nothing", () => {
  for (const terminal of [false, true]) {
    const { reporter, written } = recorded({ quiet: true, terminal });
    reporter.stage("Fitting")(0.5);
    reporter.log("anything");
    reporter.warn("left out");
    reporter.finish();
    assertEquals(written, [`${terminal ? "\r\x1b[2K" : ""}left out\n`]);
  }
  const { reporter, written } = recorded();
  reporter.finish();
  assertEquals(written, []);
});
