"use strict";
// The layout: each connected part by a force simulation, the parts side by side in rows, and nodes
// without an edge in a grid below. It is deterministic: the same graph always looks the same.

const GAP = 34, ROW = 36, COLUMN = 236;

function components(nodes, edges) {
  const near = nodes.map(() => []);
  for (const edge of edges) {
    if (edge.from !== edge.to) { near[edge.from].push(edge.to); near[edge.to].push(edge.from); }
  }
  const seen = new Set(), found = [];
  for (let start = 0; start < nodes.length; start++) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const node of part) {
      for (const other of near[node]) if (!seen.has(other)) { seen.add(other); part.push(other); }
    }
    found.push(part);
  }
  return { parts: found.filter(part => part.length > 1), alone: found.filter(part => part.length === 1).flat(), near };
}

function spread(part, nodes, near) {
  // Start on a spiral, with the nodes of most edges in the middle.
  const order = [...part].sort((a, b) => near[b].length - near[a].length || a - b);
  order.forEach((node, index) => {
    const angle = index * 2.399963, radius = 60 * Math.sqrt(index);
    nodes[node].x = radius * Math.cos(angle) * 1.6;
    nodes[node].y = radius * Math.sin(angle);
  });
  const rounds = Math.max(40, Math.min(400, Math.round(120000 / part.length)));
  for (let round = 0; round < rounds; round++) step(part, nodes, near, 1 - round / rounds);
  for (let round = 0; round < 60; round++) if (!separate(part, nodes)) break;
}

function step(part, nodes, near, heat) {
  const cells = new Map(), size = 260;
  for (const node of part) {
    const key = Math.floor(nodes[node].x / size) + ":" + Math.floor(nodes[node].y / size);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(node);
    nodes[node].dx = -nodes[node].x * 0.012;
    nodes[node].dy = -nodes[node].y * 0.02;
  }
  for (const node of part) {
    const one = nodes[node], column = Math.floor(one.x / size), row = Math.floor(one.y / size);
    for (let c = column - 1; c <= column + 1; c++) for (let r = row - 1; r <= row + 1; r++) {
      for (const other of cells.get(c + ":" + r) || []) {
        if (other === node) continue;
        const two = nodes[other], x = one.x - two.x || (node - other) * 0.1, y = (one.y - two.y || 0.1) * 1.8;
        const square = Math.max(100, x * x + y * y), push = 9000 / square;
        one.dx += x * push / Math.sqrt(square);
        one.dy += y * push / Math.sqrt(square);
      }
    }
    for (const other of near[node]) {
      const two = nodes[other], x = two.x - one.x, y = two.y - one.y, far = Math.hypot(x, y) || 1;
      const pull = (far - 165) * 0.03 / Math.sqrt(near[node].length);
      one.dx += x / far * pull;
      one.dy += y / far * pull;
    }
  }
  const most = 4 + 30 * heat;
  for (const node of part) {
    const far = Math.hypot(nodes[node].dx, nodes[node].dy) || 1, scale = Math.min(far, most) / far;
    nodes[node].x += nodes[node].dx * scale;
    nodes[node].y += nodes[node].dy * scale;
  }
}

function separate(part, nodes) {
  // Move overlapping boxes apart, in the direction of the smaller overlap.
  let moved = false;
  const order = [...part].sort((a, b) => nodes[a].x - nodes[a].width / 2 - nodes[b].x + nodes[b].width / 2 || a - b);
  for (let i = 0; i < order.length; i++) {
    const one = nodes[order[i]];
    for (let j = i + 1; j < order.length; j++) {
      const two = nodes[order[j]];
      if (two.x - two.width / 2 > one.x + one.width / 2 + 14) break;
      const across = (one.width + two.width) / 2 + 14 - Math.abs(one.x - two.x);
      const down = (one.height + two.height) / 2 + 12 - Math.abs(one.y - two.y);
      if (across <= 0 || down <= 0) continue;
      moved = true;
      if (down < across) {
        const sign = one.y < two.y ? -1 : 1;
        one.y += sign * down / 2; two.y -= sign * down / 2;
      } else {
        const sign = one.x < two.x ? -1 : 1;
        one.x += sign * across / 2; two.x -= sign * across / 2;
      }
    }
  }
  return moved;
}

function box(part, nodes) {
  const left = Math.min(...part.map(n => nodes[n].x - nodes[n].width / 2));
  const top = Math.min(...part.map(n => nodes[n].y - nodes[n].height / 2));
  return {
    left, top,
    width: Math.max(...part.map(n => nodes[n].x + nodes[n].width / 2)) - left,
    height: Math.max(...part.map(n => nodes[n].y + nodes[n].height / 2)) - top,
  };
}

function arrange(nodes, edges) {
  const { parts, alone, near } = components(nodes, edges);
  parts.sort((a, b) => b.length - a.length || a[0] - b[0]);
  const boxes = parts.map(part => { spread(part, nodes, near); return box(part, nodes); });
  const area = boxes.reduce((sum, each) => sum + (each.width + GAP) * (each.height + GAP), 0);
  const wide = Math.max(900, Math.sqrt(area) * 1.5, ...boxes.map(each => each.width));
  let x = 0, y = 0, tall = 0;
  parts.forEach((part, index) => {
    const each = boxes[index];
    if (x > 0 && x + each.width > wide) { x = 0; y += tall + 2 * GAP; tall = 0; }
    for (const node of part) { nodes[node].x += x - each.left; nodes[node].y += y - each.top; }
    x += each.width + 2 * GAP;
    tall = Math.max(tall, each.height);
  });
  return grid(alone, nodes, parts.length ? y + tall + 3 * GAP : 0, wide);
}

function grid(alone, nodes, top, wide) {
  const columns = Math.max(1, Math.floor(wide / COLUMN));
  const total = Math.max(columns, Math.ceil(Math.sqrt(alone.length / 4)));
  alone.forEach((node, index) => {
    nodes[node].x = (index % total) * COLUMN + nodes[node].width / 2;
    nodes[node].y = top + Math.floor(index / total) * ROW + 20;
  });
  return alone.length ? top - 8 : null;
}
