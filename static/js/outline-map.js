// Draws an outline on a map into the text beside it, which alone is kept. Map and library come when a fold is opened.
(function () {
  "use strict";
  var template = document.getElementById("outline-map");
  if (!template) return;
  var METRES_NORTH = 110574, METRES_EAST = 111320;  // of a degree, near the equator
  var DECIMALS = 6;  // of degrees, as the server keeps them
  var MOST_CORNERS_SHOWN = 300;  // to be dragged at a time, those nearest to the pointer
  var maps = new WeakMap();
  var library = null;

  function load(address) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.async = false;  // they run in their order
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function shapeOf(layer) { return layer.toGeoJSON(DECIMALS).geometry; }

  function layerOf(text, options) {
    try {
      var shape = JSON.parse(text);
      var layer = /^(Multi)?Polygon$/.test(shape.type) && L.geoJSON(shape, options).getLayers()[0];
      return layer && layer.getBounds().isValid() ? layer : null;
    } catch (error) {
      return null;  // the server says what is wrong with it
    }
  }

  function squareMetres(ring) {
    var twice = 0;
    ring.forEach(function (corner, at) {
      var next = ring[(at + 1) % ring.length];
      twice += corner[0] * next[1] - next[0] * corner[1];
    });
    return Math.abs(twice) / 2 * METRES_NORTH * METRES_EAST * Math.cos(ring[0][1] * Math.PI / 180);
  }

  // The server measures on the ellipsoid; this is for the eye, and true to a thousandth in this province.
  function inWords(shape, words) {
    var hectares = 0, corners = 0;
    var polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
    polygons.forEach(function (rings) {
      rings.forEach(function (ring, at) {
        hectares += (at ? -1 : 1) * squareMetres(ring) / 10000;
        corners += ring.length - 1;
      });
    });
    var figures = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
    return words.replace("{hectares}", figures.format(hectares)).replace("{corners}", figures.format(corners));
  }

  function begin(fold) {
    var place = fold.closest(".attachment-input");
    var text = place.querySelector("[data-outline]");
    var form = text.form;
    var box = fold.querySelector(".outline-map");
    var say = box.dataset;
    var map = window.portalMaps.start(box.querySelector("[data-map]"));
    var pen = map.pm.Draw.Polygon;
    var ink = { color: window.portalMaps.colour("--river"), weight: 3, dashArray: null, fillOpacity: 0.2 };
    var pale = { color: window.portalMaps.colour("--ink-soft"), weight: 1.5, dashArray: "4", fillOpacity: 0.1 };
    var outline = null;
    var past = [];  // texts to go back to
    var isDragging = false, isRemoving = false;

    function tool(name) { return box.querySelector("[data-do=" + name + "]"); }

    function advise(what) { box.querySelector("[data-advice]").textContent = say[what]; }

    function mode() { return pen.enabled() ? "drawing" : !outline ? "empty" : isRemoving ? "removing" : "shaped"; }

    function measure(shape) {
      box.querySelector("[data-told]").textContent = shape ? inWords(shape, say.measured) + "." : "";
    }

    function arrange() {
      var now = mode();
      var seen = { draw: now !== "drawing", finish: now === "drawing", cancel: now === "drawing" };
      seen.remove = seen.clear = now === "shaped" || now === "removing";
      Object.keys(seen).forEach(function (name) { tool(name).hidden = !seen[name]; });
      tool("undo").disabled = now !== "drawing" && !past.length;
      tool("remove").setAttribute("aria-pressed", String(isRemoving));
      box.classList.toggle("outline-removing", isRemoving);
      measure(outline && now !== "drawing" ? shapeOf(outline) : null);
      advise(now === "shaped" && outline.pm.hasSelfIntersection() ? "crossing" : now);
    }

    function edit() {
      if (outline) {
        outline.setStyle(ink);
        outline.pm.enable({
          allowSelfIntersection: outline.pm.hasSelfIntersection(),  // one that was given so can be mended
          hideMiddleMarkers: isRemoving,
          limitMarkersToCount: MOST_CORNERS_SHOWN,
          preventMarkerRemoval: !isRemoving,
          removeLayerBelowMinVertexCount: false,
          removeVertexOn: "click",
        });
      }
      arrange();
    }

    function show() {
      if (outline) outline.remove();
      isRemoving = isRemoving && Boolean(text.value);
      outline = layerOf(text.value, { style: ink, snapIgnore: true });
      if (outline) listen(outline.addTo(map));
      edit();
    }

    // The words beside the outline say the same; the form saves itself.
    function tell() {
      var remove = place.querySelector("[name$=-clear]");
      var words = place.querySelector("[data-outline-words]");
      if (remove) {
        remove.checked = false;
        remove.closest("label").hidden = !outline;  // there is nothing to remove
      }
      if (words) words.textContent = outline ? inWords(shapeOf(outline), say.measured) : say.none;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function put(value) {
      text.value = value;
      show();
      tell();
    }

    function replace(value) {
      past.push(text.value);
      put(value);
    }

    function keep() {
      var value = JSON.stringify(shapeOf(outline));
      if (isDragging || value === text.value) return;
      past.push(text.value);
      text.value = value;
      tell();
      tool("undo").disabled = false;
    }

    function listen(layer) {
      layer.on("pm:change", function () {
        measure(shapeOf(layer));
        if (!isRemoving) advise(layer.pm.hasSelfIntersection() ? "crossing" : "shaped");
      });
      layer.on("pm:vertexremoved", function () { advise(mode()); });
      layer.on("pm:intersect", function () { advise("crossing"); });
      layer.on("pm:layerreset", function () {
        measure(shapeOf(layer));
        advise("crossing");
      });
      layer.on("pm:markerdragstart", function () { isDragging = true; });
      layer.on("pm:markerdragend", function () { isDragging = false; });
      layer.on("pm:edit", function () { window.setTimeout(keep, 0); });  // after the library took back what crosses
    }

    var does = {
      draw: function () {
        isRemoving = false;
        if (outline) {
          outline.pm.disable();
          outline.setStyle(pale);
        }
        map.pm.enableDraw("Polygon", {
          allowSelfIntersection: false,
          pathOptions: ink,
          templineStyle: ink,
          hintlineStyle: { color: ink.color, weight: 2, dashArray: "5" },
          tooltips: false,
        });
      },
      finish: function () { pen._finishShape(); },
      cancel: function () { map.pm.disableDraw(); },
      undo: function () {
        if (pen.enabled()) pen._removeLastVertex();
        else put(past.pop());
      },
      remove: function () {
        isRemoving = !isRemoving;
        edit();
      },
      clear: function () { replace(""); },
    };

    map.doubleClickZoom.disable();  // two corners set quickly are no wish to come nearer
    map.on("pm:drawstart", function (event) {
      arrange();
      event.workingLayer.on("pm:vertexadded pm:vertexremoved", function () {
        measure(shapeOf(L.polygon(event.workingLayer.getLatLngs())));
      });
      event.workingLayer.on("pm:change", function () { advise(pen.isRed ? "crossing" : "drawing"); });
    });
    map.on("pm:drawend", edit);
    map.on("pm:create", function (event) {
      event.layer.remove();
      replace(JSON.stringify(shapeOf(event.layer)));
    });
    box.addEventListener("click", function (event) {
      var button = event.target.closest("[data-do]");
      if (!button) return;
      does[button.dataset.do]();
      if (button.hidden || button.disabled) map.getContainer().focus({ preventScroll: true });
    });
    text.addEventListener("change", show);
    map.on("unload", function () { text.removeEventListener("change", show); });

    var others = Array.from(form.querySelectorAll("[data-outline]"), function (other) {
      return other === text ? null : layerOf(other.value, { style: pale, interactive: false, pmIgnore: true, snapIgnore: false });
    }).filter(Boolean);
    others.forEach(function (other) { other.addTo(map); });
    show();
    look(map, outline ? [outline] : others, form.elements);
    maps.set(fold, map);
  }

  // Begins at the outline, else at its neighbours, else at the place that the form names, else at its regency.
  function look(map, layers, fields) {
    var bounds = layers.reduce(function (all, one) { return all.extend(one.getBounds()); }, L.latLngBounds([]));
    var at = ["latitude", "longitude"].map(function (name) {
      return fields[name] ? parseFloat(fields[name].value.replace(",", ".")) : NaN;
    });
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [32, 32], maxZoom: 18 });
    else if (!at.some(isNaN)) map.setView(at, 15);
    else {
      map.once("boundaries", function (event) {
        event.layer.eachLayer(function (one) {
          if (fields.regency && one.feature.properties.code === fields.regency.value) map.fitBounds(one.getBounds());
        });
      });
    }
  }

  function open(fold) {
    library = library || Promise.all(template.dataset.scripts.split(" ").map(load));
    library.then(function () {
      if (!fold.open || maps.has(fold)) return;
      fold.append(template.content.cloneNode(true));
      L.Marker.mergeOptions({ keyboard: false });  // corners are for the hand: without a name, no stop of the Tab key
      begin(fold);
    }, function () {
      var sorry = document.createElement("p");
      library = null;
      sorry.textContent = template.dataset.failed;
      fold.append(sorry);
    });
  }

  function close(fold) {
    if (maps.has(fold)) maps.get(fold).remove();
    maps.delete(fold);
    Array.from(fold.children).slice(1).forEach(function (child) { child.remove(); });
  }

  document.addEventListener("toggle", function (event) {
    if (!event.target.matches("[data-outline-map]")) return;
    if (event.target.open) open(event.target);
    else close(event.target);
  }, true);
})();
