import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { API_TOKEN, AUTHORIZED, protectedBy } from "../../service/live_shop.ts";
import { assertAsksForToken, type PageShop, withPages } from "../page_shop.ts";
import { type ArmCounts, ARMS, recordArms } from "./recorded_arms.ts";

const COOKIE = `recommender_token=${API_TOKEN}`;
const SIGNED_IN = { headers: { cookie: COOKIE } };

/** A running experiment as it is put. */
const MODELS = { arms: ARMS, from: 0, share: 1, rampDays: 0 };

/** Runs a test with an experiment that was put, and its page as one who may change it sees it. */
function withModels(
  run: (shop: PageShop, page: () => Promise<string>) => Promise<void>,
  arms: Readonly<Record<string, ArmCounts>> = {},
): Promise<void> {
  return withPages(async (shop) => {
    await shop.store.changeExperiment("models", MODELS);
    await recordArms(shop.store, arms);
    await run(shop, async () => (await shop.show("experiments/models", SIGNED_IN)).html);
  }, { exposures: true, protection: protectedBy() });
}

/** The text of a page, without its elements. */
function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}

Deno.test("without exposures, the page says how to switch experiments on", () =>
  withPages(async ({ show }) => {
    const { status, html } = await show("experiments");
    assertEquals(status, 200);
    assertStringIncludes(html, "<code>EXPOSURES=on</code>");
    const one = await show("experiments/models");
    assertEquals(one.status, 404);
    assertStringIncludes(one.html, "This service doesn&#39;t store what users are shown");
  }));

Deno.test("experiments need a token that may see what users did", () =>
  withModels(async ({ show, submit }) => {
    for (const place of ["experiments", "experiments/models"]) {
      assertAsksForToken(await show(place));
    }
    for (const change of ["stop", "delete"]) {
      assertAsksForToken(await submit(`experiments/models/${change}`, {}));
    }
  }));

Deno.test("the list has each experiment with its state, and the share that takes no part", () =>
  withPages(async ({ show }) => {
    const text = textOf((await show("experiments")).html);
    assertStringIncludes(text, "future : planned from 2099-01-01 00:00, without an end");
    assertStringIncludes(text, "past : stopped at 2020-01-15 00:00");
    assertStringIncludes(text, "usual (the usual lists) against popular (model popularity)");
    assertStringIncludes(text, "5% of the users never take part in any.");
    assertStringIncludes(text, "No list was shown since this server started.");
  }, {
    exposures: true,
    experiments: {
      holdout: 0.05,
      experiments: {
        future: { arms: ARMS, start: "2099-01-01" },
        past: { arms: ARMS, start: "2020-01-01", stop: "2020-01-15" },
      },
    },
  }));

Deno.test("a service without experiments says what they are for", () =>
  withPages(async ({ show }) => {
    assertStringIncludes((await show("experiments")).html, "There are none: an experiment shows");
  }, { exposures: true }));

// 80 of 200 against 20 of 200: 30 points more, with a standard error of √(0.24/199 + 0.09/199). For
// 400 users the interval is 5.10 standard errors to each side: 20.8 points.
Deno.test("an arm whose interval is above 0 is certain; the others say what is missing", () =>
  withModels(async (_, page) => {
    const html = await page();
    const text = textOf(html);
    assertStringIncludes(
      text,
      "+30 points Its lists are clicked more: certain. From +9.23 to +50.8 points.",
    );
    assertStringIncludes(text, "popular has 40%, usual 10%: +300%.");
    assertStringIncludes(text, "usual 50% 200 200 20 0 0 the usual lists popular 50%");
    assertStringIncludes(text, "Not certain yet: so far all users of an arm did the same.");
    assertEquals(html.match(/class="better"/g)?.length, 1);
    assertEquals(html.includes("other shares of users"), false);
  }, { usual: { users: 200, clicked: 20 }, popular: { users: 200, clicked: 80 } }));

Deno.test("an arm that sells less says so", () =>
  withModels(async (_, page) => {
    const text = textOf(await page());
    assertStringIncludes(text, "−4.00 Users spend less: certain.");
    assertStringIncludes(text, "−40 points Fewer users buy: certain.");
  }, {
    usual: { users: 200, clicked: 100, bought: 100 },
    popular: { users: 200, clicked: 100, bought: 20 },
  }));

Deno.test("a difference that isn't certain says how large it would have to be", () =>
  withModels(async (_, page) => {
    const text = textOf(await page());
    const [, half, low] = text.match(
      /it takes a difference above ([\d.]+) points\. From (−[\d.]+) to/,
    )!;
    // The difference is 1 point, so the interval reaches from 1 − half to 1 + half.
    const found = Number(half) + Number(low.replace("−", "-"));
    assert(Math.abs(found - 1) < 0.1, `${half}, ${low}`);
  }, { usual: { users: 200, clicked: 20 }, popular: { users: 200, clicked: 22 } }));

Deno.test("with fewer than a hundred users in an arm, nothing is certain", () =>
  withModels(async (_, page) => {
    assertStringIncludes(await page(), "each arm needs at least a hundred users");
  }, { usual: { users: 90, clicked: 1 }, popular: { users: 90, clicked: 89 } }));

