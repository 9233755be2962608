// Has the browser keep what a check without a connection needs, once somebody has checked a star.
const place = document.querySelector("[data-worker]");
if (place && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(place.dataset.worker).then(() => navigator.serviceWorker.ready).then(() => {
    place.hidden = false;
  }).catch(() => {});  // without it the check works as before, with a connection
}
