/** The alerts and the dashboard of scripts/ops use metrics that /metrics has. */
import { z } from "zod";
import { atEdge } from "../../../src/service/edge.ts";
import { createHandler } from "../../../src/service/handler.ts";
import { Exposures } from "../../../src/service/exposures/exposures.ts";
import { experimentsFile } from "../../../src/service/schema/experiments.ts";
import { Metrics } from "../../../src/service/observability/metrics.ts";
import { Placements } from "../../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../../src/service/placements/definition/schema.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../../assert.ts";
import { AUTHORIZED, protectedBy } from "../../service/live_shop.ts";
import { usesOf } from "./promql.ts";
// @ts-types="./std_yaml.d.ts"
import { parse } from "@std/yaml/parse";

const OPS = new URL("../../../scripts/ops/", import.meta.url);

/** Labels that Prometheus adds to every metric. */
const TARGET_LABELS = ["job", "instance"];
/** Metrics that Prometheus makes itself. */
const OWN_METRICS = ["up"];

/** The values of each label of each metric after a few requests. */
async function exportedMetrics(): Promise<Map<string, Map<string, Set<string>>>> {
  using store = await openEventStore({ path: ":memory:" });
  const metrics = new Metrics();
  const placements = new Placements(placementsFile.parse({
    placements: { home: { strategy: "personal", rules: ["arrivals"] } },
    rules: { arrivals: { newArrivals: { share: 1 } } },
  }));
  await using exposures = new Exposures(store, { online: metrics.online, onLost: () => {} });
  const arms = [{ name: "a", share: 0.5 }, { name: "b", share: 0.5 }];
  const experiments = experimentsFile.parse({ experiments: { lists: { arms } } });
  const options = {
    ...{ store, metrics, exposures, experiments, placements, protection: protectedBy() },
  };
  const handler = atEdge(createHandler(await tinyArtifact(), options), { metrics });
  const ask = async (path: string, init?: RequestInit) => {
    const request = new Request(`http://shop.test${path}`, { headers: AUTHORIZED, ...init });
    return await (await handler(request)).text();
  };
  await ask("/recommend/ann");
  await ask("/recommend/nobody");
  await ask("/placements/home");
  await ask("/events", { method: "POST", body: '{"userId":"u","productId":"1","type":"view"}' });
  await ask("/experiments/lists");
  const exported = new Map<string, Map<string, Set<string>>>();
  for (const [, name, labels = ""] of (await ask("/metrics")).matchAll(/^(\w+)(\{.*\})? /gm)) {
    const values = exported.get(name) ?? new Map<string, Set<string>>();
    exported.set(name, values);
    for (const [, label, value] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      values.set(label, (values.get(label) ?? new Set()).add(value));
    }
  }
  return exported;
}

const exported = await exportedMetrics();

/** The metrics, labels and values that an expression uses but /metrics doesn't have. */
function faultsOf(expression: string): string[] {
  const { selections, groups } = usesOf(expression);
  const labels = new Set(TARGET_LABELS);
  const faults: string[] = [];
  for (const { metric, matchers } of selections) {
    const values = exported.get(metric);
    if (!values && !OWN_METRICS.includes(metric)) faults.push(`there is no metric ${metric}`);
    for (const label of values?.keys() ?? []) labels.add(label);
    for (const { label, operator, value } of matchers) {
      if (TARGET_LABELS.includes(label)) continue;
      if (!values?.has(label)) faults.push(`${metric} has no label ${label}`);
      else if (operator === "=" && !values.get(label)?.has(value)) {
        faults.push(`${metric} never has ${label}="${value}"`);
      }
    }
  }
  const unknown = groups.filter((label) => !labels.has(label));
  return [...faults, ...unknown.map((label) => `nothing has a label ${label}`)];
}

Deno.test("an expression with an unknown metric, label or value is reported", () => {
  assertEquals(
    faultsOf('sum by (way) (rate(recommender_requests_total{path="/"}[5m])) / made_up'),
    [
      "recommender_requests_total has no label path",
      "there is no metric made_up",
      "nothing has a label way",
    ],
  );
  assertEquals(faultsOf('recommender_lists_total{strategy="best"}'), [
    'recommender_lists_total never has strategy="best"',
  ]);
});

const alertsRule = z.strictObject({
  groups: z.array(z.strictObject({
    name: z.string(),
    rules: z.array(z.strictObject({
      alert: z.string().regex(/^Recommender[A-Z]\w+$/),
      expr: z.string(),
      for: z.string().regex(/^\d+[mh]$/).optional(),
      labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
      annotations: z.strictObject({ summary: z.string(), action: z.string() }),
    })).min(1),
  })).min(1),
});

Deno.test("alert rules use existing metrics, and say what to do", async () => {
  const text = await Deno.readTextFile(new URL("alerts.yaml", OPS));
  const rules = alertsRule.parse(parse(text)).groups.flatMap(({ rules }) => rules);
  assertEquals(new Set(rules.map(({ alert }) => alert)).size, rules.length);
  assertEquals(
    rules.flatMap(({ alert, expr }) => faultsOf(expr).map((fault) => [alert, fault])),
    [],
  );
});

const sourceRule = z.object({ type: z.literal("prometheus"), uid: z.literal("${source}") });
const whole = z.int().min(0);
const dashboardRule = z.object({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string().min(1),
  schemaVersion: z.int(),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.enum(["datasource", "query"]) })),
  }),
  annotations: z.object({ list: z.array(z.object({ expr: z.string(), datasource: sourceRule })) }),
  panels: z.array(z.object({
    id: z.int().min(1),
    type: z.enum(["timeseries", "stat"]),
    title: z.string().min(1),
    datasource: sourceRule,
    gridPos: z.object({ x: whole, y: whole, w: whole.min(1), h: whole.min(1) }),
    targets: z.array(z.object({ refId: z.string(), expr: z.string(), datasource: sourceRule }))
      .min(1),
  })).min(1),
});

Deno.test("the dashboard is valid, without overlaps, and uses existing metrics", async () => {
  const text = await Deno.readTextFile(new URL("grafana_dashboard.json", OPS));
  const { panels, templating, annotations } = dashboardRule.parse(JSON.parse(text));
  assertEquals(new Set(panels.map(({ id }) => id)).size, panels.length);
  const taken = new Set<string>();
  for (const { title, gridPos: { x, y, w, h }, targets } of panels) {
    assert(x + w <= 24, `${title} exceeds the 24 columns`);
    for (let i = 0; i < w * h; i++) {
      const cell = `${x + i % w},${y + Math.floor(i / w)}`;
      assert(!taken.has(cell), `${title} overlaps another panel at ${cell}`);
      taken.add(cell);
    }
    assertEquals(new Set(targets.map(({ refId }) => refId)).size, targets.length, title);
  }
  const expressions = [
    ...panels.flatMap(({ targets }) => targets),
    ...annotations.list,
  ].map(({ expr }) => expr);
  assertEquals(expressions.flatMap(faultsOf), []);
  const variables = new Set(text.match(/\$\{?[a-z]\w*/g)?.map((name) => name.replace(/\W/g, "")));
  assertEquals(variables, new Set(templating.list.map(({ name }) => name)));
});

Deno.test("the dashboard shows every metric of the service", async () => {
  const { panels, annotations } = JSON.parse(
    await Deno.readTextFile(new URL("grafana_dashboard.json", OPS)),
  );
  const shown = JSON.stringify([panels, annotations]);
  const families = new Set(exported.keys().map((name) => name.replace(/_(bucket|sum|count)$/, "")));
  assertEquals([...families].filter((name) => !shown.includes(name)), []);
});
