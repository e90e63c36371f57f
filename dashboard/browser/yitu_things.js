// Layers of things: points from one file, points and areas and lines from vector tiles, and the cells.
// Text from data goes into the page as text alone (textContent), never as HTML.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const NOTHING = [];

  function element(tag, kind, text) {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  }
  yitu.element = element;

  function essentials(title, lines) {
    const box = element("div", "yitu-tip");
    box.append(element("b", "", title));
    for (const [label, value] of lines || []) {
      const line = element("div");
      line.append(element("span", "", label), document.createTextNode(value));
      box.append(line);
    }
    return box;
  }

  function kindOf(spec, code) {
    return spec.kinds[code === null || code === undefined ? "unknown" : String(code)] || spec.kinds.unknown;
  }

  function chooses(map, layer, thingOf) {
    layer.on("click", (event) => {
      const thing = thingOf(event);
      if (thing) map.yitu.clicked = { event: event.originalEvent, thing };
    });
  }

  function pin(kind, isSolid, id) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 30");
    svg.dataset.id = id;
    const body = document.createElementNS(svg.namespaceURI, "path");
    body.setAttribute("d", "M12 1C6 1 1.5 5.4 1.5 11.2 1.5 18.6 12 29 12 29s10.5-10.4 10.5-17.8C22.5 5.4 18 1 12 1z");
    body.setAttribute("fill", isSolid ? kind.colour : "#fff");
    body.setAttribute("stroke", isSolid ? "#fff" : kind.colour);
    body.setAttribute("stroke-width", isSolid ? "1.4" : "2.4");
    if (!isSolid) body.setAttribute("stroke-dasharray", "3 2");
    const sign = document.createElementNS(svg.namespaceURI, "text");
    Object.entries({ x: 12, y: 15.6, "text-anchor": "middle", "font-size": 12, "font-weight": 700,
      fill: isSolid ? "#fff" : kind.colour }).forEach(([name, value]) => sign.setAttribute(name, value));
    sign.textContent = kind.sign || "";
    svg.append(body, sign);
    return svg;
  }

  // Each noun has its own shape, so that two layers of like colours are told apart.
  const OUTLINES = {
    dot: (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
    square: (x, y, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
    diamond: (x, y, r) => `M${x},${y - 1.3 * r}l${1.3 * r},${1.3 * r}l${-1.3 * r},${1.3 * r}l${-1.3 * r},${-1.3 * r}z`,
    triangle: (x, y, r) => `M${x},${y - 1.3 * r}l${1.3 * r},${2.2 * r}h${-2.6 * r}z`,
  };
  const Shape = L.CircleMarker.extend({
    _updatePath() {
      const { x, y } = this._point;
      this._renderer._setPath(this, OUTLINES[this.options.look](x, y, this._radius));
    },
  });

  function marker(spec, feature, place) {
    const properties = feature.properties;
    const kind = kindOf(spec, properties.kind);
    if (spec.look === "pin") {
      const icon = L.divIcon({ className: "yitu-pin", html: pin(kind, properties.solid, properties.id), iconSize: [26, 32],
        iconAnchor: [13, 32], tooltipAnchor: [10, -18] });
      return L.marker(place, { icon, bubblingMouseEvents: true, pane: "markerPane" });
    }
    return new Shape(place, { renderer: spec.renderer, look: spec.look, radius: spec.radius, color: "#fff", weight: 1, opacity: 0.9, pane: "yitu-points",
      fillColor: kind.colour, fillOpacity: properties.solid === false ? 0.35 : 0.9 });
  }

  function clusterIcon(group) {
    const box = element("div", "", group.getChildCount().toLocaleString("en"));
    return L.divIcon({ className: "yitu-cluster", html: box, iconSize: [34, 34] });
  }

  function gathering(spec, frame) {
    return spec.cluster && !frame.isStill
      ? L.markerClusterGroup({ maxClusterRadius: 38, disableClusteringAtZoom: 12, showCoverageOnHover: false,
          iconCreateFunction: clusterIcon, spiderfyOnMaxZoom: true, animate: false })
      : L.layerGroup();
  }

  function points(map, told) {
    const spec = Object.assign({ renderer: L.svg({ pane: "yitu-points" }) }, told);
    const group = gathering(spec, map.yitu.frame);
    asked(map, spec, spec.url, (found) => {
        const drawn = L.geoJSON(found, { pointToLayer: (feature, place) => marker(spec, feature, place) });
        drawn.eachLayer((one) => {
          const { title, lines, id } = one.feature.properties;
          one.bindTooltip(() => essentials(title, lines), { direction: "top", opacity: 1 });
          chooses(map, one, () => spec.name + "/" + id);
        });
        group.addLayer(spec.cluster && !map.yitu.frame.isStill ? drawn : L.layerGroup(drawn.getLayers()));
    });
    return group;
  }

  // What a layer is made of, from our server; where that fails, the panel says so.
  function asked(map, spec, url, use) {
    fetch(map.yitu.frame.root + url)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then(use)
      .catch(() => map.yitu.panel.tell(spec.name, map.yitu.frame.words.failed));
  }

  function passes(spec, properties) {
    return Object.entries(spec.filter || {}).every(([name, allowed]) => {
      const value = properties[name];
      return allowed.includes(value === undefined || value === null ? "unknown" : String(value));
    });
  }

  function hovers(map, layer, tell) {
    const tip = L.tooltip({ direction: "top", opacity: 1, className: "yitu-hover" });
    layer.on("mouseover mousemove", (event) => {
      const content = tell(event.layer.properties);
      if (content) tip.setLatLng(event.latlng).setContent(content).addTo(map);
    });
    layer.on("mouseout", () => tip.remove());
    layer.on("remove", () => tip.remove());
    return layer;
  }

  function tiled(map, spec, pane, styles, tell) {
    const layer = yitu.vectorTiles(map.yitu.frame.root + spec.url, pane, styles, {
      interactive: true, getFeatureId: (feature) => feature.properties.id,
    });
    chooses(map, layer, (event) => spec.name + "/" + event.layer.properties.id);
    return hovers(map, layer, tell);
  }

  function tiledPoints(map, spec) {
    const style = (properties) => {
      if (!passes(spec, properties)) return NOTHING;
      const kind = kindOf(spec, properties[spec.by]);
      return { radius: properties.n > 1 ? 5 : 3.5, color: "#fff", weight: 0.6, fill: true, fillColor: kind.colour,
        fillOpacity: 0.9 };
    };
    return tiled(map, spec, "yitu-points", { [spec.name]: style }, (properties) => essentials(
      properties.name || kindOf(spec, properties[spec.by]).label,
      properties.n > 1 ? [["", map.yitu.frame.words.together.replace("{count}", properties.n)]] : [],
    ));
  }

  function lines(map, spec) {
    const style = (properties, zoom) => {
      if (!passes(spec, properties)) return NOTHING;
      return { color: kindOf(spec, properties.class).colour, weight: Math.max(1.5, (zoom - 6) * 0.55), opacity: 0.95,
        fill: false };
    };
    return tiled(map, spec, "yitu-lines", { surroundings: NOTHING, rivers: NOTHING, routes: style }, (properties) => {
      const facts = [["", kindOf(spec, properties.class).label]];
      if (properties.trucks !== undefined) facts.push([spec.words.trucks + " ", String(properties.trucks)]);
      return essentials([properties.ref, properties.name].filter(Boolean).join(" "), facts);
    });
  }

  function classColour(spec, value) {
    if (value === null || value === undefined) return spec.unknown;
    if (value <= 0) return spec.zero;
    return spec.colours[spec.breaks.filter((limit) => value >= limit).length];
  }

  function areas(map, spec) {
    const values = new Map();
    let written = null; // until the numbers are here, nothing is coloured as if it were unknown
    const shown = (properties) => String(properties.level) === String(spec.level);
    const style = (properties) => {
      if (!shown(properties)) return NOTHING;
      return { fill: true, fillColor: classColour(spec, values.get(properties.id)), fillOpacity: written ? 0.62 : 0, weight: 1.1,
        color: spec.edge, opacity: 0.9 };
    };
    const layer = tiled(map, spec, "yitu-areas", { grids: style }, (properties) => {
      if (!shown(properties)) return null;
      return essentials(properties.name || "", [[spec.measure + " ", values.has(properties.id)
        ? written[properties.id] : map.yitu.frame.words.unknown]]);
    });
    asked(map, spec, spec.values_url, (found) => {
      Object.entries(found.values).forEach(([id, value]) => values.set(id, value));
      written = found.shown;
      if (layer._map) layer.redraw();
    });
    return layer;
  }

  // The colours, and the hatching of what is partly unknown, come as pictures; from near, shapes part the cells.
  function cells(map, spec) {
    const root = map.yitu.frame.root;
    const picture = L.tileLayer(root + spec.picture_url, { pane: "yitu-cells", opacity: 0.72, maxZoom: 22 });
    const edges = { fill: false, color: spec.edge, weight: 0.5, opacity: 0.6 };
    const shapes = yitu.vectorTiles(root + spec.url, "yitu-cells", { cells: edges }, { minZoom: spec.shapes_from_zoom });
    return Object.assign(L.layerGroup([picture, shapes]), { picture });
  }

  // Outlines from one file, each with a sign at the spot that stands for it.
  function outlines(map, spec) {
    const group = L.layerGroup();
    const renderer = L.svg({ pane: "yitu-lines" });
    const style = { renderer, weight: 2, opacity: 0.95, fill: true, fillOpacity: spec.filled || 0, lineJoin: "round" };
    asked(map, spec, spec.url, (found) => {
      for (const feature of found.features) {
        const { sign, title, lines, lon, lat, id, kind } = feature.properties;
        const colour = spec.kinds ? kindOf(spec, kind).colour : spec.edge;
        const box = element("div", "", sign);
        box.style.background = colour;
        const icon = L.divIcon({ className: "yitu-rank", html: box, iconSize: [22, 22] });
        const parts = [L.geoJSON(feature, { pane: "yitu-lines", style: Object.assign({}, style, { color: colour, fillColor: colour }) }),
          L.marker([lat, lon], { icon, pane: "markerPane", zIndexOffset: 1000, bubblingMouseEvents: true })]; // above a station's pin
        for (const part of parts) {
          part.bindTooltip(() => essentials(title, lines), { direction: "top", opacity: 1, sticky: true });
          chooses(map, part, () => spec.name + "/" + (id || sign));
          group.addLayer(part);
        }
      }
    });
    return group;
  }

  // Few areas from one file. Each has a ring around it too, since from afar a small one is less than a pixel.
  function shapes(map, spec) {
    const group = L.layerGroup();
    const renderer = L.svg({ pane: "yitu-points" });
    asked(map, spec, spec.url, (found) => {
      for (const feature of found.features) {
        const { kind, title, lines: told, id, spot, is_faint } = feature.properties;
        const colour = kindOf(spec, kind).colour;
        const look = { renderer, pane: "yitu-points", color: colour, weight: is_faint ? 1 : 2, opacity: is_faint ? 0.6 : 1 };
        const ring = L.circleMarker([spot[1], spot[0]], { ...look, radius: is_faint ? 4 : 8, fillOpacity: 0 });
        for (const one of [L.geoJSON(feature, { style: { ...look, fillOpacity: 0.45, bubblingMouseEvents: true } }), ring]) {
          one.bindTooltip(() => essentials(title, told), { direction: "top", opacity: 1, sticky: true });
          chooses(map, one, () => spec.name + "/" + id);
          group.addLayer(one);
        }
      }
    });
    return group;
  }

  // For layers in files of their own.
  Object.assign(yitu, { essentials, asked, hovers });
  yitu.kinds = { points, tiledPoints, lines, areas, shapes, cells, outlines };
})();
