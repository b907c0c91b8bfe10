import { formatNumber } from "../../base/format.ts";
import type { Products } from "../../service/catalogue/products.ts";
import type { RecommendedProduct } from "../../service/recommend/recommendation.ts";
import { productName } from "../../analysis/report/product.ts";
import { factsOf } from "../frame/product_facts.ts";
import { EVENT_REASONS } from "../../interactions/event_words.ts";

/** Why products complete a list that the model can't fill. */
const SOURCE_TEXTS = {
  category: "popular in categories you viewed",
  content: "similar to products you viewed",
  popularity: "popular with everyone",
} as const;

/** One part of a score. */
interface Part {
  readonly text: string;
  readonly value: number;
}

/** Why a product is on the list: its strongest reason in words, and the parts of its score. */
export function Reasons({ item, products }: { item: RecommendedProduct; products: Products }) {
  const { source = "model", explanation } = item;
  if (source !== "model") return <p class="reason">{SOURCE_TEXTS[source]}</p>;
  if (!explanation) return null;
  const parts = partsOf(explanation, products);
  const [strongest] = explanation.because;
  return (
    <>
      {strongest && (
        <p class="reason">
          because <bdi>{EVENT_REASONS[strongest.type](nameOf(products, strongest.productId))}</bdi>
        </p>
      )}
      <details class="parts">
        <summary>
          Score {formatNumber(item.score)}
          {explanation.exact ? "" : ", parts estimated"}
        </summary>
        <Bars parts={parts} />
      </details>
    </>
  );
}

function partsOf(
  { base, because, others }: NonNullable<RecommendedProduct["explanation"]>,
  products: Products,
): Part[] {
  return [
    ...because.map(({ productId, type, contribution }) => ({
      text: EVENT_REASONS[type](nameOf(products, productId)),
      value: contribution,
    })),
    ...(others === undefined ? [] : [{ text: "other events", value: others }]),
    ...(base === 0 ? [] : [{ text: "regardless of your events", value: base }]),
  ];
}

/** Bars to both sides of zero, which share a scale; a table for those who can't see them. */
function Bars({ parts }: { parts: readonly Part[] }) {
  const largest = Math.max(...parts.map(({ value }) => Math.abs(value)), Number.MIN_VALUE);
  return (
    <table class="bars">
      <caption class="hidden">Parts of the score</caption>
      <tbody>
        {parts.map(({ text, value }) => (
          <tr>
            <th scope="row">
              <bdi>{text}</bdi>
            </th>
            <td>
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  class={value < 0 ? "less" : "more"}
                  width={(100 * Math.abs(value) / largest).toFixed(1)}
                  height="10"
                />
              </svg>
              {formatNumber(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nameOf(products: Products, productId: string): string {
  return productName(factsOf(products, productId));
}
