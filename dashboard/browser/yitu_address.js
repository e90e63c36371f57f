// What the page's address and the browser remember of a map: its view and its layers.
// Written in place, so that moving the map makes no entries to go back through and asks nothing of the server.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const CHECK_MS = 400;

  function page() {
    try {
      return window.parent.location.href && window.parent;
    } catch (_) {
      return null; // a page of another origin around us: then nothing is remembered
    }
  }

  function read(name) {
    const around = page();
    return around ? new URL(around.location.href).searchParams.get(name) : null;
  }

  function write(values) {
    const around = page();
    if (!around) return;
    const url = new URL(around.location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    url.search = url.searchParams.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
    if (url.href !== around.location.href) around.history.replaceState(around.history.state, "", url.href);
  }

  function parsed(text) {
    const parts = (text || "").split("/").map((part) => (part === "" ? NaN : Number(part)));
    const [zoom, lat, lon] = parts;
    const sound = parts.length === 3 && parts.every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
    return sound ? { zoom, lat, lon } : null;
  }

  // What the browser keeps of a place while it is open: another page of ours may have come between.
  function recall(what, place) {
    try {
      return window.sessionStorage.getItem("yitu-" + what + " " + place);
    } catch (_) {
      return null; // a browser that keeps nothing
    }
  }

  function remember(what, place, text) {
    try {
      window.sessionStorage.setItem("yitu-" + what + " " + place, text);
    } catch (_) {
      // a browser that keeps nothing
    }
  }

  function told(map) {
    const centre = map.getCenter().wrap();
    return [map.getZoom(), centre.lat.toFixed(5), centre.lng.toFixed(5)].join("/");
  }

  // The view of the address, else the one last seen of this place, else the whole place.
  yitu.restoreView = function (map, frame) {
    const view = parsed(read("map")) || parsed(recall("view", frame.place));
    if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false, reset: true });
    else {
      const panelPx = map.getSize().x > 700 && !frame.isStill ? 190 : 12;
      map.fitBounds(frame.bounds, { animate: false, paddingTopLeft: [12, 12], paddingBottomRight: [panelPx, 12] });
    }
  };

  yitu.keepView = function (map, frame) {
    const keep = function () {
      const view = told(map);
      write({ map: view });
      remember("view", frame.place, view);
    };
    map.on("moveend", keep);
    // A run of the page writes the address as the server knows it, with an older view.
    window.setInterval(function () {
      if (read("map") === null) keep();
      else write({}); // as people can read it
    }, CHECK_MS);
    const around = page();
    if (around) {
      around.addEventListener("popstate", function () {
        const view = parsed(read("map"));
        if (view && window.document.body.isConnected) map.setView([view.lat, view.lon], view.zoom, { animate: false });
      });
    }
  };

  // The layers of the address, else those last chosen for this place, else none said.
  yitu.chosenLayers = function (place) {
    const text = read("layers") ?? recall("layers", place);
    if (text !== null && read("layers") === null) write({ layers: text });
    return text === null ? null : text.split(",").filter(Boolean);
  };

  yitu.keepLayers = function (place, names) {
    write({ layers: names.join(",") });
    remember("layers", place, names.join(","));
  };
})();
