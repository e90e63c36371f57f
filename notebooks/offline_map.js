// What the maps of notebooks draw. Text from data goes into the page as text alone (textContent), never as HTML.
(function () {
  "use strict";

  function element(tag, kind, text) {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function told(lines) {
    const box = element("div");
    lines.forEach(([heading, value], at) => {
      box.append(at ? element("div", "", `${heading}：${value}`) : element("b", "", value));
    });
    return box;
  }

  function corner(map, position, box) {
    const control = L.control({ position });
    control.onAdd = () => box;
    control.addTo(map);
  }

  const style = (feature) => feature.properties.style;

  function ground(map, found) {
    L.geoJSON(found, { style, interactive: false }).addTo(map);
  }

  function shapes(map, found) {
    L.geoJSON(found, {
      style,
      pointToLayer: (feature, place) => L.circleMarker(place, style(feature)),
      onEachFeature: (feature, drawn) => {
        const { lines, name } = feature.properties;
        if (name) drawn.bindTooltip(() => element("b", "", name), { permanent: true, direction: "center" });
        else if (lines.length) drawn.bindTooltip(() => told(lines), { sticky: true, opacity: 1 });
      },
    }).addTo(map);
  }

  function legend(map, entries) {
    const box = element("div", "yitu-legend");
    for (const [label, colour] of entries) {
      const line = element("div");
      const sign = element("i");
      sign.style.background = colour;
      line.append(sign, element("span", "", label));
      box.append(line);
    }
    corner(map, "bottomleft", box);
  }

  function furnish(map, { credits }) {
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    if (credits.length) corner(map, "bottomright", element("small", "", credits.join(" ")));
  }

  window.offlineMap = { ground, shapes, legend, furnish };
})();
