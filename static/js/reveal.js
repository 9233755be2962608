// Unfolds what a link of this page, or its address, leads into; browsers do it by themselves only of late. Brings into
// sight what is offered below an input while somebody types there: on a telephone it would come behind the bar.

function reveal(hash) {
  const place = document.getElementById(decodeURIComponent(hash.slice(1)));
  let fold = place?.closest("details:not([open])");
  const isFolded = Boolean(fold);
  for (; fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  return isFolded ? place : null;
}

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href^='#']");
  if (link?.hash.length > 1) reveal(link.hash);
});
if (window.location.hash.length > 1) reveal(window.location.hash)?.scrollIntoView();

document.addEventListener("htmx:afterSwap", ({ target }) => {
  const isTypedInto = target.matches?.(".kbli-choices") && target.parentElement.contains(document.activeElement);
  if (isTypedInto && target.childElementCount > 0) target.scrollIntoView({ block: "nearest", behavior: "instant" });
});
