// Runs in a page under measurement before anything else there: notes when the heading came, when the map's frame and
// the map in it began, and since when the map has stood finished. Moments are in ms of the clock.
(function () {
  "use strict";
  if (window !== window.top) return; // a frame shares its window with the empty one before it: watched from here
  const FRAME = "iframe[src*='st_folium']";
  const now = () => performance.timeOrigin + performance.now();
  const seen = (window.yituSeen = { started: performance.timeOrigin });

  function whenHeadingIsThere(told) {
    const look = new MutationObserver(() => {
      const heading = document.querySelector("h1");
      if (!heading || !heading.textContent) return;
      look.disconnect();
      requestAnimationFrame(() => told(now()));
    });
    look.observe(document, { childList: true, subtree: true, characterData: true });
  }

  // Every ticked layer is there and holds its things, and no tile is on its way.
  function isFinished({ map, L }) {
    if (!map || !map.yitu || !map.yitu.chosen || map.yitu.drawn.size < map.yitu.chosen.size) return false;
    const points = map.yitu.specs.filter((spec) => spec.kind === "points" && map.yitu.chosen.has(spec.name));
    if (points.some((spec) => map.yitu.drawn.get(spec.name).layer.getLayers().length === 0)) return false;
    let isOutlined = false, isLoading = false;
    map.eachLayer((layer) => {
      isOutlined = isOutlined || layer.options.pane === "yitu-outline";
      isLoading = isLoading || (layer instanceof L.GridLayer && layer.isLoading());
    });
    return isOutlined && !isLoading;
  }

  function watchMap() {
    requestAnimationFrame(watchMap);
    const shown = document.querySelector(FRAME);
    const inside = shown && shown.contentWindow;
    if (!inside || inside.location.href === "about:blank") return;
    seen.framed = inside.performance.timeOrigin;
    if (inside.map && inside.map.yitu && !seen.begun) seen.begun = now();
    if (!isFinished(inside)) seen.drawn = null;
    else if (!seen.drawn) seen.drawn = now();
  }

  whenHeadingIsThere((moment) => { seen.heading = moment; });
  watchMap();
  // A plain page draws all it has while it loads; the frame after next, that has been painted.
  window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => { seen.loaded = now(); })));
})();
