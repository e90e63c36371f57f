// What the page's address and the browser remember of a map: its view and its layers.
// Written in place, so that moving the map makes no entries to go back through and asks nothing of the server.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const CHECK_MS = 400;
  yitu.NARROW_PX = 750; // of a map on which an open panel would hide too much

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
    if (view) {
      map.setView([view.lat, view.lon], view.zoom, { animate: false, reset: true });
      // As it was written: the middle of the map comes back rounded to a pixel.
      map.yitu.view = [view.zoom, view.lat.toFixed(5), view.lon.toFixed(5)].join("/");
    } else {
      const panelPx = frame.isStill || map.getSize().x < yitu.NARROW_PX ? 12 : 225;
      map.fitBounds(frame.bounds, { animate: false, paddingTopLeft: [12, 12], paddingBottomRight: [panelPx, 12] });
    }
  };

  yitu.hasView = () => parsed(read("map")) !== null;

  // The layers of the address, else those last chosen for this place, else none said.
  yitu.restoreLayers = function (frame) {
    const text = read("layers") ?? recall("layers", frame.place + frame.remembers);
    return text === null ? null : text.split(",").filter(Boolean);
  };

  // From here on the map knows better than the address: a run of the page writes it as the server knows it.
  yitu.keepInAddress = function (map, frame, restoreLayers) {
    const keep = function () {
      const state = map.yitu;
      const layers = state.isChosen ? state.specs.map((spec) => spec.name).filter((name) => state.chosen.has(name)) : null;
      const values = { map: map.yitu.view || told(map) };
      if (layers) values.layers = layers.join(",");
      write(values);
      remember("view", frame.place, values.map);
      if (layers) remember("layers", frame.place + frame.remembers, values.layers);
    };
    map.on("moveend", () => {
      map.yitu.view = told(map);
      keep();
    });
    const healing = window.setInterval(keep, CHECK_MS);
    const around = page();
    if (!around) return keep;
    const goneBack = function () {
      const view = parsed(read("map"));
      if (view) map.setView([view.lat, view.lon], view.zoom, { animate: false });
      restoreLayers();
    };
    around.addEventListener("popstate", goneBack);
    window.addEventListener("pagehide", () => {
      window.clearInterval(healing);
      around.removeEventListener("popstate", goneBack);
    });
    return keep;
  };
})();
