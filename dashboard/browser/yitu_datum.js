// A map in GCJ-02, for tile services that are drawn in it: our WGS-84 positions are moved as they are drawn.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const AXIS = 6378245.0;
  const FLATNESS = 0.006693421622965943;
  const RAD = Math.PI / 180;

  function waves(value, parts) {
    return parts.reduce((sum, [height, rate]) => sum + height * Math.sin(value * rate * Math.PI), 0) * (2 / 3);
  }

  function shift(lon, lat) {
    const x = lon - 105;
    const y = lat - 35;
    const ripple = waves(x, [[20, 6], [20, 2]]);
    const root = Math.sqrt(Math.abs(x));
    const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
      + waves(y, [[20, 1], [40, 1 / 3]]) + waves(y, [[160, 1 / 12], [320, 1 / 30]]);
    const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
      + waves(x, [[20, 1], [40, 1 / 3]]) + waves(x, [[150, 1 / 12], [300, 1 / 30]]);
    const bend = 1 - FLATNESS * Math.sin(lat * RAD) ** 2;
    return [
      east / ((AXIS / Math.sqrt(bend)) * Math.cos(lat * RAD) * RAD),
      north / (((AXIS * (1 - FLATNESS)) / (bend * Math.sqrt(bend))) * RAD),
    ];
  }

  function isInChina(lon, lat) {
    return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
  }

  yitu.toGcj02 = function (lon, lat) {
    if (!isInChina(lon, lat)) return [lon, lat];
    const [east, north] = shift(lon, lat);
    return [lon + east, lat + north];
  };

  yitu.fromGcj02 = function (lon, lat) {
    let [found, at] = [lon, lat];
    for (let step = 0; step < 6; step += 1) {
      const [toLon, toLat] = yitu.toGcj02(found, at);
      found += lon - toLon;
      at += lat - toLat;
    }
    return [found, at];
  };

  yitu.gcj02Crs = function () {
    const mercator = L.Projection.SphericalMercator;
    const projection = L.extend({}, mercator, {
      project(place) {
        const [lon, lat] = yitu.toGcj02(place.lng, place.lat);
        return mercator.project(L.latLng(lat, lon));
      },
      unproject(point) {
        const place = mercator.unproject(point);
        const [lon, lat] = yitu.fromGcj02(place.lng, place.lat);
        return L.latLng(lat, lon);
      },
    });
    return L.extend({}, L.CRS.EPSG3857, { projection });
  };
})();
