import { InputError } from "../../../src/base/input_error.ts";
import { renderReport } from "../../../src/analysis/report/page.ts";
import { reportSource } from "../../../src/analysis/report/source.ts";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "../../assert.ts";
import { smallManifest } from "./small_report.ts";

const VERSION = "20191103T120000Z-0123456789ab";
const manifest = await smallManifest();
const page = await renderReport(reportSource(manifest, VERSION));

Deno.test("a report shows decision, comparison, breakdowns, data and split", () => {
  for (
    const heading of [
      ...["The decision", "The comparison", "Where it works best", "Beyond accuracy", "The data"],
      ...["Past and future", "What the figures mean"],
    ]
  ) {
    assertStringIncludes(page, `<h2>${heading}</h2>`);
  }
  assertStringIncludes(page, VERSION);
  assertStringIncludes(page, manifest.decision);
  assertStringIncludes(page, "Of 1,300 rows read, 1,200 were kept");
  assertStringIncludes(page, "sampled users");
  assertEquals(page.match(/<svg/g)?.length, 7);
});

Deno.test("a report opens with how many people found something, then shows products", async () => {
  const cream = { productId: "7", brand: "irisk", category: "1", price: 5, title: "Face cream" };
  const soap = { productId: "9", brand: "unknown", category: "2", price: 0 };
  const source = reportSource(manifest, VERSION);
  const text = await renderReport({
    ...source,
    examples: [{ events: [{ product: cream, did: "bought" }], list: [soap] }],
  });
  const words = text.match(/<p class="words">(Of \d+ users who came back[^<]*)</)?.[1] ?? "";
  assertStringIncludes(words, "found something new they wanted in their list of 5.");
  assert(text.indexOf(words) < text.indexOf("<h2>"));
  assertStringIncludes(text, '<bdi>Face cream</bdi><p class="faint">5.00, bought</p>');
  assertStringIncludes(text, '<bdi>Product 9</bdi><p class="faint"></p>');
  assertEquals(text.match(/class="picture"/g)?.length, 2);
  assertEquals(text.includes("\\n"), false, "no line break is shown as text");
  assertEquals(page.includes("<h2>Examples</h2>"), false);
});

Deno.test("figures are shown as they were measured", () => {
  const { ndcg } =
    reportSource(manifest, VERSION).evaluation.find(({ window, task, model }) =>
      window === "test" && task === "new" && model === "popularity"
    ) ?? { ndcg: NaN };
  assertStringIncludes(page, `<td>${ndcg.toFixed(4)}</td>`);
});

Deno.test("the page needs no network and runs no script", () => {
  const [, ...addresses] = page.replaceAll(/xmlns(:\w+)?="[^"]*"/g, "").split(/https?:/);
  assertEquals(addresses, []);
  assertEquals(page.match(/<script|<link|<img|<iframe|@import|\son\w+=|javascript:/gi), null);
  assert(page.startsWith("<!DOCTYPE html>"));
});

Deno.test("drawings don't share ids", () => {
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assertEquals(ids.length, new Set(ids).size);
  for (const [, id] of page.matchAll(/url\(#([^)]+)\)/g)) assert(ids.includes(id), id);
});

Deno.test("names are escaped, in charts as well", async () => {
  const hostile = `<script>alert("1")</script>`;
  const text = await renderReport(reportSource(await smallManifest(hostile), VERSION));
  assertEquals(text.includes("<script"), false);
  assertStringIncludes(text, "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
});

Deno.test("the same manifest gives the same page, byte for byte", async () => {
  assertEquals(await renderReport(reportSource(await smallManifest(), VERSION)), page);
});

Deno.test("a manifest without a comparison can't be reported on", () => {
  const { comparison: _, ...older } = manifest;
  assertThrows(
    () => reportSource(older, VERSION),
    InputError,
    `Cannot report on ${VERSION}: it lacks what a report shows`,
  );
  assertThrows(
    () => reportSource({ ...manifest, evaluation: [{ model: "svd" }] }, VERSION),
    InputError,
    "at evaluation[0]",
  );
});

Deno.test("the page says if no user could be measured", async () => {
  const { population: _, ...comparison } = manifest.comparison ?? {};
  const text = await renderReport(reportSource({
    ...manifest,
    evaluation: [],
    comparison: { ...comparison, breakdowns: [], overlaps: [] },
  }, VERSION));
  assertStringIncludes(text, "No user could be measured on the test window");
  assertEquals(text.includes("Where it works best"), false);
});
