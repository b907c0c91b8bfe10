/*!
 * Reports a visitor's events to the recommender and shows its lists. Stores and sends nothing
 * before the visitor consents.
 */
(() => {
  "use strict";
  const script = document.currentScript;
  const { key, k = "6", product, consent, service } = script.dataset;
  const base = service ?? script.src.replace(/[^/]*$/, "");
  const at = (path) => base.replace(/\/?$/, "/") + path;
  const STORED = "recommender-visitor";
  const MOST = 50;
  const DELAY_MS = 2000;

  /** What the visitor did on this page, for lists before they consent; never sent as events. */
  const here = [];
  let queue = [];
  let timer;
  let visitor = load();
  if (consent === "on") visitor ??= create();

  function load() {
    try {
      return /^anon-[0-9a-f]{32}$/.exec(localStorage.getItem(STORED))?.[0];
    } catch {
      // Storage is blocked: the visitor is new on each page.
    }
  }

  function create() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const id = "anon-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    try {
      localStorage.setItem(STORED, id);
    } catch {
      // As above.
    }
    return id;
  }

  function agree(isAllowed = true) {
    if (isAllowed) {
      if (!visitor) {
        visitor = create();
        queue = here.slice();
        later();
      }
    } else {
      visitor = undefined;
      queue = [];
      try {
        localStorage.removeItem(STORED);
      } catch {
        // As above.
      }
    }
    render();
  }

  function report(type, products, facts) {
    for (const productId of [products].flat()) {
      const event = { ...facts, type, productId: String(productId), at: Date.now() };
      event.eventId = event.at.toString(36) + Math.random().toString(36).slice(2);
      here.push(event);
      if (visitor) queue.push(event);
    }
    if (queue.length >= MOST) send();
    else later();
  }

  function later() {
    if (queue.length > 0) timer ??= setTimeout(send, DELAY_MS);
  }

  function send() {
    clearTimeout(timer);
    timer = undefined;
    while (queue.length > 0) {
      const events = queue.splice(0, MOST).map(({ at, ...event }) => ({
        ...event,
        secondsAgo: Math.min(3600, Math.max(0, (Date.now() - at) / 1000)),
      }));
      const body = JSON.stringify({ key, visitorId: visitor, events });
      if (navigator.sendBeacon(at("collect"), body)) continue;
      fetch(at("collect"), { method: "POST", body, keepalive: true }).catch(() => {});
    }
  }

  /** Where a list comes from: `popular`, `for-you`, `similar`, `together` or a placement. */
  function ask({ recommender: kind, placement, product: id = product, k: own = k }) {
    const json = (path, body) =>
      fetch(at(path), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const of = encodeURIComponent;
    const events = here.map(({ type, productId }) => ({ type, productId }));
    if (placement) {
      const who = visitor ? { userId: visitor } : { events };
      const page = id ? { productId: [id] } : {};
      return json(`placements/${of(placement)}`, { ...who, ...page, k: Number(own) });
    }
    if (kind === "similar" || kind === "together") return fetch(at(`${kind}/${of(id)}?k=${own}`));
    if (kind === "popular") return fetch(at(`popular?k=${own}`));
    if (visitor) return fetch(at(`recommend/${visitor}?k=${own}`));
    return json("recommend", { events, k: Number(own) });
  }

  async function fill(place) {
    try {
      const answer = await ask(place.dataset);
      const items = answer.ok ? (await answer.json()).items : [];
      // Otherwise the page's own content stays.
      if (items.length > 0) place.replaceChildren(listOf(items));
      place.dispatchEvent(new CustomEvent("recommender", { bubbles: true, detail: { items } }));
    } catch {
      // The shop's page is whole without the list.
    }
  }

  function render() {
    return Promise.all(
      Array.from(document.querySelectorAll("[data-recommender], [data-placement]"), fill),
    );
  }

  function make(tag, name, parts = []) {
    const element = document.createElement(tag);
    element.className = `recommender-${name}`;
    element.append(...parts);
    return element;
  }

  function listOf(items) {
    return make("ul", "list", items.map((item) => make("li", "item", [linkOf(item)])));
  }

  function linkOf({ productId, title, brand, price, url, imageUrl }) {
    const isAddress = (text) => /^https?:/.test(text);
    const parts = [];
    if (isAddress(imageUrl)) {
      const image = make("img", "image");
      Object.assign(image, { src: imageUrl, alt: "", loading: "lazy" });
      parts.push(image);
    }
    parts.push(make("span", "title", [title ?? `${brand} ${productId}`]));
    if (price > 0) parts.push(make("span", "price", [price.toFixed(2)]));
    const link = make(isAddress(url) ? "a" : "span", "product", parts);
    if (isAddress(url)) link.href = url;
    link.dataset.product = productId;
    return link;
  }

  addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", () => document.hidden && send());
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-recommender-cart]");
    if (button) report("cart", button.dataset.recommenderCart);
  });

  globalThis.recommender = {
    view: (products, facts) => report("view", products, facts),
    cart: (products, facts) => report("cart", products, facts),
    remove: (products) => report("remove_from_cart", products),
    purchase: (products, facts) => report("purchase", products, facts),
    consent: agree,
    render,
  };
  if (product) report("view", product);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", render);
  else render();
})();
