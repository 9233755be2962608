// A button that copies the text beside it; it only appears where copying works.
const SHOWN_FOR = 4000;  // milliseconds that the button says it is done

function offer(button) {
  const words = button.querySelector("span");
  const label = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = button.parentElement.querySelector("[data-copy-source]");
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      source.select();
      return;
    }
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = label; }, SHOWN_FOR);
  });
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offer);
