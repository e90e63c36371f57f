// Layers of freight: flows as bands, the blurred heat, and round marks along the corridors.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const WIDTHS_PX = [1.6, 2.6, 3.8, 5.2, 7, 9];
  const HIDDEN = { stroke: true, weight: 0, opacity: 0, fill: false };
  const BAND_OPACITY = 0.9;

  // Tenths of trucks, the whole day first and then the hours; what is empty is unknown.
  function slotsOf(written) {
    return written ? written.split(",").map((one) => (one === "" ? null : Number(one) / 10)) : [];
  }

  function classOf(breaks, value) {
    return breaks.filter((limit) => value >= limit).length;
  }

  function sum(values) {
    const known = values.filter((value) => value !== null && value !== undefined);
    return known.length ? known.reduce((one, other) => one + other, 0) : null;
  }

  function bands(map, spec) {
    let slot = map.yitu.slot || 0;
    const seen = new Map();

    function known(properties) {
      if (!seen.has(properties.id)) {
        seen.set(properties.id, { along: slotsOf(properties.along), against: slotsOf(properties.against) });
      }
      return seen.get(properties.id);
    }

    function styleOf(hours, zoom) {
      const value = sum([hours.along[slot], hours.against[slot]]);
      if (value === null || value <= 0) return HIDDEN;
      const level = classOf(slot ? spec.hour_breaks : spec.day_breaks, value);
      const wider = Math.min(1.5, Math.max(0.7, (zoom - 4) / 8));
      return { stroke: true, color: spec.colours[level], weight: WIDTHS_PX[level] * wider, opacity: BAND_OPACITY,
        lineCap: "round", fill: false };
    }

    const layer = yitu.vectorTiles(map.yitu.frame.root + spec.url, "yitu-lines", {
      flows: (properties, zoom) => styleOf(known(properties), zoom),
    }, { interactive: true, getFeatureId: (feature) => feature.properties.id });

    layer.showHour = (chosen) => {
      slot = chosen;
      seen.forEach((hours, id) => layer.setFeatureStyle(id, styleOf(hours, map.getZoom())));
      map.yitu.panel.explain(spec.name, chosen ? spec.hour_legend_title : spec.legend_title,
        chosen ? spec.hour_legend : spec.legend);
    };
    yitu.hovers(map, layer, (properties) => {
      const hours = known(properties);
      const words = spec.words;
      const told = (value) => (value === null || value === undefined ? words.unknown : value.toFixed(1));
      const lines = [[words.both + " ", told(sum([hours.along[slot], hours.against[slot]]))]];
      if (hours.along.length && hours.against.length) {
        lines.push([words.along + " ", told(hours.along[slot])], [words.against + " ", told(hours.against[slot])]);
      }
      return yitu.essentials([properties.ref, properties.name].filter(Boolean).join(" "), lines);
    });
    return yitu.hours.join(map, layer, map.yitu.frame.words);
  }

  function blur(map, spec) {
    let points = [];
    const gradient = Object.fromEntries(spec.colours.map((colour, place) => [(place + 1) / spec.colours.length, colour]));
    const layer = L.heatLayer([], { radius: 11, blur: 10, maxZoom: 1, minOpacity: 0.2, gradient });
    layer.showHour = (slot) => {
      const most = slot ? spec.hour_most : spec.day_most;
      // A square root, so that a road with few trucks is seen beside one with many.
      const shown = points.filter((one) => one[2][slot]).map((one) => [one[0], one[1], Math.sqrt(Math.min(1, one[2][slot] / most))]);
      if (layer._map) layer.setLatLngs(shown);
    };
    yitu.asked(map, spec, spec.url, (found) => {
      points = found.points;
      layer.showHour(map.yitu.slot || 0);
    });
    return yitu.hours.join(map, layer, map.yitu.frame.words);
  }

  function marks(map, spec) {
    const group = L.layerGroup();
    const renderer = L.svg({ pane: "yitu-points" });
    yitu.asked(map, spec, spec.url, (found) => {
      for (const one of found.marks) {
        const radius = Math.max(3, Math.min(26, spec.radius_px * Math.sqrt(one.amount)));
        const mark = L.circleMarker([one.lat, one.lon], { renderer, pane: "yitu-points", radius, color: "#fff", weight: 1.2,
          fillColor: spec.colour, fillOpacity: 0.75 });
        mark.bindTooltip(() => yitu.essentials(one.title, one.lines), { direction: "top", opacity: 1, sticky: true });
        group.addLayer(mark);
      }
    });
    return group;
  }

  Object.assign(yitu.kinds, { bands, blur, marks });
})();
