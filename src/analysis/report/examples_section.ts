import { type Html, html } from "./html.ts";
import { productLine } from "./product.ts";
import type { ExampleOfUser, ReportSource } from "./source.ts";

/** What a few users did, beside what they are recommended. */
export function examplesSection({ examples, defaultModel }: ReportSource): Html | undefined {
  if (!examples || examples.length === 0) return undefined;
  return html`
    <section><h2>Examples</h2>
    <p>What a few users did, and the first products of their lists from ${defaultModel}.</p>
    ${examples.map(example)}</section>
  `;
}

function example({ events, list }: ExampleOfUser, i: number): Html {
  return html`
    <div class="example">
      <div>
        <h3>User ${i + 1}: history</h3>
        <ul class="products">${events.map(({ product, did }) => productLine(product, did))}</ul>
      </div>
      <div>
        <h3>Recommendations</h3>
        <ol class="products">${list.map((product) => productLine(product))}</ol>
      </div>
    </div>
  `;
}
