const percent = share => share === null ? null : 100 * share;

[...new Set(data.measurements.map(row => row.part))].forEach((part, index) => {
  const rows = data.measurements.filter(row => row.part === part);
  const workers = [...new Set(rows.map(row => row.workers))];
  const names = [...new Set(rows.map(row => row.allocator))];
  const of = (name, number) => rows.find(row => row.allocator === name && row.workers === number);
  const each = value => names.map(name => ({
    name, data: workers.map(number => value(of(name, number)) ?? '-'),
  }));
  const cores = number => Math.min(number, data.cores);
  const most = workers.at(-1);
  const atMost = value => names.map(name => value(of(name, most)) ?? '-');

  const best = Math.max(...names.map(name => of(name, workers[0]).operationsPerSecond ?? 0)) / 1e6;
  plot('throughput-' + index, 'Throughput', 'million operations a second', workers, [
    ...each(row => row.operationsPerSecond === null ? null : row.operationsPerSecond / 1e6),
    {
      name: 'ideal', color: '#888', lineStyle: { type: 'dashed' },
      data: workers.map(number => best * cores(number) / cores(workers[0])),
    }]);
  plot('waiting-' + index, 'Waiting for locks', '% of the time', workers,
    each(row => 100 * row.waitingShare));
  if ('p50Nanos' in rows[0]) {
    plot('latency-' + index, 'Latency with ' + most + ' workers', 'ns', names,
      ['p50', 'p99', 'max'].map(key => ({
        name: key, type: 'scatter', data: atMost(row => row[key + 'Nanos'] || null),
      })), { type: 'log' });
    plot('fragmentation-' + index, 'Fragmentation with ' + most + ' workers', '%', names,
      ['internal', 'external'].map(key => ({
        name: key, type: 'bar', barMaxWidth: 20, data: atMost(row => percent(row[key + 'Fragmentation'])),
      })));
  }
});
