import { formatCount, formatCounted } from "../../base/format.ts";
import type { Products } from "../../service/catalogue/products.ts";
import type { UserHistory } from "../frame/history.ts";
import { ProductLine } from "../frame/product.tsx";
import { factsOf } from "../frame/product_facts.ts";
import { EVENT_WORDS } from "../../interactions/event_words.ts";

/** How many events are shown before the reader asks for more. */
const OPEN = 12;

/** What a user did, newest first, by day. */
export function Timeline({ history, products }: { history: UserHistory; products: Products }) {
  const { events, total } = history;
  if (total === 0) {
    return (
      <p>
        Nothing is known about this user. Until the first event arrives, the list shows popular
        products.
      </p>
    );
  }
  const [newest, older] = [events.slice(0, OPEN), events.slice(OPEN)];
  return (
    <>
      <p class="faint">
        {total > events.length
          ? `The newest ${events.length} of ${formatCount(total)} events`
          : formatCounted(total, "event")}; times are in UTC
      </p>
      <Days events={newest} products={products} />
      {older.length > 0 && (
        <details class="older">
          <summary>{formatCounted(older.length, "older event")}</summary>
          <Days events={older} products={products} />
        </details>
      )}
    </>
  );
}

function Days({ events, products }: { events: UserHistory["events"]; products: Products }) {
  const days = Map.groupBy(events, ({ time }) => time.slice(0, 10));
  return Array.from(days, ([day, events]) => (
    <>
      <h3>{day}</h3>
      <ol class="timeline">
        {events.map(({ productId, type, time }) => (
          <li class={`event ${type}`}>
            <span class="what">
              {EVENT_WORDS[type]} <time datetime={time}>{time.slice(11, 16)}</time>
            </span>
            <ProductLine product={factsOf(products, productId)} />
          </li>
        ))}
      </ol>
    </>
  ));
}
