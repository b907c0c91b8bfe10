import type { Hono } from "hono";
import type { z } from "zod";
import { formatCounted } from "../../base/format.ts";
import type { productsAnswer } from "../../service/schema/answers.ts";
import { requireRead } from "../access/require.tsx";
import { Field } from "../frame/field.tsx";
import { ProductLine } from "../frame/product.tsx";
import { showPage } from "../frame/show_page.tsx";
import { apiPath, type Query } from "../visit/ask.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { addProductChange } from "./change_product.tsx";
import { addProduct } from "./product.tsx";

type ProductsFound = z.output<typeof productsAnswer>;

/** How many products a page of the search shows. */
const PAGE = 24;

/** Products: search them; then one product's facts, figures, similar ones and audience. */
export function addProducts(app: Hono<PageEnvironment>, site: Site): void {
  app.get("/products", requireRead, async (context) => {
    const { query, brand, category, offset } = context.req.query();
    const wanted = { query: query?.trim(), brand, category };
    const page = { limit: String(PAGE), offset };
    const found = await context.var.ask.get<ProductsFound>(
      apiPath(["products"], { ...wanted, ...page }),
    );
    return await showPage(context, {
      title: "Products",
      body: <Products wanted={wanted} found={found} from={Number(offset ?? 0)} />,
    });
  });
  addProduct(app, site);
  addProductChange(app);
}

function Products(
  { wanted, found, from }: { wanted: Query; found: ProductsFound; from: number },
) {
  const { total, items } = found;
  return (
    <>
      <h1>Products</h1>
      <form
        method="get"
        action="products"
        role="search"
        class="controls"
        hx-get="products"
        hx-trigger="input delay:300ms, submit"
        hx-target="#found"
        hx-select="#found"
        hx-swap="outerHTML"
      >
        <Field id="query" label="Search">
          <input
            id="query"
            name="query"
            type="search"
            value={wanted.query}
            placeholder="Title, brand, category or id"
            autocomplete="off"
          />
        </Field>
        <Field id="brand" label="Brand">
          <input id="brand" name="brand" value={wanted.brand} />
        </Field>
        <Field id="category" label="Category">
          <input id="category" name="category" value={wanted.category} />
        </Field>
        <button type="submit">Find</button>
      </form>
      <div id="found" aria-live="polite">
        <p class="faint">
          {total === 0
            ? "No product matches."
            : `${formatCounted(total, "product")}, the most popular first`}
        </p>
        <ul class="grid">
          {items.map((product) => (
            <li>
              <ProductLine product={product}>
                {!product.inStock && <p class="error">out of stock</p>}
              </ProductLine>
            </li>
          ))}
        </ul>
        <Pager wanted={wanted} total={total} from={from} />
      </div>
    </>
  );
}

function Pager({ wanted, total, from }: { wanted: Query; total: number; from: number }) {
  if (total <= PAGE) return null;
  const place = (offset: number) =>
    apiPath(["products"], { ...wanted, offset: String(offset) }).slice(1);
  return (
    <nav aria-label="More products" class="line">
      {from > 0 && <a href={place(Math.max(0, from - PAGE))}>Previous</a>}
      <span class="faint">{from + 1}–{Math.min(total, from + PAGE)}</span>
      {from + PAGE < total && <a href={place(from + PAGE)}>Next</a>}
    </nav>
  );
}
