'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const COLORS = ['#5470c6', '#91cc75', '#fac858', '#ee6666', '#73c0de', '#3ba272', '#fc8452', '#9a60b4',
  '#ea7ccc', '#a0845c', '#17a2a2', '#8a8a8a'];
const drawn = new Map(); // a chart's element and what makes its options, for its width and colours

/** Puts a chart above the table of a section, and draws it again whenever width or colours change. */
function chart(section, name, options, height = 320) {
  const element = made('div', { class: 'chart', id: name, style: `height: ${height}px` });
  document.querySelectorAll('.charts')[section].append(made('div', { class: 'tall' }, element));
  drawn.set(element, options);
}

function draw(element, isDark) {
  echarts.dispose(element);
  const options = drawn.get(element)(element.clientWidth, isDark ? '#ddd' : '#333');
  echarts.init(element, isDark ? 'dark' : null, { renderer: 'svg' }).setOption({
    backgroundColor: 'transparent', animation: false, aria: { enabled: true }, color: COLORS, ...options,
    title: { textStyle: { fontSize: 14 }, ...options.title },
  });
}

/** Paper has light colours, and its own width, for which the tables shrink. */
function drawAll(onPaper = false) {
  document.body.classList.toggle('paper', onPaper);
  document.querySelectorAll('table').forEach(table => {
    table.style.zoom = 1;
    if (onPaper) table.style.zoom = Math.min(1, table.parentElement.clientWidth / table.offsetWidth);
  });
  drawn.forEach((_, element) => draw(element, dark.matches && !onPaper));
}

dark.addEventListener('change', () => drawAll());
addEventListener('beforeprint', () => drawAll(true));
addEventListener('afterprint', () => drawAll());
addEventListener('resize', () => drawAll());
addEventListener('load', () => drawAll());

const widthOf = texts => texts.reduce((sum, text) => sum + 6.5 * String(text).length, 0);

/**
 * A chart over categories or numbers.
 *
 * @param categories null if the series have pairs of numbers
 * @param series each has a name, a value for each category, and what is special
 * @param axis what is special about the values' axis
 */
function plot(section, name, title, unit, categories, series, axis = {}) {
  chart(section, name, width => {
    const names = [...new Set(series.map(each => each.name))];
    const rows = Math.ceil((widthOf(names) + 46 * names.length) / (width - 60));
    const crowded = categories && isNaN(categories[0])
      && widthOf(categories) + 12 * categories.length > width - 70;
    return {
      title: { text: unit ? title + ', ' + unit : title },
      legend: { top: 24, data: names, itemGap: 8 },
      tooltip: { confine: true, trigger: 'item', valueFormatter: value => number(value) + ' ' + unit },
      grid: { left: 8, right: 16, top: 34 + 22 * rows, bottom: 8, containLabel: true },
      xAxis: {
        ...categories && { type: 'category', data: categories },
        axisLabel: crowded ? { interval: 0, rotate: 45, fontSize: 11 } : { hideOverlap: true },
      },
      yAxis: { type: 'value', ...axis },
      series: series.map(each => ({ type: 'line', symbolSize: 7, ...each })),
    };
  });
}

/** An axis whose figures are far apart. */
const LOG = { type: 'log', axisLabel: { formatter: value => value.toLocaleString('en-US', { notation: 'compact' }) } };

function number(value) {
  const shown = Array.isArray(value) ? value.at(-1) : value;
  return (shown ?? '-').toLocaleString('en-US', { maximumFractionDigits: 3 });
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
  const headings = table.querySelectorAll('th');
  headings.forEach((heading, column) => {
    let direction = -1;
    const words = /Word$|^path$/.test(heading.dataset.key); // of bits, not numbers
    const value = ({ cells }) => cells[column].dataset.value ?? cells[column].textContent;
    const compare = (a, b) => (words ? 0 : a - b) || a.localeCompare(b, 'en', { numeric: !words });
    const sort = () => {
      direction = -direction;
      headings.forEach(each => each.removeAttribute('aria-sort'));
      heading.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
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
