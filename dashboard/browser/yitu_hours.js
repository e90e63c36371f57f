// The hour of the day that the map shows: a slider, and a button that plays the day.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const HOURS = 24;
  const STEP_MS = 900;
  const WHOLE_DAY = 0; // the slots after it are the hours 0 to 23

  const Hours = L.Control.extend({
    options: { position: "bottomleft" },

    initialize(words, changed) {
      this._words = words;
      this._changed = changed;
      this._slot = WHOLE_DAY;
    },

    onAdd() {
      const box = yitu.element("div", "yitu-hours");
      this._play = yitu.element("button", "", "▶");
      this._play.type = "button";
      this._play.title = this._words.play;
      this._play.setAttribute("aria-label", this._words.play);
      this._slider = yitu.element("input");
      Object.assign(this._slider, { type: "range", min: 0, max: HOURS, step: 1, value: 0 });
      this._slider.setAttribute("aria-label", this._words.hour);
      this._told = yitu.element("output", "", this._words.whole_day);
      box.append(this._play, this._slider, this._told);
      this._play.addEventListener("click", () => (this._timer ? this.pause() : this.play()));
      this._slider.addEventListener("input", () => {
        this.pause();
        this.show(Number(this._slider.value));
      });
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    },

    onRemove() {
      this.pause();
    },

    show(slot) {
      this._slot = slot;
      this._slider.value = slot;
      this._told.textContent = slot === WHOLE_DAY ? this._words.whole_day : `${slot - 1}:00 – ${slot}:00`;
      this._changed(slot);
    },

    // From the hour after the one that is shown, on through midnight.
    play() {
      this._play.textContent = "❚❚";
      const next = () => this.show((this._slot % HOURS) + 1);
      next();
      this._timer = window.setInterval(next, STEP_MS);
    },

    pause() {
      window.clearInterval(this._timer);
      this._timer = null;
      this._play.textContent = "▶";
    },
  });

  // One slider for all layers that know hours, as long as one of them is drawn.
  yitu.hours = {
    join(map, layer, words) {
      const state = map.yitu;
      state.slot = state.slot || WHOLE_DAY;
      state.hourly = state.hourly || new Set();
      layer.on("add", () => {
        state.hourly.add(layer);
        if (!state.slider) {
          state.slider = new Hours(words, (slot) => {
            state.slot = slot;
            state.hourly.forEach((one) => one.showHour(slot));
          }).addTo(map);
          if (state.slot) state.slider.show(state.slot);
        }
        layer.showHour(state.slot);
      });
      layer.on("remove", () => {
        state.hourly.delete(layer);
        if (!state.hourly.size && state.slider) {
          map.removeControl(state.slider);
          state.slider = null;
        }
      });
      return layer;
    },
  };
})();
