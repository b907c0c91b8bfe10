import type { z } from "zod";
import type { Products } from "../../service/catalogue/products.ts";
import type { recommendAnswer } from "../../service/schema/answers.ts";
import { ProductLine } from "../frame/product.tsx";
import { Reasons } from "./reasons.tsx";

/** One model's list, or why there is none. */
export interface ColumnOf {
  readonly model: string;
  /** The request to the API. */
  readonly path: string;
  readonly list?: z.output<typeof recommendAnswer>;
  /** Why the API refused the request. */
  readonly refused?: string;
}

const STRATEGY_TEXTS = {
  personalized: "from the user's events",
  mixed: "partly from the user's events",
  popular: "popular products, since nothing usable is known about the user",
} as const;

/** The products that more than one list has, with the models that recommend them. */
export function sharedBy(columns: readonly ColumnOf[]): ReadonlyMap<string, readonly string[]> {
  const models = new Map<string, string[]>();
  for (const { model, list } of columns) {
    for (const { productId } of list?.items ?? []) {
      models.set(productId, [...models.get(productId) ?? [], model]);
    }
  }
  return new Map([...models].filter(([, names]) => names.length > 1));
}

/** A list with its reasons, and the request that makes it. */
export function Column(
  { column: { model, path, list, refused }, shared, products, origin }: {
    column: ColumnOf;
    shared: ReadonlyMap<string, readonly string[]>;
    products: Products;
    origin: string;
  },
) {
  const others = (productId: string) =>
    (shared.get(productId) ?? []).filter((name) => name !== model);
  return (
    <article class="column" aria-label={`List by ${model}`}>
      <h3>{model}</h3>
      {refused !== undefined && <p class="error" role="alert">{refused}</p>}
      {list && (
        <p class="faint">
          {list.strategy === "popular" && list.model === model
            ? "popular products"
            : STRATEGY_TEXTS[list.strategy]}
          {list.model !== model && `, answered by ${list.model}`}
        </p>
      )}
      {list?.items.length === 0 && <p>No product passes these filters.</p>}
      <ol class="list">
        {list?.items.map((item) => {
          const also = others(item.productId);
          return (
            <li class={also.length > 0 ? "shared" : undefined}>
              <ProductLine product={item}>
                {also.length > 0 && <p class="mark">also in {also.join(" and ")}</p>}
                <Reasons item={item} products={products} />
              </ProductLine>
            </li>
          );
        })}
      </ol>
      <Curl url={origin + path} needsToken={path.includes("explain=true")} />
    </article>
  );
}

/** The very request, to copy into a shell. */
function Curl({ url, needsToken }: { url: string; needsToken: boolean }) {
  const header = needsToken ? ` -H "authorization: Bearer $API_TOKENS"` : "";
  const command = `curl '${url.replaceAll("'", "%27")}'${header}`;
  return (
    <div class="curl">
      <code tabindex={0}>{command}</code>
      <button type="button" class="quiet" data-copy={command}>Copy</button>
    </div>
  );
}
