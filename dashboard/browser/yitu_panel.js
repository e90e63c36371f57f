// One panel for the layers and their legends: what is ticked is drawn, and only what is drawn is explained.
(function () {
  "use strict";
  const yitu = (window.yitu = window.yitu || {});
  const { element } = yitu;

  function swatch(entry) {
    const mark = element("i", "yitu-swatch " + (entry.look || "dot"));
    mark.style.setProperty("--colour", entry.colour);
    if (entry.sign) mark.textContent = entry.sign;
    return mark;
  }

  function legend(spec) {
    const box = element("div", "yitu-legend");
    if (spec.legend_title) box.append(element("small", "", spec.legend_title));
    for (const entry of spec.legend) {
      const line = element("div");
      line.append(swatch(entry), element("span", "", entry.label));
      box.append(line);
    }
    return box;
  }

  function row(spec, isOn, toggled) {
    const label = element("label");
    const tick = element("input");
    tick.type = "checkbox";
    tick.checked = isOn;
    tick.addEventListener("change", () => toggled(spec.name, tick.checked));
    label.append(tick, element("span", "", spec.title));
    const box = element("div", "yitu-layer");
    box.dataset.layer = spec.name;
    box.append(label);
    if (isOn && spec.legend.length) box.append(legend(spec));
    return box;
  }

  // What is fetched is known at the click: it is the map as it is seen then.
  function takeAway(words, taken) {
    const box = element("div", "yitu-take");
    for (const what of ["picture", "page"]) {
      const link = element("a", "", words[what]);
      link.href = "#";
      link.dataset.take = what;
      link.setAttribute("download", "");
      link.addEventListener("click", () => {
        link.href = taken(what);
      });
      box.append(link);
    }
    return box;
  }

  const Panel = L.Control.extend({
    options: { position: "topright" },

    initialize(frame, toggled, taken) {
      this._frame = frame;
      this._toggled = toggled;
      this._taken = taken;
    },

    onAdd(map) {
      const box = element("div", "yitu-panel");
      const head = element("button", "", this._frame.words.layers);
      head.type = "button";
      head.addEventListener("click", () => box.classList.toggle("closed"));
      this._list = element("div", "yitu-rows");
      box.append(head, this._list);
      if (this._frame.isStill) box.classList.add("still");
      else this._list.after(takeAway(this._frame.words, this._taken));
      if (!this._frame.isStill && map.getSize().x < yitu.NARROW_PX) box.classList.add("closed");
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      this._box = box;
      return box;
    },

    // A layer that could not be read says so where it was ticked.
    tell(name, sentence) {
      const row = this._list.querySelector(`[data-layer="${name}"]`);
      if (row) row.append(element("p", "yitu-failed", sentence));
    },

    // A layer whose classes depend on what it shows just now explains them anew.
    explain(name, title, entries) {
      const box = this._list.querySelector(`[data-layer="${name}"] .yitu-legend`);
      if (box) box.replaceWith(legend({ legend_title: title, legend: entries }));
    },

    show(specs, chosen) {
      const listed = this._frame.isStill ? specs.filter((spec) => chosen.has(spec.name)) : specs;
      this._list.replaceChildren(...listed.map((spec) => row(spec, chosen.has(spec.name), this._toggled)));
    },
  });

  yitu.panel = (frame, toggled, taken) => new Panel(frame, toggled, taken);
})();
