import { createReporter } from "../../../scripts/lib/reporter.ts";
import { assertEquals } from "../../assert.ts";

const CLEAR = "\r\x1b[2K";

/** A reporter whose output is recorded, with a clock that `at` sets, in milliseconds. */
function recorded(options: { quiet?: boolean; terminal?: boolean } = {}) {
  const written: string[] = [];
  let time = 0;
  const reporter = createReporter({
    terminal: false,
    ...options,
    write: (text) => written.push(text),
    now: () => time,
  });
  return { reporter, written, at: (milliseconds: number) => time = milliseconds };
}

Deno.test("without a terminal a stage prints one line when it ends", () => {
  const { reporter, written, at } = recorded();
  const progress = reporter.stage("Reading");
  progress(0.5);
  assertEquals(written, []);
  at(1240);
  reporter.stage("Fitting");
  at(61_240);
  reporter.finish();
  assertEquals(written, ["Reading: 1.2 s\n", "Fitting: 60.0 s\n"]);
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

Deno.test("a quiet reporter prints nothing, nor does finishing without a stage", () => {
  for (const terminal of [false, true]) {
    const { reporter, written } = recorded({ quiet: true, terminal });
    reporter.stage("Fitting")(0.5);
    reporter.log("anything");
    reporter.finish();
    assertEquals(written, []);
  }
  const { reporter, written } = recorded();
  reporter.finish();
  assertEquals(written, []);
});
