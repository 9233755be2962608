// A button that copies the text beside it. It is there from the first, and goes where copying does not work.
const SHOWN_FOR = 4000;  // milliseconds that the button says it is done

function offer(button) {
  const words = button.querySelector("span");
  const label = words.textContent;
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

for (const button of document.querySelectorAll("[data-copy]")) {
  if (navigator.clipboard) offer(button);
  else button.hidden = true;
}
