import type { z } from "zod";
import { formatCounted } from "../../base/format.ts";
import { type EventType, isInterest } from "../../interactions/event_weights.ts";
import type { Products } from "../../service/catalogue/products.ts";
import type { recommendAnswer } from "../../service/schema/answers.ts";
import type { StoredEventType } from "../../service/store/entries/stored_event.ts";
import { EVENT_REASONS, EVENT_WORDS } from "../../interactions/event_words.ts";
import type { UserHistory } from "../frame/history.ts";
import { productName } from "../../analysis/report/product.ts";
import { factsOf } from "../frame/product_facts.ts";
import { Card } from "./card.tsx";
import type { RowChange } from "./row_change.ts";

type UserList = z.output<typeof recommendAnswer>;

/** The row, and what moved it. */
export interface ForYouOf {
  readonly list: UserList;
  /** The user's latest events, newest first. */
  readonly events: UserHistory["events"];
  /** The event that was just sent, and how the row changed. */
  readonly latest?: {
    readonly productId: string;
    readonly type: StoredEventType;
    readonly change: RowChange;
  };
}

/** The "for you" row, and the drawer that says which event moved it. */
export function ForYou({ row, products }: { row: ForYouOf; products: Products }) {
  const { list, latest } = row;
  return (
    <section id="for-you" aria-labelledby="for-you-title" aria-live="polite">
      <h2 id="for-you-title">{list.strategy === "popular" ? "Popular now" : "For you"}</h2>
      <ul class="cards-row">
        {list.items.map((item) => (
          <Card product={item}>
            <Movement id={item.productId} change={latest?.change} />
          </Card>
        ))}
      </ul>
      <details class="drawer" open>
        <summary>What changed this row</summary>
        <Latest row={row} products={products} />
        <Recent events={row.events} products={products} />
      </details>
    </section>
  );
}

function Movement({ id, change }: { id: string; change?: RowChange }) {
  if (change?.came.includes(id)) return <span class="mark">new</span>;
  const places = change?.moved.get(id) ?? 0;
  if (places === 0) return null;
  return <span class="faint">{places > 0 ? `up ${places}` : `down ${-places}`}</span>;
}

function Latest({ row: { latest, list }, products }: { row: ForYouOf; products: Products }) {
  if (!latest) {
    return <p class="faint">View a product or add one to the cart, and the row changes.</p>;
  }
  const { productId, type, change: { came, gone, moved } } = latest;
  const said = saidOf(type)(nameOf(products, productId));
  const isUnmoved = came.length === 0 && gone.length === 0 && moved.size === 0;
  return (
    <>
      <p>
        <strong>
          <bdi>{said[0].toUpperCase() + said.slice(1)}</bdi>
        </strong>: {isUnmoved
          ? "the row stayed the same."
          : `${
            formatCounted(came.length, "product is", "products are")
          } new, ${gone.length} dropped out, ${moved.size} moved.`}
      </p>
      <ul>
        {list.items.filter((item) => came.includes(item.productId)).map((item) => {
          const [reason] = item.explanation?.because ?? [];
          return (
            <li>
              <bdi>{productName(item)}</bdi> is new
              {reason && (
                <>
                  {" "}because{" "}
                  <bdi>{EVENT_REASONS[reason.type](nameOf(products, reason.productId))}</bdi>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Recent({ events, products }: Pick<ForYouOf, "events"> & { products: Products }) {
  if (events.length === 0) return null;
  return (
    <>
      <h3>Your latest events</h3>
      <ol>
        {events.map(({ productId, type, time }) => (
          <li>
            <time datetime={time}>{time.slice(11, 19)}</time> {EVENT_WORDS[type]}{" "}
            <bdi>{nameOf(products, productId)}</bdi>
          </li>
        ))}
      </ol>
    </>
  );
}

const OTHER_REASONS: Readonly<
  Record<Exclude<StoredEventType, EventType>, (name: string) => string>
> = {
  remove_from_cart: (name) => `you removed ${name} from the cart`,
  dislike: (name) => `you don't like ${name}`,
  undo_dislike: (name) => `you don't dislike ${name} any more`,
  hide: (name) => `you hid ${name}`,
  undo_hide: (name) => `you don't hide ${name} any more`,
};

function saidOf(type: StoredEventType): (name: string) => string {
  if (isInterest(type)) return EVENT_REASONS[type];
  return OTHER_REASONS[type];
}

function nameOf(products: Products, productId: string): string {
  return productName(factsOf(products, productId));
}
