// Maps: own boundaries, points in clusters, no foreign host unless the page names a tile address. Needs Leaflet.
(function () {
  "use strict";
  if (!window.L) return;
  var SOUTH_KALIMANTAN = [[-4.8, 114.2], [-1.25, 116.7]];
  var styles = window.getComputedStyle(document.documentElement);

  function colour(name) { return styles.getPropertyValue(name).trim(); }

  function popup(properties) {
    var box = document.createElement("div");
    var title = document.createElement(properties.url && properties.url.charAt(0) === "/" ? "a" : "strong");
    title.textContent = properties.name || "";
    if (title.tagName === "A") title.href = properties.url;
    box.appendChild(title);
    if (properties.note) {
      var note = document.createElement("p");
      note.textContent = properties.note;
      box.appendChild(note);
    }
    return box;
  }

  function named(layer, name) {
    layer.on("add", function () {
      var element = layer.getElement && layer.getElement();
      if (element) element.setAttribute("aria-label", name);
    });
    return layer;
  }

  function pin(place, properties) {
    var icon = L.divIcon({ className: "map-pin", iconSize: [22, 22], iconAnchor: [11, 26], popupAnchor: [0, -22] });
    var marker = L.marker(place, { icon: icon, title: properties.name || "", keyboard: true });
    return named(marker.bindPopup(function () { return popup(properties); }), properties.name || "");
  }

  function fetched(address) {
    return fetch(address, { headers: { Accept: "application/geo+json, application/json" }, credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
  }

  function drawBoundaries(map, address, isDrawing) {
    return fetched(address).then(function (data) {
      return L.geoJSON(data, {
        interactive: !isDrawing,
        snapIgnore: true,
        pmIgnore: true,
        style: { className: "map-boundary", weight: 1 },
        onEachFeature: function (feature, layer) {
          var name = feature.properties && feature.properties.name;
          if (name) {
            var words = document.createElement("span");
            words.textContent = name;
            layer.bindTooltip(words, { sticky: true });
          }
          if (feature.properties && feature.properties.url) {
            layer.on("click", function () { window.location.assign(feature.properties.url); });
          }
        },
      }).addTo(map).bringToBack();
    });
  }

  function drawPoints(map, address, many) {
    return fetched(address).then(function (data) {
      var group = L.markerClusterGroup({
        showCoverageOnHover: false,
        maxClusterRadius: 48,
        iconCreateFunction: function (cluster) {
          var count = cluster.getChildCount();
          var size = count < 10 ? 36 : count < 100 ? 44 : 52;
          return L.divIcon({ html: String(count), className: "map-cluster", iconSize: [size, size] });
        },
      });
      (data.features || []).forEach(function (feature) {
        if (!feature.geometry || feature.geometry.type !== "Point") return;
        var at = feature.geometry.coordinates;
        group.addLayer(pin([at[1], at[0]], feature.properties || {}));
      });
      map.on("layeradd", function (event) {
        var icon = event.layer._icon;
        if (icon && event.layer.getChildCount) icon.setAttribute("aria-label", event.layer.getChildCount() + " " + many);
      });
      map.addLayer(group);
      return group;
    });
  }

  // Outlines on one canvas, so that thousands of plots stay smooth on a telephone; colours from the style sheet.
  function drawShapes(map, address) {
    map.createPane("shapes").style.zIndex = 450;  // above the boundaries, below the popups
    return fetched(address).then(function (data) {
      var group = L.geoJSON(data, {
        pane: "shapes",
        renderer: L.canvas({ pane: "shapes", padding: 0.5 }),
        style: function (feature) {
          var state = feature.properties.state;
          if (!state) return { color: colour("--river"), weight: 3, fill: false, interactive: false };
          return { color: colour("--ink-soft"), weight: 1, fillColor: colour("--plot-" + state), fillOpacity: 0.75 };
        },
      });
      return group.bindPopup(function (layer) { return popup(layer.feature.properties); }).addTo(map);
    });
  }

  function start(canvas) {
    var say = canvas.dataset;
    var fallback = canvas.querySelector(".map-fallback");
    if (fallback) fallback.remove();
    var isDrawing = "drawing" in say;
    var nearest = isDrawing ? 20 : 17;
    var map = L.map(canvas, { zoomControl: false, scrollWheelZoom: false, minZoom: 6, maxZoom: nearest, zoomSnap: 0.5 });
    L.control.zoom({ zoomInTitle: say.zoomIn, zoomOutTitle: say.zoomOut }).addTo(map);
    map.attributionControl.setPrefix("Leaflet").addAttribution("BIG, cahyadsn/wilayah_boundaries");
    map.once("focus click", function () { map.scrollWheelZoom.enable(); });
    var single = say.lat && say.lon;
    if (single) map.setView([Number(say.lat), Number(say.lon)], Number(say.zoom) || 10);
    else map.fitBounds(SOUTH_KALIMANTAN);
    if (say.tiles) {
      canvas.classList.add("map-tiles");
      L.tileLayer(say.tiles, { maxZoom: nearest, maxNativeZoom: 17 }).addTo(map);
      if (say.tilesCredit) map.attributionControl.addAttribution(popup({ name: say.tilesCredit }).firstChild.innerHTML);  // as text
    }
    var drawn = [];
    if (say.boundaries) {
      drawn.push(drawBoundaries(map, say.boundaries, isDrawing).then(function (group) {
        map.fire("boundaries", { layer: group });
      }));
    }
    if (say.points) {
      drawn.push(drawPoints(map, say.points, say.many).then(function (group) {
        var bounds = group.getBounds();
        if (!single && bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 11 });
      }));
    }
    if (say.shapes) {
      drawn.push(drawShapes(map, say.shapes).then(function (group) {
        var bounds = group.getBounds();
        if (bounds.isValid()) map.fitBounds(bounds, { padding: [16, 16] });
      }));
    }
    if (single) pin([Number(say.lat), Number(say.lon)], { name: canvas.getAttribute("aria-label") }).addTo(map);
    Promise.all(drawn).catch(function () {
      var sorry = document.createElement("p");
      sorry.className = "map-fallback";
      sorry.textContent = say.failed;
      canvas.after(sorry);
    });
    return map;
  }

  window.portalMaps = { start: start, colour: colour };  // for maps that open later
  document.querySelectorAll("[data-map]").forEach(start);
})();
