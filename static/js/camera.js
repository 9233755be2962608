// On a telephone a press opens the camera at once for the file input beside; what it takes is a file like any other.
// Rows come and go, so the whole page listens.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-camera]");
  if (!button) return;
  const input = button.parentElement.querySelector("input[type=file]");
  const { accept } = input;
  input.setAttribute("capture", "environment");
  input.accept = "image/*";  // with papers among what is accepted a telephone would ask where from
  input.click();
  input.removeAttribute("capture");
  input.accept = accept;
});
