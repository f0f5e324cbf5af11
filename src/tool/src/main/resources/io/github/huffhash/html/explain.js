const PRINTABLE = /^[!-~]$/;
const hex = symbol => symbol.toString(16).padStart(2, '0');
const character = symbol => {
  const text = String.fromCharCode(symbol);
  return PRINTABLE.test(text) ? text + ' ' + hex(symbol) : hex(symbol);
};

/** The tree of code words, as ECharts takes it. */
function tree(word) {
  const root = { name: '', value: 0, children: [] };
  data.symbols.forEach(symbol => {
    let node = root;
    node.value += symbol.count;
    [...symbol[word]].forEach((bit, depth, bits) => {
      let child = node.children.find(each => each.bit === bit);
      if (!child) {
        child = { bit, name: '', value: 0, children: [] };
        node.children.push(child);
        node.children.sort((a, b) => a.bit - b.bit);
      }
      child.value += symbol.count;
      node = child;
    });
    node.name = character(symbol.symbol);
  });
  return root;
}

function drawTree(name, title, word) {
  chart(0, name, (_, ink) => ({
    title: { text: title },
    tooltip: {
      confine: true, trigger: 'item',
      formatter: item => echarts.format.encodeHTML((item.name || 'inner node') + ': ' + item.value),
    },
    series: [{
      type: 'tree', data: [tree(word)], initialTreeDepth: -1, symbolSize: 5, expandAndCollapse: false,
      left: 12, right: 60, top: 36, bottom: 8, label: { position: 'right', fontSize: 10, color: ink },
      lineStyle: { width: 1 },
    }],
  }), Math.max(200, data.symbols.length * 13 + 60));
}

drawTree('tree-reference', 'The reference’s tree', 'referenceWord');
drawTree('tree-limited', 'The compressor’s code: at most 11 bits', 'limitedWord');

const KINDS = { block: 'block', 'min-heap': 'queue', array: 'array', node: 'node', free: 'free', taken: 'taken', pool: 'pool' };
const NAMES = {
  block: 'the block', 'min-heap': 'min-heap', array: 'its array', node: 'tree nodes', free: 'free',
  taken: 'admitted, not handed out', pool: 'pool, not used yet',
};
const COLUMNS = 128;

/** Free chunks and pieces after a request. */
function state(heap, step) {
  const free = new Map();
  const live = new Map();
  heap.steps.slice(0, step + 1).forEach(each => {
    each.removed.forEach(chunk => free.delete(chunk.start));
    each.added.forEach(chunk => free.set(chunk.start, chunk.bytes));
    if (each.request === 'allocate') live.set(each.start, each);
    if (each.request === 'free' && each.start >= heap.listStart) live.delete(each.start);
  });
  return { free, live };
}

/** A part of the heap: cells in rows, one path for each kind of cell. */
function drawArea(svg, heap, area, { free, live }) {
  const cells = new Array(Math.ceil((area.end - area.start) / area.cell)).fill(area.rest);
  const paint = (start, bytes, kind) => cells.fill(kind,
    Math.max(0, Math.floor((start - area.start) / area.cell)),
    Math.max(0, Math.ceil((start + bytes - area.start) / area.cell)));
  free.forEach((bytes, start) => { if (start >= area.start) paint(start, bytes, 'free'); });
  live.forEach((each, start) => { if (start >= area.start && start < area.end) paint(start, each.placeBytes, each.piece); });
  const paths = {};
  cells.forEach((kind, index) => {
    const x = index % COLUMNS;
    paths[kind] = (paths[kind] ?? '') + `M${x} ${(index - x) / COLUMNS}h.92v.9h-.92z`;
  });
  svg.replaceChildren(...Object.entries(paths).map(([kind, d]) =>
    made('path', { d, class: kind, fill: `var(--${KINDS[kind]})` }, made('title', {}, NAMES[kind]))));
}

function drawHeap(heap) {
  const element = made('div', { class: 'chart', id: 'heap-' + heap.allocator });
  document.querySelectorAll('.charts')[2].append(element);
  const inList = heap.steps.filter(each => each.start >= heap.listStart);
  const end = Math.max(...inList.map(each => each.start + each.placeBytes));
  const areas = [{ name: 'free list, from ' + heap.listStart, start: heap.listStart, end, rest: 'taken' }];
  if (heap.pool.bytes) {
    const start = heap.pool.start;
    areas.unshift({ name: `the block’s pool, ${heap.pool.bytes} bytes at ${start}`, start, end: start + heap.pool.bytes, rest: 'pool' });
  }
  areas.forEach(area => {
    area.cell = 16;
    while ((area.end - area.start) / area.cell > 8192) area.cell *= 2;
    const rows = Math.ceil((area.end - area.start) / area.cell / COLUMNS);
    area.svg = made('svg', { class: 'map', viewBox: `0 0 ${COLUMNS} ${rows}`, role: 'img', 'aria-label': area.name });
  });
  const slider = made('input', { type: 'range', min: 0, max: heap.steps.length - 1, value: 0, 'aria-label': 'request' });
  const facts = made('dl', { 'aria-live': 'polite' });
  const update = () => {
    const step = heap.steps[slider.value];
    const now = state(heap, Number(slider.value));
    areas.forEach(area => drawArea(area.svg, heap, area, now));
    const list = [...now.free].sort((a, b) => a[0] - b[0]);
    const shown = {
      request: `${slider.value} of ${heap.steps.length - 1}: ${step.request} ${step.piece}`,
      asked: step.bytes ? `${step.bytes} bytes` : '-',
      place: step.placeBytes ? `${step.placeBytes} bytes at ${step.start}` : '-',
      effect: step.effect,
      'free list': list.slice(0, 6).map(([start, bytes]) => `${start} (${bytes})`).join(' → ')
        + (list.length > 6 ? ` → … ${list.length} chunks` : ''),
      'lock acquisitions': step.lockAcquisitions,
      fallbacks: step.fallbacks,
    };
    facts.replaceChildren(...Object.entries(shown).flatMap(([key, value]) => [made('dt', {}, key), made('dd', {}, String(value))]));
  };
  slider.addEventListener('input', update);
  element.append(made('h3', {}, heap.allocator), slider, facts,
    ...areas.flatMap(area => [made('div', {}, `${area.name}; a cell is ${area.cell} bytes`), area.svg]),
    made('p', { class: 'legend' }, ...Object.keys(KINDS).filter(kind => kind !== 'pool' || heap.pool.bytes)
      .map(kind => made('span', {}, made('i', { style: `background: var(--${KINDS[kind]})` }), NAMES[kind]))));
  slider.value = Math.floor(heap.steps.length / 2);
  update();
}

data.heaps.forEach(drawHeap);

const most = Math.max(...data.heaps.map(heap => heap.steps.length));
plot(2, 'locks', 'Lock acquisitions, request by request', '', [...Array(most).keys()],
  data.heaps.map(heap => ({
    name: heap.allocator, showAllSymbol: true, symbolSize: 3, data: heap.steps.map(step => step.lockAcquisitions),
  })));
