import type { Hono } from "hono";
import type { z } from "zod";
import type { placementAnswer } from "../../service/schema/answers.ts";
import { requireHistories } from "../access/require.tsx";
import { Field } from "../frame/field.tsx";
import { ProductLine } from "../frame/product.tsx";
import { showPage } from "../frame/show_page.tsx";
import { apiPath } from "../visit/ask.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { settingsText } from "./settings_text.ts";

type List = z.output<typeof placementAnswer>;

/** Where a placement's page is. */
export function placementPlace(name: string): string {
  return `placements/${encodeURIComponent(name)}`;
}

/** One placement: its list for a user and a page, and what the rules did to it. */
export function addPlacement(app: Hono<PageEnvironment>, { api }: Site): void {
  const [example] = api.shop.artifact.interactions.histories.examples;
  app.get("/placements/:name", requireHistories, async (context) => {
    const name = context.req.param("name");
    const { userId = example, productId = "" } = context.req.query();
    const query = { userId: userId.trim(), productId: productId.trim(), explain: "true" };
    const list = await context.var.ask.get<List>(apiPath(["placements", name], query));
    return await showPage(context, {
      title: name,
      body: (
        <>
          <h1>Placement {name}</h1>
          <form method="get" action={placementPlace(name)} class="controls">
            <Field id="userId" label="User id">
              <input id="userId" name="userId" value={userId} maxlength={256} />
            </Field>
            <Field id="productId" label="Product of the page">
              <input id="productId" name="productId" value={productId} maxlength={256} />
            </Field>
            <button type="submit">Show</button>
          </form>
          <Steps list={list} name={name} />
          <Outcomes rules={list.rules ?? []} />
          <Items list={list} />
        </>
      ),
    });
  });
}

function Steps({ list: { placement, steps }, name }: { list: List; name: string }) {
  return (
    <p class="faint">
      {placement !== undefined && placement !== name && `The user's variant is ${placement}. `}
      Steps asked: {steps.map((step) => settingsText(step)).join("; then ")}.
    </p>
  );
}

function Outcomes({ rules }: { rules: NonNullable<List["rules"]> }) {
  if (rules.length === 0) return null;
  return (
    <ul aria-label="Rules in effect">
      {rules.map(({ rule, effect, isMet, detail }) => (
        <li>
          {rule} ({effect}): {isMet ? "met" : <span class="error">not met, {detail}</span>}
        </li>
      ))}
    </ul>
  );
}

function Items({ list: { items, steps } }: { list: List }) {
  if (items.length === 0) return <p>The list is empty.</p>;
  return (
    <ol class="list">
      {items.map(({ step, rules = [], ...product }) => (
        <li>
          <ProductLine product={product}>
            <p class="faint">
              {step === undefined ? "pinned" : `step ${step + 1}, ${steps[step].strategy}`}
              {rules.map((rule) => `; ${settingsText(rule)}`)}
            </p>
          </ProductLine>
        </li>
      ))}
    </ol>
  );
}
