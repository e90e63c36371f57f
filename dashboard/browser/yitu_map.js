// The map of a page: `begin` once with the frame, `show` whenever the page's filters or its chosen place change.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const PATIENCE_MS = 4000;

  yitu.begin = function (map, frame) {
    map.yitu = { frame, specs: [], drawn: new Map(), chosen: null, clicked: null, hadView: yitu.hasView() };
    if (frame.office && frame.office.datum === "gcj02") map.options.crs = yitu.gcj02Crs();
    document.documentElement.dataset.theme = frame.theme;
    if (frame.isStill) {
      map.getContainer().style.height = "100vh"; // the page sets it, by the height of the screen
      map.invalidateSize({ animate: false });
      map.on("resize", () => map.fitBounds(frame.bounds, { animate: false, padding: [12, 12] }));
    }
    L.control.scale({ imperial: false }).addTo(map);
    yitu.makePanes(map);
    yitu.restoreView(map, frame);
    yitu.drawBase(map, frame);
    if (!frame.isStill) map.yitu.keep = yitu.keepInAddress(map, frame, () => chooseAgain(map));
    map.yitu.panel = yitu.panel(frame, (name, isOn) => toggle(map, name, isOn), (what) => taken(map, what)).addTo(map);
    let clicks = 0;
    // Before the listener that passes clicks on to the page: what was clicked travels with where.
    map.on("click", (event) => {
      const clicked = map.yitu.clicked;
      event.latlng = event.latlng.wrap(); // a copy, on this world: a pin's own position serves all its clicks
      if (clicked && clicked.event === event.originalEvent) event.latlng.thing = clicked.thing;
      event.latlng.n = clicks += 1; // the same spot again is a click again
    });
  };

  yitu.show = function (map, shown) {
    const state = map.yitu;
    state.specs = shown.layers;
    state.take = shown.take;
    if (state.chosen === null) {
      state.chosen = asked(state);
    }
    redraw(map);
    choose(map, shown.chosen);
    move(map, shown.focus);
  };

  // To what was asked for beside the map, once; a view that stands in the address comes first.
  function move(map, focus) {
    const isFirst = map.yitu.movedFor === undefined;
    const sign = focus ? focus.sign : null;
    if (focus && sign !== map.yitu.movedFor && !(isFirst && map.yitu.hadView)) {
      map.fitBounds(focus.bounds, { animate: false, maxZoom: 14, paddingTopLeft: [24, 24], paddingBottomRight: [
        map.getSize().x < yitu.NARROW_PX ? 24 : 225, 24] });
    }
    map.yitu.movedFor = sign;
  }

  function asked(state) {
    const names = state.frame.isStill ? null : yitu.restoreLayers(state.frame);
    state.isChosen = names !== null;
    return new Set(state.specs.filter((spec) => (names ? names.includes(spec.name) : spec.is_on)).map((spec) => spec.name));
  }

  function chooseAgain(map) {
    map.yitu.chosen = asked(map.yitu);
    redraw(map);
  }

  // The map as it is seen now, as an address to fetch it from.
  function taken(map, what) {
    const { frame, take, specs, chosen } = map.yitu;
    const names = specs.map((spec) => spec.name).filter((name) => chosen.has(name));
    const bounds = map.getBounds();
    const corners = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((part) => part.toFixed(6));
    const cells = specs.find((spec) => spec.name === "cells" && chosen.has("cells"));
    const measure = cells ? "&measure=" + cells.measure_name : "";
    return frame.root + take[what] + "&layers=" + names.join(",") + "&bounds=" + corners.join(",") + measure;
  }

  function toggle(map, name, isOn) {
    const { chosen } = map.yitu;
    if (isOn) chosen.add(name);
    else chosen.delete(name);
    map.yitu.isChosen = true;
    map.yitu.keep();
    redraw(map);
  }

  // Only what has changed is drawn anew: nothing flickers.
  function redraw(map) {
    const { specs, drawn, chosen, panel } = map.yitu;
    const leaving = new Map();
    const wanted = new Map(specs.filter((spec) => chosen.has(spec.name)).map((spec) => [spec.name, spec]));
    for (const [name, one] of drawn) {
      const spec = wanted.get(name);
      if (spec && JSON.stringify(spec) === one.told) wanted.delete(name);
      else {
        if (!spec || !one.layer.picture) map.removeLayer(one.layer);
        drawn.delete(name);
        if (spec && one.layer.picture) leaving.set(name, one.layer);
      }
    }
    for (const [name, spec] of wanted) {
      const layer = yitu.kinds[spec.kind](map, spec);
      if (leaving.has(name)) replaces(map, layer, leaving.get(name));
      drawn.set(name, { told: JSON.stringify(spec), layer: layer.addTo(map) });
    }
    panel.show(specs, chosen);
  }

  // A picture stays until the one in its place is there.
  function replaces(map, layer, old) {
    const done = () => map.removeLayer(old);
    layer.picture.once("load", done);
    window.setTimeout(done, PATIENCE_MS);
  }

  function choose(map, chosen) {
    if (map.yitu.ring) map.removeLayer(map.yitu.ring);
    if (!chosen) return;
    const colour = map.yitu.frame.colours.chosen;
    const renderer = L.svg({ pane: "yitu-chosen" });
    const parts = [];
    if (chosen.lat !== undefined) {
      parts.push(L.circleMarker([chosen.lat, chosen.lon], { renderer, radius: 11, color: colour, weight: 3, fill: false,
        interactive: false, pane: "yitu-chosen" }));
    }
    if (chosen.outline) {
      parts.push(L.geoJSON(chosen.outline, { interactive: false, pane: "yitu-chosen",
        style: { renderer, color: colour, weight: 2.5, dashArray: "5 4", fill: false } }));
    }
    map.yitu.ring = L.layerGroup(parts).addTo(map);
  }
})();
