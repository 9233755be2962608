// The maps of a page, each made once it comes near: until then a page costs nothing of what draws it.
import { mapMaker } from "./map-library.js";

const NEAR = "200px";

async function make(canvas) {
  const { start } = await mapMaker(canvas.dataset.scripts);
  start(canvas);
}

const watch = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    watch.unobserve(target);
    make(target).catch(() => watch.observe(target));  // tried again when it comes near again
  }
}, { rootMargin: NEAR });

for (const canvas of document.querySelectorAll("[data-map]")) watch.observe(canvas);
