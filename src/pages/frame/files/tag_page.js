// What a shop's own script does with the tag: consent, purchases, and links to its product pages.
const { recommender } = globalThis;
const visitor = document.getElementById("tag-visitor");

function showVisitor() {
  const id = localStorage.getItem("recommender-visitor");
  if (id === null) return visitor.replaceChildren("You are nobody.");
  const link = document.createElement("a");
  link.href = `users/${id}`;
  link.append(id);
  visitor.replaceChildren("You are ", link, ".");
}

document.addEventListener("click", ({ target }) => {
  const { tagConsent, tagBuy, price } = target.dataset;
  if (tagBuy) recommender.purchase(tagBuy, price > 0 ? { price: Number(price) } : {});
  if (tagConsent === undefined) return;
  recommender.consent(tagConsent === "on");
  showVisitor();
});

// Products without an address of their own lead to this page.
document.addEventListener("recommender", ({ target }) => {
  for (const product of target.querySelectorAll("span[data-product]")) {
    const link = document.createElement("a");
    link.href = `shop/tag?product=${encodeURIComponent(product.dataset.product)}`;
    product.replaceWith(link);
    link.append(product);
  }
});

showVisitor();
