import { formatCount } from "../../base/format.ts";
import type { Products } from "../../service/catalogue/products.ts";
import type { UserHistory } from "../frame/history.ts";
import { ProductLine } from "../frame/product.tsx";
import { factsOf } from "../frame/product_facts.ts";
import { EVENT_WORDS } from "../frame/event_words.ts";

/** What a user did, newest first, by day. */
export function Timeline({ history, products }: { history: UserHistory; products: Products }) {
  const { events, total } = history;
  if (total === 0) {
    return (
      <p>
        Nothing is known of this user. The list has popular products until the first event comes in.
      </p>
    );
  }
  const days = Map.groupBy(events, ({ time }) => time.slice(0, 10));
  return (
    <>
      <p class="faint">
        {formatCount(total)} {total === 1 ? "event" : "events"}
        {total > events.length && `, the newest ${events.length} of them`}, times in UTC
      </p>
      {Array.from(days, ([day, events]) => (
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
      ))}
    </>
  );
}
