import type { Hono } from "hono";
import { STATUS_CODE } from "../../base/std/http.ts";
import { requireChange } from "../access/require.tsx";
import { Field } from "../frame/field.tsx";
import { productPlace } from "../frame/product.tsx";
import { SignInLink } from "../frame/sign_in_link.tsx";
import { apiPath } from "../visit/ask.ts";
import type { PageEnvironment } from "../visit/site.ts";
import type { Visitor } from "../visit/visitor.ts";

/** What the form starts with. */
interface Changeable {
  readonly productId: string;
  readonly title?: string;
  readonly price: number;
  readonly inStock: boolean;
}

/** Changes a product as `PUT /products/{productId}` does; empty fields keep their values. */
export function addProductChange(app: Hono<PageEnvironment>): void {
  app.post("/products/:productId", requireChange, async (context) => {
    const productId = context.req.param("productId");
    const { title, price, inStock } = await context.req.parseBody();
    await context.var.ask.send("PUT", apiPath(["products", productId]), {
      ...(typeof title === "string" && title !== "" && { title }),
      ...(typeof price === "string" && price !== "" && { price: numberOr(price) }),
      inStock: inStock === "yes",
    });
    return context.redirect(encodeURIComponent(productId), STATUS_CODE.SeeOther);
  });
}

/** Anything but a number is sent as it is, for the API to refuse it by name. */
function numberOr(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** The form that changes a product, for those who may. */
export function ChangeForm({ product, visitor }: { product: Changeable; visitor: Visitor }) {
  const { productId, title, price, inStock } = product;
  const place = productPlace(productId);
  if (!visitor.mayChange) {
    return (
      <p>
        To change its title, price or stock, <SignInLink place={place}>sign in</SignInLink>{" "}
        with one of API_TOKENS. Changes take effect at once.
      </p>
    );
  }
  return (
    <form method="post" action={place} class="controls">
      <Field id="title" label="Title">
        <input id="title" name="title" value={title} maxlength={500} />
      </Field>
      <Field id="price" label="Price">
        <input id="price" name="price" inputmode="decimal" value={price > 0 ? price : ""} />
      </Field>
      <Field id="inStock" label="Stock">
        <select id="inStock" name="inStock">
          <option value="yes" selected={inStock}>in stock</option>
          <option value="no" selected={!inStock}>out of stock</option>
        </select>
      </Field>
      <button type="submit">Save</button>
    </form>
  );
}
