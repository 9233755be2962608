// Passing a page on: the browser's own sheet where it has one, copying where that works; the plain links stay besides.
const SHOWN_FOR = 4000;  // milliseconds that the button says it is done

function offer(box) {
  const url = box.dataset.share;
  const native = box.querySelector("[data-share-native]");
  const copy = box.querySelector("[data-share-copy]");
  if (navigator.share) {
    native.hidden = false;
    native.addEventListener("click", () => navigator.share({ title: document.title, url }).catch(() => {}));
  }
  if (navigator.clipboard) {
    const words = copy.querySelector("span");
    const label = words.textContent;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(url);
      } catch {
        copy.hidden = true;  // refused by the browser or the person: a button that does nothing helps nobody
        return;
      }
      words.textContent = copy.dataset.done;
      setTimeout(() => { words.textContent = label; }, SHOWN_FOR);
    });
  } else {
    copy.hidden = true;
  }
}

document.querySelectorAll("[data-share]").forEach(offer);
