const [option, second] = data.swept;
const modes = data.modes;
const label = row => [row.median.mode, ...data.swept.map(each => row.values[each] ?? '-')].join(' ');
const place = row => option ? row.values[option] ?? '-' : row.median.mode;
const line = row => [row.median.mode, second && second + ' ' + (row.values[second] ?? '-')].filter(Boolean).join(' ');
const hasLock = row => !['single', 'fast'].includes(row.median.mode);
const places = [...new Set(modes.map(place))];
const lines = option ? [...new Set(modes.map(line))] : ['median'];

/** One curve for each mode in a sweep, else one bar for each mode. */
function curves(section, name, title, unit, value, more = []) {
  plot(section, name, option ? title + ' by ' + option : title, unit, places, [
    ...lines.map(each => ({
      name: each, type: option ? 'line' : 'bar', barMaxWidth: 40,
      data: places.map(at => {
        const row = modes.find(row => place(row) === at && (!option || line(row) === each));
        return row ? value(row) ?? '-' : '-';
      }),
    })),
    ...more]);
}

// a curve's runs have its name, and so its colour and its place in the legend
curves(0, 'times', 'Wall time', 'ms', row => row.median.wallNanos / 1e6, (option ? lines : ['a run']).map(each => ({
  name: each, type: 'scatter', symbolSize: 6,
  data: modes.filter(row => !option || line(row) === each)
    .flatMap(row => row.wallNanos.map(nanos => [place(row), nanos / 1e6])),
})));
curves(0, 'speedup', 'Speed-up ' + data.baseline, 'x', row => row.speedup);

const phases = [...new Set(modes.flatMap(row => Object.keys(row.phases)))];
plot(1, 'phases', 'Where the time of all workers goes', 'ms', modes.map(label), phases.map(phase => ({
  name: phase.replace('Nanos', ''), type: 'bar', stack: 'all', barMaxWidth: 40,
  data: modes.map(row => phase in row.phases ? row.phases[phase] / 1e6 : '-'),
})));

curves(2, 'locks', 'Lock acquisitions', '', row => hasLock(row) ? row.median.lockAcquisitions : null);
curves(2, 'waits', 'All waits for the lock', 'ms', row => hasLock(row) ? row.median.lockWaitNanos / 1e6 : null);

curves(3, 'heap', 'Heap peak', 'KiB', row => row.median.mode === 'fast' ? null : row.median.heapPeakBytes / 1024);

// without categories: by time
plot(3, 'heap-use', 'Heap use by ms', 'KiB', null, modes.filter(row => row.heapUse.length > 0).map(row => ({
  name: label(row), symbolSize: 4, data: row.heapUse.map(look => [look.nanos / 1e6, look.bytes / 1024]),
})));
