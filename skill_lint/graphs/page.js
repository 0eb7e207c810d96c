"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const svg = document.getElementById("graph"), panel = document.getElementById("panel");
  const COLORS = ["#4e79a7", "#59a14f", "#b07aa1", "#f28e2b", "#76b7b2", "#9c755f", "#e15759", "#8c8c8c"];
  const KINDS = ["link", "mention", "dependency", "see-also", "overlap"];
  const NAMES = { link: "links", mention: "mentions", dependency: "dependencies", "see-also": "see also", overlap: "overlaps" };

  const MOST = 100;

  const make = (name, attributes = {}, parent = null) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (parent) parent.append(made);
    return made;
  };
  const tag = (name, text = "", style = "") => {
    const made = document.createElement(name);
    made.textContent = text;
    if (style) made.className = style;
    return made;
  };
  // Shorten an id at its beginning, because its end tells most; shorten a name at its end.
  const short = text => {
    if (text.length <= 28) return text;
    return text.includes("/") ? "…" + text.slice(-27) : text.slice(0, 27) + "…";
  };
  const many = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

  // The nodes: skills, and missing targets of references.
  const circular = new Set(data.cycles.flat());
  const roots = [...new Set(data.skills.map(skill => skill.root))].sort();
  const nodes = data.skills.map(skill => ({
    skill, label: skill.name, title: skill.path, isCircular: circular.has(skill.path),
    color: COLORS[roots.indexOf(skill.root) % COLORS.length],
    orphans: skill.files.filter(file => file.reached === "orphan").length,
  }));
  const index = new Map(data.skills.map((skill, number) => [skill.path, number]));
  const missing = new Map();
  for (const each of data.references.filter(each => each.missing)) {
    if (!missing.has(each.target)) {
      missing.set(each.target, nodes.length);
      nodes.push({ skill: null, label: each.target, title: "no skill has this name", orphans: 0 });
    }
  }
  const edges = data.references.map(each => ({
    kind: each.kind, times: each.times, from: index.get(each.source),
    to: each.missing ? missing.get(each.target) : index.get(each.target),
  }));
  for (const each of data.overlaps) {
    edges.push({ kind: "overlap", from: index.get(each.one), to: index.get(each.two), like: each });
  }
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "12px system-ui, sans-serif";
  for (const node of nodes) {
    node.height = 24;
    const count = node.orphans ? 10 + 7 * String(node.orphans).length : 0;
    node.width = Math.ceil(pen.measureText(short(node.label)).width) + (node.skill ? 28 : 18) + count;
  }

  // The picture.
  const view = make("g", {}, svg), definitions = make("defs", {}, svg);
  for (const kind of KINDS.slice(0, 4)) {
    const marker = make("marker", { id: `arrow-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto", markerUnits: "userSpaceOnUse" }, definitions);
    make("path", { d: "M0 0 8 4 0 8z", style: `fill:var(--${kind})` }, marker);
  }
  const headingAt = arrange(nodes, edges);
  if (headingAt !== null) make("text", { class: "heading", x: 0, y: headingAt }, view).textContent = "Skills without a reference to or from another skill";
  for (const edge of edges) {
    edge.shape = make("path", { class: `edge ${edge.kind}`, d: route(edge) }, view);
    if (edge.kind !== "overlap") edge.shape.setAttribute("marker-end", `url(#arrow-${edge.kind})`);
    make("title", {}, edge.shape).textContent = described(edge);
  }
  nodes.forEach(draw);

  function draw(node, number) {
    const group = make("g", { class: "node", transform: `translate(${node.x - node.width / 2} ${node.y - 12})`, tabindex: 0, role: "button", "data-node": number }, view);
    if (node.isCircular) group.classList.add("cycle");
    if (!node.skill) group.classList.add("missing");
    make("title", {}, group).textContent = node.title;
    make("rect", { class: "box", width: node.width, height: 24, rx: 6 }, group);
    if (node.skill) make("rect", { class: "swatch", x: 7, y: 8, width: 8, height: 8, rx: 2, style: `fill:${node.color}` }, group);
    make("text", { x: node.skill ? 20 : 9, y: 12.5 }, group).textContent = short(node.label);
    if (node.orphans) make("text", { class: "badge", x: node.width - 7 - 6 * String(node.orphans).length, y: 12.5 }, group).textContent = String(node.orphans);
    group.addEventListener("click", event => { event.stopPropagation(); choose(number); });
    group.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(number); }
    });
    node.group = group;
  }

  function route(edge) {
    const one = nodes[edge.from], two = nodes[edge.to];
    if (one === two) {
      return `M${one.x + 8} ${one.y - 12}c10 -26 40 -22 22 0`;
    }
    const start = rim(one, two), end = rim(two, one);
    const bend = edge.kind === "overlap" ? -0.1 : 0.1;
    const x = (start.x + end.x) / 2 + (end.y - start.y) * bend, y = (start.y + end.y) / 2 - (end.x - start.x) * bend;
    return `M${start.x} ${start.y}Q${x} ${y} ${end.x} ${end.y}`;
  }

  function rim(box, toward) {
    const x = toward.x - box.x, y = toward.y - box.y;
    const scale = 1 / Math.max(Math.abs(x) / (box.width / 2 + 2), Math.abs(y) / (box.height / 2 + 2), 1e-6);
    return { x: box.x + x * Math.min(1, scale), y: box.y + y * Math.min(1, scale) };
  }

  function described(edge) {
    const one = nodes[edge.from].label, two = nodes[edge.to].label;
    if (edge.kind === "overlap") return `${one} ≈ ${two}: ${edge.like.score.toFixed(2)} (${edge.like.words.join(", ")})`;
    return `${one} → ${two}: ${edge.kind}${edge.times > 1 ? ` ×${edge.times}` : ""}`;
  }

  // The view: pan, zoom, fit.
  let scale = 1, left = 0, top = 0;
  const show = () => view.setAttribute("transform", `translate(${left} ${top}) scale(${scale})`);
  const zoom = (factor, x, y) => {
    const next = Math.min(4, Math.max(0.03, scale * factor));
    left = x - (x - left) * next / scale; top = y - (y - top) * next / scale; scale = next;
    show();
  };
  const fit = () => {
    if (!nodes.length) return;
    const all = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const node of nodes) {
      all.left = Math.min(all.left, node.x - node.width / 2); all.right = Math.max(all.right, node.x + node.width / 2);
      all.top = Math.min(all.top, node.y - 34); all.bottom = Math.max(all.bottom, node.y + 14);
    }
    const { width, height } = svg.getBoundingClientRect();
    scale = Math.min(1.4, (width - 40) / (all.right - all.left), (height - 40) / (all.bottom - all.top));
    left = (width - (all.left + all.right) * scale) / 2; top = (height - (all.top + all.bottom) * scale) / 2;
    show();
  };
  const middle = () => { const at = svg.getBoundingClientRect(); return [at.width / 2, at.height / 2]; };
  document.getElementById("nearer").addEventListener("click", () => zoom(1.4, ...middle()));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.4, ...middle()));
  document.getElementById("fit").addEventListener("click", fit);
  svg.addEventListener("wheel", event => {
    event.preventDefault();
    const at = svg.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - at.left, event.clientY - at.top);
  }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", event => { held = { x: event.clientX - left, y: event.clientY - top, moved: false }; });
  window.addEventListener("pointermove", event => {
    if (!held) return;
    const x = event.clientX - held.x, y = event.clientY - held.y;
    held.moved = held.moved || Math.hypot(x - left, y - top) > 3;
    if (held.moved) { left = x; top = y; svg.classList.add("moving"); show(); }
  });
  window.addEventListener("pointerup", () => { held = null; svg.classList.remove("moving"); });
  svg.addEventListener("click", event => { if (event.target === svg) choose(null); });
  window.addEventListener("keydown", event => { if (event.key === "Escape") choose(null); });

  // Selection, search and hidden kinds of edges.
  const off = new Set();
  let chosen = null;
  function choose(number) {
    chosen = number;
    nodes.forEach((node, each) => node.group.classList.toggle("chosen", each === number));
    paint();
    describe();
  }
  function paint() {
    const wanted = document.getElementById("search").value.trim().toLowerCase();
    const near = new Set([chosen]);
    for (const edge of edges) {
      if (off.has(edge.kind)) continue;
      if (edge.from === chosen) near.add(edge.to);
      if (edge.to === chosen) near.add(edge.from);
    }
    nodes.forEach((node, number) => {
      const other = chosen !== null && !near.has(number);
      const unlike = wanted && !`${node.label} ${node.title}`.toLowerCase().includes(wanted);
      node.group.classList.toggle("dim", Boolean(other || unlike));
    });
    for (const edge of edges) {
      edge.shape.classList.toggle("hidden", off.has(edge.kind));
      edge.shape.classList.toggle("dim", chosen !== null && edge.from !== chosen && edge.to !== chosen);
    }
  }
  document.getElementById("search").addEventListener("input", paint);
  for (const kind of KINDS) {
    const number = edges.filter(edge => edge.kind === kind).length;
    if (!number) continue;
    const label = tag("label"), check = tag("input"), line = make("svg", { viewBox: "0 0 24 8" });
    check.type = "checkbox"; check.checked = true;
    make("path", { class: `edge ${kind}`, d: "M0 4H24" }, line);
    check.addEventListener("change", () => { check.checked ? off.delete(kind) : off.add(kind); paint(); });
    label.append(check, line, `${NAMES[kind]} (${number.toLocaleString("en")})`);
    document.getElementById("kinds").append(label);
  }

  // The panel.
  function list(title, items) {
    if (!items.length) return;
    const found = tag("ul");
    found.append(...items.slice(0, MOST));
    if (items.length > MOST) found.append(tag("li", `and ${(items.length - MOST).toLocaleString("en")} more`, "soft"));
    panel.append(tag("h3", title), found);
  }
  function item(number, words, style = "soft") {
    const made = tag("li"), button = tag("button", nodes[number].label);
    button.type = "button";
    button.addEventListener("click", () => { choose(number); center(number); });
    made.append(button, " ", tag("span", words, style));
    return made;
  }
  function center(number) {
    const [x, y] = middle();
    left = x - nodes[number].x * scale; top = y - nodes[number].y * scale;
    show();
  }
  function describe() {
    panel.replaceChildren();
    panel.scrollTop = 0;
    if (chosen === null) return overview();
    const node = nodes[chosen], skill = node.skill;
    panel.append(tag("h2", node.label), tag("p", node.title, skill ? "soft" : "bad"));
    if (skill) panel.append(tag("p", skill.description || "It has no description.", skill.description ? "" : "soft"));
    for (const cycle of data.cycles.filter(cycle => skill && cycle.includes(skill.path))) {
      list("Depends on itself", cycle.map(path => item(index.get(path), "", "bad")));
    }
    const words = edge => (edge.times > 1 ? `${edge.kind} ×${edge.times}` : edge.kind);
    const kinds = edges.filter(edge => edge.kind !== "overlap");
    list("Refers to", kinds.filter(edge => edge.from === chosen).map(edge => item(edge.to, nodes[edge.to].skill ? words(edge) : `${words(edge)}, missing`, nodes[edge.to].skill ? "soft" : "bad")));
    list("Referred to by", kinds.filter(edge => edge.to === chosen).map(edge => item(edge.from, words(edge))));
    list("Similar descriptions", edges.filter(edge => edge.kind === "overlap" && (edge.from === chosen || edge.to === chosen))
      .map(edge => item(edge.from === chosen ? edge.to : edge.from, `${edge.like.score.toFixed(2)}: ${edge.like.words.join(", ")}`, "warm")));
    if (skill) list(many(skill.files.length, "file"), skill.files.map(fileItem));
  }
  function fileItem(file) {
    const made = tag("li", file.name);
    if (file.reached === "orphan") made.append(" ", tag("span", "orphan: nothing leads to it", "bad"));
    if (file.reached === "by another file") made.append(" ", tag("span", "named by another file", "soft"));
    if (file.links.length) made.append(tag("div", `→ ${file.links.join(", ")}`, "soft"));
    return made;
  }
  function overview() {
    panel.append(tag("p", "Choose a skill to see its references in both directions. Drag to move, scroll to zoom.", "soft"));
    const signs = [[data.cycles.length, "A red frame: the skill depends on itself."], [missing.size, "A dashed frame: no skill has this name."],
      [nodes.some(node => node.orphans), "A red number: files that nothing leads to."]];
    for (const [, words] of signs.filter(([there]) => there)) panel.append(tag("p", words, "soft"));
    for (const cycle of data.cycles) list("Cycle of dependencies", cycle.map(path => item(index.get(path), "", "bad")));
    list("Overlapping descriptions", edges.filter(edge => edge.kind === "overlap")
      .map(edge => item(edge.from, `≈ ${nodes[edge.to].label} (${edge.like.score.toFixed(2)})`, "warm")));
    list("Names that no skill has", [...missing.values()].map(number => item(number, "", "bad")));
    list("Orphan files", nodes.map((node, number) => [node, number]).filter(([node]) => node.orphans)
      .map(([node, number]) => item(number, many(node.orphans, "file"))));
    list("Client roots", roots.map(root => {
      const made = tag("li", root || "in no client root"), number = data.skills.filter(skill => skill.root === root).length;
      const swatch = tag("span", "■ ");
      swatch.style.color = COLORS[roots.indexOf(root) % COLORS.length];
      made.prepend(swatch);
      made.append(" ", tag("span", many(number, "skill"), "soft"));
      return made;
    }));
  }

  document.getElementById("summary").textContent = data.summary;
  choose(null);
  fit();
  window.addEventListener("resize", fit);
})();
