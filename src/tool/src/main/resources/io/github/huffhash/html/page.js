'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const COLORS = ['#5470c6', '#91cc75', '#fac858', '#ee6666', '#73c0de', '#3ba272', '#fc8452', '#9a60b4',
  '#ea7ccc', '#a0845c', '#17a2a2', '#8a8a8a'];
const drawn = new Map(); // a chart's element and what makes its options

/** Draws a chart, and again whenever the colours change. */
function chart(name, options, height = 320) {
  const element = document.getElementById(name);
  element.style.height = height + 'px';
  drawn.set(element, options);
  draw(element, dark.matches);
}

function draw(element, isDark) {
  echarts.dispose(element);
  echarts.init(element, isDark ? 'dark' : null, { renderer: 'svg' }).setOption({
    backgroundColor: 'transparent', animation: false, aria: { enabled: true }, color: COLORS,
    ...drawn.get(element)(),
  });
}

const drawAll = isDark => drawn.forEach((_, element) => draw(element, isDark));
dark.addEventListener('change', () => drawAll(dark.matches));
addEventListener('beforeprint', () => drawAll(false));
addEventListener('afterprint', () => drawAll(dark.matches));
addEventListener('resize', () => drawn.forEach((_, element) => echarts.getInstanceByDom(element).resize()));

/** A chart over categories; each series has a name, a value for each category, and what is special. */
function plot(name, title, unit, categories, series, axis = {}) {
  chart(name, () => ({
    title: { text: unit ? title + ', ' + unit : title, textStyle: { fontSize: 14 } },
    legend: { type: 'scroll', top: 24, data: [...new Set(series.map(each => each.name))] },
    tooltip: { confine: true, trigger: 'item', valueFormatter: value => number(value) + ' ' + unit },
    grid: { left: 8, right: 16, top: 56, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: categories, axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', ...axis },
    series: series.map(each => ({ type: 'line', symbolSize: 7, ...each })),
  }));
}

function number(value) {
  const shown = Array.isArray(value) ? value[1] : value;
  return typeof shown === 'number' ? shown.toLocaleString('en-US', { maximumFractionDigits: 3 }) : '-';
}

/** A new element with attributes and children. */
function made(tag, attributes, ...children) {
  const element = tag === 'svg' || tag === 'path' || tag === 'title'
    ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

/** Rows are sorted by a click on a heading, and filtered by a word. */
document.querySelectorAll('table').forEach(table => {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  table.querySelectorAll('th').forEach((heading, column) => {
    let direction = -1;
    const words = /Word$|^path$/.test(heading.dataset.key); // of bits, not numbers
    const value = row => row.cells[column].dataset.value;
    const compare = (a, b) => (words ? 0 : a - b) || a.localeCompare(b, 'en', { numeric: !words });
    const sort = () => {
      direction = -direction;
      body.append(...rows.sort((a, b) => // what has no value comes last both ways
        (value(a) === '') - (value(b) === '') || direction * compare(value(a), value(b))));
    };
    heading.tabIndex = 0;
    heading.addEventListener('click', sort);
    heading.addEventListener('keydown', event => { if (event.key === 'Enter') sort(); });
  });
  const filter = made('input', { type: 'search', placeholder: 'filter', 'aria-label': 'filter the rows' });
  filter.addEventListener('input', () => rows.forEach(row => {
    row.hidden = !row.textContent.toLowerCase().includes(filter.value.toLowerCase());
  }));
  table.parentElement.before(filter);
});
