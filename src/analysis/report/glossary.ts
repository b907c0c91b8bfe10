import { type Html, html } from "./html.ts";

const TERMS = [
  [
    "NDCG",
    "How well the list is ordered, from 0 to 1: what a user went on to counts more the higher it stands; 1 is the best order possible. It decides which model wins.",
  ],
  ["Recall", "Of all products that a user went on to, the share that was in the list."],
  ["Precision", "Of the places of the list, the share that the user went on to."],
  ["MAP", "Precision at each hit, averaged over what the best list could hit."],
  ["MRR", "1 divided by the place of the first hit, 0 without one."],
  ["Hit rate", "Share of users whose list had a hit at all."],
  ["Coverage", "Share of the catalogue that was shown to anybody."],
  [
    "Novelty",
    "How unknown the products shown are, in bits: one more bit is half as many users who knew it.",
  ],
  ["Gini", "How unequally products are shown: 0 all alike, near 1 always the same few."],
  [
    "Diversity",
    "How unlike each other the products of one list are in category, brand and price, from 0 to 1.",
  ],
  [
    "RMSE, MAE",
    "How far predicted ratings (view 1, cart 2, purchase 4) are off; only of models that predict them. They have no say in the choice.",
  ],
  [
    "95% interval",
    "Where the figure would lie if other users of the same shop had been measured (bootstrap over users).",
  ],
  [
    "p",
    "How often chance alone would make as large a difference to the best model, or to popularity; corrected for the number of comparisons (Holm). Below 0.05 a difference is called more than noise.",
  ],
] as const;

/** What the figures mean. */
export function glossary(): Html {
  return html`
    <section>
      <h2>What the figures mean</h2>
      <dl class="terms">${TERMS.map(([term, meaning]) =>
        html`<dt>${term}</dt><dd>${meaning}</dd>\n`
      )}</dl>
    </section>
  `;
}
