import type { PropsWithChildren } from "hono/jsx";
import { CartLink } from "./cart_page.tsx";
import { TAG_PLACE } from "./tag_page.tsx";

/** What surrounds the demo's pages: whom one plays, and the cart. */
export function ShopFrame(
  { shopper, count, hasTag, children }: PropsWithChildren<{
    shopper: string;
    count: number;
    /** Whether there is a page with the tag. */
    hasTag: boolean;
  }>,
) {
  return (
    <div class="shop">
      <div class="shop-bar">
        <a href="shop">Shop</a>
        <CartLink count={count} />
        {hasTag && <a href={TAG_PLACE}>With the tag</a>}
        <form method="post" action="shop/shopper" class="line">
          <label for="shopper">You are</label>
          <input id="shopper" name="userId" value={shopper} maxlength={256} required />
          <button type="submit" class="quiet">Switch user</button>
        </form>
      </div>
      <p class="faint">
        This is a demo. Your clicks are stored as this user's events, and a training with{" "}
        <code>--collected</code> learns from them.
      </p>
      {children}
    </div>
  );
}
