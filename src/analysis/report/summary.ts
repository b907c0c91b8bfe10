import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatCount, formatCounted, formatMetric } from "../../base/format.ts";
import { peopleWords } from "../findings/people_words.ts";
import { interval, testRows } from "./comparison_section.ts";
import { type Html, html } from "./html.ts";
import type { ReportSource } from "./source.ts";

/** How good the served model is, for readers who don't know metrics. */
export function inWords({ evaluation, defaultModel }: ReportSource): Html | undefined {
  const words = peopleWords(evaluation, defaultModel);
  return words && html`<p class="words">${words.served} ${words.popularity}</p>`;
}

/** The most important figures. */
export function cards(source: ReportSource): Html {
  const rows = testRows(source, "new");
  const served = rows.find(({ model }) => model === source.defaultModel);
  const popularity = rows.find(({ model }) => model === FALLBACK_MODEL);
  const { data } = source;
  return html`
    <dl class="cards">
    ${card("Served by default", source.defaultModel)}
    ${served && card(
      `NDCG@${served.k}, new products`,
      formatMetric(served.ndcg),
      served.low && served.high && interval({ low: served.low.ndcg, high: served.high.ndcg }),
    )}
    ${served && popularity && popularity.ndcg > 0 && served !== popularity &&
      card(
        "Compared with popularity",
        `${(served.ndcg / popularity.ndcg).toFixed(1)}×`,
        "its NDCG",
      )}
    ${card("Learned from", `${formatCount(data.events)}`, "views, carts and purchases")}
    ${card("Products", formatCount(data.items), formatCounted(data.users, "user"))}
    </dl>
  `;
}

function card(name: string, value: string, note?: string): Html {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${value}${note && html`
        <small>${note}</small>
      `}</dd>
    </div>
  `;
}
