import { type Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import type { z } from "zod";
import { STATUS_CODE } from "../../base/std/http.ts";
import type { ProductFacts } from "../../service/catalogue/products.ts";
import { EVENT_TYPES } from "../../interactions/event_weights.ts";
import type { popularAnswer, productsAnswer } from "../../service/schema/answers.ts";
import { idRule } from "../../service/schema/rules.ts";
import { requireEvents } from "../access/require.tsx";
import type { UserHistory } from "../frame/history.ts";
import { factsOf } from "../frame/product_facts.ts";
import { showPage, showPart } from "../frame/show_page.tsx";
import { apiPath, type Ask } from "../visit/ask.ts";
import { notFound, PageProblem } from "../visit/problem.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { Cards } from "./card.tsx";
import { cartOf } from "./cart.ts";
import { CartLink, CartPage } from "./cart_page.tsx";
import { type ShopCategory, topCategories } from "./categories.ts";
import { ForYou } from "./for_you.tsx";
import { ProductPage, readProduct } from "./product_page.tsx";
import { type DemoEvent, readRow, sendEvent } from "./row.ts";
import { ShopFrame } from "./shop_frame.tsx";
import { TagPage } from "./tag_page.tsx";
import { readTogether } from "./together.tsx";
import { playShopper, shopperOf } from "./shopper.ts";

/** How many popular products the first page has at most, the row included. */
const POPULAR = 18;

type Visit = Context<PageEnvironment>;

/** The demo of a shop: clicks are real events, and the row changes with each. */
export function addShop(
  pages: Hono<PageEnvironment>,
  { api: { shop, placements, protection } }: Site,
): void {
  const { products } = shop.recommender;
  let categories: readonly ShopCategory[] | undefined;
  const app = new Hono<PageEnvironment>();
  app.use(requireEvents);

  app.get("/", async (context) => {
    const { ask } = context.var;
    const [row, popular] = await Promise.all([
      readRow(ask, shopperOf(context)),
      ask.get<z.output<typeof popularAnswer>>(`/popular?k=${POPULAR}`),
    ]);
    categories ??= topCategories(shop);
    const inRow = new Set(row.list.items.map(({ productId }) => productId));
    return await show(
      context,
      "Shop",
      (
        <>
          <h1>Shop</h1>
          <ForYou row={row} products={products} />
          <nav aria-label="Categories">
            <h2>Categories</h2>
            <ul class="tags">
              {categories.map(({ id, name }) => (
                <li>
                  <a href={`shop/categories/${encodeURIComponent(id)}`}>{name}</a>
                </li>
              ))}
            </ul>
          </nav>
          <h2>Popular products</h2>
          <Cards products={popular.items.filter(({ productId }) => !inRow.has(productId))} />
        </>
      ),
    );
  });

  app.get("/categories/:category", async (context) => {
    const { ask } = context.var;
    const category = context.req.param("category");
    categories ??= topCategories(shop);
    const name = categories.find(({ id }) => id === category)?.name ?? category;
    const path = apiPath(["products"], { category, limit: "24" });
    const { items } = await ask.get<z.output<typeof productsAnswer>>(path);
    return await show(
      context,
      name,
      (
        <>
          <h1>{name}</h1>
          {items.length === 0 && <p>There is nothing in this category.</p>}
          <Cards products={items} />
        </>
      ),
    );
  });

  app.get("/products/:productId", async (context) => {
    const { ask } = context.var;
    const productId = context.req.param("productId");
    const seen = await readProduct(ask, shop, productId);
    const row = await readRow(ask, shopperOf(context));
    return await show(
      context,
      "Product",
      <ProductPage {...seen} row={row} products={products} />,
    );
  });

  app.get("/tag", async (context) => {
    const { ask } = context.var;
    const publicKey = protection.publicKeys.first;
    if (publicKey === undefined) throw notFound("The tag needs one of PUBLIC_KEYS.");
    const productId = context.req.query("product") ?? await mostPopular(ask);
    const product = await ask.get<ProductFacts>(apiPath(["products", productId]));
    const [placement] = placements.names;
    return await show(
      context,
      "Tag",
      <TagPage product={product} publicKey={publicKey} placement={placement} />,
    );
  });

  app.get("/cart", async (context) => {
    const ids = await cartIn(context);
    const bought = context.req.query("bought") !== undefined;
    const inCart = ids.map((productId) => factsOf(products, productId));
    const together = await readTogether(context.var.ask, shop, ids);
    const page = <CartPage products={inCart} together={together} bought={bought} />;
    return await show(context, "Cart", page);
  });

  app.post("/events", async (context) => {
    const event = await readEvent(context);
    const row = await sendEvent(context.var.ask, shopperOf(context), event);
    if (context.req.header("hx-request") === undefined) {
      return context.redirect("./cart", STATUS_CODE.SeeOther);
    }
    const count = (await cartIn(context)).length;
    return await showPart(
      context,
      <>
        <ForYou row={row} products={products} />
        <CartLink count={count} replaces />
      </>,
    );
  });

  app.post("/buy", async (context) => {
    const userId = shopperOf(context);
    const bought = (await cartIn(context)).map((productId) => ({
      userId,
      productId,
      type: "purchase",
    }));
    if (bought.length > 0) await context.var.ask.send("POST", "/events", bought);
    return context.redirect("./cart?bought=1", STATUS_CODE.SeeOther);
  });

  app.post("/shopper", async (context) => {
    const { userId } = await context.req.parseBody();
    const chosen = idRule.safeParse(userId);
    if (!chosen.success) throw new PageProblem(STATUS_CODE.BadRequest, USER_RULE);
    playShopper(context, chosen.data);
    return context.redirect("../shop", STATUS_CODE.SeeOther);
  });

  pages.route("/shop", app);

  async function show(context: Visit, title: string, body: Child): Promise<Response> {
    const count = (await cartIn(context)).length;
    return await showPage(context, {
      title,
      body: (
        <ShopFrame shopper={shopperOf(context)} count={count} hasTag={protection.publicKeys.isOpen}>
          {body}
        </ShopFrame>
      ),
    });
  }

  async function cartIn(context: Visit): Promise<string[]> {
    const path = apiPath(["users", shopperOf(context), "history"]);
    return cartOf((await context.var.ask.get<UserHistory>(path)).events);
  }
}

async function mostPopular(ask: Ask): Promise<string> {
  const { items: [first] } = await ask.get<z.output<typeof popularAnswer>>("/popular?k=1");
  if (!first) throw notFound("The shop has no products.");
  return first.productId;
}

const USER_RULE = "A user id has 1 to 256 characters.";

async function readEvent(context: Visit): Promise<DemoEvent> {
  const { productId, type } = await context.req.parseBody();
  const known = EVENT_TYPES.find((name) => name === type);
  if (!known || typeof productId !== "string") {
    throw new PageProblem(
      STATUS_CODE.BadRequest,
      `An event of the shop has a product and one of the types ${EVENT_TYPES.join(", ")}.`,
    );
  }
  return { productId, type: known };
}
