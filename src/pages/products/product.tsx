import type { Hono } from "hono";
import { raw } from "hono/html";
import type { z } from "zod";
import { dailyEventsChart, type DayRow } from "../../analysis/charts/shop/daily_events_chart.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatCount } from "../../base/format.ts";
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

/** One product: its facts, its figures by day, similar products, and who is shown it. */
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
    const [rows, similar] = await Promise.all([
      days.of(productId),
      Promise.all(models.map((model) => similarBy(ask, productId, model))),
    ]);
    return await showPage(context, {
      title: productName(product),
      hasCharts: rows.length > 1,
      body: (
        <>
          <Facts product={product} />
          <Days rows={rows} />
          <section aria-labelledby="reach">
            <h2 id="reach">Who is shown it</h2>
            <div hx-get={`${productPlace(productId)}/reach`} hx-trigger="load" aria-live="polite">
              <a href={`${productPlace(productId)}/reach`}>Count</a>{" "}
              in how many users' lists it is: takes a moment.
            </div>
          </section>
          <section aria-labelledby="similar">
            <h2 id="similar">Similar products, by model</h2>
            <div class="columns">{similar.map((list) => <SimilarColumn list={list} />)}</div>
          </section>
          <section aria-labelledby="change">
            <h2 id="change">Change it</h2>
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
    ["Stock", inStock ? "in stock" : "out of stock: never recommended"],
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
      <a href={url} rel="noreferrer">In the shop</a>
    </p>
  );
}

function Days({ rows }: { rows: readonly DayRow[] }) {
  const sum = (field: "views" | "carts" | "purchases") =>
    formatCount(rows.reduce((sum, row) => sum + row[field], 0));
  return (
    <section aria-labelledby="days">
      <h2 id="days">Figures by day</h2>
      {rows.length === 0 ? <p>Nobody has viewed it yet.</p> : (
        <p>
          {sum("views")} views, {sum("carts")} carts and {sum("purchases")} purchases{" "}
          {rows.length > 1
            ? `from ${rows[0].date} to ${rows[rows.length - 1].date}`
            : `on ${rows[0].date}`}.
        </p>
      )}
      {rows.length > 1 &&
        raw(chartPlace("Events per day", dailyEventsChart(rows)).text)}
    </section>
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
