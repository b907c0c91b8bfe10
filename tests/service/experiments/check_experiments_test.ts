import { checkExperiments } from "../../../src/service/experiments/check_experiments.ts";
import { experimentsFile } from "../../../src/service/schema/experiments.ts";
import { assertEquals } from "../../assert.ts";

const NAMES = {
  models: ["popularity", "als"],
  placements: ["home", "trends"],
  hasModel: (placement: string) => placement === "home",
};

const ARMS = [{ name: "a", share: 0.5 }, { name: "b", share: 0.5, model: "als" }];

function faults(experiments: Record<string, unknown>): string[] {
  const file = experimentsFile.parse({ experiments });
  return checkExperiments(new Map(Object.entries(file.experiments)), NAMES);
}

Deno.test("valid experiments have no faults", () => {
  const arms = [{ name: "a", share: 0.2 }, { name: "b", share: 0.8, placement: "trends" }];
  assertEquals(faults({ lists: { arms: ARMS }, home: { placement: "home", arms } }), []);
});

Deno.test("arms need shares that sum to 1, and names that exist", () => {
  const [control] = ARMS;
  const withArm = (arm: object) => faults({ x: { placement: "home", arms: [control, arm] } });
  assertEquals(withArm({ name: "b", share: 0.4 }), [
    'Experiment "x": the shares of its arms must sum to 1, got 0.9',
  ]);
  assertEquals(withArm({ name: "a", share: 0.5 }), ['Experiment "x": arm "a" is there twice']);
  assertEquals(withArm({ name: "b", share: 0.5, model: "alx" }), [
    'Experiment "x": there is no model "alx"; did you mean als?',
  ]);
  assertEquals(withArm({ name: "b", share: 0.5, placement: "none" }), [
    'Experiment "x": there is no placement "none"; there are home, trends',
  ]);
});

Deno.test("a placement without a model can't get another one", () => {
  assertEquals(faults({ x: { placement: "trends", arms: ARMS } }), [
    'Experiment "x": arm "b" can\'t have a model: placement "trends" has none',
  ]);
});

Deno.test("users of a layer are in one experiment at a time", () => {
  const half = (from: number, more = {}) => ({ arms: ARMS, share: 0.5, from, ...more });
  assertEquals(faults({ a: half(0), b: half(0.5) }), []);
  assertEquals(faults({ a: half(0), b: half(0.4) }), [
    'Experiments "a" and "b" share traffic of layer "lists": the "from" of "b" must be 0.5 ' +
    "or more, got 0.4",
  ]);
  const [may, june] = ["2026-05-01", "2026-06-01"];
  assertEquals(faults({ a: half(0, { stop: may }), b: half(0, { start: june }) }), []);
  assertEquals(faults({ a: half(0, { stop: june }), b: half(0, { start: may }) }).length, 1);
});

Deno.test("experiments on one placement share a layer, others needn't", () => {
  const on = (placement: string, layer?: string) => ({ placement, layer, arms: [ARMS[0], B] });
  const B = { name: "b", share: 0.5 };
  assertEquals(faults({ a: on("home"), b: on("trends") }), []);
  assertEquals(faults({ a: on("home", "one"), b: on("home", "two") }), [
    'Experiments "a" and "b" are about the same lists, so they must have one layer, got "one" ' +
    'and "two"',
  ]);
});

Deno.test("a file breaks the rules of its fields with their names", () => {
  const faultsOf = (experiment: object) =>
    experimentsFile.safeParse({ experiments: { x: { arms: ARMS, ...experiment } } }).error?.issues
      .map(({ path }) => path.join("."));
  assertEquals(faultsOf({}), undefined);
  assertEquals(faultsOf({ arms: [ARMS[0]] }), ["experiments.x.arms"]);
  assertEquals(faultsOf({ share: 1.5 }), ["experiments.x.share"]);
  assertEquals(faultsOf({ rampDays: 3 }), ["experiments.x.start"]);
  assertEquals(faultsOf({ start: "2026-06-01", stop: "2026-05-01" }), ["experiments.x.stop"]);
  assertEquals(faultsOf({ arms: [ARMS[0], { name: "holdout", share: 0.5 }] }), [
    "experiments.x.arms.1.name",
  ]);
  const both = { name: "b", share: 0.5, model: "als", placement: "home" };
  assertEquals(faultsOf({ arms: [ARMS[0], both] }), ["experiments.x.arms.1.placement"]);
});
