// The ground of the map from our own data: counties, rivers, roads, the outline; or an office's own tiles.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  // Below the cells lies the land, above them the roads, so that a coloured map still shows where one is.
  const PANES = { "yitu-ground": 205, "yitu-land": 210, "yitu-cells": 250, "yitu-areas": 300, "yitu-roads": 340, "yitu-lines": 380,
    "yitu-outline": 390, "yitu-labels": 450, "yitu-points": 460, "yitu-chosen": 640 };
  // A canvas takes every click on it: what answers to the pointer is drawn as SVG, and the rest lets it through.
  const UNTOUCHED = ["yitu-ground", "yitu-land", "yitu-cells", "yitu-roads", "yitu-outline", "yitu-labels", "yitu-chosen"];
  const HIDDEN = { stroke: false, fill: false, weight: 0, opacity: 0 };

  // VectorGrid was written for an older Leaflet.
  L.DomEvent.fakeStop = L.DomEvent.fakeStop || function () {};
  // Leaflet asks a small circle where it lies, and a tile's circle does not know: then the pointer's place counts.
  const createShape = L.VectorGrid.prototype._createLayer;
  L.VectorGrid.include({
    _createLayer(...given) {
      return Object.assign(createShape.apply(this, given), { getLatLng: undefined });
    },
  });

  yitu.makePanes = function (map) {
    for (const [name, order] of Object.entries(PANES)) {
      const pane = map.createPane(name);
      pane.style.zIndex = order;
      if (UNTOUCHED.includes(name)) pane.style.pointerEvents = "none";
    }
  };

  yitu.vectorTiles = function (url, pane, styles, options) {
    const grid = L.vectorGrid.protobuf(url, Object.assign(
      { pane, rendererFactory: options && options.interactive ? L.svg.tile : L.canvas.tile,
        vectorTileLayerStyles: styles, maxZoom: 22 },
      options,
    ));
    // A feature of a tile knows no degrees; streamlit-folium asks every layer that is clicked for them.
    const create = grid._createLayer;
    grid._createLayer = function (...told) {
      const made = create.apply(this, told);
      made.toGeoJSON = undefined;
      return made;
    };
    return grid;
  };

  function widthAt(zoom, road) {
    return Math.max(0.6, road.width * Math.min(1.8, Math.max(0.45, (zoom - 5) / 6)));
  }

  yitu.roadStyle = function (frame) {
    return function (properties, zoom) {
      const road = frame.roads[properties.class] || frame.roads.other;
      return { color: road.colour, weight: widthAt(zoom, road), opacity: 1, lineCap: "round", fill: false };
    };
  };

  function landStyles(frame) {
    const colours = frame.colours;
    return {
      surroundings: (properties) => ({
        fill: true, fillOpacity: 1, fillColor: properties.inside ? colours.land : colours.outside,
        color: colours.border, weight: properties.inside ? 0 : 0.8, opacity: 1,
      }),
      rivers: (properties, zoom) => ({
        color: colours.river, weight: Math.max(0.8, (zoom - 6) * (properties.kind === "river" ? 0.45 : 0.25)), opacity: 1,
        fill: false,
      }),
      routes: HIDDEN,
    };
  }

  function officeTiles(map, frame) {
    const office = frame.office;
    const options = { pane: "yitu-land", maxZoom: 20, maxNativeZoom: office.maxZoom, attribution: office.attribution,
      subdomains: office.subdomains };
    office.urls.forEach((url) => L.tileLayer(url, options).addTo(map));
  }

  async function outline(map, frame) {
    const answer = await fetch(frame.root + frame.outlineUrl);
    if (!answer.ok) return;
    const ground = await answer.json();
    // Where no counties are known around the place, its land is told from what lies outside it all the same.
    if (!frame.office) {
      L.geoJSON(ground, { pane: "yitu-ground", interactive: false, style: { renderer: L.svg({ pane: "yitu-ground" }),
        stroke: false, fill: true, fillOpacity: 1, fillColor: frame.colours.land } }).addTo(map);
    }
    const style = { pane: "yitu-outline", color: frame.colours.outline, weight: 2.2, opacity: 0.9, fill: false,
      interactive: false };
    L.geoJSON(ground, { style, interactive: false, pane: "yitu-outline" }).addTo(map);
  }

  yitu.drawBase = function (map, frame) {
    map.getContainer().style.background = frame.colours.outside;
    frame.credits.forEach((credit) => map.attributionControl.addAttribution(credit));
    if (frame.office) officeTiles(map, frame);
    else {
      const land = yitu.vectorTiles(frame.root + frame.baseUrl, "yitu-land", landStyles(frame));
      const roads = yitu.vectorTiles(frame.root + frame.baseUrl, "yitu-roads", {
        surroundings: HIDDEN, rivers: HIDDEN, routes: yitu.roadStyle(frame),
      });
      land.addTo(map);
      roads.addTo(map);
      yitu.labels(frame).addTo(map);
    }
    return outline(map, frame);
  };
})();
