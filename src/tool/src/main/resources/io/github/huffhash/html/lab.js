const percent = share => share === null ? null : 100 * share;
const distinct = values => [...new Set(values)];

/** Allocators on a workload: each of its parts has two sections. */
function drawParts(measurements) {
  distinct(measurements.map(row => row.part)).forEach((part, index) => {
    const rows = measurements.filter(row => row.part === part);
    const workers = distinct(rows.map(row => row.workers));
    const names = distinct(rows.map(row => row.allocator));
    const of = (name, number) => rows.find(row => row.allocator === name && row.workers === number);
    const each = value => names.map(name => ({
      name, data: workers.map(number => value(of(name, number)) ?? '-'),
    }));
    const cores = number => Math.min(number, data.cores);
    const most = workers.at(-1);
    const atMost = value => names.map(name => value(of(name, most)) ?? '-');
    const isProfiled = 'p50Nanos' in rows[0];
    const section = index * (isProfiled ? 2 : 1);

    const best = Math.max(...names.map(name => of(name, workers[0]).operationsPerSecond ?? 0)) / 1e6;
    plot(section, 'throughput-' + index, 'Throughput by workers', 'million a second', workers, [
      ...each(row => row.operationsPerSecond === null ? null : row.operationsPerSecond / 1e6),
      {
        name: 'ideal', color: '#888', lineStyle: { type: 'dashed' },
        data: workers.map(number => best * cores(number) / cores(workers[0])),
      }], LOG);
    plot(section, 'waiting-' + index, 'Waiting for locks by workers', '%', workers,
      each(row => percent(row.waitingShare)));
    if (isProfiled) {
      plot(section + 1, 'latency-' + index, 'Latency with ' + most + ' workers', 'ns', names,
        ['p50', 'p99', 'max'].map(key => ({
          name: key, type: 'scatter', data: atMost(row => row[key + 'Nanos'] || null),
        })), LOG);
      plot(section + 1, 'fragmentation-' + index, 'Fragmentation with ' + most + ' workers', '%', names,
        ['internal', 'external'].map(key => ({
          name: key, type: 'bar', barMaxWidth: 20, data: atMost(row => percent(row[key + 'Fragmentation'])),
        })));
    }
  });
}

/** Bars or curves of some columns, which have names of their own here. */
function drawColumns(name, title, unit, categories, columns, special, axis, factor = 1) {
  plot(0, name, title, unit, categories, Object.entries(columns).map(([key, shown]) => ({
    name: shown, data: data.rows.map(row => row[key] === null ? '-' : factor * row[key]), ...special,
  })), axis);
}

const drawings = {
  lookup(rows) {
    drawColumns('lookup', 'A lookup among so many pages', 'ns', rows.map(row => row.pages), {
      searchOrderedNanos: 'search, in order', hashOrderedNanos: 'hash, in order',
      searchRandomNanos: 'search, at random', hashRandomNanos: 'hash, at random',
    }, {}, LOG);
  },

  startup(rows) {
    const names = rows.map(row => row.allocator);
    const steps = { firstOpen: 'first open', open: 'open again', small: 'serve small', large: 'serve large' };
    const columns = suffix => Object.fromEntries(Object.entries(steps).map(([key, shown]) => [key + suffix, shown]));
    drawColumns('startup', 'Time', 'ns', names, columns('Nanos'), { type: 'scatter', symbolSize: 9 }, LOG);
    drawColumns('faults', 'Page faults', '', names, columns('Faults'), { type: 'bar' });
  },

  channels(rows) {
    const shared = rows.filter(row => row.workers > 0);
    const workers = distinct(shared.map(row => row.workers));
    const line = row => `${row.design} of ${row.members}, clients: ${row.clients}`;
    plot(0, 'requests', 'Requests a second by workers', '', workers, distinct(shared.map(line)).map(name => ({
      name,
      data: workers.map(number =>
        shared.find(row => line(row) === name && row.workers === number)?.requestsPerSecond ?? '-'),
    })), LOG);
    drawColumns('shares', 'The workers’ time', '%', rows.map(row => `${row.design} ${row.members[0]} ${row.clients}:${row.workers}`), {
      workShare: 'work', handOverShare: 'hand-over', waitingShare: 'waiting',
    }, { type: 'bar', stack: 'all' }, { max: 100 }, 100);
  },

  faults(rows) {
    const kinds = Object.keys(rows[0]).filter(key => key !== 'allocator');
    const outcomes = distinct(rows.flatMap(row => kinds.map(kind => row[kind])));
    plot(0, 'outcomes', 'What mistakes lead to', '', kinds, outcomes.map(outcome => ({
      name: outcome, type: 'scatter', symbol: 'rect', symbolSize: 14,
      data: rows.flatMap(row => kinds.filter(kind => row[kind] === outcome).map(kind => [kind, row.allocator])),
    })), { type: 'category', data: rows.map(row => row.allocator), inverse: true });
  },
};

if (data.measurements) drawParts(data.measurements);
else drawings[data.workload.split(':')[0]](data.rows);
