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
  const VISITOR = "recommender-visitor";
  const LISTS = "recommender-lists";
  const DAY_MS = 86400000;
  const DELAY_MS = 2000;
  /** A batch's entries and characters. */
  const MOST = 50;
  const LONGEST = 32768;

  /** What the visitor did on this page, for lists before they consent. */
  const here = [];
  /** Events, and impressions, which have no type. */
  let queue = [];
  let timer;
  let visitor = stored((all) => /^anon-[0-9a-f]{32}$/.exec(all[VISITOR])?.[0]);
  if (consent === "on") visitor ??= create();
  /** What the visitor clicked in lists: product, list, time. */
  let followed = (visitor && stored((all) => JSON.parse(all[LISTS]))) || [];
  const shown = new WeakMap();
  const watcher = globalThis.IntersectionObserver && new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) see(target);
  }, { threshold: 0.5 });

  function stored(run) {
    try {
      return run(localStorage);
    } catch {
      // Storage is blocked: the visitor is new on each page.
    }
  }

  function create() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const id = "anon-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    stored((all) => all[VISITOR] = id);
    return id;
  }

  function agree(isAllowed = true) {
    if (isAllowed) {
      visitor ??= create();
      later();
    } else {
      visitor = undefined;
      queue = [];
      followed = [];
      for (const name of [VISITOR, LISTS]) stored((all) => delete all[name]);
    }
    render();
  }

  function follow({ target }) {
    const item = shown.get(target.closest?.(".recommender-item"));
    if (!item) return;
    followed.push([item.productId, item.listId, Date.now()]);
    if (visitor) stored((all) => all[LISTS] = JSON.stringify(followed.slice(-MOST)));
  }

  function report(type, products, facts) {
    for (const product of [products].flat()) {
      const event = { ...facts, type, productId: String(product), at: Date.now() };
      const { productId, at } = event;
      event.listId ??= followed.findLast(([id, , t]) => id === productId && t > at - DAY_MS)?.[1];
      event.eventId = at.toString(36) + Math.random().toString(36).slice(2);
      here.push(event);
      queue.push(event);
    }
    later();
  }

  function see(item) {
    watcher?.unobserve(item);
    const { listId, productId, position } = shown.get(item);
    let impression = queue.find((each) => each.listId === listId && each.positions?.length < 100);
    if (!impression) {
      impression = { listId, productIds: [], positions: [], at: Date.now() };
      queue.push(impression);
    }
    impression.productIds.push(productId);
    impression.positions.push(position);
    later();
  }

  function later() {
    if (!visitor) return;
    if (queue.length >= MOST) send();
    else if (queue.length > 0) timer ??= setTimeout(send, DELAY_MS);
  }

  function send() {
    clearTimeout(timer);
    timer = undefined;
    let most = MOST;
    while (visitor && queue.length > 0) {
      const all = queue.slice(0, most).map(({ at, ...each }) => ({
        ...each,
        secondsAgo: Math.min(3600, Math.max(0, (Date.now() - at) / 1000)),
      }));
      const events = all.filter(({ type }) => type);
      const impressions = all.filter(({ type }) => !type);
      const body = JSON.stringify({ key, visitorId: visitor, events, impressions });
      if (body.length > LONGEST && most > 1) {
        most >>= 1;
        continue;
      }
      queue.splice(0, most);
      if (navigator.sendBeacon(at("collect"), body)) continue;
      fetch(at("collect"), { method: "POST", body, keepalive: true }).catch(() => {});
    }
  }

  /** Asks for a place's list. */
  function ask({ recommender: kind, placement, product: id = product, k: own = k }) {
    const json = (path, body) =>
      fetch(at(path), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const of = encodeURIComponent;
    const events = here.map(({ type, productId, days }) => ({ type, productId, days }));
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
      const listId = answer.headers.get("x-list-id") ?? undefined;
      // Otherwise the page's own content stays.
      if (items.length > 0) place.replaceChildren(listOf(items, listId));
      const detail = { items, listId };
      place.dispatchEvent(new CustomEvent("recommender", { bubbles: true, detail }));
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

  function listOf(items, listId) {
    return make(
      "ul",
      "list",
      items.map((facts, i) => {
        const item = make("li", "item", [linkOf(facts)]);
        if (listId) {
          shown.set(item, { listId, productId: facts.productId, position: i + 1 });
          if (watcher) watcher.observe(item);
          else see(item);
        }
        return item;
      }),
    );
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
  document.addEventListener("auxclick", follow);
  document.addEventListener("click", (event) => {
    follow(event);
    const { target } = event;
    const button = target.closest?.("[data-recommender-cart]");
    if (button) report("cart", button.dataset.recommenderCart);
  });

  globalThis.recommender = {
    report,
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
