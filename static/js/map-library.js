// What draws maps, fetched once it is wanted: most who open a form need none.

let maker = null;

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.async = false;  // they run in their order
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

/** The module map.js, after the scripts of these addresses (apart by space); fails where one cannot be fetched. */
export async function mapMaker(addresses) {
  const missing = addresses.trim().split(/\s+/).filter((one) => !document.head.querySelector(`script[src="${one}"]`));
  try {
    maker = Promise.all([maker, ...missing.map(load)]).then(() => import("./map.js"));
    return await maker;
  } catch (error) {
    maker = null;
    for (const one of missing) document.head.querySelector(`script[src="${one}"]`)?.remove();
    throw error;
  }
}
