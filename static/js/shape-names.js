// The names of shapes, such as codes of plots, where they have room at this zoom and lie in view. Needs Leaflet.
import { roomy } from "./rules/shape-names.js";

/** Keep the names of the shapes of a group (those with a state) on the map while it moves. */
export function nameShapes(map, group) {
  const shapes = group.getLayers().filter(({ feature }) => feature.properties.state);
  const names = L.layerGroup().addTo(map);
  const draw = () => {
    names.clearLayers();
    const { x: width, y: height } = map.getSize();
    const boxes = shapes.map((shape) => {
      const bounds = shape.getBounds();
      const first = map.latLngToContainerPoint(bounds.getNorthWest());
      const last = map.latLngToContainerPoint(bounds.getSouthEast());
      return [first.x, first.y, last.x, last.y];
    });
    for (const at of roomy(boxes, width, height)) {
      const word = document.createElement("span");
      word.textContent = shapes[at].feature.properties.name;
      const options = { permanent: true, direction: "center", className: "shape-name", interactive: false };
      names.addLayer(L.tooltip(shapes[at].getBounds().getCenter(), { ...options, content: word }));
    }
  };
  map.on("moveend zoomend resize", draw);
  draw();
}
