// The map of a page: `begin` once with the frame, `show` whenever the page's filters or its chosen place change.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});

  yitu.begin = function (map, frame) {
    map.yitu = { frame, specs: [], drawn: new Map(), chosen: null, clicked: null };
    if (frame.office && frame.office.datum === "gcj02") map.options.crs = yitu.gcj02Crs();
    document.documentElement.dataset.theme = frame.theme;
    L.control.scale({ imperial: false }).addTo(map);
    yitu.makePanes(map);
    yitu.restoreView(map, frame);
    yitu.drawBase(map, frame);
    if (!frame.isStill) yitu.keepView(map, frame);
    map.yitu.panel = yitu.panel(frame, (name, isOn) => toggle(map, name, isOn)).addTo(map);
    // Before the listener that passes clicks on to the page: what was clicked travels with where.
    map.on("click", (event) => {
      const clicked = map.yitu.clicked;
      if (clicked && clicked.event === event.originalEvent) event.latlng.thing = clicked.thing;
      event.latlng.lng = event.latlng.wrap().lng; // the world is drawn over and over
    });
  };

  yitu.show = function (map, shown) {
    const state = map.yitu;
    state.specs = shown.layers;
    if (state.chosen === null) {
      const asked = state.frame.isStill ? null : yitu.chosenLayers(state.frame.place);
      const known = shown.layers.map((spec) => spec.name);
      state.chosen = new Set(asked ? asked.filter((name) => known.includes(name)) : defaults(shown.layers));
    }
    redraw(map);
    choose(map, shown.chosen);
  };

  function defaults(specs) {
    return specs.filter((spec) => spec.is_on).map((spec) => spec.name);
  }

  function toggle(map, name, isOn) {
    const { chosen, specs } = map.yitu;
    if (isOn) chosen.add(name);
    else chosen.delete(name);
    const names = specs.map((spec) => spec.name).filter((one) => chosen.has(one));
    yitu.keepLayers(map.yitu.frame.place, names);
    redraw(map);
  }

  // Only what has changed is drawn anew: nothing flickers.
  function redraw(map) {
    const { specs, drawn, chosen, panel } = map.yitu;
    const wanted = new Map(specs.filter((spec) => chosen.has(spec.name)).map((spec) => [spec.name, spec]));
    for (const [name, one] of drawn) {
      const spec = wanted.get(name);
      if (spec && JSON.stringify(spec) === one.told) wanted.delete(name);
      else {
        map.removeLayer(one.layer);
        drawn.delete(name);
      }
    }
    for (const [name, spec] of wanted) {
      const told = JSON.stringify(spec);
      drawn.set(name, { told, layer: yitu.kinds[spec.kind](map, spec).addTo(map) });
    }
    panel.show(specs, chosen);
  }

  function choose(map, chosen) {
    if (map.yitu.ring) map.removeLayer(map.yitu.ring);
    if (!chosen) return;
    const colour = map.yitu.frame.colours.chosen;
    const renderer = L.svg({ pane: "yitu-chosen" });
    const parts = [L.circleMarker([chosen.lat, chosen.lon], { renderer, radius: 11, color: colour, weight: 3, fill: false,
      interactive: false, pane: "yitu-chosen" })];
    if (chosen.outline) {
      parts.push(L.geoJSON(chosen.outline, { interactive: false, pane: "yitu-chosen",
        style: { renderer, color: colour, weight: 2.5, dashArray: "5 4", fill: false } }));
    }
    map.yitu.ring = L.layerGroup(parts).addTo(map);
  }
})();
