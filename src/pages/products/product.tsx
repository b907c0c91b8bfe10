import type { Hono } from "hono";
import { raw } from "hono/html";
import type { z } from "zod";
import { dailyEventsChart, type DayRow } from "../../analysis/charts/shop/daily_events_chart.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatCounted } from "../../base/format.ts";
import { sum } from "../../base/statistics.ts";
import { CONTENT_MODEL } from "../../service/recommend/live_content.ts";
import type { productAnswer, similarAnswer } from "../../service/schema/answers.ts";
import { isWebAddress } from "../../service/schema/rules.ts";
import { requireRead } from "../access/require.tsx";
import { Audience } from "../figures/audience.ts";
import { ProductDays } from "../figures/product_days.ts";
import { chartPlace } from "../frame/chart.ts";
import { priceText, productName } from "../../analysis/report/product.ts";
import { Picture, ProductLine, productPlace } from "../frame/product.tsx";
import { showPage, showPart } from "../frame/show_page.tsx";
import { apiPath, type Ask } from "../visit/ask.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { ChangeForm } from "./change_product.tsx";
import { ReachText } from "./reach_text.tsx";

type Product = z.output<typeof productAnswer>;
type Similar = z.output<typeof similarAnswer>;

/** How many similar products each model shows. */
const SIMILAR = "6";

/** One product: its facts, its events by day, similar products, and who gets to see it. */
export function addProduct(app: Hono<PageEnvironment>, { api: { shop } }: Site): void {
  const days = new ProductDays(shop);
  const audience = new Audience(shop);
  const models = modelsThatCompare([...shop.artifact.models.keys()]);

  app.get("/products/:productId/reach", requireRead, async (context) => {
    const reach = await audience.reachOf(context.req.param("productId"));
    return await showPart(context, <ReachText reach={reach} />);
  });
  app.get("/products/:productId", requireRead, async (context) => {
    const productId = context.req.param("productId");
    const { ask, visitor } = context.var;
    const product = await ask.get<Product>(apiPath(["products", productId]));
    const [periods, similar] = await Promise.all([
      days.of(productId),
      Promise.all(models.map((model) => similarBy(ask, productId, model))),
    ]);
    return await showPage(context, {
      title: productName(product),
      hasCharts: periods.some((rows) => rows.length > 1),
      body: (
        <>
          <Facts product={product} />
          <Days periods={periods} />
          <section aria-labelledby="reach">
            <h2 id="reach">How often it is recommended</h2>
            <div hx-get={`${productPlace(productId)}/reach`} hx-trigger="load" aria-live="polite">
              <a href={`${productPlace(productId)}/reach`}>Count</a>{" "}
              how many users' lists have it; this takes a moment.
            </div>
          </section>
          <section aria-labelledby="similar">
            <h2 id="similar">Similar products by model</h2>
            <div class="columns">{similar.map((list) => <SimilarColumn list={list} />)}</div>
          </section>
          <section aria-labelledby="change">
            <h2 id="change">Edit this product</h2>
            <ChangeForm product={product} visitor={visitor} />
          </section>
        </>
      ),
    });
  });
}

/** The artifact's models that compare products, and `content`, which needs no training. */
function modelsThatCompare(names: readonly string[]): string[] {
  return [...new Set([...names.filter((name) => name !== FALLBACK_MODEL), CONTENT_MODEL])];
}

function similarBy(ask: Ask, productId: string, model: string): Promise<Similar> {
  return ask.get(apiPath(["similar", productId], { model, k: SIMILAR }));
}

function Facts({ product }: { product: Product }) {
  const { productId, brand, category, inStock } = product;
  const price = priceText(product);
  const facts = [
    ["Id", productId],
    ["Brand", brand],
    ["Category", category],
    ["Price", price === "" ? "unknown" : price],
    ["Stock", inStock ? "in stock" : "out of stock, so never recommended"],
  ];
  return (
    <div class="hero">
      <Picture product={product} />
      <div>
        <h1>
          <bdi>{productName(product)}</bdi>
        </h1>
        <ShopLink url={product.url} />
        <dl class="facts">
          {facts.map(([name, text]) => (
            <div>
              <dt>{name}</dt>
              <dd>
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

/** The shop's own page of the product; an address of another kind isn't followed. */
function ShopLink({ url }: { url?: string }) {
  if (url === undefined || !isWebAddress(url)) return null;
  return (
    <p>
      <a href={url} rel="noreferrer">View in the shop</a>
    </p>
  );
}

/** The latest period first. */
function Days({ periods }: { periods: readonly (readonly DayRow[])[] }) {
  return (
    <section aria-labelledby="days">
      <h2 id="days">Activity by day</h2>
      {periods.length === 0 && <p>Nobody has viewed it yet.</p>}
      {periods.toReversed().map((rows) => <Period rows={rows} />)}
    </section>
  );
}

function Period({ rows }: { rows: readonly DayRow[] }) {
  const counted = (field: "views" | "carts" | "purchases", one: string) =>
    formatCounted(sum(rows.map((row) => row[field])), one);
  const [from, to] = [rows[0].date, rows[rows.length - 1].date];
  return (
    <>
      <p>
        {counted("views", "view")}, {counted("carts", "cart")} and{" "}
        {counted("purchases", "purchase")} {from === to ? `on ${to}` : `from ${from} to ${to}`}.
      </p>
      {from !== to && raw(chartPlace(`Events per day up to ${to}`, dailyEventsChart(rows)).text)}
    </>
  );
}

function SimilarColumn({ list: { model, items } }: { list: Similar }) {
  return (
    <article class="column" aria-label={`Similar by ${model}`}>
      <h3>{model}</h3>
      <ol class="list">
        {items.map((item) => (
          <li>
            <ProductLine product={item} />
          </li>
        ))}
      </ol>
    </article>
  );
}