Deno.test("with the wrong shares of users an alarm stands above, and no figure is certain", () =>
  withModels(async (_, page) => {
    const html = await page();
    const text = textOf(html);
    assertStringIncludes(text, "The arms have other shares of users than they should");
    assertStringIncludes(text, "Not to be trusted: the arms have the wrong shares of users.");
    assertEquals(text.includes(": certain."), false);
    assertEquals(html.match(/class="(better|worse)"/), null);
  }, { usual: { users: 400, clicked: 40 }, popular: { users: 200, clicked: 80 } }));

Deno.test("before it has users, an experiment says what it can find", () =>
  withModels(async ({ store, show }, page) => {
    assertStringIncludes(await page(), "Nobody was shown its lists yet");
    await recordArms(store, { elsewhere: { users: 300, clicked: 30 } }, { experiment: "other" });
    const text = textOf((await show("experiments/models", SIGNED_IN)).html);
    assertStringIncludes(text, "If as many users come as before, 300 take part.");
    assert(/Lists that are clicked: [\d.]+ points, now 10%/.test(text), text);
    assertStringIncludes(text, "Users who buy: unknown, since all users did the same");
  }));

Deno.test("a plan with so few users that no share can differ enough says so", () =>
  withModels(async ({ store }, page) => {
    await recordArms(store, { elsewhere: { users: 3, clicked: 1 } }, { experiment: "other" });
    assertStringIncludes(
      await page(),
      "Lists that are clicked: none, with so few users; now 33.3%",
    );
  }));

Deno.test("stopping gives everyone the usual lists and keeps what was found", () =>
  withModels(async ({ store, submit, handler }, page) => {
    const answer = await submit("experiments/models/stop", {}, COOKIE);
    assertEquals([answer.status, answer.headers.get("location")], [
      303,
      "../../experiments/models",
    ]);
    const { stop, ...rest } = (await store.experiments()).get("models")!;
    assertEquals(rest, MODELS);
    assert(stop !== undefined && stop <= store.now());
    const html = await page();
    assertStringIncludes(textOf(html), "all users; stopped at");
    assertEquals(html.includes('<button type="submit">'), false);
    const list = await handler(
      new Request("http://localhost/experiments/models", { headers: AUTHORIZED }),
    );
    assertEquals((await list.json()).state, "stopped");
  }, { usual: { users: 2, clicked: 1 }, popular: { users: 2, clicked: 1 } }));

Deno.test("a planned experiment is deleted instead", () =>
  withModels(async ({ store, submit }, page) => {
    await store.changeExperiment("models", { ...MODELS, start: Date.UTC(2099, 0, 1) });
    assertStringIncludes(await page(), "Delete the experiment");
    const answer = await submit("experiments/models/delete", {}, COOKIE);
    assertEquals([answer.status, answer.headers.get("location")], [303, "../../experiments"]);
    assertEquals((await store.experiments()).size, 0);
  }));

Deno.test("a page that is out of date neither moves an end nor deletes what runs", () =>
  withModels(async ({ store, submit }) => {
    const early = await submit("experiments/models/delete", {}, COOKIE);
    assertEquals(early.status, 409);
    assertStringIncludes(early.html, "It has begun since the page was shown: stop it.");
    const stop = Date.UTC(2026, 0, 1);
    await store.changeExperiment("models", { ...MODELS, stop });
    const late = await submit("experiments/models/stop", {}, COOKIE);
    assertEquals(late.status, 409);
    assertStringIncludes(late.html, "It doesn&#39;t run, so it can&#39;t be stopped.");
    assertEquals((await store.experiments()).get("models")!.stop, stop);
  }));

Deno.test("a stop that another site sends changes nothing", () =>
  withModels(async ({ store, show }) => {
    const { status } = await show("experiments/models/stop", {
      method: "POST",
      body: new URLSearchParams(),
      headers: { "sec-fetch-site": "cross-site", cookie: COOKIE },
    });
    assertEquals(status, 403);
    assertEquals((await store.experiments()).get("models")!.stop, undefined);
  }));

Deno.test("an experiment of the file is stopped there", () =>
  withPages(async ({ show, submit }) => {
    const { html } = await show("experiments/models", SIGNED_IN);
    assertStringIncludes(textOf(html), "It is of the file that EXPERIMENTS names");
    assertEquals((await submit("experiments/models/stop", {}, COOKIE)).status, 409);
    assertEquals((await submit("experiments/none/stop", {}, COOKIE)).status, 404);
  }, {
    exposures: true,
    protection: protectedBy(),
    experiments: { experiments: { models: { arms: ARMS } } },
  }));

Deno.test("what came of lists since the start stands below the experiments", () =>
  withModels(async ({ show, handler }) => {
    const send = async (path: string, body?: unknown) =>
      await handler(
        new Request(`http://localhost${path}`, {
          headers: AUTHORIZED,
          ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
        }),
      );
    const list = await send("/recommend/ann");
    const listId = list.headers.get("x-list-id");
    const [{ productId }] = (await list.json()).items;
    const sent = [
      await send("/impressions", { listId, userId: "ann", productIds: [productId] }),
      await send("/events", { listId, userId: "ann", productId, type: "purchase", price: 4.5 }),
    ];
    for (const { body } of sent) await body?.cancel();
    const text = textOf((await show("experiments", SIGNED_IN)).html);
    // ann is in the arm popular. One list, no click, no cart, one purchase.
    assertStringIncludes(text, "none popularity 1 0 0% 0 1 4.50");
  }));
