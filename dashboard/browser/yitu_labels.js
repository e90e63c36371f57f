// Names on the map: asked for tile by tile, drawn on one canvas, the weightiest first, none over another.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const FACE = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif";
  const LOOKS = {
    county: { font: "13px " + FACE, ink: "labelSoft", spacing: 2 },
    city: { font: "600 15px " + FACE, ink: "label", dot: 4 },
    town: { font: "600 13px " + FACE, ink: "label", dot: 3 },
    village: { font: "11.5px " + FACE, ink: "labelSoft", dot: 1.8 },
    road: { font: "600 10.5px Arial, sans-serif", ink: "label", isShield: true },
  };
  const ORDER = ["city", "town", "county", "road", "village"];

  const Names = L.GridLayer.extend({
    options: { pane: "yitu-labels", tileSize: 256, updateWhenIdle: true },

    initialize(frame) {
      L.GridLayer.prototype.initialize.call(this, {});
      this._frame = frame;
      this._names = new Map();
    },

    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "yitu-names", map.getPane("yitu-labels"));
      L.GridLayer.prototype.onAdd.call(this, map);
      map.on("moveend zoomend resize", this._draw, this);
      map.on("zoomstart", this._clear, this);
      this.on("tileunload", (event) => this._names.delete(this._tileCoordsToKey(event.coords)));
    },

    createTile(coords, done) {
      const tile = L.DomUtil.create("div");
      const url = L.Util.template(this._frame.root + this._frame.labelsUrl, coords);
      const key = this._tileCoordsToKey(coords);
      fetch(url)
        .then((answer) => (answer.ok ? answer.json() : []))
        .catch(() => [])
        .then((names) => {
          this._names.set(key, names);
          done(null, tile);
          this._soon();
        });
      return tile;
    },

    _soon() {
      window.cancelAnimationFrame(this._waiting);
      this._waiting = window.requestAnimationFrame(() => this._draw());
    },

    _clear() {
      this._canvas.getContext("2d").clearRect(0, 0, this._canvas.width, this._canvas.height);
    },

    _atHand() {
      const zoom = this._map.getZoom();
      const found = [];
      for (const [key, names] of this._names) {
        if (Number(key.split(":")[2]) === Math.round(zoom)) found.push(...names);
      }
      return found.sort((one, other) => ORDER.indexOf(one[3]) - ORDER.indexOf(other[3]) || one[4] - other[4]);
    },

    _draw() {
      const map = this._map;
      if (!map) return;
      const size = map.getSize();
      const scale = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      Object.assign(this._canvas, { width: size.x * scale, height: size.y * scale });
      Object.assign(this._canvas.style, { width: size.x + "px", height: size.y + "px" });
      const context = this._canvas.getContext("2d");
      context.setTransform(scale, 0, 0, scale, 0, 0);
      const taken = [];
      for (const [lon, lat, text, kind] of this._atHand()) {
        const spot = map.latLngToContainerPoint([lat, lon]);
        if (spot.x > -60 && spot.y > -20 && spot.x < size.x + 60 && spot.y < size.y + 20) {
          drawName(context, this._frame.colours, spot, text, LOOKS[kind] || LOOKS.village, taken);
        }
      }
    },
  });

  function drawName(context, colours, spot, text, look, taken) {
    context.font = look.font;
    context.letterSpacing = (look.spacing || 0) + "px";
    const width = context.measureText(text).width;
    const left = spot.x - width / 2;
    const top = look.dot ? spot.y + 6 : spot.y - 8; // below the dot: pins stand above it
    const box = [left - 4, top - 2, left + width + 4, top + 18];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return;
    taken.push(box);
    context.textBaseline = "top";
    if (look.isShield) shield(context, colours, left, top, width);
    else {
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.strokeStyle = colours.halo;
      context.strokeText(text, left, top);
    }
    context.fillStyle = colours[look.ink];
    context.fillText(text, left, top + (look.isShield ? 1.5 : 0));
    if (look.dot) dot(context, colours, spot, look.dot);
  }

  function shield(context, colours, left, top, width) {
    context.fillStyle = colours.shield;
    context.strokeStyle = colours.shieldEdge;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(left - 4, top - 1.5, width + 8, 15, 3);
    context.fill();
    context.stroke();
  }

  function dot(context, colours, spot, radius) {
    context.beginPath();
    context.arc(spot.x, spot.y, radius, 0, 2 * Math.PI);
    context.fillStyle = colours.halo;
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = colours.labelSoft;
    context.stroke();
  }

  yitu.labels = (frame) => new Names(frame);
})();
